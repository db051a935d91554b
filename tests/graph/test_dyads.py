"""Dyad-years and event records."""

import pytest
from diplograph.extract.records import Claim
from diplograph.graph.dyads import direct_relations
from diplograph.graph.frames import columns, rows
from factories import claim, graph_of, sample_graph

JPN, AUS, IND = "country/JPN", "country/AUS", "country/IND"
A, E = "agreement/a", "event/e"

DYADS = [
    pytest.param(
        [claim(JPN, "visits", AUS, date="2015"), claim(AUS, "visits", JPN, date="2015-03")],
        [("AUS", "JPN", 2015, {"visits": 2})],
        id="directions-joined",
    ),
    pytest.param(
        [claim(JPN, "visits", AUS, date="2015"), claim(JPN, "criticizes", AUS, date="2014")],
        [("AUS", "JPN", 2014, {"criticizes": 1}), ("AUS", "JPN", 2015, {"visits": 1})],
        id="years-in-order",
    ),
    pytest.param(
        [claim(JPN, "partyTo", A, date="2012"), claim(AUS, "partyTo", A, date="2015")],
        [("AUS", "JPN", 2015, {"shared_agreements": 1})],
        id="shared-when-the-second-comes",
    ),
    pytest.param(
        [
            claim(JPN, "partyTo", A, date="2012", status="signed"),
            claim(JPN, "partyTo", A, date="2013", status="inForce"),
            claim(AUS, "partyTo", A, date="2012"),
        ],
        [("AUS", "JPN", 2012, {"shared_agreements": 1})],
        id="an-agreement-is-shared-once",
    ),
    pytest.param(
        [claim(JPN, "hosts", E), claim(AUS, "participatesIn", E)],
        [("AUS", "JPN", 2016, {"shared_meetings": 1})],
        id="dated-by-the-document",
    ),
    pytest.param([claim(JPN, "visits", AUS, modality="planned")], [], id="planned"),
    pytest.param([claim(JPN, "providesAssistanceTo", "organization/undp")], [], id="states-only"),
]


@pytest.mark.parametrize(("said", "expected"), DYADS)
def test_dyad_years(said: list[Claim], expected: list[tuple[str, str, int, dict[str, int]]]) -> None:
    names = list(columns("dyad_years"))
    found = []
    for row in rows(graph_of(*said), "dyad_years"):
        cells = dict(zip(names, row, strict=True))
        counts = {name: n for name, n in cells.items() if name not in names[:3] and n}
        found.append((*row[:3], counts))
    assert found == expected


def test_direct_relations_come_from_the_table() -> None:
    assert "visits" in direct_relations()
    assert "partyTo" not in direct_relations()


EVENTS = [
    pytest.param([claim(JPN, "criticizes", AUS)], [("JPN", "AUS", "ACCUSE", "disapprove")], id="accuse"),
    pytest.param(
        [claim(JPN, "hasDiplomaticRelationsWith", AUS, status="severed")],
        [("AUS", "JPN", "SANCTION", "discontinue")],
        id="severed",
    ),
    pytest.param(
        [claim(JPN, "hasDiplomaticRelationsWith", AUS, status="established")],
        [("AUS", "JPN", "SUPPORT", "")],
        id="established",
    ),
    pytest.param(
        [claim(JPN, "participatesIn", E), claim(AUS, "participatesIn", E)],
        [("AUS", "JPN", "CONSULT", ""), ("JPN", "AUS", "CONSULT", "")],
        id="a-meeting-of-two",
    ),
    pytest.param(
        [claim(f"country/C{i:02}", "partyTo", A) for i in range(7)],
        [(f"C{i:02}", "", "AGREE", "") for i in range(7)],
        id="a-treaty-of-many",
    ),
    pytest.param([claim(JPN, "partyTo", A)], [("JPN", "", "AGREE", "")], id="partner-unknown"),
    pytest.param([claim(JPN, "visits", AUS, modality="denied")], [], id="denied"),
    pytest.param([claim(JPN, "memberOf", "forum/g7")], [], id="no-type"),
]


@pytest.mark.parametrize(("said", "expected"), EVENTS)
def test_events(said: list[Claim], expected: list[tuple[str, str, str, str]]) -> None:
    names = list(columns("events"))
    cells = [dict(zip(names, row, strict=True)) for row in rows(graph_of(*said), "events")]
    found = [(c["source_iso3"], c["target_iso3"], c["type"], c["mode"]) for c in cells]
    assert sorted(found) == sorted(expected)


def test_events_are_unique_and_cite_their_sentence() -> None:
    names = list(columns("events"))
    cells = [dict(zip(names, row, strict=True)) for row in rows(sample_graph(), "events")]
    assert len({c["event"] for c in cells}) == len(cells) > 5
    assert all(c["sentence"] and c["document"] for c in cells)
