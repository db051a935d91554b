"""Fuzz one target, guided by coverage: ``python tests/fuzz/fuzz.py tokens -max_total_time=180``.

Needs ``pip install atheris``; no part of the tests that run by themselves. What follows the target's name goes to
libFuzzer; an input that fails is left as ``crash-…`` in the current folder.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["diplograph"]):
    from targets import TARGETS, seeds


def main() -> None:
    """Fuzz the target that the first argument names."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"name a target: {', '.join(TARGETS)}")
    target = sys.argv.pop(1)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(target)):
            (Path(corpus) / str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, corpus], TARGETS[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
