"""Communities, blocs, balance on graphs with known answers."""

import networkx as nx
import pytest
from diplograph.graph.balance import assortativity, balance, reciprocity
from diplograph.graph.blocs import blocs_of, brokerage, homophily
from diplograph.graph.communities import communities, modularity
from diplograph.graph.lookup import UnknownEntity
from factories import claim, graph_of

CLUB = nx.relabel_nodes(nx.karate_club_graph(), {i: f"{i + 1:02}" for i in range(34)})
PLAIN_CLUB = nx.Graph(CLUB.edges())
SIDES = dict(CLUB.nodes(data="club"))
TWO_CLIQUES = nx.relabel_nodes(nx.barbell_graph(5, 0), lambda i: f"n{i}")


def split(sides: dict[str, str]) -> list[list[str]]:
    return [sorted(n for n in sides if sides[n] == side) for side in sorted(set(sides.values()))]


def test_modularity_of_the_clubs_split() -> None:
    # Newman and Girvan 2004 print 0.360 for Girvan-Newman's cut; Zachary's own split gives 0.3582.
    assert modularity(PLAIN_CLUB, split(SIDES)) == pytest.approx(0.3582, abs=1e-4)


@pytest.mark.parametrize("method", ["louvain", "leiden"])
def test_communities_of_known_graphs(method: str) -> None:
    if method == "leiden":
        pytest.importorskip("igraph")
    groups = communities(TWO_CLIQUES, method=method)  # type: ignore[arg-type]
    assert groups == (("n0", "n1", "n2", "n3", "n4"), ("n5", "n6", "n7", "n8", "n9"))
    found = communities(PLAIN_CLUB, method=method, seed=1)  # type: ignore[arg-type]
    assert 0.41 < modularity(PLAIN_CLUB, found) <= 0.4198  # 0.4198 is the optimum (Brandes et al. 2008)
    assert found == communities(PLAIN_CLUB, method=method, seed=1)  # type: ignore[arg-type]


def test_without_ties_everybody_is_alone() -> None:
    graph = nx.Graph()
    graph.add_nodes_from("ba")
    assert communities(graph) == (("a",), ("b",))
    assert modularity(graph, [["a"], ["b"]]) == 0.0


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="louvain"):
        communities(CLUB, method="guess")  # type: ignore[arg-type]


ROLES = [
    pytest.param({"s": "x", "v": "x", "t": "x"}, "coordinator", id="all-one-bloc"),
    pytest.param({"s": "x", "v": "y", "t": "x"}, "consultant", id="outsider-between"),
    pytest.param({"s": "x", "v": "y", "t": "y"}, "gatekeeper", id="lets-in"),
    pytest.param({"s": "x", "v": "x", "t": "y"}, "representative", id="speaks-for"),
    pytest.param({"s": "x", "v": "y", "t": "z"}, "liaison", id="three-blocs"),
]


@pytest.mark.parametrize(("blocs", "role"), ROLES)
def test_brokerage_roles(blocs: dict[str, str], role: str) -> None:
    counts = brokerage(nx.DiGraph([("s", "v"), ("v", "t")]), blocs)
    assert next(iter(counts)) == "v"
    assert {name for name, n in counts["v"].items() if n} == {role}
    assert sum(counts["s"].values()) == 0


def test_a_closed_triad_needs_no_broker() -> None:
    counts = brokerage(nx.Graph([("a", "b"), ("b", "c"), ("a", "c")]), dict.fromkeys("abc", "x"))
    assert all(sum(own.values()) == 0 for own in counts.values())


def test_an_open_triad_without_directions_counts_both_ways() -> None:
    counts = brokerage(nx.Graph([("a", "b"), ("b", "c")]), {"a": "x", "b": "x", "c": "y"})
    assert counts["b"]["gatekeeper"] == counts["b"]["representative"] == 1


