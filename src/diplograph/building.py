"""Build a folder of results from files: read what is new or changed, merge, write, put in place."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from diplograph.build_cache import (
    CACHE_FOLDER,
    DamagedEntry,
    Refused,
    answers,
    entry_path,
    read_entry,
    task_key,
)
from diplograph.build_result import Result, documents_of, earlier_result, state_of, write_result
from diplograph.build_workers import Done, done_of_answer, read_in_processes
from diplograph.extract.loading import MAX_FILE_BYTES
from diplograph.extract.records import Extraction
from diplograph.limits import MAX_SECONDS
from diplograph.mapping import Task, find_tasks
from diplograph.ontology.errors import DiplographError
from diplograph.output_folder import Workplace, claim_folder, put_in_place
from diplograph.pipeline import check_output, is_plain, merge, nothing_to_build, write_files, write_text

__all__ = ["Built", "Options", "OutputFailed", "Progress", "build_folder"]

# A second process costs its start; below so many documents and bytes one is as quick.
_WORTH_PROCESSES = 40
_WORTH_PROCESSES_BYTES = 1_000_000
# Above so many bytes of extractions (20,000 speeches) a graph is merged on disk: in memory, to write it takes ten
# times as much (docs/performance.md).
_WORTH_DISK_BYTES = 1_000_000_000
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class OutputFailed(DiplographError, OSError):
    """The result cannot be written; the earlier one is as it was."""


class Progress(Protocol):
    """What is told of a build while it runs."""

    def planned(self, documents: int, unchanged: int, size: int) -> None:
        """Tell how many documents there are, how many need not be read, and the bytes of those that must."""

    def read(self, done: Done, size: int) -> None:
        """Tell that a document of ``size`` bytes has been read."""

    def merging(self) -> None:
        """Tell that all documents have been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build may be told besides its inputs; see ``diplograph build --help``."""

    manifest: Path | None = None
    title: str = ""
    publisher: str = ""
    country: str = ""
    reference_year: int | None = None
    min_confidence: float = 0.0
    force_language: bool = False
    max_file_size: int = MAX_FILE_BYTES
    max_seconds: float = MAX_SECONDS
    jobs: int = 0
    rebuild: bool = False
    merge: str = "auto"  # or "memory", "duckdb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did, and what its graph holds.

    ``read`` documents were read now, ``unchanged`` ones before; ``gone`` are those of the earlier build that
    are no inputs any more; ``written`` is false where the earlier result was right already.
    """

    result: Result
    read: int
    unchanged: int
    gone: int
    written: bool = True


@dataclass(slots=True, kw_only=True)
class _Plan:
    """Which documents are known already, which must be read, and which cannot be."""

    entries: dict[str, tuple[str, Path]] = field(default_factory=dict)  # document -> key and file
    names: dict[str, str] = field(default_factory=dict)  # document -> its source as messages name it
    unread: list[tuple[Task, int]] = field(default_factory=list)  # with its size in bytes
    failures: dict[str, str] = field(default_factory=dict)  # document -> why


def build_folder(
    inputs: Sequence[Path], output: Path, *, options: Options | None = None, progress: Progress | None = None
) -> Built:
    """Build ``output`` from ``inputs``; the bytes are those of a build from nothing, whatever is known already.

    Documents that an earlier build of the same folder has read, ended or not, are not read again unless their
    bytes, what is told about them, or the rules have changed. Until the new result is complete, the earlier
    one stays as it is.

    Raises:
        InputError: An input does not exist, the manifest is wrong, or no document can be read.
        FolderInUse: Another build works on ``output``.
        OutputFailed: The result cannot be written.
        ShapeError: The graph violates the shapes.
        WorkersFailed: The processes that read documents cannot start.
    """
    asked = options or Options()
    check_output(output)
    tasks = find_tasks(
        inputs,
        manifest=asked.manifest,
        title=asked.title,
        publisher=asked.publisher,
        country=asked.country,
        reference_year=asked.reference_year,
        force_language=asked.force_language,
        max_file_size=asked.max_file_size,
        leave_out=output,
    )
    if not tasks:
        raise nothing_to_build(inputs, asked.manifest, ["nothing but an earlier result"])
    try:
        with claim_folder(output) as place:
            if asked.rebuild:
                shutil.rmtree(place.cache, ignore_errors=True)
            plan = _plan(tasks, place, rebuild=asked.rebuild)
            read = _map(plan, place, asked, progress, len(tasks))
            if not plan.entries:
                raise nothing_to_build(inputs, asked.manifest, [*plan.failures.values()])
            if progress:
                progress.merging()
            return _reduce(plan, place, asked, read, inputs)
    except OSError as error:
        if isinstance(error, DiplographError):
            raise
        raise _failed(output, error) from error


def _plan(tasks: Sequence[Task], place: Workplace, *, rebuild: bool) -> _Plan:
    """Look each document up, first among what a build that did not end has read, then in the last result."""
    plan = _Plan()
    shelves = (place.cache,) if rebuild else (place.cache, place.output / CACHE_FOLDER)
    for task in tasks:
        path = task.source.path
        plan.names[task.document] = task.name
        try:
            size = path.stat().st_size
            if size > task.max_file_size:
                problem = f"is larger than {task.max_file_size:,} bytes"
                plan.failures[task.document] = f"{task.name}: {problem}; split it, or raise --max-file-size"
                continue
            key = task_key(task)
        except (OSError, ValueError) as error:
            problem = getattr(error, "strerror", None) or "no valid path"
            remedy = "check the path and that you may read it"
            plan.failures[task.document] = f"{task.name}: cannot be read ({problem}); {remedy}"
            continue
        files = (entry_path(shelf, key) for shelf in shelves)
        known = next((file for file in files if answers(file, key, task)), None)
        if known is not None:
            plan.entries[task.document] = key, known
        else:
            plan.unread.append((task, size))
    return plan


