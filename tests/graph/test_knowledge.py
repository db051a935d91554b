"""The graph as a value: sorted, frozen, comparable, and a plain networkx graph."""

import pickle
from dataclasses import FrozenInstanceError

import networkx as nx
import pytest
from diplograph.graph.knowledge import InconsistentGraph, KnowledgeGraph
from factories import claim, entity, graph_of, mention, sample_graph

JAPAN, AUSTRALIA = entity("country/JPN"), entity("country/AUS")
VISIT = claim("country/JPN", "visits", "country/AUS")

ONE = {"country/JPN": JAPAN}
BROKEN = [
    pytest.param({"claims": (VISIT,)}, "country/JPN", id="unknown-subject"),
    pytest.param({"claims": (VISIT,), "entities": ONE}, "country/AUS", id="unknown-object"),
    pytest.param({"mentions": (mention("country/JPN", "Japan"),)}, "country/JPN", id="unknown-mention"),
    pytest.param(
        {"claims": (VISIT, VISIT), "entities": {"country/JPN": JAPAN, "country/AUS": AUSTRALIA}},
        VISIT.id,
        id="repeated-claim",
    ),
]


@pytest.mark.parametrize(("parts", "item"), BROKEN)
def test_parts_that_do_not_fit_are_refused(parts: dict[str, object], item: str) -> None:
    with pytest.raises(InconsistentGraph) as refusal:
        KnowledgeGraph(**parts)  # type: ignore[arg-type]
    assert refusal.value.item == item


def test_everything_is_sorted_however_it_is_given() -> None:
    claims = [claim("country/JPN", "visits", "country/AUS", date=str(year)) for year in range(2000, 2020)]
    kg = KnowledgeGraph(
        entities={"country/JPN": JAPAN, "country/AUS": AUSTRALIA},
        claims=tuple(claims),
        mentions=(
            mention("country/JPN", "Japan", document="b"),
            mention("country/AUS", "Australia", document="a", start=9),
            mention("country/JPN", "Japan", document="a", start=2),
        ),
    )
    assert list(kg.entities) == ["country/AUS", "country/JPN"]
    assert list(kg.claims_by_id) == [c.id for c in kg.claims] == sorted(c.id for c in claims)
    assert [(m.document, m.span.start) for m in kg.mentions] == [("a", 2), ("a", 9), ("b", 0)]


def test_nothing_can_be_reassigned() -> None:
    kg = sample_graph()
    with pytest.raises(FrozenInstanceError):
        kg.claims = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        kg.entities["country/JPN"] = AUSTRALIA  # type: ignore[index]
    with pytest.raises(nx.NetworkXError):
        kg.graph.add_node("country/XYZ")


def test_equal_content_is_equal_and_survives_pickling() -> None:
    kg = sample_graph()
    assert pickle.loads(pickle.dumps(kg)) == kg == sample_graph()
    assert len({kg, sample_graph()}) == 1
    assert kg != graph_of(VISIT)


def test_edges_carry_the_claim_and_its_qualifiers() -> None:
    aid = claim("country/JPN", "providesAssistanceTo", "country/PHL", amount="5", currency="JPY")
    kg = graph_of(aid)
    edge = kg.graph["country/JPN"]["country/PHL"][aid.id]
    assert edge == {
        "predicate": "providesAssistanceTo",
        "modality": "asserted",
        "confidence": 0.9,
        "rule": "test-rule",
        "amount": "5",
        "currency": "JPY",
        "claim": aid,
    }


def test_an_attribute_of_an_entity_never_hides_its_class() -> None:
    odd = entity("country/JPN", attributes=[("cls", "Forum"), ("founded", "0660")])
    kg = graph_of(VISIT, entities=[odd])
    node = kg.graph.nodes["country/JPN"]
    assert (node["cls"], node["founded"]) == ("Country", "0660")


def test_networkx_functions_accept_the_graph() -> None:
    graph = sample_graph().graph
    assert nx.number_weakly_connected_components(graph) == 2
    assert set(nx.pagerank(graph)) == set(graph)
    graph.copy().add_edge("a", "b")
