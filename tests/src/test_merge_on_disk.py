"""A graph that is merged on disk is the one that is merged in memory, to the byte."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from diplograph.exports.rdf_write import write_rdf
from diplograph.exports.reading import read_graph
from diplograph.extract.extractor import Extractor
from diplograph.extract.records import (
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Qualifiers,
    Span,
)
from diplograph.graph.extras import MissingExtra
from diplograph.graph.knowledge import InconsistentGraph
from diplograph.ontology.model import QUALIFIERS

from diplograph import building
from diplograph.cli import main
from diplograph.mapping import extract_one, find_tasks
from diplograph.merge_on_disk import merge_on_disk
from diplograph.pipeline import merge, write_files

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'diplograph[big]'")
parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

SAMPLES = Path(__file__).parents[2] / "samples"
SAME = ("documents.jsonl", "entities.jsonl", "mentions.jsonl", "claims.jsonl", "graph.ttl", "graph.nq")
NOTE = "Ghana ratified the Paris Agreement on 21 September 2016.\n"
PACT = Entity(id="agreement/paris", cls="Agreement", label="Paris Agreement")


@pytest.fixture(scope="module")
def samples(extractor: Extractor) -> Sequence[Extraction]:
    return [extract_one(task, extractor) for task in find_tasks([SAMPLES])]


def told(
    name: str,
    *,
    label: str = "Ghana",
    aliases: tuple[str, ...] = (),
    cls: str = "Country",
    confidence: float = 0.6,
    rule: str = "r",
    start: int = 0,
    qualifiers: Qualifiers | None = None,
) -> Extraction:
    """Say in a document that a state is party to the Paris Agreement."""
    text = "Ghana ratified the Paris Agreement. " * 3
    piece = Evidence(document=name, start=start, end=start + 35, text=text[start : start + 35])
    state = Entity(id="country/GHA", cls=cls, label=label, aliases=aliases)
    claim = Claim(
        subject=state.id,
        predicate="partyTo",
        object=PACT.id,
        qualifiers=qualifiers or Qualifiers(),
        confidence=confidence,
        rule=rule,
        evidence=(piece,),
    )
    mention = Mention(document=name, span=Span(0, 5), text="Ghana", cls=cls, entity=state.id, how="h")
    return Extraction(
        document=Document(id=name, file=f"{name}.txt", text=text, sha256="0"),
        mentions=(mention,),
        entities=(PACT, state),
        claims=(claim,),
    )


MADE = [
    pytest.param([told("a"), told("b", confidence=0.8, rule="s")], id="two-witnesses"),
    pytest.param([told("a"), told("a")], id="one-extraction-twice"),
    pytest.param([told("a", label="Gold Coast"), told("b"), told("c")], id="most-say-the-label"),
    pytest.param([told("a", label="Gold Coast"), told("b")], id="labels-tie"),
    pytest.param([told("a", aliases=("G",)), told("b", aliases=("H",)), told("c")], id="aliases-unite"),
    pytest.param([told("a", cls="Place"), told("b"), told("c", cls="Place")], id="classes-differ"),
    pytest.param(
        [told("a", qualifiers=Qualifiers(date="2016")), told("b", start=36), told("b-c")], id="other-claims"
    ),
    pytest.param([told("é"), told("z"), told("\U0001f600"), told("\uffee")], id="order-of-code-points"),
    pytest.param([told("a", label='A "\n\u2028\x00\u202e'), told("b")], id="hostile-labels"),
]


def both(
    extractions: Sequence[Extraction], folder: Path, *, min_confidence: float = 0.0
) -> tuple[Path, Path]:
    """Merge in memory and on disk, there in the opposite order, and give the two folders."""
    here, disk = folder / "memory", folder / "disk"
    here.mkdir()
    disk.mkdir()
    build = merge(extractions, min_confidence=min_confidence)
    digest = write_files(build, here)
    write_rdf(build.graph, here / "graph.nq")
    result = merge_on_disk(reversed(extractions), disk, min_confidence=min_confidence)
    assert result.graph == digest
    assert (result.documents, result.entities, result.claims) == (
        len(build.graph.documents),
        len(build.graph.entities),
        len(build.graph.claims),
    )
    return here, disk


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let graphs pass that the shapes would refuse: what is written matters here."""
    conforms = SimpleNamespace(conforms=True, triples=0)
    monkeypatch.setattr("diplograph.exports.validate.validate", lambda _: conforms)
    yield


