"""Members, chairs, hosts and participants, by the nouns and prepositions that tell them."""

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from diplograph.extract.arguments import load_arguments
from diplograph.extract.candidates import Candidate
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.memberships import load_memberships
from diplograph.extract.records import Block, Document, Span
from diplograph.extract.sentences import split_sentences
from diplograph.ontology.errors import TableError

# The author's own state; one that no example names.
AUTHOR = "NLD"


@cache
def extractor() -> Extractor:
    """Load the extractor once; without the ranker, since rules are tested one by one."""
    return load_extractor(ranked=False)


def candidates(text: str) -> Iterable[Candidate]:
    """Give all that the rules propose for a paragraph written in the Netherlands in 2016."""
    blocks = (Block(kind="paragraph", span=Span(0, len(text))),)
    one = Document(
        id="example",
        file="example.txt",
        text=text,
        country=AUTHOR,
        reference_year=2016,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )
    named = extractor().names(one)
    return [c for _, _, found in extractor().relations.read_scenes(one, named) for c in found]


def told(text: str, *, least: float = 0.5) -> set[tuple[str, str, str]]:
    """Give the claims of a text that rules make with at least some confidence, ids without their prefixes."""
    return {
        (c.head.entity.split("/")[1], c.predicate, c.tail.entity.split("/")[1])
        for c in candidates(text)
        if c.confidence >= least
    }


def roles() -> list[Any]:
    """Give each role noun as (id, relation, examples, counter-examples)."""
    data = tomllib.loads((rules_folder() / "memberships.toml").read_text("utf-8"))
    rows = [*data["role"], {"id": "grouping", **data["grouping"]}]
    return [
        pytest.param(r["id"], r["predicate"], r["examples"], r["counter_examples"], id=r["id"]) for r in rows
    ]


@pytest.mark.parametrize(("rule", "relation", "examples", "counter_examples"), roles())
def test_role_nouns_read_their_examples_and_leave_the_others(
    rule: str, relation: str, examples: list[str], counter_examples: list[str]
) -> None:
    def found(text: str) -> set[str]:
        return {
            c.predicate for c in candidates(text) if c.rule.startswith(f"{rule}-") and c.confidence >= 0.5
        }

    assert [text for text in examples if found(text) != {relation}] == []
    assert [text for text in counter_examples if found(text)] == []


