"""Folding straightens the typography of a text and keeps the way back to every code point of it."""

import pytest
from diplograph.extract.folding import fold, folded_text
from diplograph.extract.tokens import tokenize
from hypothesis import example, given
from hypothesis import strategies as st

FOLDED = [
    pytest.param("plain words", "plain words", id="nothing-to-do"),
    pytest.param("‘open’ “sky”", "'open' \"sky\"", id="quotes"),
    pytest.param("Japan–Australia — a pact", "Japan-Australia - a pact", id="dashes"),
    pytest.param("the United\nNations", "the United Nations", id="hard-wrap"),
    pytest.param("the United \r\n  Nations", "the United Nations", id="run-of-white-space"),
    pytest.param("the United\u00a0Nations", "the United Nations", id="no-break-space"),
    pytest.param("Secretary-\nGeneral", "Secretary-General", id="wrapped-behind-a-hyphen"),
    pytest.param("Secretary- General", "Secretary-General", id="space-behind-a-hyphen"),
    pytest.param("short- and long-term", "short- and long-term", id="hanging-hyphen"),
    pytest.param("dis\u00adarmament", "disarmament", id="soft-hyphen"),
    pytest.param("\ufeffPreamble\u200b", "Preamble", id="byte-order-mark-and-zero-width"),
    pytest.param("the General\n17\nAssembly", "the General Assembly", id="page-number"),
    pytest.param(
        "the Gen-\n\n08-12345 17\n\nA/63/PV.5\neral", "the Gen-eral", id="running-head-behind-a-hyphen"
    ),
    pytest.param("17\nstates met\n12", "17 states met 12", id="numbers-at-the-ends-are-words"),
    pytest.param("Resolution\n1540\nwas adopted", "Resolution 1540 was adopted", id="a-longer-number"),
    pytest.param(
        "Both coun-\ntries met. The countries left.", "Both countries met. The countries left.", id="divided"
    ),
    pytest.param(
        "Both coun-\n  \n17\n tries met. Countries left.",
        "Both countries met. Countries left.",
        id="divided-by-a-page",
    ),
    pytest.param("Both coun-\ntries met.", "Both coun-tries met.", id="divided-without-proof"),
    pytest.param("long-\nterm aid; longterm", "longterm aid; longterm", id="proof-is-the-whole-word"),
    pytest.param("a long-\nterm; long longterm", "a long-term; long longterm", id="the-first-half-is-a-word"),
    pytest.param(
        "off-\nshore, offshore, off-shore", "off-shore, offshore, off-shore", id="written-both-ways"
    ),
    pytest.param("coun- tries, countries", "coun-tries, countries", id="no-line-ends-there"),
    pytest.param("Nor\ud800way \udfff", "Nor\ufffdway \ufffd", id="halves-of-surrogate-pairs"),
    pytest.param("", "", id="empty"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_folding(text: str, expected: str) -> None:
    assert fold(text).text == expected


def test_a_span_of_the_fold_is_a_span_of_the_original() -> None:
    text = "Signed by the “United\nNations”, in 1945."
    folded = fold(text)
    start = folded.text.index("United Nations")
    span = folded.span(start, start + len("United Nations"))
    assert text[span.start : span.end] == "United\nNations"


def test_a_part_is_folded_with_offsets_of_the_whole() -> None:
    text = "First.  Second – part.  Third."
    folded = fold(text, 8, 22)
    assert folded.text == "Second - part."
    span = folded.span(0, len(folded.text))
    assert text[span.start : span.end] == "Second – part."


def test_lower_case_has_the_length_of_the_text_even_where_a_letter_grows() -> None:
    folded = fold("İstanbul — Straße")
    assert len(folded.lower) == len(folded.text)
    assert folded.lower.endswith("stanbul - straße")


untidy = st.text(alphabet=st.sampled_from("aB é—–-‘”\n\t \u00a0\u00ad\u200bİß𝔘.,'"), max_size=30) | st.text(
    max_size=30
)


@given(text=untidy, data=st.data())
@example(text="a- b", data=None)
def test_every_folded_span_maps_back_to_what_it_came_from(text: str, data: st.DataObject | None) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.lower) == len(folded.offsets) - 1
    assert list(folded.offsets) == sorted(set(folded.offsets))
    if not folded.text or data is None:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    span = folded.span(start, end)
    assert span.end <= len(text)
    again = fold(text[span.start : span.end]).text
    assert folded.text[start:end].strip() in again


@given(text=untidy, start=st.integers(0, 30), length=st.integers(0, 30))
def test_a_part_keeps_inside_its_bounds(text: str, start: int, length: int) -> None:
    start, end = min(start, len(text)), min(start + length, len(text))
    folded = fold(text, start, end)
    assert all(start <= offset <= end for offset in folded.offsets)


TOKENS = [
    pytest.param("the U.S.-ROK talks", ["the", "U.S.-ROK", "talks"], id="stops-inside"),
    pytest.param("Japan's envoy", ["Japan", "'s", "envoy"], id="possessive"),
    pytest.param("the Ministers' view", ["the", "Ministers'", "view"], id="plural-possessive"),
    pytest.param("Asia-Pacific, 2014/15", ["Asia-Pacific", ",", "2014/15"], id="joined"),
    pytest.param("(UN)", ["(", "UN", ")"], id="parentheses"),
    pytest.param("It ended.", ["It", "ended", "."], id="full-stop"),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == expected


@given(text=untidy)
def test_tokens_are_the_text_without_its_white_space(text: str) -> None:
    folded = fold(text).text
    tokens = tokenize(folded)
    assert all(token.text == folded[token.start : token.end] for token in tokens)
    assert "".join(token.text for token in tokens) == "".join(folded.split())


@given(st.text(st.sampled_from("aB9 -`'\t\n\r\x1c“–\u00a0\u00ad."), max_size=8))
@example("Secretary- General")
@example("Council\nof Europe")
def test_a_name_is_folded_as_a_text_is(name: str) -> None:
    assert folded_text(name) == fold(name).text
