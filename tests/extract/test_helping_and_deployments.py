"""Whose forces are where, who helps, presides, is present and goes along: rule files keep their examples."""

import tomllib
from typing import Any

import pytest
from diplograph.extract.extractor import rules_folder
from tests.extract.test_frames import candidates

FILES = {
    "deployments": {"deploysTo"},
    "helping": {"providesAssistanceTo"},
    "sums": {"providesAssistanceTo"},
    "presence": {"chairs", "participatesIn"},
    "guests": {"visits"},
    "hosting": {"hosts", "participatesIn"},
    "journeys": {"visits"},
    "listed_parties": {"memberOf", "partyTo"},
    "presiding": {"chairs"},
    "venues": {"heldIn"},
}
# Tables inside other rule files that have examples of their own.
TABLES = {
    ("deployments", "contributor"): {"deploysTo"},
    ("cooperation", "company"): {"cooperatesWith"},
}


def rule_file(name: str) -> dict[str, Any]:
    """Give a rule file as it stands."""
    return tomllib.loads((rules_folder() / f"{name}.toml").read_text("utf-8"))


def texts(key: str) -> list[Any]:
    """Give the texts of a key of the rule files as (text, relations)."""
    rows = [(rule_file(name)[key], relations) for name, relations in FILES.items()]
    rows += [(rule_file(name)[table][key], relations) for (name, table), relations in TABLES.items()]
    return [pytest.param(text, relations, id=text[:40]) for found, relations in rows for text in found]


@pytest.mark.parametrize(("text", "relations"), texts("examples"))
def test_examples_are_read(text: str, relations: set[str]) -> None:
    assert relations & {c.predicate for c in candidates(text)}


@pytest.mark.parametrize(("text", "relations"), texts("counter_examples"))
def test_counter_examples_are_left(text: str, relations: set[str]) -> None:
    assert not relations & {c.predicate for c in candidates(text) if c.confidence >= 0.5}


PAIRS = [
    pytest.param(
        "We thank Canada, Norway and Japan for their generous assistance to Kenya.",
        {("CAN", "KEN"), ("NOR", "KEN"), ("JPN", "KEN")},
        id="thanked for help to another",
    ),
    pytest.param(
        "With the financial support of Cuba and Mexico, Haiti has built schools.",
        {("CUB", "HTI"), ("MEX", "HTI")},
        id="done with help",
    ),
    pytest.param(
        "We are grateful to Australia and Fiji for the aid we received.",
        {("AUS", "NLD"), ("FJI", "NLD")},
        id="the author thanks",
    ),
]


@pytest.mark.parametrize(("text", "pairs"), PAIRS)
def test_who_helps_whom(text: str, pairs: set[tuple[str, str]]) -> None:
    found = {
        (c.head.entity[8:], c.tail.entity[8:])
        for c in candidates(text)
        if c.predicate == "providesAssistanceTo"
    }
    assert pairs <= found


def test_forces_in_a_mission_are_in_its_land() -> None:
    found = {
        c.tail.entity
        for c in candidates("Ireland contributes a battalion to UNIFIL.")
        if c.predicate == "deploysTo"
    }
    assert {"programme/united-nations-interim-force-in-lebanon", "country/LBN"} <= found


def test_members_of_a_delegation_go_where_it_goes() -> None:
    text = (
        "Victoria Nuland will travel to Paraguay and Panama with a delegation. "
        "Other members of the delegation include Julie Chung and Daniel Erikson."
    )
    found = {(c.head.entity, c.tail.entity) for c in candidates(text) if c.predicate == "visits"}
    assert {("person/julie-chung", "country/PRY"), ("person/daniel-erikson", "country/PAN")} <= found


def test_a_city_before_its_state_is_a_visit_to_both() -> None:
    found = {
        c.tail.entity
        for c in candidates("Wendy Sherman traveled to Hanoi, Vietnam.")
        if c.predicate == "visits"
    }
    assert found == {"place/hanoi", "country/VNM"}


def test_states_lead_no_body_they_belong_to() -> None:
    assert "chairs" not in {c.predicate for c in candidates("NATO, led by Germany, met.")}


def test_who_reinforces_a_mission_is_in_its_land() -> None:
    found = {(c.head.entity, c.tail.entity) for c in candidates("Italy and France have reinforced UNIFIL.")}
    assert {("country/ITA", "country/LBN"), ("country/FRA", "country/LBN")} <= found
