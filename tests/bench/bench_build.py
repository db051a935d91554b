"""Measure whole builds: python tests/bench/bench_build.py FOLDER [--documents 600] [--clones 10] [--one-process]

Reads documents of FOLDER with one process and with two, once more after one document has changed, and once with
nothing changed. Each build runs in a process of its own, so that peaks of memory do not mix. The reference of every
ratio is the build from nothing with one process of the same run. CPU time is given where it can be, for other load
disturbs it little; the gain of a second process can only be timed by the clock. No time is asserted, for
machines differ.

``--clones`` measures the memory of the build itself for so many times the documents under other names. What was
read out of the copies is not extracted again but made from that of the originals, by changing the ids: what a
worker needs does not depend on their number. With ``--merge-only`` such a build ends when the graph is there.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

# Stage -> what it runs. Stages of writing are looked up when called, so that wrapping them is enough.
STAGES = {
    "look up": "diplograph.building._plan",
    "read and extract": "diplograph.building._map",
    "merge": "diplograph.building.merge",
    "Turtle": "diplograph.exports.turtle.write_turtle",
    "shapes": "diplograph.exports.validate.validate",
    "hash of the graph": "diplograph.exports.rdf_hash.graph_hash",
    "page": "diplograph.exports.page_document.write_page",
    "GraphML": "diplograph.exports.graphml.write_graphml",
    "JSON Lines": "diplograph.exports.jsonl.write_jsonl",
    "report": "diplograph.exports.report.render_report",
}
PARTS = {
    "reading files, structure": "diplograph.mapping.load",
    "names": "diplograph.extract.names.NameFinder.__call__",
    "parsing, relations": "diplograph.extract.relations.RelationReader.__call__",
    "writing the cache": "diplograph.build_cache.write_entry",
}
SAMPLE = 40  # documents whose reading is looked into more closely


def spent() -> float:
    """Give the seconds of CPU time of this process and of those that it has waited for."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak(who: int) -> int:
    """Give the peak of memory until now, in MB."""
    return resource.getrusage(who).ru_maxrss // 1024


@contextmanager
def timed(stages: dict[str, str], clocks: dict[str, Callable[[], float]]) -> Iterator[dict[str, Any]]:
    """Wrap functions, named by their path, so that the seconds of each clock add up by stage."""
    told: dict[str, Any] = {name: dict.fromkeys(clocks, 0.0) for name in stages}

    def wrapped(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            begin = {clock: read() for clock, read in clocks.items()}
            try:
                return act(*given, **named)
            finally:
                for clock, read in clocks.items():
                    told[name][clock] += read() - begin[clock]
                told[name]["peak"] = float(peak(resource.RUSAGE_SELF))

        return run

    with ExitStack() as stack:
        for name, path in stages.items():
            where, _, function = path.rpartition(".")
            try:
                owner: Any = import_module(where)
            except ModuleNotFoundError:
                module, _, kind = where.rpartition(".")
                owner = getattr(import_module(module), kind)
            stack.enter_context(patch.object(owner, function, wrapped(name, getattr(owner, function))))
        yield told


class Enough(Exception):
    """The graph is there, and nothing more is wanted."""


def measure(folder: Path, out: Path, jobs: int, merge_only: bool) -> dict[str, Any]:
    """Build once in this process; give seconds by stage, peaks of memory in MB, and what was built."""
    from diplograph import building

    def stop(*_: object) -> None:
        raise Enough

    begin, cpu = time.perf_counter(), spent()
    told = {"read": 0, "documents": sum(1 for _ in folder.iterdir()), "claims": 0}
    with timed(STAGES, {"wall": time.perf_counter, "cpu": spent}) as stages, ExitStack() as stack:
        if merge_only:
            stack.enter_context(patch.object(building, "write_files", stop))
        try:
            built = building.build_folder([folder], out, options=building.Options(jobs=jobs))
            told = {"read": built.read, "documents": built.result.documents, "claims": built.result.claims}
        except Enough:
            pass
    return {
        "wall": time.perf_counter() - begin,
        "cpu": spent() - cpu,
        "stages": stages,
        "own": peak(resource.RUSAGE_SELF),
        "worker": peak(resource.RUSAGE_CHILDREN) if told["read"] else 0,
        **told,
    }


def measured(folder: Path, out: Path, jobs: int = 1, merge_only: bool = False) -> dict[str, Any]:
    """Build once in a process of its own."""
    words = [sys.executable, __file__, "--measure", str(folder), str(out), str(jobs), str(int(merge_only))]
    found: dict[str, Any] = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)
    return found


def look_closer(folder: Path) -> dict[str, float]:
    """Give the CPU seconds of the parts of reading over some documents, in this process."""
    from diplograph.extract.extractor import load_extractor

    from diplograph.mapping import find_tasks
    from diplograph.worker import read_into_cache

    extractor = load_extractor()
    tasks = find_tasks([folder])[: SAMPLE + 1]
    with tempfile.TemporaryDirectory() as cache:
        read_into_cache(tasks[0], Path(cache), extractor)  # loads the model
        with timed(PARTS, {"cpu": time.process_time}) as parts:
            for task in tasks[1:]:
                read_into_cache(task, Path(cache), extractor)
    return {name: told["cpu"] for name, told in parts.items()}


