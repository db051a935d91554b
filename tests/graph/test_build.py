"""Merging: one entity an id, one claim a statement, whatever the order."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from diplograph.extract.records import Claim, Entity, Extraction
from diplograph.graph.build import CERTAINTY_CAP, build_graph, merge_claims, merge_entities
from diplograph.graph.knowledge import InconsistentGraph, KnowledgeGraph
from factories import claim, document, entity, extraction, graph_of, mention, sample_extractions
from hypothesis import given
from hypothesis import strategies as st

STATES = ("country/JPN", "country/AUS", "country/GBR")
DOCUMENTS = ("red", "blue", "green")


@st.composite
def extractions(draw: st.DrawFn) -> list[Extraction]:
    """Draw up to three documents with claims among three states."""
    made = []
    for name in DOCUMENTS[: draw(st.integers(1, 3))]:
        said = draw(
            st.lists(
                st.builds(
                    claim,
                    st.sampled_from(STATES),
                    st.sampled_from(("cooperatesWith", "visits", "criticizes")),
                    st.sampled_from(STATES),
                    document=st.just(name),
                    offset=st.integers(0, 50),
                    confidence=st.sampled_from((0.3, 0.5, 0.55, 0.9, 1.0)),
                    rule=st.sampled_from(("a", "b")),
                ),
                max_size=6,
            )
        )
        labels = {key: draw(st.sampled_from(("One", "Another"))) for key in STATES}
        made.append(extraction(said, entities=[entity(k, v) for k, v in labels.items()], of=document(name)))
    return made


@given(extractions(), st.randoms(use_true_random=False))
def test_order_and_repetition_of_documents_do_not_matter(items: list[Extraction], rng: Random) -> None:
    shuffled = items * 2
    rng.shuffle(shuffled)
    first, second = build_graph(items), build_graph(shuffled)
    assert first == second
    assert list(first.graph.edges(keys=True)) == list(second.graph.edges(keys=True))
    assert list(first.graph.nodes(data="label")) == list(second.graph.nodes(data="label"))


@given(extractions())
def test_no_evidence_is_lost_or_invented(items: list[Extraction]) -> None:
    read = {(c.id, piece) for item in items for c in item.claims for piece in c.evidence}
    assert {(c.id, piece) for c in build_graph(items).claims for piece in c.evidence} == read


@given(extractions())
def test_claims_of_a_graph_merge_to_themselves(items: list[Extraction]) -> None:
    once = merge_claims(c for item in items for c in item.claims)
    assert merge_claims([*once]) == once


CONFIDENCE = [
    pytest.param([("a", 0.8)], 0.8, id="one-place"),
    pytest.param([("a", 0.8), ("a", 0.6)], 0.8, id="one-document-counts-once"),
    pytest.param([("a", 0.5), ("b", 0.5)], 0.75, id="two-documents-are-two-witnesses"),
    pytest.param([("a", 0.95), ("b", 0.95)], CERTAINTY_CAP, id="never-certain-by-agreement"),
    pytest.param([("a", 1.0), ("b", 0.2)], 1.0, id="never-below-the-best"),
    pytest.param([("a", 0.1), ("b", 0.2), ("c", 0.995)], 0.995, id="best-of-three"),
]


@pytest.mark.parametrize(("seen", "expected"), CONFIDENCE)
def test_confidence_of_a_merged_claim(seen: list[tuple[str, float]], expected: float) -> None:
    said = [
        claim("country/JPN", "visits", "country/AUS", document=name, confidence=value, offset=place)
        for place, (name, value) in enumerate(seen)
    ]
    (merged,) = merge_claims(said)
    assert merged.confidence == expected
    assert len(merged.evidence) == len(seen)


RULES = [
    pytest.param([("slow", 0.5), ("sure", 0.9)], "sure", id="highest-confidence"),
    pytest.param([("b", 0.9), ("a", 0.9)], "a", id="tie-by-name"),
]


@pytest.mark.parametrize(("seen", "expected"), RULES)
def test_rule_of_a_merged_claim(seen: list[tuple[str, float]], expected: str) -> None:
    said = [claim("country/JPN", "visits", "country/AUS", rule=r, confidence=c) for r, c in seen]
    assert merge_claims(said)[0].rule == expected


def test_a_merged_claim_has_the_words_of_every_passage_that_dates_it() -> None:
    ends = ("country/JPN", "visits", "country/IND")
    early = claim(
        *ends, document="a", text="Japan visited India in 2016.", date="2016", date_text=["in 2016"]
    )
    late = claim(*ends, document="b", text="It was in 2016, last year.", date="2016", date_text=["last year"])
    kg = graph_of(early, late)
    (merged,) = kg.claims
    assert merged.id == early.id == late.id
    assert merged.qualifiers.date_text == ("in 2016", "last year")
    (own,) = kg.edition("b").claims
    assert own.qualifiers.date_text == ("in 2016", "last year"), "both stand in the passage that is left"
    (own,) = kg.edition("a").claims
    assert own.qualifiers.date_text == ("in 2016",)


def test_merged_claims_are_sorted_by_id() -> None:
    merged = merge_claims(
        claim("country/JPN", "visits", "country/AUS", date=str(y)) for y in range(2000, 2020)
    )
    assert [c.id for c in merged] == sorted(c.id for c in merged)


CLASSES = [
    pytest.param(["Forum", "Organization", "Organization"], "Organization", id="most-documents"),
    pytest.param(["Forum", "Organization"], "Organization", id="tie-in-the-ontologys-order"),
]


@pytest.mark.parametrize(("classes", "expected"), CLASSES)
def test_class_and_code_of_a_merged_entity(classes: list[str], expected: str) -> None:
    described = [(f"doc{n}", replace(entity("forum/x"), cls=cls)) for n, cls in enumerate(classes)]
    described[0] = ("doc0", replace(described[0][1], iso3="XXA"))
    merged = merge_entities(described)
    assert (merged.cls, merged.iso3) == (expected, "XXA")


def test_symmetric_claims_of_both_directions_are_one() -> None:
    there = claim("country/JPN", "cooperatesWith", "country/AUS", offset=1)
    back = claim("country/AUS", "cooperatesWith", "country/JPN", offset=9)
    (merged,) = merge_claims([there, back])
    assert [piece.start for piece in merged.evidence] == [1, 9]


def test_claims_that_differ_in_a_qualifier_stay_apart() -> None:
    kg = graph_of(
        claim("country/JPN", "visits", "country/AUS", date="2016"),
        claim("country/JPN", "visits", "country/AUS", date="2017"),
    )
    assert kg.graph.number_of_edges("country/JPN", "country/AUS") == 2


LABELS = [
    pytest.param([("a", "Long Name"), ("b", "Name"), ("c", "Name")], "Name", id="most-documents"),
    pytest.param([("a", "Name"), ("b", "Long Name")], "Long Name", id="tie-to-the-longest"),
    pytest.param([("a", "Nama"), ("b", "Name")], "Nama", id="tie-to-the-alphabet"),
]


@pytest.mark.parametrize(("seen", "expected"), LABELS)
def test_label_of_a_merged_entity(seen: list[tuple[str, str]], expected: str) -> None:
    described = [(doc, entity("forum/x", label, aliases=["X"])) for doc, label in seen]
    merged = merge_entities(described)
    assert merged.label == expected
    assert set(merged.aliases) == ({label for _, label in seen} | {"X"}) - {expected}
    assert merge_entities(described[::-1]) == merged


def test_merged_entities_unite_what_is_known_of_them() -> None:
    left = entity("event/x", aliases=["B"], same_as=["iri:2"], attributes=[("date", "2016")])
    right = entity("event/x", aliases=["A"], same_as=["iri:1"], attributes=[("place", "Tokyo")])
    merged = merge_entities([("a", left), ("b", right)])
    assert (merged.aliases, merged.same_as) == (("A", "B"), ("iri:1", "iri:2"))
    assert merged.attributes == (("date", "2016"), ("place", "Tokyo"))


USES: Sequence[tuple[str, Sequence[Claim], Sequence[str]]] = [
    ("claim", [claim("country/JPN", "visits", "country/AUS")], ["country/AUS", "country/JPN"]),
    (
        "qualifier",
        [claim("country/JPN", "cooperatesWith", "country/AUS", issue="issue/health")],
        ["country/AUS", "country/JPN", "issue/health"],
    ),
    ("nothing", [], []),
]


@pytest.mark.parametrize(("said", "expected"), [pytest.param(c, e, id=name) for name, c, e in USES])
def test_entities_that_nothing_uses_are_left_out(said: list[Claim], expected: list[str]) -> None:
    spare: list[Entity] = [entity("forum/never-named")]
    assert list(build_graph([extraction(said, entities=spare)]).entities) == expected


def test_a_mention_alone_keeps_its_entity() -> None:
    kg = build_graph([extraction(mentions=[mention("country/JPN", "Japan")])])
    assert list(kg.entities) == ["country/JPN"]
    assert kg.graph.nodes["country/JPN"]["mentions"] == 1


def test_two_documents_of_one_id_are_refused() -> None:
    with pytest.raises(InconsistentGraph, match="rename"):
        build_graph([extraction(of=document("x", "One.")), extraction(of=document("x", "Other text."))])


def test_no_documents_give_an_empty_graph() -> None:
    kg = build_graph([])
    assert kg == KnowledgeGraph()
    assert (len(kg.graph), kg.claims) == (0, ())


def test_sample_graph_counts() -> None:
    kg = build_graph(sample_extractions())
    assert (len(kg.entities), len(kg.claims), len(kg.documents)) == (10, 10, 2)
    (arf,) = [c for c in kg.claims if c.predicate == "participatesIn"]
    assert [piece.document for piece in arf.evidence] == ["yearbook-2016", "yearbook-2017"]
