"""Networks made from claims, and what their weights mean."""

import networkx as nx
import pytest
from diplograph.extract.records import Claim
from diplograph.graph.build import build_graph
from diplograph.graph.projections import (
    PROJECTIONS,
    aid_flow,
    co_mention,
    shared_agreements,
    signed_network,
)
from factories import claim, document, extraction, graph_of, mention, sample_graph

JPN, AUS, IND, PHL = "country/JPN", "country/AUS", "country/IND", "country/PHL"
A, F, E = "agreement/a", "forum/f", "event/e"

NETWORKS = [
    pytest.param(
        "agreements",
        [claim(s, "partyTo", A) for s in (JPN, AUS, IND)],
        {(AUS, IND): 1, (AUS, JPN): 1, (IND, JPN): 1},
        id="agreements",
    ),
    pytest.param(
        "agreements",
        [claim(JPN, "partyTo", A), claim("organization/eu", "partyTo", A)],
        {},
        id="agreements-join-states-only",
    ),
    pytest.param(
        "agreements",
        [
            claim(JPN, "partyTo", A, status="signed"),
            claim(JPN, "partyTo", A, status="inForce"),
            claim(AUS, "partyTo", A),
        ],
        {(AUS, JPN): 1},
        id="one-agreement-counts-once",
    ),
    pytest.param(
        "agreements",
        [claim(JPN, "partyTo", A), claim(AUS, "partyTo", A, modality="planned")],
        {},
        id="planned-does-not-count",
    ),
    pytest.param(
        "forums",
        [claim(JPN, "memberOf", F), claim(AUS, "participatesIn", F), claim(IND, "participatesIn", E)],
        {(AUS, JPN): 1},
        id="forums",
    ),
    pytest.param(
        "meetings",
        [claim(JPN, "hosts", E), claim(AUS, "participatesIn", E), claim(IND, "participatesIn", F)],
        {(AUS, JPN): 1},
        id="meetings",
    ),
    pytest.param(
        "cooperation",
        [
            claim(JPN, "cooperatesWith", AUS, issue="issue/health"),
            claim(AUS, "cooperatesWith", JPN, issue="issue/energy"),
            claim(JPN, "cooperatesWith", "organization/nato"),
        ],
        {(AUS, JPN): 2},
        id="cooperation",
    ),
    pytest.param(
        "aid",
        [
            claim(JPN, "providesAssistanceTo", PHL),
            claim(JPN, "providesAssistanceTo", PHL, amount="5", currency="JPY"),
        ],
        {(JPN, PHL): 2},
        id="aid",
    ),
    pytest.param(
        "country-forum",
        [claim(JPN, "memberOf", F), claim(JPN, "chairs", F), claim(F, "addresses", "issue/health")],
        {(JPN, F): 2},
        id="country-forum",
    ),
    pytest.param(
        "forum-issue",
        [claim(F, "addresses", "issue/health"), claim(A, "addresses", "issue/health")],
        {(F, "issue/health"): 1},
        id="forum-issue",
    ),
    pytest.param(
        "all",
        [claim(JPN, "visits", AUS), claim(AUS, "visits", JPN), claim(JPN, "memberOf", F)],
        {(AUS, JPN): 2, (JPN, F): 1},
        id="all",
    ),
]


@pytest.mark.parametrize(("name", "said", "expected"), NETWORKS)
def test_weights(name: str, said: list[Claim], expected: dict[tuple[str, str], float]) -> None:
    network = PROJECTIONS[name](graph_of(*said))
    found = {(a, b): w for a, b, w in network.edges(data="weight")}
    if not network.is_directed():
        found = {tuple(sorted(pair)): w for pair, w in found.items()}
        expected = {tuple(sorted(pair)): w for pair, w in expected.items()}  # type: ignore[misc]
    assert found == expected


@pytest.mark.parametrize("name", list(PROJECTIONS))
def test_every_network_says_what_a_weight_means(name: str) -> None:
    network = PROJECTIONS[name](sample_graph())
    assert network.graph["weight"]
    assert not network.is_multigraph()
    assert list(network) == sorted(network)
    assert all({"label", "cls", "iso3"} <= set(data) for _, data in network.nodes(data=True))


def test_newman_weights_share_an_agreement_among_its_parties() -> None:
    kg = graph_of(*(claim(s, "partyTo", A) for s in (JPN, AUS, IND)))
    assert shared_agreements(kg, newman=True)[JPN][AUS]["weight"] == 0.5


def test_aid_flow_adds_one_currency_only() -> None:
    kg = graph_of(
        claim(JPN, "providesAssistanceTo", PHL, amount="5", currency="JPY", date="2015"),
        claim(JPN, "providesAssistanceTo", PHL, amount="2.5", currency="JPY", date="2016"),
        claim(JPN, "providesAssistanceTo", PHL, amount="9", currency="USD"),
        claim(JPN, "providesAssistanceTo", IND),
    )
    flow = aid_flow(kg, currency="JPY")
    assert list(flow.edges(data="weight")) == [(JPN, PHL, 7.5)]
    assert "JPY" in flow.graph["weight"]


SIGNED = [
    pytest.param([claim(JPN, "criticizes", AUS)], (-1, 0, 1), id="hostile"),
    pytest.param([claim(JPN, "visits", AUS), claim(AUS, "visits", JPN)], (1, 2, 0), id="friendly"),
    pytest.param([claim(JPN, "visits", AUS), claim(AUS, "criticizes", JPN)], (0, 1, 1), id="undecided"),
    pytest.param([claim(JPN, "hasDiplomaticRelationsWith", AUS, status="severed")], (-1, 0, 1), id="severed"),
]


@pytest.mark.parametrize(("said", "expected"), SIGNED)
def test_signs(said: list[Claim], expected: tuple[int, int, int]) -> None:
    edge = signed_network(graph_of(*said))[AUS][JPN]
    assert (edge["sign"], edge["positive"], edge["negative"]) == expected


NEAR = [
    pytest.param([(JPN, 0, "d"), (AUS, 200, "d")], 1, id="at-the-limit"),
    pytest.param([(JPN, 0, "d"), (AUS, 201, "d")], 0, id="too-far"),
    pytest.param([(JPN, 0, "d"), (AUS, 5, "e")], 0, id="other-document"),
    pytest.param([(JPN, 0, "d"), (AUS, 5, "d"), (JPN, 9, "d")], 2, id="twice"),
    pytest.param([(JPN, 0, "d"), (JPN, 5, "d")], 0, id="itself"),
]


@pytest.mark.parametrize(("named", "weight"), NEAR)
def test_co_mention(named: list[tuple[str, int, str]], weight: int) -> None:
    found = [
        extraction(
            mentions=[mention(key, "X", document=doc, start=at) for key, at, d in named if d == doc],
            of=document(doc),
        )
        for doc in ("d", "e")
    ]
    network = co_mention(build_graph(found))
    assert network.get_edge_data(AUS, JPN, {"weight": 0})["weight"] == weight


def test_bipartite_networks_are_bipartite() -> None:
    network = PROJECTIONS["country-forum"](sample_graph())
    assert nx.is_bipartite(network)
    assert dict(network.nodes(data="bipartite")) == {JPN: 0, "forum/asean-regional-forum": 1}
