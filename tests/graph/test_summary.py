"""The one-screen summary."""

from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.summary import summarize
from factories import claim, graph_of, sample_graph


def test_figures_of_the_samples() -> None:
    found = summarize(sample_graph())
    assert (found.documents, found.entities, found.mentions, found.claims, found.evidence) == (
        2,
        10,
        5,
        10,
        11,
    )
    assert (found.dated, found.undated) == (3, 7)
    assert dict(found.modalities) == {"asserted": 9, "planned": 1}
    assert next(iter(found.relations.items())) == ("partyTo", 5)
    assert next(iter(found.connected.items())) == ("Japan", 4)
    assert found.best[0].words == "Japan takes part in ASEAN Regional Forum"
    assert [item.words for item in found.recent] == [
        "Japan is party to Japan-UK ACSA (signed, 2017-01)",
        "United Kingdom is party to Japan-UK ACSA (signed, 2017-01)",
        "Japan gives assistance to Philippines (100000000000 JPY, 2016)",
    ]


def test_the_least_sure_claim_is_the_worst() -> None:
    kg = graph_of(*(claim("country/JPN", "visits", f"country/C{n}", confidence=n / 10) for n in range(1, 9)))
    found = summarize(kg, limit=2)
    assert [item.claim.confidence for item in found.worst] == [0.1, 0.2]
    assert [item.claim.confidence for item in found.best] == [0.8, 0.7]


def test_an_empty_graph_has_a_summary() -> None:
    found = summarize(KnowledgeGraph())
    assert (found.claims, found.recent, dict(found.connected)) == (0, (), {})
