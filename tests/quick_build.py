"""``diplograph build`` with an extractor that takes no time, for tests that kill builds: ``quick_build.py WORDS…``.

A document says by its first word who ratifies the Paris Agreement; some words in it are orders to misbehave:
SLOW, NOISE, HANG, RAISE, STARVE (no memory), DIE, and DIE-ONCE, which leaves a file beside the document.
``QUICK_BUILD_BYTES`` limits the size of every file that is written.
"""

import os
import resource
import signal
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

from diplograph.extract.records import Claim, Document, Entity, Evidence, Extraction, Mention, Span

from diplograph import build_workers

SECONDS = 0.03  # for one document, so that there are moments to be killed at
SLOW_SECONDS = 0.5
WORKER = "--as-worker"


def extract(document: Document) -> Extraction:
    """Read that a state ratifies the Paris Agreement, or do what the text orders."""
    words = document.text.split()
    time.sleep(SLOW_SECONDS if "SLOW" in words else SECONDS)
    if "NOISE" in words:
        print("a library prints")
        os.write(1, b'{"ready": "and so does its C code"}\n')
    if "HANG" in words:
        time.sleep(600)
    if "RAISE" in words:
        raise RuntimeError("as ordered")
    if "STARVE" in words:
        raise MemoryError
    once = Path(os.environ.get("QUICK_BUILD_MARKS", ".")) / f"{document.id}.died"
    if "DIE" in words or ("DIE-ONCE" in words and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    state, pact = f"country/{words[0]}", "agreement/paris-agreement"
    evidence = Evidence(document=document.id, start=0, end=len(document.text), text=document.text)
    mention = Mention(
        document=document.id, span=Span(0, 3), text=words[0], cls="Country", entity=state, how="test"
    )
    return Extraction(
        document=document,
        mentions=(mention,),
        entities=(
            Entity(id=pact, cls="Agreement", label="Paris Agreement"),
            Entity(id=state, cls="Country", label=words[0], iso3=words[0]),
        ),
        claims=(
            Claim(
                subject=state,
                predicate="partyTo",
                object=pact,
                confidence=0.9,
                rule="r",
                evidence=(evidence,),
            ),
        ),
    )


def main() -> None:
    """Run as a worker or as the command, both with the quick extractor."""
    quick = ModuleType("diplograph.extract.extractor")
    quick.load_extractor = lambda: extract  # type: ignore[attr-defined]
    sys.modules[quick.__name__] = quick
    if sys.argv[1] == WORKER:
        from diplograph.worker import main as work

        with patch("diplograph.build_cache.rules_version", lambda: "quick"):
            work(Path(sys.argv[2]))
    limit = int(os.environ.get("QUICK_BUILD_BYTES", "0"))
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    build_workers.WORKER_COMMAND = (sys.executable, __file__, WORKER)
    from diplograph.cli import main as run

    # The extractor that works here is no part of the rules; nor shall it matter that somebody edits them now.
    with (
        patch("diplograph.build_cache.rules_version", lambda: "quick"),
        patch("diplograph.build_result.package_version", lambda: "quick"),
        patch("diplograph.exports.validate.validate", lambda _: SimpleNamespace(conforms=True, triples=0)),
    ):
        run(["build", *sys.argv[1:]])


if __name__ == "__main__":
    main()
