"""Every rule of the frame files reads its examples and leaves its counter-examples."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from diplograph.extract import frames
from diplograph.extract.candidates import Candidate
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.frames import Frames
from diplograph.extract.present_classes import PresentClasses
from diplograph.extract.records import Block, Document, Span
from diplograph.extract.sentences import split_sentences
from diplograph.extract.structure import structure
from diplograph.ontology.model import ENTITY_CLASSES

# The author's own state; one that no example names, so that only unsaid actors turn out to be it.
AUTHOR = "NLD"


def frame_rows() -> list[tuple[str, dict[str, Any]]]:
    """Give the rows of all frame files as (file name, row), in the order of the files."""
    paths = sorted((rules_folder() / "frames").glob("*.toml"))
    return [(p.name, row) for p in paths for row in tomllib.loads(p.read_text("utf-8")).get("frame", [])]


def rule_rows(path: Path) -> list[dict[str, Any]]:
    """Give the rows of a rule file of a reader of its own."""
    return list(tomllib.loads(path.read_text("utf-8"))["rule"])


def issuing_rows() -> list[dict[str, Any]]:
    """Give the rows of ``issuing.toml``; rule ids there are the beginnings of those that claims bear."""
    data = tomllib.loads((rules_folder() / "issuing.toml").read_text("utf-8"))
    return [*data["numbered"], data["worded"], data["owned"], data["listed"], data["phrased"]]


@cache
def extractor() -> Extractor:
    """Load the extractor once; without the ranker, since rules are tested one by one."""
    return load_extractor(ranked=False)


def document(text: str) -> Document:
    """Make a document of a few sentences, written in the Netherlands in 2016."""
    if "\n" in text:
        sections, blocks = structure(text)
    else:
        sections, blocks = (), (Block(kind="paragraph", span=Span(0, len(text))),)
    return Document(
        id="example",
        file="example.txt",
        text=text,
        country=AUTHOR,
        reference_year=2016,
        sections=sections,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )


def candidates(text: str) -> Sequence[Candidate]:
    """Give all that the rules propose for a text."""
    one = document(text)
    named = extractor().names(one)
    return [c for _, _, found in extractor().relations.read_scenes(one, named) for c in found]


def rules() -> list[Any]:
    """Give each rule as (id, relations, examples, counter-examples)."""
    rows = [(row, frozenset(c["predicate"] for c in row.get("claim", []))) for _, row in frame_rows()]
    rows += [(row, frozenset({"addresses"})) for row in rule_rows(rules_folder() / "addressing.toml")]
    for row in issuing_rows():
        rows.append((row, frozenset({"adopts"})))
    founded = tomllib.loads((rules_folder() / "issuing.toml").read_text("utf-8"))["founded"]
    rows.append((founded, frozenset({"establishes"})))
    return [
        pytest.param(row["id"], relations, row["examples"], row["counter_examples"], id=row["id"])
        for row, relations in rows
    ]


def is_of(candidate: Candidate, rule: str) -> bool:
    """Tell whether a rule proposed a candidate; the reader of names marks how it knows the owner."""
    marks = ("", "-agreement", "-policy", "-poss", "-modifier", "-anaphor", "-by", "-from")
    return candidate.rule in {rule + mark for mark in marks}


@pytest.mark.parametrize(("rule", "relations", "examples", "counter_examples"), rules())
def test_rule_reads_its_examples_and_leaves_the_others(
    rule: str, relations: frozenset[str], examples: list[str], counter_examples: list[str]
) -> None:
    read = {text: {c.predicate for c in candidates(text) if is_of(c, rule)} for text in examples}
    assert [text for text, found in read.items() if not found] == []
    assert frozenset().union(*read.values()) == relations
    assert [text for text in counter_examples if any(is_of(c, rule) for c in candidates(text))] == []


def test_rule_ids_are_used_once() -> None:
    ids = [row["id"] for _, row in frame_rows()]
    assert sorted(ids) == sorted(set(ids))


def test_frames_lose_nothing_by_asking_first_which_classes_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for _, row in frame_rows() for text in (*row["examples"], *row["counter_examples"])]
    reader = extractor()
    read = next(
        one for r in reader.relations.readers for one in getattr(r, "readers", ()) if isinstance(one, Frames)
    )
    scenes = [
        scene
        for text in texts
        for _, scene, _ in reader.relations.read_scenes(document(text), reader.names(document(text)))
    ]

    def proposed() -> list[Candidate]:
        return [c for scene in scenes for c in read(scene)]

    found = proposed()
    everybody = PresentClasses(told=frozenset(ENTITY_CLASSES), implied={})
    monkeypatch.setattr(frames, "present_classes", lambda _: everybody)
    assert found
    assert found == proposed()
