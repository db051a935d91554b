"""Measure whole builds: python tests/bench/bench_build.py FOLDER [--copies 10] [--documents 600]

Reads the documents of FOLDER (copied under other names, where ``--copies`` says so) with one process and with
two, once more after one document has changed, and once with nothing changed. Each build runs in a process of its
own, so that peaks of memory do not mix. The reference of every ratio is the build from nothing with one process
of the same run. CPU time is given where it can be, for other load disturbs it little; the gain of a second process
can only be timed by the clock. No time is asserted, for machines differ.
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


def measure(folder: Path, out: Path, jobs: int) -> dict[str, Any]:
    """Build once in this process; give seconds by stage, peaks of memory in MB, and what was built."""
    from diplograph.building import Options, build_folder

    begin, cpu = time.perf_counter(), spent()
    with timed(STAGES, {"wall": time.perf_counter, "cpu": spent}) as stages:
        built = build_folder([folder], out, options=Options(jobs=jobs))
    peaks = [
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return {
        "wall": time.perf_counter() - begin,
        "cpu": spent() - cpu,
        "stages": stages,
        "own": peaks[0],
        "worker": peaks[1] if built.read else 0,
        "read": built.read,
        "documents": built.result.documents,
        "claims": built.result.claims,
    }


def measured(folder: Path, out: Path, jobs: int) -> dict[str, Any]:
    """Build once in a process of its own."""
    words = [sys.executable, __file__, "--measure", str(folder), str(out), str(jobs)]
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


def copied(folder: Path, to: Path, documents: int, copies: int) -> tuple[int, int]:
    """Write the first documents of a folder under ``copies`` names each; give their number and bytes."""
    files = [path for path in sorted(folder.iterdir()) if path.suffix == ".txt"][:documents]
    to.mkdir()
    for path in files:
        for number in range(copies):
            (to / f"{path.stem}-{number}.txt").write_bytes(path.read_bytes())
    return len(files) * copies, copies * sum(path.stat().st_size for path in files)


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
        print(f"  {stage:18} {told['cpu']:7.1f} s CPU {told['cpu'] / found['cpu']:5.0%}  {speed}")


def main(folder: Path, *, documents: int = 600, copies: int = 1, second: bool = True) -> dict[str, float]:
    """Measure builds over documents of a folder, print a line for each stage, and give the ratios by name."""
    with tempfile.TemporaryDirectory() as made:
        texts, out = Path(made) / "texts", Path(made) / "out"
        number, size = copied(folder, texts, documents, copies)
        print(f"{number} documents, {size / 1000:,.0f} kB, load {os.getloadavg()[0]:.1f}", flush=True)
        fresh = measured(texts, out, 1)
        tell("from nothing, one process", fresh, number, size)
        ratios = {}
        if second:
            double = measured(texts, Path(made) / "double", 2)
            ratios["two processes"] = fresh["wall"] / double["wall"]
            reading = "read and extract"
            ratios["two processes, reading"] = (
                fresh["stages"][reading]["wall"] / double["stages"][reading]["wall"]
            )
            tell("from nothing, two processes", double, number, size)
        changed = min(texts.iterdir())
        changed.write_bytes(changed.read_bytes() + b"\nJapan joined the United Nations in 1956.\n")
        again = measured(texts, out, 1)
        tell("one document changed", again, number, size)
        ratios["one changed"] = again["cpu"] / fresh["cpu"]
        nothing = measured(texts, out, 1)
        ratios["none changed"] = nothing["cpu"] / fresh["cpu"]
        parts = look_closer(texts)
    whole = sum(parts.values())
    print(
        "of reading a document: "
        + ", ".join(f"{name} {seconds / whole:.0%}" for name, seconds in parts.items())
    )
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.3f}")
    return ratios


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        json.dump(measure(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])), sys.stdout)
    else:
        words = argparse.ArgumentParser()
        words.add_argument("folder", type=Path)
        words.add_argument("--documents", type=int, default=600)
        words.add_argument("--copies", type=int, default=1)
        words.add_argument("--one-process", action="store_true")
        told = words.parse_args()
        main(told.folder, documents=told.documents, copies=told.copies, second=not told.one_process)