UNSC = "united-nations-security-council"
BEHIND_A_NAME = [
    pytest.param(
        "Indonesia and Thailand, as founding members of ASEAN, proposed a charter.",
        {("IDN", "memberOf", "association-of-southeast-asian-nations"),
         ("THA", "memberOf", "association-of-southeast-asian-nations")},
        id="as-members",
    ),
    pytest.param(
        "ASEAN was founded in 1967. The founding members were Indonesia, Malaysia and Singapore.",
        {(s, "memberOf", "association-of-southeast-asian-nations") for s in ("IDN", "MYS", "SGP")},
        id="members-of-the-body-named-before",
    ),
    pytest.param(
        "Albania welcomed the election of Kenya as a non-permanent member of the Security Council.",
        {("KEN", "memberOf", UNSC)},
        id="who-is-elected-not-who-welcomes-it",
    ),
    pytest.param(
        "I congratulate Mr. Peter Thomson on assuming the presidency of the General Assembly.",
        {("peter-thomson", "chairs", "united-nations-general-assembly")},
        id="who-is-congratulated-presides",
    ),
    pytest.param(
        "Mr. Peter Thomson, I congratulate you on your election as President of the General Assembly.",
        {("peter-thomson", "chairs", "united-nations-general-assembly")},
        id="the-one-addressed-presides",
    ),
    pytest.param(
        "I congratulate Mr. Peter Thomson on his election to the presidency of the General Assembly.",
        {("peter-thomson", "chairs", "united-nations-general-assembly")},
        id="elected-to-the-presidency",
    ),
    pytest.param(
        "We in the European Union agree.", {("NLD", "memberOf", "european-union")}, id="we-in-it"
    ),
    pytest.param(
        "Several countries came to join ASEAN: Cambodia, Laos and Myanmar.",
        {(s, "memberOf", "association-of-southeast-asian-nations") for s in ("KHM", "LAO", "MMR")},
        id="those-listed-behind-a-colon",
    ),
    pytest.param(
        "At the Munich Security Conference, Estonia announced new aid.",
        {("EST", "participatesIn", "munich-security-conference")},
        id="acts-at",
    ),
    pytest.param(
        "On the sidelines of the Munich Security Conference, Estonia announced new aid.",
        {("EST", "participatesIn", "munich-security-conference")},
        id="acts-on-the-sidelines",
    ),
    pytest.param(
        "The 2008 Bucharest Summit was held in Bucharest, Romania.",
        {("nato-bucharest-summit", "heldIn", "bucharest"), ("nato-bucharest-summit", "heldIn", "ROU")},
        id="city-and-state",
    ),
    pytest.param(
        "Under Secretary of State for Political Affairs Victoria Nuland will visit Djibouti and Nigeria.",
        {("victoria-nuland", "visits", "DJI"), ("victoria-nuland", "visits", "NGA")},
        id="a-long-title-hides-the-visitor",
    ),
    pytest.param(
        "Japan participates in multilateral frameworks, including the ASEAN Regional Forum and the East Asia Summit.",
        {("JPN", "participatesIn", "asean-regional-forum"), ("JPN", "participatesIn", "east-asia-summit")},
        id="frameworks-that-a-list-names",
    ),
    pytest.param(
        "Estonian Foreign Minister Urmas Paet attended the Munich Security Conference.",
        {("urmas-paet", "participatesIn", "munich-security-conference"),
         ("EST", "participatesIn", "munich-security-conference")},
        id="the-minister-brings-the-state",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BEHIND_A_NAME)
def test_meetings_and_members_are_told_in_many_ways(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected - told(text) == set()


NOT_TOLD = [
    pytest.param("Kenya condemned the war. The meeting ended.", "participatesIn", id="a-war-is-no-meeting"),
    pytest.param(
        "After the Munich Security Conference, aid grew.", "participatesIn", id="after-it-is-not-at-it"
    ),
    pytest.param(
        "As noted at the Munich Security Conference, aid grew.", "participatesIn", id="noted-by-whom"
    ),
    pytest.param("When it comes to Kenya, Barack Obama is glad.", "visits", id="comes-to-is-no-travel"),
    pytest.param(
        "Abdullah Abdullah, the chairman, and the Taliban met.", "chairs", id="chairman-of-an-unnamed-body"
    ),
    pytest.param(
        "Kenya thanked the Member States of the United Nations.", "memberOf", id="thanks-to-members"
    ),
]


@pytest.mark.parametrize(("text", "relation"), NOT_TOLD)
def test_what_does_not_tell_a_meeting_gives_none(text: str, relation: str) -> None:
    assert [c for c in told(text) if c[1] == relation] == []


def test_examples_beside_occasions_are_read() -> None:
    data = tomllib.loads((rules_folder() / "attendance.toml").read_text("utf-8"))
    relations = {"heldIn", "participatesIn", "hosts"}
    assert [t for t in data["examples"] if not relations & {c[1] for c in told(t)}] == []
    assert [t for t in data["counter_examples"] if relations & {c[1] for c in told(t)}] == []


def test_a_role_without_examples_is_refused(tmp_path: Any) -> None:
    whole = (rules_folder() / "memberships.toml").read_text("utf-8")
    (tmp_path / "memberships.toml").write_text(whole.replace("\nexamples = ", "\nexamples_none = "), "utf-8")
    with pytest.raises(TableError, match="has no examples"):
        load_memberships(tmp_path, load_arguments(rules_folder()))
