"""Items of a list are read with the clause that leads to them, and lists in order pair their members."""

import pytest
from diplograph.extract.extractor import Extractor
from prose import prose

READ = [
    pytest.param(
        "The Security Council,\n\nRecalling its resolutions,\n\n1. Condemns Al-Shabaab;\n\n2. Strongly condemns Somalia.",
        {
            ("organization/united-nations-security-council", "criticizes", "organization/al-shabaab"),
            ("organization/united-nations-security-council", "criticizes", "country/SOM"),
        },
        id="operative-paragraphs",
    ),
    pytest.param(
        "THE GENERAL ASSEMBLY,\n\nRESOLVES:\n\n1. To condemn Al-Shabaab.",
        {("organization/united-nations-general-assembly", "criticizes", "organization/al-shabaab")},
        id="verb-on-a-line",
    ),
    pytest.param(
        "Norway agreed to:\n\n• condemn Al-Shabaab;\n\n• strongly condemn Somalia.",
        {("country/NOR", "criticizes", "organization/al-shabaab"), ("country/NOR", "criticizes", "country/SOM")},
        id="bullets",
    ),
    pytest.param(
        "Italy gave medical equipment to the following countries:\n\n- Somalia;\n\n- Kenya.",
        {("country/ITA", "providesAssistanceTo", "country/SOM"), ("country/ITA", "providesAssistanceTo", "country/KEN")},
        id="names",
    ),
    pytest.param(
        "Norway and Peru ratified the Kyoto Protocol and the Paris Agreement, respectively.",
        {("country/NOR", "partyTo", "agreement/kyoto-protocol"), ("country/PER", "partyTo", "agreement/paris-agreement")},
        id="respectively",
    ),
    pytest.param("Norway spoke:\n\nAl-Shabaab was condemned.", set(), id="no-item"),
    pytest.param("5. Supports for bridges arrived. Al-Shabaab stayed.", set(), id="no-decision"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_what_lists_say(extractor: Extractor, text: str, expected: set[tuple[str, str, str]]) -> None:
    wanted = {"criticizes", "providesAssistanceTo", "partyTo"}
    claims = extractor(prose(text)).claims
    assert {(c.subject, c.predicate, c.object) for c in claims if c.predicate in wanted} == expected


def test_evidence_of_an_item_is_the_item(extractor: Extractor) -> None:
    claims = extractor(prose("The Security Council,\n\n1. Condemns Al-Shabaab;")).claims
    told = [v.text for c in claims if c.predicate == "criticizes" for v in c.evidence]
    assert told == ["1. Condemns Al-Shabaab;"]


DECISIONS = [
    pytest.param("5. Strongly condemns Al-Shabaab.", {"country/NOR"}, id="numbered"),
    pytest.param("- Condemned Al-Shabaab;", {"country/NOR"}, id="past-in-a-list"),
    pytest.param(
        "Took note of Peru;\n\n(b) condemn the attacks of Al-Shabaab;", {"country/NOR"}, id="plain-verb"
    ),
    pytest.param("Condemned in Peru, Al-Shabaab fled.", set(), id="a-participle"),
]


@pytest.mark.parametrize(("text", "expected"), DECISIONS)
def test_an_item_that_leaves_unsaid_who_decides_is_the_decision_of_who_speaks(
    extractor: Extractor, text: str, expected: set[str]
) -> None:
    claims = extractor(prose(text, country="NOR")).claims
    assert {c.subject for c in claims if c.object == "organization/al-shabaab"} == expected
