"""Dates are as exact as the words: points, periods, what has no year, and numbers that are no dates."""

import itertools
from datetime import date
from functools import cache

import pytest
from diplograph.extract.dates import DateHit, DateReader, load_date_reader
from diplograph.extract.extractor import rules_folder
from hypothesis import example, given
from hypothesis import strategies as st


@cache
def reader() -> DateReader:
    """Load the reader once."""
    return load_date_reader(rules_folder())


def told(text: str, year: int | None = 2016) -> list[str]:
    """Write the dates of a text as ISO 8601: a point, or an interval with an open side left empty."""
    return [hit.date or f"{hit.since}/{hit.until}" for hit in reader()(text, year)]


POINTS = [
    pytest.param("It was signed on 4 November 2016.", ["2016-11-04"], id="day-month-year"),
    pytest.param("It was signed on November 4, 2016.", ["2016-11-04"], id="month-day-year"),
    pytest.param("It was signed on November 4th, 2016.", ["2016-11-04"], id="ordinal-day"),
    pytest.param("It was signed on the 4th of November 2016.", ["2016-11-04"], id="day-of-month"),
    pytest.param("It was signed in November 2016.", ["2016-11"], id="month-year"),
    pytest.param("It was signed in November of 2016.", ["2016-11"], id="month-of-year"),
    pytest.param("It was signed in Nov. 2016.", ["2016-11"], id="short-month"),
    pytest.param("It was signed in 1648.", ["1648"], id="year-alone"),
    pytest.param("It was signed in 2015 and in 2017.", ["2015", "2017"], id="two-years"),
    pytest.param("the summit (September)", ["2016-09"], id="month-in-parentheses"),
    pytest.param("the summit (September 2014)", ["2014-09"], id="month-and-year-in-parentheses"),
    pytest.param("They met in November.", ["2016-11"], id="month-of-the-reference-year"),
    pytest.param("They met on 12 March.", ["2016-03-12"], id="day-of-the-reference-year"),
    pytest.param("They met on March 12.", ["2016-03-12"], id="day-behind-of-the-reference-year"),
    pytest.param("They met last year.", ["2015"], id="last-year"),
    pytest.param("They will meet next year.", ["2017"], id="next-year"),
]


