"""A short form in parentheses belongs to the name before it when its letters or words say so."""

import pytest
from diplograph.extract.acronyms import introduced_forms

FORMS = [
    pytest.param("Emergency Aid Commission", " (EAC) met", [("Emergency Aid Commission", "EAC")], id="letters"),
    pytest.param("Emergency Aid Commission", ' ("EAC")', [("Emergency Aid Commission", "EAC")], id="quoted"),
    pytest.param(
        "Emergency Aid Commission", " (hereinafter referred to as the Commission on Spices)", [], id="words-of-others"
    ),
    pytest.param(
        "Emergency Aid Commission", " (hereinafter: the Aid Commission)", [("Emergency Aid Commission", "Aid Commission")], id="short-form"
    ),
    pytest.param("fourth summit of the Emergency Aid Commission", " (EAC)", [("Emergency Aid Commission", "EAC")], id="of-the-body"),
    pytest.param("Emergency Aid Commission", " (XYZ)", [], id="other-letters"),
    pytest.param("Aid Group for Coasts and Straits", " (GACS)", [("Aid Group for Coasts and Straits", "GACS")], id="letters-of-another-language"),
    pytest.param("Aid Bureau", ", India (AB)", [("Aid Bureau", "AB")], id="behind-its-state"),
    pytest.param("third meeting of the Peru-Chile Aid Group", " (AG)", [("Peru-Chile Aid Group", "AG")], id="of-the-body-without-its-states"),
    pytest.param("Emergency Aid Commission", " (May)", [], id="month"),
    pytest.param("Emergency Aid Commission", " (2016)", [], id="year"),
    pytest.param("Emergency Aid Commission", " (Norway)", [], id="state"),
    pytest.param("Emergency Aid Commission", " met (EAC)", [], id="not-right-behind"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "behind", "expected"), FORMS)
def test_introduced_forms(name: str, behind: str, expected: list[tuple[str, str]]) -> None:
    text = f"The {name}{behind}"
    found = introduced_forms(text, [(4, 4 + len(name))])
    assert [(text[start:end], form) for start, end, form in found] == expected