def _map(plan: _Plan, place: Workplace, asked: Options, progress: Progress | None, total: int) -> int:
    """Read what must be read into the cache, the largest first, and give the number of documents read."""
    sizes = {task.document: size for task, size in plan.unread}
    if progress:
        progress.planned(total, len(plan.entries), sum(sizes.values()))
    todo = [task for task, _ in sorted(plan.unread, key=lambda item: (-item[1], item[0].document))]
    if not todo:
        return 0
    place.cache.mkdir(exist_ok=True)
    processes = processes_for(asked.jobs, len(todo), sum(sizes.values()))
    reading = (
        read_in_processes(todo, place.cache, processes=processes, max_seconds=asked.max_seconds)
        if processes
        else read_here(todo, place.cache)
    )
    read = 0
    for done in reading:
        document = done.task.document
        if done.failure:
            plan.failures[document] = done.failure
        else:
            read += 1
            plan.entries[document] = done.key, entry_path(place.cache, done.key)
        if progress:
            progress.read(done, sizes[document])
    return read


def processes_for(jobs: int, documents: int, size: int) -> int:
    """Choose how many processes read so many documents of so many bytes together; 0 would be this one.

    One process beside this one always pays: what a broken document does to it leaves the build alone.
    """
    worth = documents >= _WORTH_PROCESSES or (documents > 1 and size >= _WORTH_PROCESSES_BYTES)
    return min(documents, jobs or (usable_cores() if worth else 1))


def usable_cores() -> int:
    """Count the cores that this process may use, which may be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def read_here(tasks: Sequence[Task], cache: Path) -> Iterator[Done]:
    """Read documents in this process, without a limit of time; as ``read_in_processes`` otherwise.

    Raises:
        OSError: The results cannot be kept.
    """
    from diplograph.extract.extractor import load_extractor
    from diplograph.worker import read_into_cache

    extractor = load_extractor()
    for task in tasks:
        yield done_of_answer(task, read_into_cache(task, cache, extractor))


def _reduce(plan: _Plan, place: Workplace, asked: Options, read: int, inputs: Sequence[Path]) -> Built:
    """Merge what was read, and write it, unless the earlier result is what would be written."""
    entries = dict(sorted(plan.entries.items()))
    gone = len(documents_of(place.output) - entries.keys() - plan.failures.keys())
    on_disk = _on_disk(asked.merge, [path for _, path in entries.values()])
    keys = {document: key for document, (key, _) in entries.items()}
    state = state_of(keys, plan.failures, asked.min_confidence, on_disk=on_disk)
    unchanged = len(entries) - read
    fresh = asked.rebuild or any(path.is_relative_to(place.cache) for _, path in entries.values())
    earlier = None if fresh else earlier_result(place.output, state)
    if earlier is not None:
        return Built(result=earlier, read=read, unchanged=unchanged, gone=gone, written=False)
    place.fresh.mkdir()
    failures = dict(plan.failures)
    extractions = _extractions(entries, plan.names, place, failures)

    def told() -> tuple[str, ...]:
        return tuple(failures[key] for key in sorted(failures))

    if on_disk:
        from diplograph.merge_on_disk import merge_on_disk

        result = merge_on_disk(extractions, place.fresh, min_confidence=asked.min_confidence, failures=told)
    else:
        build = merge(extractions, min_confidence=asked.min_confidence)
        digest = ""
        if build.graph.documents:
            digest = write_files(replace(build, failures=told()), place.fresh)
        result = Result(
            documents=len(build.graph.documents),
            entities=len(build.graph.entities),
            claims=len(build.graph.claims),
            graph=digest,
            failures=told(),
        )
    if not result.documents:
        raise nothing_to_build(inputs, asked.manifest, told())
    for key, path in entries.values():
        _keep(path, entry_path(place.fresh / CACHE_FOLDER, key))
    write_result(place.fresh, state, result)
    put_in_place(place)
    return Built(result=result, read=read, unchanged=unchanged, gone=gone)


def _on_disk(merge: str, entries: Sequence[Path]) -> bool:
    """Tell whether to merge on disk: as asked, or where there is much and what it takes is installed."""
    if merge != "auto":
        return merge == "duckdb"
    if sum(path.stat().st_size for path in entries) < _WORTH_DISK_BYTES:
        return False
    return all(find_spec(name) for name in ("duckdb", "pyarrow"))


def _extractions(
    entries: Mapping[str, tuple[str, Path]],
    names: Mapping[str, str],
    place: Workplace,
    failures: dict[str, str],
) -> Iterator[Extraction]:
    """Yield what was read out of each document in the order of ids; write its text, or note why there is none."""
    for document, (key, path) in entries.items():
        try:
            outcome = read_entry(path, key)
        except DamagedEntry as error:
            raise OutputFailed(f"{error}; run the same command again") from error
        if isinstance(outcome, Refused):
            failures[document] = f"{names[document]}: {outcome.problem}; {outcome.remedy}"
            continue
        if not is_plain(outcome.document):
            write_text(place.fresh, document, outcome.document.text)
        yield outcome


def _keep(path: Path, target: Path) -> None:
    """Let an entry of the cache stand in the new result too, without copying it where links are possible."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _failed(output: Path, error: OSError) -> OutputFailed:
    where = error.filename or output
    told = error.strerror or str(error)
    if error.errno in _NO_ROOM:
        remedy = "make room and run the same command again: what was read so far is kept, the earlier result is whole"
    else:
        remedy = "check that you may write there, and that it is no mount point; the earlier result is whole"
    return OutputFailed(f"{where}: {told}; {remedy}")
