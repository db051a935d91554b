"""What happens to long builds: killed at any moment, out of room, a process that dies, two at once.

``DIPLOGRAPH_KILLS`` sets how often the test at random moments kills; ``DIPLOGRAPH_KILL_SEED`` which moments.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from diplograph.ontology.errors import DiplographError
from quick_build import extract
from step_killer import digest

from diplograph import build_cache, build_result, build_workers, building, output_folder
from diplograph.build_workers import WorkersFailed, read_in_processes
from diplograph.building import Options, build_folder
from diplograph.mapping import find_tasks
from diplograph.output_folder import FolderInUse, claim_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX systems")

QUICK = Path(__file__).parents[1] / "quick_build.py"
KILLER = QUICK.with_name("step_killer.py")
KILLS = int(os.environ.get("DIPLOGRAPH_KILLS", "6"))
SEED = int(os.environ.get("DIPLOGRAPH_KILL_SEED", "7"))
PATIENCE = 60  # seconds after which a test fails rather than waits
STATES = ("FJI", "GHA", "JPN", "KEN", "NOR", "PER")


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Name the files in which two folders differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def text_of(state: str, *orders: str) -> str:
    """Write a document for the quick extractor."""
    return f"{state} has ratified the agreement, and all of us welcome this step. {' '.join(orders)}\n"


@dataclass
class Desk:
    """A folder of texts, an output folder alone in its own, and the builds that were started."""

    folder: Path
    started: list["subprocess.Popen[str]"] = field(default_factory=list)

    @property
    def texts(self) -> Path:
        return self.folder / "texts"

    @property
    def out(self) -> Path:
        return self.folder / "results" / "out"

    def write(self, **texts: str) -> None:
        """Write texts by name; an empty one is removed."""
        self.texts.mkdir(exist_ok=True)
        for name, text in texts.items():
            path = self.texts / f"{name}.txt"
            path.write_text(text, encoding="utf-8") if text else path.unlink()

    def start(self, *words: str, out: Path | None = None, limit: int = 0) -> "subprocess.Popen[str]":
        """Start a build."""
        environment = {**os.environ, "QUICK_BUILD_MARKS": str(self.folder), "QUICK_BUILD_BYTES": str(limit)}
        command = [sys.executable, str(QUICK), "texts", "-o", str(out or self.out), "-j", "2", *words]
        pipe = subprocess.PIPE
        # a test run in the background of a shell is told to ignore Ctrl-C, and so would be the build
        heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=pipe, stderr=pipe, text=True
            )
        finally:
            signal.signal(signal.SIGINT, heeded)
        self.started.append(process)
        return process

    def run(self, *words: str, out: Path | None = None, limit: int = 0) -> tuple[int, str, str]:
        """Run a build to its end; give exit status and what it printed."""
        process = self.start(*words, out=out, limit=limit)
        said, errors = process.communicate(timeout=PATIENCE)
        return process.returncode, said, errors

    def fresh(self) -> dict[str, bytes]:
        """Give what a build from nothing leaves now."""
        out = self.folder / f"fresh-{len(self.started)}"
        status, _, errors = self.run(out=out)
        assert status in (0, 1), errors
        return contents(out)

    def left(self) -> list[str]:
        """List what stands beside the result, hidden files too."""
        return sorted(path.name for path in self.out.parent.iterdir())

    def workers(self) -> list[int]:
        """List the processes that work for our output folder and are alive."""
        ours = os.fsencode(str(self.out.parent))
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and ours in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give six documents that were built once."""
    one = Desk(tmp_path)
    one.write(**{state.lower(): text_of(state) for state in STATES})
    one.out.parent.mkdir()
    status, _, errors = one.run("-q")
    assert (status, errors) == (0, "")
    yield one
    for process in one.started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_killed_at_random_moments_there_is_always_a_whole_result_and_the_next_run_ends_it(desk: Desk) -> None:
    moments = random.Random(SEED)
    old = contents(desk.out)
    before = {path.stem: path.read_text("utf-8") for path in desk.texts.iterdir()}
    after = (
        before | {f"new{i}": text_of(state, f"Again {i}.") for i, state in enumerate(STATES)} | {"gha": ""}
    )
    after["per"] = text_of("PER", "It did so late.")
    desk.write(**after)
    begin = time.monotonic()
    new = desk.fresh()
    lasts = time.monotonic() - begin
    assert new != old
    ended = 0
    for number in range(KILLS):
        process = desk.start("-q")
        time.sleep(moments.uniform(0.05, lasts))
        process.send_signal(moments.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT]))
        process.communicate(timeout=PATIENCE)
        ended += process.returncode == 0
        found = contents(desk.out)
        assert found in (old, new), f"kill {number}: {differing(found, old)} {differing(found, new)}"
        if found == new:  # and back again
            old, new = new, old
            before, after = after, before
            desk.write(
                **{
                    name: after.get(name, "")
                    for name in {**before, **after}
                    if after.get(name) != before.get(name)
                }
            )
    status, _, errors = desk.run("-q")
    assert (status, errors) == (0, "")
    assert contents(desk.out) == new
    assert desk.left() == ["out"]
    assert ended < KILLS


