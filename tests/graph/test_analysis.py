"""Rankings and the figures of whole networks."""

import pytest
from diplograph.graph.analysis import describe_network, project, rank_entities
from diplograph.graph.measures import MEASURES
from diplograph.graph.projections import PROJECTIONS
from factories import claim, graph_of, sample_graph


def test_ranking() -> None:
    first, second, *_ = rank_entities(sample_graph())
    assert (first.rank, first.label, first.cls) == (1, "Japan", "Country")
    assert first.value == pytest.approx(4 / 9)
    assert second.label == "ASEAN Regional Forum"
    assert len(rank_entities(sample_graph(), limit=3)) == 3


@pytest.mark.parametrize("measure", list(MEASURES))
@pytest.mark.parametrize("network", list(PROJECTIONS))
def test_every_measure_works_on_every_network(network: str, measure: str) -> None:
    rows = rank_entities(sample_graph(), network=network, measure=measure)
    assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
    assert [row.value for row in rows] == sorted((row.value for row in rows), reverse=True)


@pytest.mark.parametrize("network", list(PROJECTIONS))
def test_every_network_can_be_described(network: str) -> None:
    made = project(sample_graph(), network)
    found = describe_network(made)
    assert found["nodes"] == len(made)
    assert found["ties"] == made.number_of_edges()
    assert ("reciprocity" in found) == made.is_directed()
    assert describe_network(project(graph_of(), network))["nodes"] == 0


def test_signed_networks_tell_their_balance() -> None:
    kg = graph_of(
        claim("country/A", "visits", "country/B"),
        claim("country/B", "criticizes", "country/C"),
        claim("country/A", "criticizes", "country/C"),
    )
    assert describe_network(project(kg, "signed"))["balance"] == 1.0


@pytest.mark.parametrize("options", [{"network": "ships"}, {"measure": "charm"}])
def test_what_does_not_exist_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"choose among"):
        rank_entities(sample_graph(), **options)  # type: ignore[arg-type]
