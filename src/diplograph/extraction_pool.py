"""Extract documents in several processes of this one, for graphs that are made in memory.

What a process is given and gives back is kept small, and this module imports little, for each process imports
it before it begins.
"""

import os
from collections.abc import Callable, Iterator, Sequence

from diplograph.extract.records import Claim, Document, Entity, Extraction, Mention, Rejection

__all__ = ["extract_in_processes"]

# Documents handed to a process at once: few, so that none works long when the others have ended.
_CHUNK = 4

# What a process gives back of a document: mentions, entities, claims and rejections. The document itself is known.
_Read = tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[Claim, ...], tuple[Rejection, ...]]


def extract_in_processes(documents: Sequence[Document], processes: int) -> Iterator[Extraction]:
    """Yield the extractions of documents in their order; the processes end in the background."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Not forked: that is unsafe beside threads, is not to be had everywhere, and would begin no sooner, for one
    # process would load what several load at the same time.
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_start)
    done = False
    try:
        read = pool.map(_extract, documents, chunksize=_CHUNK)
        for document, (mentions, entities, claims, rejections) in zip(documents, read, strict=True):
            yield Extraction(
                document=document, mentions=mentions, entities=entities, claims=claims, rejections=rejections
            )
        done = True
    finally:  # that the processes end takes a while: the merge need not wait for it
        pool.shutdown(wait=not done, cancel_futures=True)


_EXTRACTOR: list[Callable[[Document], Extraction]] = []


def _start() -> None:
    from diplograph.worker import ready_extractor

    _EXTRACTOR[:] = [ready_extractor()]


def _extract(document: Document) -> _Read:
    read = _EXTRACTOR[0](document)
    return read.mentions, read.entities, read.claims, read.rejections
