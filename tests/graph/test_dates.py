"""Dates of any precision as periods, and what dates a claim."""

from datetime import date

import pytest
from diplograph.extract.records import Claim
from diplograph.graph.build import build_graph
from diplograph.graph.dates import Period, claim_period, parse_period
from factories import claim, document, entity, extraction, graph_of

PERIODS = [
    pytest.param("2016", None, "2016-01-01", "2016-12-31", id="year"),
    pytest.param(2016, None, "2016-01-01", "2016-12-31", id="number"),
    pytest.param("2016-02", None, "2016-02-01", "2016-02-29", id="leap-month"),
    pytest.param("2016-11-01", None, "2016-11-01", "2016-11-01", id="day"),
    pytest.param("2016-11", "2017", "2016-11-01", "2017-12-31", id="from-to"),
]


@pytest.mark.parametrize(("text", "until", "first", "last"), PERIODS)
def test_period(text: str | int, until: str | None, first: str, last: str) -> None:
    period = parse_period(text, until)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "16", "2016-13", "2016-02-30", "November 2016", "2016/11", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_period(text)


def test_a_period_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="first <= last"):
        parse_period("2017", "2016")


@pytest.mark.parametrize(
    ("other", "expected"),
    [("2016-12-31", True), ("2017", False), ("2015-12-31", False), ("2016-01-01", True)],
)
def test_overlap(other: str, expected: bool) -> None:
    assert parse_period(2016).overlaps(parse_period(other)) is expected
    assert parse_period(other).overlaps(parse_period(2016)) is expected


SUMMIT = entity("event/summit", attributes=[("date", "2015-06"), ("other", "x")])
DATED = [
    pytest.param(
        claim("country/JPN", "visits", "country/AUS", date="2016-11"), "2016-11", "claim", id="own-date"
    ),
    pytest.param(
        claim("country/JPN", "visits", "country/AUS", start="2014", end="2015"),
        "2014",
        "claim",
        id="start-end",
    ),
    pytest.param(claim("country/JPN", "visits", "country/AUS", end="2013"), "2013", "claim", id="end-only"),
    pytest.param(claim("country/JPN", "participatesIn", "event/summit"), "2015-06", "event", id="its-event"),
    pytest.param(
        claim("country/JPN", "participatesIn", "event/summit", date="2015-06-02"),
        "2015-06-02",
        "claim",
        id="own-date-before-event",
    ),
    pytest.param(claim("country/JPN", "visits", "country/AUS"), "2016", "document", id="document"),
    pytest.param(
        claim("country/JPN", "visits", "country/AUS", date="spring"), "2016", "document", id="not-iso"
    ),
]


@pytest.mark.parametrize(("said", "first", "basis"), DATED)
def test_what_dates_a_claim(said: Claim, first: str, basis: str) -> None:
    period = claim_period(graph_of(said, entities=[SUMMIT]), said)
    assert period is not None
    assert (period.first, period.basis) == (parse_period(first).first, basis)


def test_start_and_end_span_the_claim() -> None:
    said = claim("country/JPN", "chairs", "forum/g7", start="2016-01", end="2016")
    assert claim_period(graph_of(said), said) == Period(date(2016, 1, 1), date(2016, 12, 31), "claim")


def test_several_documents_span_their_years() -> None:
    made = [
        extraction([claim("country/JPN", "visits", "country/AUS", document=n)], of=document(n, year=y))
        for n, y in (("a", 2012), ("b", 2009), ("c", None))
    ]
    kg = build_graph(made)
    assert claim_period(kg, kg.claims[0]) == Period(date(2009, 1, 1), date(2012, 12, 31), "document")


def test_a_claim_may_have_no_date() -> None:
    said = claim("country/JPN", "visits", "country/AUS")
    assert claim_period(build_graph([extraction([said], of=document(year=None))]), said) is None
