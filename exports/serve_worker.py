"""Answer queries in processes of their own, so that one that runs too long can be ended."""

import multiprocessing
import queue
import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    import pyoxigraph as ox

__all__ = ["Answer", "Job", "Workers"]

T = TypeVar("T")

# How much memory, in bytes, a worker may take beyond its graph before its query is given up.
MEMORY_LIMIT: Final = 2_000_000_000

# How long, in seconds, a worker may take to open its graph.
OPENING_LIMIT: Final = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A query with what the client takes: media types in order of preference, the page of rows."""

    query: str
    accept: tuple[str, ...]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    offset: int = 0
    limit: int | None = None
    max_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a worker found: an HTTP status, a body of some media type; ``more`` rows follow the page."""

    status: int
    media: str
    body: bytes
    more: bool = False


class Workers:
    """A fixed number of processes that each hold the graph open for reading."""

    def __init__(self, target: Path, *, count: int) -> None:
        """Start the processes and wait until each has opened the graph.

        Raises:
            InputError: If there is no graph, or it cannot be read.
        """
        from diplograph.exports.query import open_store

        open_store(target)  # tells what is wrong with the graph, and loads a large one into its store once
        self._target = target
        self._lock = threading.Lock()
        self._free = deque(_Worker(target) for _ in range(count))
        self._waiting: deque[queue.SimpleQueue[_Worker]] = deque()

    def answer(self, job: Job, *, seconds: float) -> Answer:
        """Answer a query in at most ``seconds`` from now, the wait for a free process included."""
        end = time.monotonic() + seconds
        try:
            worker = self._take(seconds)
        except queue.Empty:
            return _told(503, "all workers are busy; try again later")
        try:
            answer = worker.answer(job, max(0.01, end - time.monotonic()))
        except TimeoutError:
            answer = _told(503, f"the query took longer than {seconds:g} seconds; ask for less")
        except EOFError:
            answer = _told(503, "the query needed more memory than a query may take; ask for less")
        finally:
            self._give(worker if worker.alive else _Worker(self._target))
        return answer

    def _take(self, seconds: float) -> "_Worker":
        """Take a free worker; who waits longest is served first, or under load some would wait for seconds."""
        with self._lock:
            if self._free and not self._waiting:
                return self._free.popleft()
            turn: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
            self._waiting.append(turn)
        try:
            return turn.get(timeout=seconds)
        except queue.Empty:
            with self._lock:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                    raise
            return turn.get()  # it came while we gave up

    def _give(self, worker: "_Worker") -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().put(worker)
            else:
                self._free.append(worker)

    def close(self) -> None:
        """End all processes that are not busy."""
        with self._lock:
            while self._free:
                self._free.popleft().end()


class _Worker:
    def __init__(self, target: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_work, args=(target, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.alive = True
        self._ready = False

    def answer(self, job: Job, seconds: float) -> Answer:
        """Hand the query over and wait; a process that does not answer in time is ended."""
        try:
            if not self._ready:
                if not self._ours.poll(OPENING_LIMIT):
                    raise TimeoutError
                self._ours.recv()
                self._ready = True
            self._ours.send(job)
            if not self._ours.poll(seconds):
                raise TimeoutError
            answer: Answer = self._ours.recv()
        except (TimeoutError, EOFError, OSError) as error:
            self.end()
            if isinstance(error, TimeoutError):
                raise
            raise EOFError from error
        return answer

    def end(self) -> None:
        """End the process at once; it only reads, so nothing is lost."""
        self.alive = False
        self._process.kill()
        self._process.join()
        self._ours.close()


def _work(target: Path, connection: Connection) -> None:
    """Answer queries from ``connection`` until it is closed."""
    import signal

    from diplograph.exports.query import open_store

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us; Ctrl-C need not tell us twice
    store = open_store(target, beside=True)
    _limit_memory()
    connection.send("ready")
    while True:
        try:
            job: Job = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_answer(store, job))


def _limit_memory() -> None:
    """Let this process take a fixed amount beyond what its graph takes now, where the system can do that."""
    statistics = Path("/proc/self/statm")
    try:
        import resource
    except ImportError:  # not on Windows
        return
    if statistics.exists():
        taken = int(statistics.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY_LIMIT, taken + MEMORY_LIMIT))


def _answer(store: "ox.Store", job: Job) -> Answer:
    import pyoxigraph as ox
    from diplograph.exports.iris import prefixes
    from diplograph.exports.query import QueryError, check_query, evaluate
    from diplograph.exports.query_results import BOOLEAN_WRITERS, ROW_WRITERS, TRIPLE_FORMATS

    try:
        check_query(job.query)
        found = evaluate(
            store,
            job.query,
            default_graph=[ox.NamedNode(name) for name in job.default_graphs],
            named_graphs=[ox.NamedNode(name) for name in job.named_graphs] or None,
        )
        kinds: Sequence[str] = tuple(ROW_WRITERS)
        if isinstance(found, ox.QueryTriples):
            kinds = tuple(TRIPLE_FORMATS)
        elif isinstance(found, ox.QueryBoolean):
            kinds = tuple(BOOLEAN_WRITERS)
        media = chosen(job.accept, kinds)
        if not media:
            return _told(406, f"this answer can be had as {', '.join(kinds)}")
        if isinstance(found, ox.QueryBoolean):
            return Answer(status=200, media=media, body=BOOLEAN_WRITERS[media](bool(found)).encode())
        if isinstance(found, ox.QueryTriples):
            triples, more = _page(found, job)
            format = TRIPLE_FORMATS[media]
            data = ox.serialize(triples, format=format, prefixes=dict(prefixes()))
            assert data is not None
            return Answer(status=200, media=media, body=data, more=more)
        names = [variable.value for variable in found.variables]
        rows, more = _page(found, job)
        text = ROW_WRITERS[media](names, [[row[name] for name in names] for row in rows])
        return Answer(status=200, media=media, body=text.encode(), more=more)
    except (QueryError, ValueError) as error:
        return _told(400, str(error))
    except (MemoryError, RuntimeError, OSError) as error:
        return _told(500, f"the query failed: {error}")


def chosen(accept: Sequence[str], offered: Sequence[str]) -> str:
    """Choose the first type that the client prefers and we offer; an empty string if there is none."""
    for wanted in accept:
        for media in offered:
            family, _, _ = media.partition("/")
            if wanted in (media, f"{family}/*", "*/*"):
                return media
    return ""


def _page(found: Iterable[T], job: Job) -> tuple[list[T], bool]:
    """Take the rows of the page that was asked for, and tell whether more follow.

    Raises:
        QueryError: If no page was asked for, and there are more rows than an answer may have.
    """
    from diplograph.exports.query import QueryError

    wanted = job.max_rows if job.limit is None else job.limit
    rows = list(islice(found, job.offset, job.offset + wanted + 1))
    if len(rows) <= wanted:
        return rows, False
    if job.limit is None:
        problem = f"the answer has more than {job.max_rows} rows; add a LIMIT, or ask with limit= and offset="
        raise QueryError(problem)
    return rows[:wanted], True


def _told(status: int, problem: str) -> Answer:
    return Answer(status=status, media="text/plain", body=f"{problem}\n".encode())