@pytest.mark.parametrize(("text", "expected"), POINTS)
def test_points(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def told_in(month: int, text: str) -> list[str]:
    """Write the points in time of a text written in a month of 2016."""
    return [hit.date for hit in reader()(text, 2016, month)]


DISTANCES = [
    pytest.param(9, "They met last month.", ["2016-08"], id="last-month"),
    pytest.param(1, "They met last month.", ["2015-12"], id="last-month-of-another-year"),
    pytest.param(0, "They met last month.", ["2016"], id="month-of-writing-unknown"),
    pytest.param(9, "They met last June.", ["2016-06"], id="last-june"),
    pytest.param(9, "They met last December.", ["2015-12"], id="last-december"),
    pytest.param(9, "They will meet next March.", ["2017-03"], id="next-march"),
    pytest.param(9, "They met in May last year.", ["2015-05", "2015"], id="month-of-last-year"),
    pytest.param(9, "They joined two years ago.", ["2014"], id="years-ago"),
    pytest.param(9, "They joined three months ago.", ["2016-06"], id="months-ago"),
    pytest.param(0, "They joined three months ago.", [], id="months-ago-from-an-unknown-month"),
    pytest.param(9, "They joined 900 years ago.", [], id="figure-of-speech"),
]


@pytest.mark.parametrize(("month", "text", "expected"), DISTANCES)
def test_distances_are_counted_from_the_month_of_writing(month: int, text: str, expected: list[str]) -> None:
    assert told_in(month, text) == expected


ANNIVERSARIES = [
    pytest.param("This is the 30th anniversary of their ties.", ["1986"], id="digits"),
    pytest.param("They marked the fiftieth anniversary.", ["1966"], id="word"),
    pytest.param("They marked the anniversary.", [], id="no-number"),
]


@pytest.mark.parametrize(("text", "expected"), ANNIVERSARIES)
def test_anniversaries_tell_the_year_remembered(text: str, expected: list[str]) -> None:
    assert [hit.date for hit in reader().anniversaries(text, 2016)] == expected


NAMED_YEARS = [
    pytest.param("1991 Harbour Charter", "", "1991", id="at-the-head"),
    pytest.param("Harbour Charter of 1991", "", "1991", id="at-the-end"),
    pytest.param("resolution 60 (1946)", "", "1946", id="inside"),
    pytest.param("resolution 60", " (1946)", "1946", id="behind"),
    pytest.param("2010 Agenda for Harbours", "", "", id="goal"),
    pytest.param("2030 Harbour Charter", "", "", id="not-yet"),
    pytest.param("Harbour Charter", " in 1946", "", id="another-word-between"),
]


@pytest.mark.parametrize(("name", "behind", "expected"), NAMED_YEARS)
def test_names_tell_their_own_year(name: str, behind: str, expected: str) -> None:
    assert reader().named_year(name + behind, len(name), 2016) == expected


PERIODS = [
    pytest.param("The talks took place on 3-5 May 2011.", ["2011-05-03/2011-05-05"], id="days"),
    pytest.param(
        "The talks took place from 3 to 5 May 2011.", ["2011-05-03/2011-05-05"], id="from-day-to-day"
    ),
    pytest.param("The talks took place on May 3-5, 2011.", ["2011-05-03/2011-05-05"], id="month-before-days"),
    pytest.param(
        "The talks took place from May 30 to June 2, 2011.", ["2011-05-30/2011-06-02"], id="two-months"
    ),
    pytest.param("It was a member from 1955 to 1991.", ["1955/1991"], id="from-year-to-year"),
    pytest.param("the programme for 2014-2020", ["2014/2020"], id="years-with-a-dash"),
    pytest.param("the season 2014/15", ["2014/2015"], id="years-with-a-slash"),
    pytest.param("It has been a member since 1955.", ["1955/"], id="since-year"),
    pytest.param("It has been a member since May 2004.", ["2004-05/"], id="since-month"),
    pytest.param("It stays until 30 June 2019.", ["/2019-06-30"], id="until-day"),
    pytest.param("It will be done by 2030.", ["/2030"], id="by-year"),
    pytest.param("It will be done by the end of 2030.", ["/2030"], id="by-the-end"),
    pytest.param("It will go on through 2030.", ["/2030"], id="through"),
    pytest.param("in the 1970s", ["1970/1979"], id="decade"),
    pytest.param("in the early 1970s", ["1970/1973"], id="early-decade"),
    pytest.param("in the late 1990s", ["1997/1999"], id="late-decade"),
]


@pytest.mark.parametrize(("text", "expected"), PERIODS)
def test_periods(text: str, expected: list[str]) -> None:
    assert told(text) == expected


NO_DATES = [
    pytest.param("May the new year bring peace.", id="may-that-wishes"),
    pytest.param("This may be so; May we hope.", id="may-before-a-pronoun"),
    pytest.param("Theresa May spoke.", id="may-the-surname"),
    pytest.param("March with us.", id="march-that-commands"),
    pytest.param("Security Council resolution 1540 (2004) binds all.", id="year-of-a-resolution"),
    pytest.param("They recalled resolutions 1718 (2006) and 1874 (2009).", id="years-of-resolutions"),
    pytest.param("They recalled Resolution 2282.", id="number-of-a-resolution"),
    pytest.param("They recalled General Assembly resolution 1514 (XV).", id="number-like-a-year"),
    pytest.param("It sent 2000 troops.", id="troops"),
    pytest.param("It cost $2000.", id="dollars"),
    pytest.param("It cost 1,900 euros.", id="thousands-with-a-comma"),
    pytest.param("Nothing was dated.", id="nothing"),
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert told(text) == []


MONTHS_THAT_ARE_WORDS = [
    pytest.param("They met in May.", ["2016-05"], id="in"),
    pytest.param("They met in early May.", ["2016-05"], id="in-early"),
    pytest.param("the summit (May)", ["2016-05"], id="parenthesis"),
    pytest.param("the meetings in April and May", ["2016-04", "2016-05"], id="coordinated"),
    pytest.param("the meetings (March and October)", ["2016-03", "2016-10"], id="coordinated-in-parentheses"),
    pytest.param("since May", ["2016-05/"], id="since"),
    pytest.param("May 2011 saw a new start.", ["2011-05"], id="year-behind"),
    pytest.param("May 3 is a holiday.", ["2016-05-03"], id="day-behind"),
    pytest.param("On 9 May they met.", ["2016-05-09"], id="day-before"),
    pytest.param("the May summit", ["2016-05"], id="article"),
]


@pytest.mark.parametrize(("text", "expected"), MONTHS_THAT_ARE_WORDS)
def test_months_that_are_words_too_need_something_beside_them(text: str, expected: list[str]) -> None:
    assert told(text) == expected


WITHOUT_REFERENCE_YEAR = [
    pytest.param("They met in November.", [], id="month"),
    pytest.param("They met on 12 March.", [], id="day"),
    pytest.param("They met last year.", [], id="last-year"),
    pytest.param("They met from 3 to 5 May.", [], id="days"),
    pytest.param("They met in November 2003.", ["2003-11"], id="year-given"),
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_REFERENCE_YEAR)
def test_nothing_is_guessed_without_a_reference_year(text: str, expected: list[str]) -> None:
    assert told(text, None) == expected


EXACT = [
    pytest.param("in November 2016", True, id="year-given"),
    pytest.param("in November", False, id="year-taken"),
    pytest.param("next year", False, id="relative"),
    pytest.param("from 3 to 5 May", False, id="days-with-year-taken"),
]


@pytest.mark.parametrize(("text", "exact"), EXACT)
def test_a_date_says_whether_the_text_gives_its_year(text: str, exact: bool) -> None:
    assert [hit.exact for hit in reader()(text, 2016)] == [exact]


def test_an_impossible_day_is_no_day() -> None:
    assert told("on 31 June 2016") != ["2016-06-31"]
    assert told("on 30 February 2016") != ["2016-02-30"]


def valid(hit: DateHit) -> bool:
    """Tell whether the parts of a hit are days, months or years of the calendar, and say anything."""
    said = [part for part in (hit.date, hit.since, hit.until) if part]
    return bool(said) and all(str(date.fromisoformat(p + "-01" * ((10 - len(p)) // 3))) for p in said)


words = st.sampled_from(
    [
        "May",
        "March",
        "5",
        "31",
        "29th",
        "2016",
        "1999-2003",
        "2014/15",
        "since",
        "until",
        "from",
        "to",
        "by",
        "the",
        "of",
        "in",
        "on",
        "(",
        ")",
        ",",
        "-",
        "Feb.",
        "June",
        "30",
        "early",
        "1970s",
        "year",
        "last",
    ]
)


@given(
    text=st.one_of(st.text(max_size=80), st.lists(words, max_size=14).map(" ".join)),
    year=st.none() | st.integers(1900, 2100),
)
@example(text="from 5 to 3 May 2011", year=None)
@example(text="29 February 2015", year=None)
@example(text="31 February 2000 to 30 February 2001", year=2016)
def test_any_text_gives_iso_dates_inside_it_in_order(text: str, year: int | None) -> None:
    hits = reader()(text, year)
    assert all(valid(hit) for hit in hits)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in itertools.pairwise(hits))
