"""Let several processes read the documents of a build, and survive what happens to them."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from diplograph.extract.manifest import Source
from diplograph.mapping import Task
from diplograph.ontology.errors import DiplographError

__all__ = ["Done", "WorkersFailed", "done_of_answer", "read_in_processes", "row_of_task", "task_of_row"]

# `-P`: what lies in the folder that the user works in is no part of the program.
WORKER_COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "diplograph.worker")
# A document during which a process dies is given to a new one once more: it may have been another's fault.
_TRIES = 2
# So many processes that die before they have read anything mean that none will.
_STILLBORN = 3
# What a process and its libraries pile up over many documents goes with it.
_DOCUMENTS_EACH = 1000
_CHUNK = 1 << 16


class WorkersFailed(DiplographError, RuntimeError):
    """The processes that read documents cannot start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one task: under which key it is kept with what counts, or why it is not, in words."""

    task: Task
    key: str = ""
    sentences: int = 0
    characters: int = 0
    failure: str = ""


class _Worker:
    """One process, the task it works on, and the part of an answer that has come."""

    def __init__(self, cache: Path) -> None:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [*WORKER_COMMAND, str(cache)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C reaches the build only
        )
        assert self.process.stdin and self.process.stdout
        self.input, self.output = self.process.stdin, self.process.stdout
        os.set_blocking(self.output.fileno(), False)
        self.pending = b""
        self.ready = False
        self.done = 0
        self.task: tuple[Task, int] | None = None  # and how often it has been tried
        self.deadline = float("inf")

    def give(self, task: Task, tries: int, seconds: float) -> None:
        self.task = (task, tries)
        self.deadline = time.monotonic() + seconds if seconds else float("inf")
        line = json.dumps(row_of_task(task)) + "\n"
        try:
            self.input.write(line.encode("ascii"))
            self.input.flush()
        except OSError:
            pass  # it has died; that is noticed by its output

    def answers(self) -> tuple[list[dict[str, Any]], bool]:
        """Give the answers that have come, and whether more may come."""
        try:
            data = self.output.read(_CHUNK)
        except OSError:
            data = b""
        if data is None:
            return [], True
        *lines, self.pending = (self.pending + data).split(b"\n")
        return [json.loads(line) for line in lines], bool(data)

    def end(self) -> int:
        self.process.kill()
        status = self.process.wait()
        self.input.close()
        self.output.close()
        return status


def read_in_processes(
    tasks: Sequence[Task], cache: Path, *, processes: int, max_seconds: float = 0
) -> Iterator[Done]:
    """Read documents in processes of their own and keep each in ``cache``; yield them as they get done.

    A process that dies costs the document it was reading a second try, and then only that document; one that
    takes longer than ``max_seconds`` (0: any time) over a document is ended, and the document told as failed.

    Args:
        tasks: What to read, begun in this order.
        cache: The folder to keep results in.
        processes: How many, at most.
        max_seconds: For one document, not counting the start of the process.

    Raises:
        OSError: The results cannot be kept (no space, no permission).
        WorkersFailed: No process can start, or the rules are wrong.
    """
    waiting = deque((task, 1) for task in tasks)
    workers: list[_Worker] = []
    stillborn = 0
    with selectors.DefaultSelector() as selector:

        def start() -> None:
            worker = _Worker(cache)
            workers.append(worker)
            selector.register(worker.output, selectors.EVENT_READ, worker)

        def end(worker: _Worker) -> int:
            selector.unregister(worker.output)
            workers.remove(worker)
            return worker.end()

        try:
            while waiting or any(worker.task for worker in workers):
                busy = sum(worker.task is not None for worker in workers)
                while len(workers) < min(processes, len(waiting) + busy):
                    start()
                for worker in workers:
                    if waiting and worker.ready and worker.task is None:
                        worker.give(*waiting.popleft(), max_seconds)
                soonest = min(worker.deadline for worker in workers)
                wait = None if soonest == float("inf") else max(0.0, soonest - time.monotonic())
                for event, _ in selector.select(wait):
                    worker = event.data
                    answers, alive = worker.answers()
                    for answer in answers:
                        if "ready" in answer:
                            worker.ready = True
                            stillborn = 0
                        elif worker.task is not None:
                            task, _ = worker.task
                            worker.task, worker.deadline = None, float("inf")
                            worker.done += 1
                            yield done_of_answer(task, answer)
                        else:
                            raise WorkersFailed(answer["broken"])
                    if not alive:
                        task_left, ready = worker.task, worker.ready
                        status = end(worker)
                        stillborn += not ready
                        if stillborn >= _STILLBORN:
                            raise WorkersFailed(
                                f"the processes that read documents end before they begin ({_ending(status)}); "
                                "look for what they printed above"
                            )
                        if task_left is not None:
                            task, tries = task_left
                            if tries < _TRIES:
                                waiting.appendleft((task, tries + 1))
                            else:
                                yield Done(task=task, failure=_death(task, status))
                    elif worker.done >= _DOCUMENTS_EACH and worker.task is None:
                        end(worker)
                for worker in [w for w in workers if w.deadline <= time.monotonic()]:
                    assert worker.task is not None
                    task, _ = worker.task
                    end(worker)
                    yield Done(task=task, failure=_late(task, max_seconds))
        finally:
            for worker in workers:
                worker.end()


def done_of_answer(task: Task, answer: Mapping[str, Any]) -> Done:
    """Say what became of a task, as a worker answered.

    Raises:
        OSError: What was read cannot be kept.
    """
    if "unkept" in answer:
        raise OSError(answer["unkept"], answer["reason"])
    return Done(
        task=task,
        key=answer.get("key", ""),
        sentences=answer.get("sentences", 0),
        characters=answer.get("characters", 0),
        failure=answer.get("failed", ""),
    )


def _death(task: Task, status: int) -> str:
    return (
        f"{task.name}: the process that read it was ended {_TRIES} times ({_ending(status)}), perhaps for want of "
        "memory; leave it out or split it"
    )


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


def _late(task: Task, seconds: float) -> str:
    return f"{task.name}: took longer than {seconds:g} seconds; split it, or raise --max-seconds"


def row_of_task(task: Task) -> dict[str, Any]:
    """Give a task as a worker is told it, in JSON."""
    row = asdict(task)
    row["shown"] = task.name  # as the user wrote it
    row["source"]["path"] = str(task.source.path.absolute())
    return row


def task_of_row(row: Mapping[str, Any]) -> Task:
    """Make the task of what :func:`row_of_task` gave."""
    source = {**row["source"], "path": Path(row["source"]["path"])}
    return Task(**{**row, "source": Source(**source)})
