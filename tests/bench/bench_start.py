"""Measure what starting costs: python tests/bench/bench_start.py [TARGET]

Prints the processor time of `diplograph --help`, of `query` and of `ask` on a built graph (default: a build of the
samples), each beyond that of an empty Python, as medians of several runs by turns.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 15
PROGRAM = str(Path(sys.executable).with_name("diplograph"))


def processor_seconds(command: list[str]) -> float:
    """Run a command and give the processor time that it and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(target: Path) -> None:
    """Measure by turns, so that a slow moment of the machine touches all alike, and print."""
    commands = {
        "--help": [PROGRAM, "--help"],
        "query": [PROGRAM, "query", str(target), "SELECT ?a { ?a a dg:Agreement } LIMIT 5"],
        "ask": [PROGRAM, "ask", str(target), "agreements-between", "Japan", "Australia"],
    }
    empty: list[float] = []
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        empty.append(processor_seconds([sys.executable, "-c", "pass"]))
        for name, command in commands.items():
            found[name].append(processor_seconds(command))
    base = statistics.median(empty)
    print(f"an empty Python: {base * 1000:.0f} ms")
    for name, seconds in found.items():
        print(
            f"{name}: {(statistics.median(seconds) - base) * 1000:.0f} ms more (least {(min(seconds) - min(empty)) * 1000:.0f})"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made) / "out"
        if len(sys.argv) < 2:
            samples = Path(__file__).parents[2] / "samples"
            subprocess.run([PROGRAM, "build", samples, "-o", place], check=True)
        main(place)
