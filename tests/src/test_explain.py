"""A claim is explained by its sentence, the row of its rule, its roles and the weights of its features."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from diplograph.exports.jsonl import read_jsonl, write_jsonl
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.ranking import Ranker
from diplograph.extract.records import Rejection, Span
from diplograph.extract.rule_sources import find_rule
from diplograph.graph.build import build_graph
from diplograph.ontology.errors import InputError
from diplograph.ontology.vocabulary import read_table

from diplograph.explain import explain
from diplograph.extract_text import (
    claim_lines,
    claim_table,
    extract_documents,
    extract_text,
    rejected_lines,
    rejected_table,
)

TEXT = (
    "Ghana ratified the Paris Agreement on 21 September 2016. It will deploy troops to Mali. "
    "Kenyan Foreign Minister Amina Mohamed spoke in Suva, Fiji."
)


@pytest.fixture(scope="module", autouse=True)
def loaded() -> Iterator[Extractor]:
    """Load the extractor once, without the ranker, for all that would load it."""
    extractor = load_extractor(ranked=False)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("diplograph.explain", "diplograph.extract_text"):
            patch.setattr(f"{module}.load_extractor", lambda: extractor)
        yield extractor


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a few sentences, without the pages."""
    folder = tmp_path_factory.mktemp("build")
    write_jsonl(build_graph([extract_text(TEXT, country="NOR", reference_year=2016)]), folder)
    return folder


def id_of(build: Path, predicate: str) -> str:
    """Give the id of the one claim of a relation."""
    return next(claim.id for claim in read_jsonl(build).claims if claim.predicate == predicate)


def test_a_claim_is_explained_by_what_it_rests_on(build: Path) -> None:
    told = explain(build, id_of(build, "locatedIn"))
    assert told.startswith("Suva — locatedIn — Fiji\n")
    assert "Kenyan Foreign Minister Amina Mohamed spoke in Suva, Fiji." in told
    assert "file        rules/belonging.toml" in told
    assert "'Suva'" in told
    assert "modality    asserted" in told


def test_qualifiers_and_the_row_of_a_frame_are_told(build: Path) -> None:
    told = explain(build, id_of(build, "partyTo"))
    assert "date        2016-09-21" in told
    assert "status      ratified" in told
    assert "file        rules/frames/agreements.toml:" in told
    assert "source      VCLT" in told


def test_a_claim_that_rests_on_the_sentence_before_says_so(build: Path) -> None:
    told = explain(build, id_of(build, "deploysTo"))
    assert "modality    planned" in told
    assert "rests on those before it" in told


