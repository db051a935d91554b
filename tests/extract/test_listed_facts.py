"""What the tables list of two participants is told to the ranker as hints."""

import pytest
from diplograph.extract.listed_facts import ListedFacts, load_listed_facts
from diplograph.ontology.vocabulary import Entry, vocabulary_folder

ENTRIES = {
    "organization/bank": Entry(
        id="organization/bank", cls="Organization", label="Bank", forms=(), facts={"parent": "union", "issues": "trade|finance"}
    ),
    "organization/union": Entry(
        id="organization/union", cls="Organization", label="Union", forms=(), facts={"members": "NOR|SWE", "country": "BEL"}
    ),
    "place/bergen": Entry(id="place/bergen", cls="Place", label="Bergen", forms=(), facts={"country": "NOR"}),
}  # fmt: skip

CASES = [
    pytest.param("organization/bank", "issue/trade", ["listed=issue"], id="issue"),
    pytest.param("organization/bank", "issue/terrorism", ["listed=no-issue"], id="other-issue"),
    pytest.param("organization/union", "issue/trade", ["listed=no-issue"], id="without-issues"),
    pytest.param("organization/unknown", "issue/trade", [], id="not-in-the-tables"),
    pytest.param("organization/bank", "organization/union", ["listed=parent"], id="parent"),
    pytest.param("organization/union", "organization/bank", ["listed=child"], id="child"),
    pytest.param("country/NOR", "organization/union", ["listed=member"], id="member"),
    pytest.param("country/FIN", "organization/union", ["listed=no-member"], id="no-member"),
    pytest.param("country/FIN", "organization/bank", ["listed=member"], id="member-by-the-other-table"),
    pytest.param("country/BEL", "organization/union", ["listed=no-member", "listed=own"], id="own"),
    pytest.param("organization/union", "country/SWE", ["listed=tail-member"], id="tail-member"),
    pytest.param("place/bergen", "country/NOR", ["listed=country"], id="place-in-a-country"),
    pytest.param("place/bergen", "country/SWE", [], id="place-in-another"),
]


@pytest.mark.parametrize(("head", "tail", "expected"), CASES)
def test_hints(head: str, tail: str, expected: list[str]) -> None:
    listed = ListedFacts(entries=ENTRIES, memberships=frozenset({("organization/bank", "country/FIN")}))
    assert list(listed(head, tail)) == expected


def test_memberships_are_those_of_the_package() -> None:
    listed = load_listed_facts({}, vocabulary_folder())
    assert ("forum/asia-pacific-economic-cooperation", "country/AUS") in listed.memberships