def test_killed_before_any_step_in_the_file_system_there_is_a_whole_result(desk: Desk) -> None:
    desk.write(new=text_of("KEN", "Again."), per=text_of("PER", "It did so late."), gha="")
    fresh = desk.folder / "fresh"
    assert desk.run("-q", out=fresh)[0] == 0
    old, new = digest(desk.out), digest(fresh)
    words = [sys.executable, str(KILLER), "texts", str(desk.out), str(desk.folder / "work")]
    told = subprocess.run(words, cwd=desk.folder, check=True, stdout=subprocess.PIPE, text=True).stdout
    lines = [json.loads(line) for line in told.splitlines()]
    assert [line for line in lines if line["result"] not in (old, new)] == []
    assert [line for line in lines if line["ended"] and line["result"] != new] == []
    assert [line for line in lines if line.get("left", ["out"]) != ["out"]] == []
    killed = [line["result"] for line in lines if not line["ended"]]
    assert len(killed) > 40 and {*killed} == {old, new}


def test_a_killed_build_is_continued_where_it_was(desk: Desk) -> None:
    desk.write(**{f"new{i}": text_of("KEN", "SLOW" if i else "") for i in range(8)})
    process = desk.start("-v")
    assert process.stderr
    for _ in range(3):
        process.stderr.readline()
    process.kill()
    process.communicate()
    status, said, _ = desk.run()
    assert status == 0
    unchanged = int(said.split("(")[1].split(" unchanged")[0])
    assert unchanged >= 6 + 3
    assert contents(desk.out) == desk.fresh()


def test_the_workers_of_a_killed_build_end(desk: Desk) -> None:
    desk.write(slow=text_of("KEN", "HANG"), other=text_of("KEN", "HANG"))
    process = desk.start()
    await_true(lambda: len(desk.workers()) == 3)
    process.kill()
    await_true(lambda: desk.workers() == [])


def await_true(met: object) -> None:
    """Wait until a condition holds, or fail."""
    end = time.monotonic() + PATIENCE
    while not met():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def test_control_c_is_told_and_leaves_the_earlier_result(desk: Desk) -> None:
    before = contents(desk.out)
    desk.write(new=text_of("KEN"), slow=text_of("KEN", "HANG", "and hangs for long"))
    process = desk.start("-v")
    assert process.stderr
    assert "new" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (130, "")
    assert errors == (
        "diplograph: stopped; 7 of 8 documents are read and kept; the same command continues, and an earlier "
        "result is as it was\n"
    )
    assert desk.workers() == []
    assert contents(desk.out) == before


# -- processes that die, documents that misbehave ---------------------------------------------------

MISBEHAVING = {
    "DIE": "the process that read it was ended 2 times (signal 9)",
    "HANG": "took longer than 1 seconds; split it, or raise --max-seconds",
    "RAISE": "could not be read (RuntimeError: as ordered)",
    "STARVE": "needs more memory than there is",
    "x" * 3000: "is larger than 2,000 bytes; split it, or raise --max-file-size",
}


def test_documents_that_misbehave_are_told_and_the_others_are_built(desk: Desk) -> None:
    desk.write(
        new=text_of("KEN"), **{f"bad{i}": text_of("KEN", order) for i, order in enumerate(MISBEHAVING)}
    )
    status, said, errors = desk.run("--max-seconds", "1", "--max-file-size", "2kB")
    assert status == 1
    assert said.startswith(f"{desk.out}: 7 documents (6 unchanged, 1 read, 5 not read), ")
    report = (desk.out / "report.md").read_text("utf-8").split("## Not read")[1]
    lines = [line for line in errors.splitlines() if line.startswith("not read: ")]
    for i, (told, line) in enumerate(zip(MISBEHAVING.values(), lines, strict=True)):
        assert line.startswith(f"not read: texts/bad{i}.txt: {told}")
        assert line.removeprefix("not read: ") in report
    assert desk.left() == ["out"]


def test_a_process_that_dies_once_costs_nothing(desk: Desk) -> None:
    desk.write(once=text_of("KEN", "DIE-ONCE"), new=text_of("KEN"))
    status, _, errors = desk.run()
    assert (status, errors) == (0, "")
    assert (desk.folder / "once.died").exists()
    assert contents(desk.out) == desk.fresh()


def test_what_libraries_print_is_no_answer(desk: Desk) -> None:
    desk.write(new=text_of("KEN", "NOISE"), noise=text_of("NOR", "NOISE"))
    status, said, errors = desk.run()
    assert status == 0
    assert said.startswith(f"{desk.out}: 8 documents (6 unchanged, 2 read), ")
    assert errors.count("a library prints") == 2


NO_WORKERS = [
    pytest.param("raise SystemExit(3)", "end before they begin (status 3)", id="ends"),
    pytest.param("import os; os.kill(os.getpid(), 9)", "end before they begin (signal 9)", id="killed"),
    pytest.param('print(\'{"broken": "row 7 is wrong"}\')', "row 7 is wrong", id="rules-are-wrong"),
]


