"""Chains between two entities: shortest, in words, with their sentences."""

from itertools import pairwise

import pytest
from diplograph.extract.records import Claim
from diplograph.graph.lookup import UnknownEntity
from diplograph.graph.paths import tell
from factories import claim, graph_of, sample_graph

JAPAN_UN = claim("country/JPN", "deploysTo", "programme/unmiss", text="Japan sent engineers to UNMISS.")
UNMISS_SSD = claim("programme/unmiss", "locatedIn", "country/SSD", text="UNMISS works in South Sudan.")
VISIT = claim("country/JPN", "visits", "country/KEN", confidence=0.5)
KENYA = claim("country/KEN", "cooperatesWith", "country/SSD")
DENIED = claim("country/JPN", "recognizes", "country/SSD", modality="denied")
KG = graph_of(JAPAN_UN, UNMISS_SSD, VISIT, KENYA, DENIED, claim("country/FRA", "visits", "country/DEU"))


def test_the_best_supported_shortest_chain_comes_first() -> None:
    best, other = KG.paths("Jpn", "SSD")
    assert [link.target for link in best.links] == ["programme/unmiss", "country/SSD"]
    assert best.confidence == 0.81
    assert other.confidence == 0.45
    assert best.words == "Japan deploys to Unmiss; Unmiss is located in Ssd."
    assert best.sentences == ("Japan sent engineers to UNMISS.", "UNMISS works in South Sudan.")


def test_chains_are_read_backwards_too() -> None:
    (best, _) = KG.paths("SSD", "JPN")
    assert best.words == "Ssd is the location of Unmiss; Unmiss receives a deployment from Japan."


LIMITS = [
    pytest.param("JPN", "SSD", {"limit": 1}, 1, id="limit"),
    pytest.param("JPN", "SSD", {"hops": 1}, 0, id="too-far"),
    pytest.param("JPN", "DEU", {}, 0, id="not-connected"),
    pytest.param("JPN", "JPN", {}, 0, id="the-same"),
]


@pytest.mark.parametrize(("source", "target", "options", "count"), LIMITS)
def test_number_of_chains(source: str, target: str, options: dict[str, int], count: int) -> None:
    assert len(KG.paths(source, target, **options)) == count


def test_parallel_claims_are_counted() -> None:
    kg = graph_of(*(claim("country/JPN", "visits", "country/AUS", date=str(y)) for y in range(2000, 2005)))
    (chain,) = kg.paths("JPN", "AUS")
    assert chain.links[0].others == 4


def test_unknown_ends_are_refused() -> None:
    with pytest.raises(UnknownEntity):
        KG.paths("JPN", "Atlantis")


AID = claim("country/JPN", "providesAssistanceTo", "country/PHL", amount="5", currency="JPY", date="2016")
WORDS = [
    pytest.param(AID, "Japan gives assistance to Philippines (5 JPY, 2016)", id="aid"),
    pytest.param(
        claim("country/JPN", "partyTo", "agreement/x", status="signed", modality="planned"),
        "Japan is party to X (planned, signed)",
        id="planned",
    ),
    pytest.param(
        claim("country/JPN", "chairs", "forum/g7", start="2016-01", end="2016-12"),
        "Japan chairs G7 (2016-01 to 2016-12)",
        id="span",
    ),
    pytest.param(
        claim("country/JPN", "cooperatesWith", "country/AUS", issue="issue/health"),
        "Australia cooperates with Japan (Health)",
        id="issue",
    ),
]


@pytest.mark.parametrize(("said", "words"), WORDS)
def test_claims_in_words(said: Claim, words: str) -> None:
    assert tell(graph_of(said), said) == words


def test_samples_connect() -> None:
    (chain,) = sample_graph().paths("Philippines", "Terrorism")
    assert len(chain.links) == 3


def test_of_very_many_chains_the_best_are_found() -> None:
    layers = [["country/A"], *([f"forum/{n}-{i:02}" for i in range(30)] for n in "xyz"), ["country/B"]]
    kg = graph_of(
        *(
            claim(one, "cooperatesWith", other, confidence=0.5 if (one, other) != best else 0.9)
            for one, other, best in (
                (one, other, ("forum/x-07", "forum/y-21"))
                for here, there in pairwise(layers)
                for one in here
                for other in there
            )
        )
    )
    chains = kg.paths("country/A", "country/B", limit=31)  # of 27,000
    assert [chain.confidence for chain in chains] == [0.1125] * 30 + [0.0625]
    assert all(chain.links[2].source == "forum/y-21" for chain in chains[:30])
    ids = [[link.target for link in chain.links] for chain in chains[:30]]
    assert ids == sorted(ids)
