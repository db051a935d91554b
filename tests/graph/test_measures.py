"""Measures on graphs whose values are known from the literature."""

from collections.abc import Mapping

import networkx as nx
import pytest
from diplograph.graph.engines import ABLE, Engine, available, choose
from diplograph.graph.extras import MissingExtra
from diplograph.graph.measures import (
    MEASURES,
    betweenness,
    closeness,
    core_number,
    degree,
    eigenvector,
    pagerank,
    relation_counts,
    simple,
    strength,
)
from factories import claim, graph_of, sample_graph
from hypothesis import given
from hypothesis import strategies as st

FLORENCE = nx.florentine_families_graph()
# Krackhardt's kite with the names of its actors (Krackhardt 1990).
NAMES = dict(
    enumerate(["Andre", "Beverley", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"])
)
KITE = nx.relabel_nodes(nx.krackhardt_kite_graph(), NAMES)
CLUB = nx.relabel_nodes(nx.karate_club_graph(), {i: f"{i + 1:02}" for i in range(34)})
UNWEIGHTED_CLUB = nx.Graph(CLUB.edges())

KNOWN = [
    # Wasserman and Faust 1994, table 5.1; Newman 2010, section 7.7: the Medici stand between half of all.
    pytest.param(betweenness(FLORENCE), "Medici", 47.5 / 91, id="florence-betweenness"),
    pytest.param(degree(FLORENCE), "Medici", 6 / 14, id="florence-degree"),
    pytest.param(closeness(FLORENCE), "Medici", 14 / 25, id="florence-closeness"),
    pytest.param(eigenvector(FLORENCE), "Medici", 0.4303, id="florence-eigenvector"),
    # Krackhardt 1990: Diane has most ties, Heather stands between, Fernando and Garth are closest.
    pytest.param(degree(KITE), "Diane", 6 / 9, id="kite-degree"),
    pytest.param(betweenness(KITE), "Heather", 14 / 36, id="kite-betweenness"),
    pytest.param(closeness(KITE), "Fernando", 9 / 14, id="kite-closeness"),
    # Zachary 1977: the administrator (34) and the instructor (1); Brandes and Erlebach 2005 give the values.
    pytest.param(degree(UNWEIGHTED_CLUB), "34", 17 / 33, id="club-degree"),
    pytest.param(betweenness(UNWEIGHTED_CLUB), "01", 0.437635, id="club-betweenness"),
    pytest.param(pagerank(UNWEIGHTED_CLUB), "34", 0.100919, id="club-pagerank"),
    pytest.param(strength(CLUB), "34", 48, id="club-strength"),
    pytest.param(core_number(UNWEIGHTED_CLUB), "01", 4, id="club-core"),
]


@pytest.mark.parametrize(("values", "first", "value"), KNOWN)
def test_the_first_actor_and_its_value_are_known(
    values: Mapping[str, float], first: str, value: float
) -> None:
    assert next(iter(values)) == first
    assert values[first] == pytest.approx(value, abs=1e-4)


def test_ties_are_ordered_by_name() -> None:
    assert list(closeness(KITE))[:2] == ["Fernando", "Garth"]


RANGES = [pytest.param(name, id=name) for name in MEASURES if name not in ("strength", "core")]


@pytest.mark.parametrize("name", RANGES)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda p: (f"n{p[0]}", f"n{p[1]}")), max_size=20
    ),
    st.randoms(use_true_random=False),
)
def test_shares_stay_in_range_and_order_does_not_matter(
    name: str, edges: list[tuple[str, str]], rng: object
) -> None:
    graph = nx.MultiDiGraph(edges)
    values = MEASURES[name](graph)
    assert all(0 <= value <= 1 for value in values.values())
    assert set(values) == set(graph)
    shuffled = edges[:]
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert list(MEASURES[name](nx.MultiDiGraph(shuffled)).items()) == list(values.items())


def test_parallel_claims_do_not_raise_the_degree() -> None:
    kg = graph_of(*(claim("country/JPN", "visits", "country/AUS", date=str(y)) for y in range(2000, 2009)))
    assert dict(degree(kg.graph)) == {"country/AUS": 1.0, "country/JPN": 1.0}
    assert nx.degree_centrality(kg.graph)["country/JPN"] == 9.0  # why we do not use it on multigraphs
    assert strength(kg.graph)["country/JPN"] == 9


STRENGTHS = [("both", 3.0), ("out", 2.0), ("in", 1.0)]


@pytest.mark.parametrize(("direction", "value"), STRENGTHS)
def test_strength_has_directions(direction: str, value: float) -> None:
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("a", "b", 2.0), ("c", "a", 1.0)])
    assert strength(graph, direction=direction)["a"] == value


def test_directions_need_a_directed_network() -> None:
    with pytest.raises(ValueError, match="undirected"):
        strength(FLORENCE, direction="in")
    with pytest.raises(ValueError, match="no direction"):
        strength(FLORENCE, direction="up")


def test_prestige_flows_from_subject_to_object() -> None:
    graph = nx.DiGraph([("a", "c"), ("b", "c")])
    assert next(iter(pagerank(graph))) == "c"


def test_a_sample_of_all_is_exact_and_a_seed_fixes_it() -> None:
    assert betweenness(KITE, samples=10) == betweenness(KITE)
    assert betweenness(CLUB, samples=12, seed=3) == betweenness(CLUB, samples=12, seed=3)
    assert betweenness(CLUB, samples=12, seed=3) != betweenness(CLUB, samples=12, seed=4)


ENGINES = ["networkx", "rustworkx", "networkit", "igraph"]
RANDOM = nx.relabel_nodes(nx.gnp_random_graph(60, 0.04, seed=7), str)
DIRECTED = nx.relabel_nodes(nx.gnp_random_graph(60, 0.03, seed=7, directed=True), str)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "graph", [FLORENCE, CLUB, RANDOM, DIRECTED], ids=["florence", "club", "random", "way"]
)
def test_engines_agree_with_networkx(engine: Engine, graph: nx.Graph) -> None:
    if engine not in available():
        pytest.skip(f"{engine} is an extra and not installed")
    for name, able in ABLE.items():
        if engine in able:
            measure = MEASURES[name]
            expected = dict(measure(graph, engine="networkx"))
            assert measure(graph, engine=engine) == pytest.approx(expected, abs=1e-6), name


def test_an_engine_that_lacks_a_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="no engine for eigenvector"):
        eigenvector(KITE, engine="networkit")


def test_engines_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="abacus"):
        choose(KITE, "abacus")  # type: ignore[arg-type]


def test_engines_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diplograph.graph.engines.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="igraph"):
        choose(KITE, "igraph")
    assert choose(nx.empty_graph(10_000), "auto") == "networkx"


def test_small_graphs_stay_with_networkx() -> None:
    assert choose(KITE, "auto") == "networkx"


def test_simple_joins_parallel_edges_and_drops_loops() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a")])
    assert list(simple(graph).edges(data="weight")) == [("a", "b", 2)]
    assert sorted(simple(graph, directed=True).edges(data="weight")) == [("a", "b", 1), ("b", "a", 1)]
    assert graph.number_of_edges() == 3


def test_empty_graphs_have_no_values() -> None:
    assert all(not dict(measure(nx.Graph())) for measure in MEASURES.values())


def test_relation_counts() -> None:
    counts = relation_counts(sample_graph())
    assert next(iter(counts)) == "country/JPN"
    assert dict(counts["country/JPN"]) == {
        "cooperatesWith": 1,
        "participatesIn": 1,
        "partyTo": 2,
        "providesAssistanceTo": 1,
    }