@pytest.mark.parametrize("min_confidence", [0.0, 0.6])
def test_samples(
    samples: Sequence[Extraction], tmp_path: Path, unchecked: None, min_confidence: float
) -> None:
    here, disk = both(samples, tmp_path, min_confidence=min_confidence)
    for name in SAME:
        assert (disk / name).read_bytes() == (here / name).read_bytes(), name
    reports = [(folder / "report.md").read_text("utf-8").splitlines() for folder in (here, disk)]
    differ = [line for line, other in zip(*reports, strict=True) if line != other]
    assert [line[:13] for line in differ] == ["* Validation:"]


@pytest.mark.parametrize("extractions", MADE)
def test_rules_of_merging(extractions: list[Extraction], tmp_path: Path, unchecked: None) -> None:
    here, disk = both(extractions, tmp_path)
    for name in SAME:
        assert (disk / name).read_bytes() == (here / name).read_bytes(), name


def test_tables(samples: Sequence[Extraction], tmp_path: Path) -> None:
    merge_on_disk(samples, tmp_path)
    kg = read_graph(tmp_path)
    tables = {path.stem: parquet.read_table(path).to_pylist() for path in (tmp_path / "tables").iterdir()}
    assert [row["id"] for row in tables["claims"]] == [claim.id for claim in kg.claims]
    for row, claim in zip(tables["claims"], kg.claims, strict=True):
        assert {name: row[name] for name in QUALIFIERS if row[name]} == claim.qualifiers.as_dict()
        assert (row["confidence"], row["evidence"]) == (claim.confidence, len(claim.evidence))
    quoted = [(claim.id, piece.start, piece.text) for claim in kg.claims for piece in claim.evidence]
    assert [(row["claim"], row["start"], row["text"]) for row in tables["evidence"]] == quoted
    assert [row["id"] for row in tables["entities"]] == [*kg.entities]
    assert (len(tables["documents"]), len(tables["mentions"])) == (len(kg.documents), len(kg.mentions))


def test_nothing_is_left_beside_the_files(tmp_path: Path) -> None:
    merge_on_disk([told("a")], tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {*SAME, "tables", "report.md"}


def test_a_claim_about_an_unknown_entity_is_refused(tmp_path: Path) -> None:
    wrong = replace(told("a"), entities=(PACT,))
    with pytest.raises(InconsistentGraph, match="country/GHA"):
        merge_on_disk([wrong], tmp_path)
    assert not [*tmp_path.iterdir()]


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r"pip install 'diplograph\[big\]'"):
        merge_on_disk([told("a")], tmp_path)


def test_the_command(extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice is part of what a result was made from; above a size it is made without being asked for."""
    monkeypatch.setattr("diplograph.extract.extractor.load_extractor", lambda: extractor)
    monkeypatch.setattr("diplograph.building.processes_for", lambda *_: 0)
    (tmp_path / "note.txt").write_text(NOTE, "utf-8")
    out = tmp_path / "out"

    def run(*words: str) -> tuple[str, bool]:
        result = CliRunner().invoke(main, ["build", str(tmp_path / "note.txt"), "-o", str(out), *words])
        assert result.exit_code == 0, result.output
        return result.stdout.split("; graph ")[1], (out / "graph.html").exists()

    digest, page = run("--merge", "duckdb")
    assert not page
    rows = [json.loads(line) for line in (out / "claims.jsonl").read_text("utf-8").splitlines()]
    assert [row["predicate"] for row in rows] == ["partyTo"]
    assert run("--merge", "memory") == (digest, True)
    assert not (out / "graph.nq").exists()
    monkeypatch.setattr(building, "_WORTH_DISK_BYTES", 1)
    assert run() == (digest, False)
