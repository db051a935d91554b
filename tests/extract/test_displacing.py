"""A finer reading of the same words displaces a coarser one."""

import pytest
from diplograph.extract.candidates import cued
from diplograph.extract.displacing import displaced, own_sittings
from diplograph.extract.records import Claim, Evidence, Qualifiers
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


def claim(subject: str, predicate: str, object_: str, rule: str) -> Claim:
    """Make a claim of one document."""
    quote = Evidence(document="text", start=0, end=1, text="A")
    return Claim(
        subject=subject, predicate=predicate, object=object_, qualifiers=Qualifiers(), modality="asserted",
        confidence=0.9, rule=rule, evidence=(quote,),
    )  # fmt: skip


SITTING = claim("event/abuja-summit", "sessionOf", "organization/african-union", "name-series")
SITTINGS = [
    pytest.param("organization/african-union", "attend", False, id="the-body-itself"),
    pytest.param("country/KEN", "attend", True, id="a-member"),
    pytest.param("organization/african-union", "name-parties", True, id="a-party-by-name"),
]


@pytest.mark.parametrize(("subject", "rule", "kept"), SITTINGS)
def test_a_body_takes_no_part_in_its_own_sitting(subject: str, rule: str, kept: bool) -> None:
    told = claim(subject, "participatesIn", "event/abuja-summit", rule)
    assert (told in own_sittings([SITTING, told])) is kept