def test_the_place_of_the_evidence_is_told(tmp_path: Path) -> None:
    (said,) = (c for c in extract_text(TEXT).claims if c.predicate == "partyTo")
    there = replace(said.evidence[0], section="II Treaties › 2. Climate", page=4, anchor="art 5")
    for name, place, address in (
        ("page", there, "https://example.org/notes#page=4"),
        ("anchor", replace(there, page=0), "https://example.org/notes#art%205"),
        ("none", replace(there, page=0, anchor=""), "https://example.org/notes#top"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        whole = extract_text(TEXT)
        document = replace(whole.document, url="https://example.org/notes#top")
        claims = tuple(replace(c, evidence=(place,)) if c == said else c for c in whole.claims)
        write_jsonl(build_graph([replace(whole, document=document, claims=claims)]), folder)
        told = explain(folder, said.id)
        assert f"address     {address}\n" in told
        assert "section     II Treaties › 2. Climate\n" in told
        assert ("page        4" in told) == (name == "page")


def test_a_claim_of_a_table_is_explained_by_its_row(tmp_path: Path) -> None:
    table = "Country | Agreement | Signed\nGhana | Paris Agreement | 22 April 2016\n"
    write_jsonl(build_graph([extract_text(table)]), tmp_path)
    told = explain(tmp_path, id_of(tmp_path, "partyTo"))
    assert "file        rules/tables.toml:" in told
    assert "sentence    Ghana | Paris Agreement | 22 April 2016" in told
    assert "together with the head of its table" in told


def test_the_beginning_of_an_id_is_enough(build: Path) -> None:
    key = id_of(build, "partyTo")
    assert explain(build, key[:10]) == explain(build, key)


@pytest.mark.parametrize(
    "key", [pytest.param("no such id", id="unknown"), pytest.param("", id="all of them")]
)
def test_an_id_that_is_not_one_claim_is_refused(build: Path, key: str) -> None:
    with pytest.raises(InputError, match="take a whole id"):
        explain(build, key)


def test_the_features_of_the_ranker_are_told_with_their_weights(
    build: Path, loaded: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranker = Ranker(
        weights={
            "always": (("locatedIn", -0.5),),
            "proposed=locatedIn": (("locatedIn", 2.25), ("visits", 1.0)),
        },
        thresholds={"locatedIn": {"sure": 0.4, "unsure": 0.5, "pair": 0.6}},
        scale={"locatedIn": (1.5, -0.25)},
    )
    ranked = replace(loaded, relations=replace(loaded.relations, ranker=ranker))
    monkeypatch.setattr("diplograph.explain.load_extractor", lambda: ranked)
    told = explain(build, id_of(build, "locatedIn"))
    assert (
        "ranker      +1.75 from 2 features, calibrated 1.50 × score -0.25; kept from probability 0.40" in told
    )
    assert told.index("+2.25  proposed=locatedIn") < told.index("-0.50  always")


def test_a_text_is_read_as_a_table_and_as_json_lines() -> None:
    extraction = extract_text(TEXT, country="NOR", reference_year=2016)
    table, lines = claim_table(extraction), claim_lines(extraction)
    assert "Ghana | partyTo | Paris Agreement (date=2016-09-21; status=ratified)" in table
    assert "(planned)" in table
    assert len(lines.splitlines()) == len(extraction.claims)
    assert '"object_label": "Paris Agreement"' in lines
    assert extract_documents([extraction.document]) == (extraction,)


def test_what_was_rejected_is_told_with_its_reason() -> None:
    extraction = extract_text("The Embassy of Japan in Peru is in Lima.", country="JPN")
    dropped = Rejection(
        document="text",
        span=Span(0, 40),
        rule="some-rule",
        reason="visits too unlikely",
        subject="country/JPN",
        predicate="visits",
        object="country/PER",
    )
    extraction = replace(extraction, rejections=(dropped, dropped))
    table, lines = rejected_table(extraction), rejected_lines(extraction)
    assert table.startswith(
        "rejected: Japan | visits | Peru  visits too unlikely  [some-rule]\n    The Embassy"
    )
    (row,) = map(json.loads, lines.splitlines())
    assert (row["rejected"], row["object"]) == ("visits too unlikely", "country/PER")
    assert row["evidence"][0]["text"] == "The Embassy of Japan in Peru is in Lima."
    assert rejected_table(replace(extraction, rejections=())) == "nothing rejected\n"


def test_candidates_know_what_they_would_have_said() -> None:
    text = "Japan and Peru met in Lima. Security, energy, trade and the World Bank were discussed by NATO in Rome."
    said = [(r.subject, r.predicate, r.object, r.reason) for r in extract_text(text).rejections]
    assert said
    assert all(all(row) for row in said)


def test_a_text_without_claims_says_so() -> None:
    assert claim_table(extract_text("Nothing happened.")) == "no claims\n"


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(InputError, match="holds no text"):
        extract_text(" \n ")


RULES = [
    pytest.param("located", "locatedIn", "frames/places.toml", id="its own row"),
    pytest.param("cooperate-verb-across", "cooperatesWith", "cooperation.toml", id="a variant of a row"),
    pytest.param("title-before-known", "holdsPosition", "positions.toml", id="a family"),
    pytest.param("name-place", "locatedIn", "belonging.toml", id="a family by relation"),
    pytest.param("name-place-listed", "heldIn", "occasion_names.toml", id="a family of another relation"),
]


@pytest.mark.parametrize(("rule", "predicate", "file"), RULES)
def test_a_rule_is_found_where_it_stands(rule: str, predicate: str, file: str) -> None:
    source = find_rule(rules_folder(), rule, predicate)
    assert source is not None
    assert source.file == file
    assert source.reads
    assert source.source


def test_an_unknown_rule_has_no_source() -> None:
    assert find_rule(rules_folder(), "no-such-rule", "visits") is None


def test_families_name_files_that_are_there() -> None:
    for row in read_table(rules_folder() / "rule_families.tsv"):
        if row["file"] == "ranker.tsv":  # made by training
            continue
        folders = (
            rules_folder(),
            rules_folder().parent,
            rules_folder().parents[1] / "ontology" / "vocabularies",
        )
        assert any((folder / row["file"]).is_file() for folder in folders), row["file"]
