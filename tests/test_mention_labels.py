"""Names are found where readers of plain text found them, without having seen the program's marks.

``labels/mentions.jsonl`` holds, for excerpts of speeches and press releases, what readers with the labelling guide
marked in the bare text: all classes but countries and persons, which the gold documents measure well. Half 1 was
read to improve the names, half 2 only measures.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from diplograph.extract.extractor import load_extractor
from diplograph.extract.loading import load
from diplograph.extract.manifest import Source

LABELS = Path(__file__).parent / "labels" / "mentions.jsonl"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
CLASSES = frozenset(
    {"Place", "Organization", "Forum", "Event", "Agreement", "Policy", "Programme", "IssueArea"}
)
# What was reached, less one point; readers agree with each other far less than in a gold that two have merged.
LEAST_F1: Mapping[int, float] = {1: 0.88, 2: 0.815}


def rows() -> list[dict[str, Any]]:
    """Give the labelled excerpts in the order of the file."""
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def test_both_halves_are_large() -> None:
    labelled = rows()
    assert {
        half: sum(len(r["mentions"]) for r in labelled if r["half"] == half) > 1500 for half in (1, 2)
    } == {
        1: True,
        2: True,
    }
    assert {mention[2] for row in labelled for mention in row["mentions"]} <= CLASSES


@pytest.mark.corpus
@pytest.mark.parametrize("half", [1, 2])
def test_names_are_found_as_readers_found_them(half: int) -> None:
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus does not lie beside the checkout")
    extractor = load_extractor()
    right = ours = theirs = 0
    for row in rows():
        if row["half"] != half:
            continue
        path = CORPUS / row["file"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"], row["file"]
        source = Source(path=path, country=row["country"], reference_year=row["reference_year"])
        document = load(source, path.stem)
        read = {tuple(place) for place in row["sentences"]}
        sentences = tuple(s for s in document.sentences if (s.span.start, s.span.end) in read)
        found = {
            (m.span.start, m.span.end, m.cls)
            for m in extractor.names(replace(document, sentences=sentences)).mentions
            if m.cls in CLASSES
        }
        marked = {(start, end, cls) for start, end, cls, *_ in row["mentions"]}
        right, ours, theirs = right + len(found & marked), ours + len(found), theirs + len(marked)
    assert 2 * right / (ours + theirs) >= LEAST_F1[half], (right, ours, theirs)