def test_homophily_of_the_club() -> None:
    found = homophily(CLUB, SIDES)
    assert (found.within, found.between) == (67, 11)
    assert found.ei_index == pytest.approx((11 - 67) / 78)
    assert found.assortativity == pytest.approx(0.7172, abs=1e-3)
    expected = nx.attribute_assortativity_coefficient(CLUB, "club")
    assert found.assortativity == pytest.approx(expected, abs=1e-9)


UNDEFINED = [
    pytest.param([], {}, (None, None), id="no-ties"),
    pytest.param([("a", "b")], {"a": "x", "b": "x"}, (-1.0, None), id="one-bloc"),
    pytest.param([("a", "b")], {"a": "x", "b": "y"}, (1.0, -1.0), id="all-between"),
    pytest.param([("a", "b"), ("b", "c")], {"a": "x", "b": "x"}, (-1.0, None), id="outsider-left-out"),
]


@pytest.mark.parametrize(("edges", "blocs", "expected"), UNDEFINED)
def test_homophily_at_its_limits(
    edges: list[tuple[str, str]], blocs: dict[str, str], expected: tuple[float | None, float | None]
) -> None:
    found = homophily(nx.Graph(edges), blocs)
    assert (found.ei_index, found.assortativity) == expected


def test_blocs_follow_membership() -> None:
    kg = graph_of(
        claim("country/JPN", "memberOf", "forum/g7"),
        claim("country/JPN", "memberOf", "forum/quad"),
        claim("country/IND", "memberOf", "forum/quad"),
        claim("country/AUS", "memberOf", "forum/quad", modality="planned"),
        claim("organization/eu", "memberOf", "forum/g7"),
    )
    assert dict(blocs_of(kg, "G7", "Quad")) == {"country/IND": "forum/quad", "country/JPN": "forum/g7"}
    assert dict(blocs_of(kg, "Quad", "G7"))["country/JPN"] == "forum/quad"
    with pytest.raises(UnknownEntity):
        blocs_of(kg, "Warsaw Pact")


def test_degree_assortativity_of_the_club() -> None:
    assert assortativity(PLAIN_CLUB) == pytest.approx(-0.4756, abs=1e-4)  # Newman 2003 and networkx agree


@pytest.mark.parametrize("edges", [[], [("a", "b")], [("a", "b"), ("b", "c"), ("c", "a")]])
def test_assortativity_without_variance_is_undefined(edges: list[tuple[str, str]]) -> None:
    assert assortativity(nx.Graph(edges)) is None


def test_reciprocity() -> None:
    assert reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c"), ("c", "d")])) == 0.5
    assert reciprocity(nx.DiGraph()) is None
    with pytest.raises(ValueError, match="directed"):
        reciprocity(nx.Graph())


def signed(*ties: tuple[str, str, int]) -> nx.Graph:
    graph = nx.Graph()
    for first, second, sign in ties:
        graph.add_edge(first, second, sign=sign)
    return graph


TRIANGLES = [
    pytest.param([("a", "b", 1), ("b", "c", 1), ("a", "c", 1)], 1.0, (), id="three-friends"),
    pytest.param([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)], 1.0, (), id="common-enemy"),
    pytest.param([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)], 0.0, (("a", "b", "c"),), id="torn-friend"),
    pytest.param([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)], 0.0, (("a", "b", "c"),), id="all-enemies"),
    pytest.param([("a", "b", 1), ("b", "c", 0), ("a", "c", 1)], None, (), id="undecided-tie"),
    pytest.param([], None, (), id="nobody"),
]


@pytest.mark.parametrize(("ties", "share", "tense"), TRIANGLES)
def test_balance(
    ties: list[tuple[str, str, int]], share: float | None, tense: tuple[tuple[str, str, str], ...]
) -> None:
    found = balance(signed(*ties))
    assert (found.balanced, found.tense) == (share, tense)


def test_complete_graphs_have_all_their_triangles() -> None:
    camps = {n: n % 2 for n in range(6)}
    ties = [(str(a), str(b), 1 if camps[a] == camps[b] else -1) for a in range(6) for b in range(a)]
    found = balance(signed(*ties))
    assert found.balanced == 1.0
    assert sum(found.triangles.values()) == 20  # 6 choose 3
