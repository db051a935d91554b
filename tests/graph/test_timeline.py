"""Series, first and last seen, lives of agreements, turnover of ties."""

import pytest
from diplograph.extract.records import Claim
from diplograph.graph.build import build_graph
from diplograph.graph.knowledge import InconsistentGraph
from diplograph.graph.lookup import UnknownEntity
from diplograph.graph.timeline import life_cycle, seen, series, turnover
from diplograph.ontology.model import Modality
from factories import claim, document, entity, extraction, graph_of, sample_graph

JPN, AUS, IND = "country/JPN", "country/AUS", "country/IND"
VISITS = [
    claim(JPN, "visits", AUS, date="2013-11-02"),
    claim(JPN, "visits", AUS, date="2013-11"),
    claim(AUS, "visits", JPN, date="2014-01"),
    claim(JPN, "visits", IND, date="2015"),
    claim(JPN, "visits", IND, date="2014-02", modality="planned"),
    claim(JPN, "cooperatesWith", IND, issue="issue/health"),
]
KG = graph_of(*VISITS)

SERIES = [
    pytest.param({}, {"2013": 2, "2014": 1, "2015": 1, "2016": 1}, id="years"),
    pytest.param({"by": "month"}, {"2013-11": 2, "2013-12": 0, "2014-01": 1}, id="months"),
    pytest.param({"own_dates": True}, {"2013": 2, "2014": 1, "2015": 1}, id="own-dates"),
    pytest.param({"pair": ("JPN", "IND")}, {"2015": 1, "2016": 1}, id="pair"),
    pytest.param({"relation": "meeting", "entity": "AUS"}, {"2013": 2, "2014": 1}, id="relation-and-entity"),
    pytest.param({"issue": "health"}, {"2016": 1}, id="issue"),
    pytest.param({"relation": "aid"}, {}, id="nothing"),
]


@pytest.mark.parametrize(("options", "expected"), SERIES)
def test_series(options: dict[str, object], expected: dict[str, int]) -> None:
    found = series(KG, **options)  # type: ignore[arg-type]
    assert list(found.items()) == list(expected.items())


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        series(KG, by="week")  # type: ignore[arg-type]


def test_first_and_last_seen() -> None:
    rows = {row.entity: row for row in seen(KG)}
    assert (rows[AUS].first, rows[AUS].last, rows[AUS].claims) == ("2013-11-01", "2014-01-31", 3)
    assert (rows[JPN].first, rows[JPN].last) == ("2013-11-01", "2016-12-31")
    assert [row.last for row in seen(KG)] == sorted((row.last for row in seen(KG)), reverse=True)


ACSA = "agreement/acsa"


def party(
    state: str,
    status: str = "",
    *,
    date: str = "",
    modality: Modality = "asserted",
    document: str = "yearbook",
) -> Claim:
    return claim(state, "partyTo", ACSA, status=status, date=date, modality=modality, document=document)


LIVES = [
    pytest.param(
        [
            party(JPN, "inForce", date="2017-04"),
            party(JPN, "signed", date="2017-01"),
            party(JPN, "negotiating"),
        ],
        ["negotiating", "signed", "in force"],
        "in force",
        id="in-the-order-of-time",
    ),
    pytest.param(
        [party(JPN, "ratified", date="2017"), party(JPN, "signed", date="2017")],
        ["signed", "ratified"],
        "ratified",
        id="one-date-in-the-order-of-stages",
    ),
    pytest.param(
        [party(JPN, "signed", date="2017"), party(JPN, "inForce", date="2018", modality="planned")],
        ["signed", "in force"],
        "signed",
        id="planned-is-not-reached",
    ),
    pytest.param(
        [claim(JPN, "supports", ACSA), party(JPN, "signed", modality="denied")],
        ["supports"],
        "",
        id="denied-is-not-told",
    ),
    pytest.param([claim(ACSA, "addresses", "issue/health"), party(JPN)], ["partyTo"], "", id="no-status"),
]


@pytest.mark.parametrize(("said", "told", "stage"), LIVES)
def test_life_of_an_agreement(said: list[Claim], told: list[str], stage: str) -> None:
    life = life_cycle(graph_of(*said), "acsa")
    assert [step.stage for step in life.milestones] == told
    assert life.stage == stage


def test_undated_milestones_stand_last() -> None:
    made = [
        extraction([party(JPN, "signed")], of=document(year=None)),
        extraction([party(AUS, "ratified", date="2019", document="b")], of=document("b")),
    ]
    life = life_cycle(build_graph(made), ACSA)
    assert [step.party for step in life.milestones] == [AUS, JPN]
    assert life.parties == (AUS, JPN)


def test_only_agreements_have_such_a_life() -> None:
    with pytest.raises(InconsistentGraph, match="Country"):
        life_cycle(KG, "JPN")
    with pytest.raises(UnknownEntity):
        life_cycle(KG, "Treaty of Nowhere")


def test_life_in_the_samples() -> None:
    life = life_cycle(sample_graph(), "Japan-UK ACSA")
    assert [(m.stage, m.party) for m in life.milestones] == [
        ("negotiating", "country/GBR"),
        ("negotiating", "country/JPN"),
        ("signed", "country/GBR"),
        ("signed", "country/JPN"),
    ]


def test_ties_come_and_go() -> None:
    years = {row.year: row for row in turnover(KG, relation="visits")}
    assert list(years) == [2013, 2014, 2015]
    assert years[2013].appeared == ((AUS, JPN),)
    assert years[2014].vanished == ((AUS, JPN),)
    assert (years[2014].active, years[2014].appeared) == (1, ())
    assert years[2015].appeared == ((IND, JPN),)


def test_only_ties_between_states_count() -> None:
    kg = graph_of(claim(JPN, "memberOf", "forum/g7"), entities=[entity("forum/g7", "G7")])
    assert turnover(kg) == ()


def test_pairs_of_a_year_are_sorted() -> None:
    states = ["country/D", "country/C", "country/B", "country/A"]
    kg = graph_of(*(claim(one, "visits", JPN, date=f"201{n}") for n in (1, 2) for one in states))
    (first, second) = turnover(kg)
    assert list(first.appeared) == sorted(first.appeared)
    assert list(second.vanished) == sorted(second.vanished)
    assert (len(first.appeared), len(second.vanished)) == (4, 4)