def copied(folder: Path, to: Path, documents: int) -> tuple[int, int]:
    """Copy the first documents of a folder; give their number and bytes."""
    files = [path for path in sorted(folder.iterdir()) if path.suffix == ".txt"][:documents]
    to.mkdir()
    for path in files:
        (to / path.name).write_bytes(path.read_bytes())
    return len(files), sum(path.stat().st_size for path in files)


def cloned(texts: Path, out: Path, to: Path, next_out: Path, clones: int) -> None:
    """Write each document under so many names, and what was read out of it to where a killed build leaves it."""
    from diplograph.extract.records import Extraction

    from diplograph.build_cache import entry_path, read_entry, task_key, write_entry
    from diplograph.mapping import find_tasks

    to.mkdir()
    cache = next_out.with_name(f".{next_out.name}.build") / "cache"
    known = {task.document: task_key(task) for task in find_tasks([texts])}
    for path in texts.iterdir():
        for number in range(clones):
            (to / f"{path.stem}-{number}.txt").hardlink_to(path)
    for task in find_tasks([to]):
        key = known[task.document.rpartition("-")[0]]
        read = read_entry(entry_path(out / ".cache", key), key)
        assert isinstance(read, Extraction)
        write_entry(cache, task_key(task), renamed(read, task.document))


def renamed(read: Any, name: str) -> Any:
    """Give an extraction as if its document had another name."""

    def other(values: Any) -> tuple[Any, ...]:
        return tuple(replace(value, document=name) for value in values)

    return replace(
        read,
        document=replace(read.document, id=name, file=f"{name}.txt"),
        mentions=other(read.mentions),
        claims=tuple(replace(claim, evidence=other(claim.evidence)) for claim in read.claims),
        rejections=other(read.rejections),
    )


def tell(name: str, found: dict[str, Any], documents: int, size: int) -> None:
    """Print what one build took."""
    print(
        f"{name}: {found['wall']:.1f} s by the clock, {found['cpu']:.1f} s of CPU time; {found['read']} of "
        f"{found['documents']} documents read, {found['claims']:,} claims; peak {found['own']} MB, "
        f"a worker {found['worker']} MB"
    )
    for stage, told in found["stages"].items():
        if told["cpu"] < 0.005:
            continue
        speed = f"{documents / told['cpu']:,.1f} documents/s, {size / 1000 / told['cpu']:,.0f} kB/s"
        print(
            f"  {stage:18} {told['cpu']:7.1f} s CPU {told['cpu'] / found['cpu']:5.0%}  {speed}; "
            f"peak {told['peak']:,.0f} MB"
        )
    sys.stdout.flush()


def main(
    folder: Path, *, documents: int = 600, clones: int = 0, second: bool = True, merge_only: bool = False
) -> dict[str, float]:
    """Measure builds over documents of a folder, print a line for each stage, and give the ratios by name."""
    reading = "read and extract"
    with tempfile.TemporaryDirectory() as made:
        texts, out = Path(made) / "texts", Path(made) / "out"
        number, size = copied(folder, texts, documents)
        print(f"{number} documents, {size / 1000:,.0f} kB, load {os.getloadavg()[0]:.1f}", flush=True)
        fresh = measured(texts, out)
        tell("from nothing, one process", fresh, number, size)
        ratios = {}
        if second:
            double = measured(texts, Path(made) / "double", jobs=2)
            tell("from nothing, two processes", double, number, size)
            ratios["two processes"] = fresh["wall"] / double["wall"]
            once, twice = (one["stages"][reading]["wall"] for one in (fresh, double))
            ratios["two processes, reading"] = once / twice
        changed = min(texts.iterdir())
        changed.write_bytes(changed.read_bytes() + b"\nJapan joined the United Nations in 1956.\n")
        again = measured(texts, out)
        tell("one document changed", again, number, size)
        ratios["one changed"] = again["cpu"] / fresh["cpu"]
        ratios["none changed"] = measured(texts, out)["cpu"] / fresh["cpu"]
        if clones:
            more, next_out = Path(made) / "more", Path(made) / "next"
            cloned(texts, out, more, next_out, clones)
            large = measured(more, next_out, merge_only=merge_only)
            tell(f"{clones} times the documents", large, number * clones, size * clones)
            if not merge_only:
                ratios["memory of the build"] = large["own"] / fresh["own"]
            ratios["memory up to the graph"] = (
                large["stages"]["merge"]["peak"] / fresh["stages"]["merge"]["peak"]
            )
        parts = look_closer(texts)
    whole = sum(parts.values())
    told = ", ".join(f"{name} {seconds / whole:.0%}" for name, seconds in parts.items())
    print(f"of reading a document: {told}")
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.3f}")
    return ratios


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        given = sys.argv[2:]
        found = measure(Path(given[0]), Path(given[1]), int(given[2]), given[3] == "1")
        json.dump(found, sys.stdout)
    else:
        words = argparse.ArgumentParser()
        words.add_argument("folder", type=Path)
        words.add_argument("--documents", type=int, default=600)
        words.add_argument("--clones", type=int, default=0)
        words.add_argument("--one-process", action="store_true")
        words.add_argument("--merge-only", action="store_true")
        told = words.parse_args()
        main(
            told.folder,
            documents=told.documents,
            clones=told.clones,
            second=not told.one_process,
            merge_only=told.merge_only,
        )