@pytest.mark.parametrize(("code", "told"), NO_WORKERS)
def test_where_no_process_can_read_the_build_says_so_and_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, code: str, told: str
) -> None:
    before = contents(desk.out)
    desk.write(new=text_of("KEN"))
    monkeypatch.setattr(build_workers, "WORKER_COMMAND", (sys.executable, "-c", code))
    with pytest.raises(WorkersFailed, match=re.escape(told)):
        build_folder([desk.texts], desk.out)
    assert contents(desk.out) == before
    assert desk.left() == ["out"]


def test_processes_are_replaced_after_many_documents(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    def starting(cache: Path) -> object:
        started.append(worker(cache))
        return started[-1]

    worker = build_workers._Worker
    monkeypatch.setattr(build_workers, "_Worker", starting)
    monkeypatch.setattr(build_workers, "WORKER_COMMAND", (sys.executable, str(QUICK), "--as-worker"))
    monkeypatch.setattr(build_workers, "_DOCUMENTS_EACH", 2)
    tasks = find_tasks([desk.texts])
    cache = desk.folder / "cache"
    done = list(read_in_processes(tasks, cache, processes=1))
    assert [one.task for one in done] == list(tasks)
    assert all((cache / one.key[:2] / f"{one.key}.jsonl").is_file() for one in done)
    assert len(started) == 3


# -- no room, no right ------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [200, 30_000], ids=["while-reading", "in-the-page"])
def test_without_room_the_earlier_result_stays_and_the_next_run_ends_it(desk: Desk, limit: int) -> None:
    before = contents(desk.out)
    desk.write(new=text_of("KEN"), gha="")
    status, said, errors = desk.run(limit=limit)
    assert (status, said) == (1, "")
    assert "File too large; make room and run the same command again" in errors
    assert contents(desk.out) == before
    status, said, _ = desk.run()
    assert status == 0
    assert ("6 unchanged" in said) == (limit > 200)
    assert contents(desk.out) == desk.fresh()
    assert desk.left() == ["out"]


# -- two at once ------------------------------------------------------------------------------------


def test_the_second_build_of_a_folder_says_who_holds_it(desk: Desk) -> None:
    desk.write(slow=text_of("KEN", "HANG"))
    first = desk.start()
    await_true(lambda: len(desk.workers()) == 2)
    status, said, errors = desk.run()
    assert (status, said) == (1, "")
    assert f"{desk.out}: is being built by process {first.pid} on " in errors and " since 20" in errors
    desk.write(slow="")
    first.kill()
    first.wait()
    assert desk.run("-q")[0] == 0
    assert desk.left() == ["out"]


STALE = [
    pytest.param("", id="empty"),
    pytest.param("not JSON", id="damaged"),
    pytest.param(json.dumps({"pid": 1, "host": "elsewhere", "since": "2026-01-01"}), id="of-a-dead-process"),
]


@pytest.mark.parametrize("told", STALE)
def test_a_lock_that_nobody_holds_is_taken_over(tmp_path: Path, told: str) -> None:
    (tmp_path / ".out.build" / "fresh" / "half").mkdir(parents=True)
    (tmp_path / ".out.build" / "lock").write_text(told, encoding="utf-8")
    with claim_folder(tmp_path / "out") as place:
        assert not place.fresh.exists()
        with pytest.raises(FolderInUse, match=f"process {os.getpid()} on"), claim_folder(tmp_path / "out"):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_result_that_was_set_aside_when_a_build_was_killed_is_given_back(tmp_path: Path) -> None:
    (tmp_path / ".out.build" / "old").mkdir(parents=True)
    (tmp_path / ".out.build" / "old" / "graph.ttl").write_text("whole", encoding="utf-8")
    with claim_folder(tmp_path / "out"):
        assert (tmp_path / "out" / "graph.ttl").read_text("utf-8") == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_where_folders_cannot_be_exchanged_they_are_replaced_one_after_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output_folder, "_exchange", lambda *_: False)
    monkeypatch.setattr(building, "processes_for", lambda *_: 0)
    monkeypatch.setattr("diplograph.extract.extractor.load_extractor", lambda: extract)
    monkeypatch.setattr(
        "diplograph.exports.validate.validate", lambda _: SimpleNamespace(conforms=True, triples=0)
    )
    monkeypatch.setattr(build_cache, "rules_version", lambda: "quick")
    monkeypatch.setattr(build_result, "package_version", lambda: "quick")
    monkeypatch.chdir(desk.folder)
    desk.write(new=text_of("KEN"))
    assert build_folder([Path("texts")], desk.out).unchanged == 6
    assert desk.left() == ["out"]
    assert contents(desk.out) == desk.fresh()


def test_what_cannot_be_written_at_all_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "note.txt").write_text("Japan.", encoding="utf-8")
    with pytest.raises(DiplographError, match="earlier result is whole"):
        build_folder([tmp_path / "note.txt"], tmp_path / "file" / "out", options=Options())
