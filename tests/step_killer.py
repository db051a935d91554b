"""Kill a build at every step it takes in the file system: ``step_killer.py TEXTS OLD WORK``.

OLD is a result of earlier texts. For n = 1, 2, … a build of TEXTS over a copy of OLD, in WORK, is killed just before
the n-th time it opens a file for writing, renames, links, makes or removes something, until one ends before that.
Each time a line of JSON tells n, whether the build ended, and a hash of the result as it is then.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import quick_build

from diplograph import building

STEPS = frozenset(
    {"os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove", "os.truncate", "ctypes.dlsym"}
)
CONTINUED = 8  # every so many steps the build that was killed is started again and runs to its end


def digest(folder: Path) -> str:
    """Hash names and bytes of all files below a folder."""
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            told.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return told.hexdigest()


def killed_at(step: int) -> None:
    """Let this process be killed just before it takes its n-th step."""
    count = 0

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
        if event in STEPS or writes:
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def build(texts: Path, out: Path, step: int) -> bool:
    """Build in a process of its own, killed at a step (0: never); tell whether it ended."""
    child = os.fork()
    if child == 0:
        if step:
            killed_at(step)
        try:
            building.build_folder([texts], out)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, -signal.SIGKILL):
        raise SystemExit(f"step {step}: the build failed")
    return status == 0


def main(texts: Path, old: Path, work: Path) -> None:
    """Kill at one step after the other, and tell what is left."""
    quick = ModuleType("diplograph.extract.extractor")
    quick.load_extractor = lambda: quick_build.extract  # type: ignore[attr-defined]
    sys.modules[quick.__name__] = quick
    quick_build.SECONDS = 0
    out = work / "out"
    with (
        patch("diplograph.building.processes_for", lambda *_: 0),
        patch("diplograph.build_cache.rules_version", lambda: "quick"),
        patch("diplograph.build_result.package_version", lambda: "quick"),
        patch("diplograph.exports.validate.validate", lambda _: SimpleNamespace(conforms=True, triples=0)),
    ):
        building.build_folder([texts], work / "warm")  # here, so that what it imports is no step later
        ended, step = False, 0
        while not ended:
            step += 1
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(old, out)
            ended = build(texts, out, step)
            print(json.dumps({"step": step, "ended": ended, "result": digest(out)}), flush=True)
            if step % CONTINUED == 0:
                build(texts, out, 0)
                left = sorted(path.name for path in work.iterdir())
                told = {"step": step, "ended": True, "result": digest(out), "left": left}
                print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
