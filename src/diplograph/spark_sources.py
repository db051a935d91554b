"""Which documents a build with Spark reads: addresses of files, what manifests tell of them, the ids they get."""

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from diplograph.build_workers import row_of_task
from diplograph.extract.loading import ARCHIVE_ENDING, READ_ENDINGS, document_ids, ending_of
from diplograph.extract.manifest import Source, read_manifest
from diplograph.mapping import Task
from diplograph.ontology.errors import InputError
from diplograph.spark_tasks import archive_members

__all__ = ["SparkOptions", "address_of", "files_below", "path_of_address", "roots_of", "tasks_by_file"]

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_MANIFEST = "manifest.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkOptions:
    """What a build with Spark may be told; ``conf`` are settings of Spark such as ``spark.master``."""

    manifest: str = ""
    title: str = ""
    publisher: str = ""
    country: str = ""
    reference_year: int | None = None
    min_confidence: float = 0.0
    force_language: bool = False
    max_file_size: int = 100_000_000
    conf: Mapping[str, str]


def address_of(given: str) -> str:
    """Make a local path absolute; an address stays as it is."""
    if _ADDRESS.match(given):
        return given.rstrip("/")
    return f"file://{Path(given).resolve().as_posix()}"


def _pattern(given: str) -> str:
    """Give an input as Spark reads it: the name of a local file that is there is no pattern, whatever is in it."""
    address = address_of(given)
    literal = not _ADDRESS.match(given) and Path(given).exists()
    return _unpatterned(address) if literal else address


def _unpatterned(address: str) -> str:
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", address)


def roots_of(inputs: Sequence[str]) -> list[str]:
    """Give the inputs as Spark reads them, without those that lie below another."""
    found = sorted({_pattern(one) for one in inputs})
    return [one for one in found if not any(one.startswith(f"{other}/") for other in found)]


def path_of_address(address: str) -> Path:
    """Give a path for an address: that of a local file, or one below a folder of the name of its storage."""
    scheme, _, rest = address.partition(":")
    if scheme == "file":
        return Path("/" + rest.lstrip("/"))
    return Path("/", scheme, *(part for part in rest.split("/") if part))


def files_below(session: Any, addresses: Sequence[str]) -> Any:
    """Give the table of files below addresses: path, length, content; what is not asked for is not read."""
    reader = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    return reader.load(list(addresses))


def tasks_by_file(
    session: Any, inputs: Sequence[str], options: SparkOptions
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, str]]:
    """List the documents by the address of their file, and tell those that are too large by their ids."""
    given = [address_of(one) for one in inputs]
    listed: dict[str, int] = {}
    for shown in inputs:
        try:
            rows = files_below(session, [_pattern(shown)]).select("path", "length").collect()
        except Exception as error:
            raise InputError(
                shown, f"cannot be read by Spark ({_first_line(error)})", "check the address"
            ) from error
        listed.update((row[0], row[1]) for row in rows)
    named = {path_of_address(one) for one in given}
    files = {path_of_address(address): address for address in sorted(listed)}
    wanted = {path for path in files if path in named or ending_of(path.name) in READ_ENDINGS}
    sources = {path: Source(path=path) for path in wanted}
    manifests = [address_of(options.manifest)] if options.manifest else []
    manifests += [] if manifests else [files[p / _MANIFEST] for p in sorted(named) if p / _MANIFEST in files]
    for manifest in manifests:
        for source in _manifest(session, manifest, files):
            if source.path in wanted:
                sources[source.path] = source
    members = _members(
        session, [files[path] for path in sorted(wanted) if ending_of(path.name) == ARCHIVE_ENDING]
    )
    parts = [
        replace(source, member=member)
        for path, source in sorted(sources.items())
        for member in members.get(files[path]) or ("",)
    ]
    if not parts:
        endings = ", ".join(sorted(READ_ENDINGS))
        raise InputError(
            " ".join(inputs), "holds nothing to read", f"the endings that are read are {endings}"
        )
    tasks: dict[str, list[dict[str, Any]]] = {}
    failures: dict[str, str] = {}
    for source, document in zip(parts, document_ids(parts), strict=True):
        address = files[source.path]
        shown = f"{address}/{source.member}" if source.member else address
        if listed[address] > options.max_file_size:
            problem = f"is larger than {options.max_file_size:,} bytes"
            failures[document] = f"{shown}: {problem}; split it, or raise --max-file-size"
            continue
        told = replace(
            source,
            title=source.title or options.title,
            publisher=source.publisher or options.publisher,
            country=source.country or options.country,
            reference_year=source.reference_year or options.reference_year,
        )
        task = Task(
            source=told,
            document=document,
            force_language=options.force_language,
            max_file_size=options.max_file_size,
            shown=shown,
        )
        tasks.setdefault(address, []).append(row_of_task(task))
    return tasks, failures


def _manifest(session: Any, address: str, files: Mapping[Path, str]) -> list[Source]:
    """Read a manifest from wherever it is; the paths of its sources are those of ``_path``."""
    try:
        ((content,),) = files_below(session, [_unpatterned(address)]).select("content").collect()
    except Exception as error:
        raise InputError(
            address, f"cannot be read by Spark ({_first_line(error)})", "check the address"
        ) from error
    base = path_of_address(address).parent
    with tempfile.TemporaryDirectory(prefix="diplograph-") as folder:
        copy = Path(folder).resolve() / _MANIFEST
        copy.write_bytes(content)

        def place(file: Path) -> Path:
            return Path(os.path.normpath(base / os.path.relpath(file, copy.parent)))

        try:
            sources = read_manifest(copy, exists=lambda file: place(file) in files)
        except InputError as error:
            raise InputError(address, error.problem, error.remedy) from error
        return [replace(source, path=place(source.path)) for source in sources]


def _members(session: Any, archives: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if not archives:
        return {}
    rows = (
        files_below(session, [_unpatterned(one) for one in archives]).select("path", "content").rdd.map(tuple)
    )
    return dict(rows.map(archive_members).collect())


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
