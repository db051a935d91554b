"""A process that reads documents for a build: ``python -P -m diplograph.worker CACHE``.

It is told tasks by lines of JSON on its standard input, keeps what it reads in the folder CACHE, and answers
with a line each on its standard output. It ends when its input ends, in the middle of a document too: the
build that started it is gone then.
"""

import gc
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diplograph.extract.extractor import Extractor
    from diplograph.extract.records import Document, Extraction
    from diplograph.mapping import Task

__all__ = ["main", "read_into_cache", "ready_extractor"]

# How often a document is read that changes meanwhile.
_TRIES = 3
_OOM_SCORE = "600"  # where memory runs out, Linux shall end a worker rather than the build
# So many new objects are collected at once: most of a document's are gone by themselves before, and to look oftener costs
# a twentieth of the time.
_NEW_OBJECTS = 200_000


def main(folder: Path) -> None:
    """Answer tasks until the input ends."""
    answers = _own_output()
    tasks: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()

    def answer(told: Mapping[str, Any]) -> None:
        answers.write(json.dumps(told) + "\n")
        answers.flush()

    try:
        extractor = ready_extractor()
    except Exception as error:
        answer({"broken": f"{error}"})
        return
    answer({"ready": os.getpid()})
    from diplograph.build_workers import task_of_row

    while True:
        row = json.loads(tasks.get())
        answer(read_into_cache(task_of_row(row), folder, extractor))


def ready_extractor() -> "Extractor":
    """Load the extractor and the parser into a process that shall do nothing else.

    Raises:
        TableError: As for :func:`diplograph.extract.extractor.load_extractor`.
    """
    from diplograph.extract.extractor import load_extractor

    extractor = load_extractor()
    extractor(_first())
    gc.freeze()  # rules and model stay: the collector need not look at them
    gc.set_threshold(_NEW_OBJECTS)
    return extractor


def _first() -> "Document":
    """Make a document that has the parser loaded, which shall not count against the limit of a real one."""
    from diplograph.extract.records import Block, Document, Sentence, Span

    text = "Japan thanked Kenya."
    whole = Span(0, len(text))
    return Document(
        id="first",
        file="first.txt",
        text=text,
        blocks=(Block(kind="paragraph", span=whole),),
        sentences=(Sentence(span=whole, block=0),),
    )


def _own_output() -> IO[str]:
    """Give the output for answers, and let whatever libraries print go where errors go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends its workers
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _listen(tasks: "queue.SimpleQueue[str]") -> None:
    for line in sys.stdin:
        tasks.put(line)
    os._exit(0)  # at once, whatever the other thread does


def read_into_cache(
    task: "Task", folder: Path, extractor: "Callable[[Document], Extraction]"
) -> dict[str, Any]:
    """Read one document and keep what was read under the key of what it was read from.

    Returns:
        The answer for the build: key and counts, why the document cannot be read, or that nothing can be kept.
    """
    from diplograph.build_cache import task_key, write_entry
    from diplograph.mapping import NotEnglish, extract_one
    from diplograph.ontology.errors import InputError

    outcome: Extraction | NotEnglish
    try:
        for _ in range(_TRIES):
            key = task_key(task)
            try:
                outcome = extract_one(task, extractor)
            except NotEnglish as error:
                outcome = error
            if task_key(task) == key:
                break
        else:
            return {
                "failed": f"{task.name}: changes while it is read; run the command again when it is complete"
            }
    except InputError as error:
        return {"failed": f"{task.name}: {error.problem}; {error.remedy}"}
    except OSError as error:
        told = error.strerror or str(error)
        return {"failed": f"{task.name}: cannot be read ({told}); check the path and that you may read it"}
    except MemoryError:
        return {"failed": f"{task.name}: needs more memory than there is; split it"}
    except Exception as error:  # a fault of ours, or of a reader: the other documents are built
        told = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return {"failed": f"{task.name}: could not be read ({told}); report this with the document"}
    try:
        write_entry(folder, key, outcome)
    except OSError as error:
        return {"unkept": error.errno or 0, "reason": error.strerror or str(error)}
    if isinstance(outcome, NotEnglish):
        return {"key": key, "sentences": 0, "characters": 0}
    return {
        "key": key,
        "sentences": len(outcome.document.sentences),
        "characters": len(outcome.document.text),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
