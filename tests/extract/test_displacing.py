"""A finer reading of the same words displaces a coarser one."""

import pytest
from diplograph.extract.candidates import cued
from diplograph.extract.displacing import displaced
from diplograph.extract.scene import Participant

MERKEL = Participant(entity="person/angela-merkel", cls="Person", token=1)
GERMANY = Participant(entity="country/DEU", cls="Country", token=0)
CHAD = Participant(entity="country/TCD", cls="Country", token=4)
CHADIAN = ("visits", "country/DEU", "country/TCD")

ROWS = [
    pytest.param("visits", {MERKEL.entity: GERMANY}, {CHADIAN}, id="a-minister-goes-and-not-the-state"),
    pytest.param("visits", {}, set(), id="nobody's-minister"),
    pytest.param("criticizes", {MERKEL.entity: GERMANY}, set(), id="what-a-minister-says-the-state-says"),
]


@pytest.mark.parametrize(("relation", "speakers", "expected"), ROWS)
def test_what_a_named_person_displaces(
    relation: str, speakers: dict[str, Participant], expected: set[tuple[str, str, str]]
) -> None:
    found = [cued(relation, head, CHAD, "some-rule", 2, 0.7) for head in (MERKEL, GERMANY)]
    assert displaced(found, speakers) == expected
