"""Who works with whom: the rules of ``cooperation.toml``, groups, persons who speak for states, issues."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from diplograph.extract.arguments import load_arguments
from diplograph.extract.candidates import Candidate
from diplograph.extract.cooperation import load_cooperation
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.records import Block, Document, Span
from diplograph.extract.sentences import split_sentences
from diplograph.ontology.errors import TableError

AUTHOR = "NLD"
RULES = tomllib.loads((rules_folder() / "cooperation.toml").read_text("utf-8"))["rule"]


@cache
def extractor() -> Extractor:
    """Load the extractor once, without the ranker: rules are tested one by one."""
    return load_extractor(ranked=False)


def candidates(text: str, *, country: str = AUTHOR) -> Sequence[Candidate]:
    """Give what the rules propose for a text written by a state."""
    blocks = (Block(kind="paragraph", span=Span(0, len(text))),)
    document = Document(
        id="example",
        file="example.txt",
        text=text,
        country=country,
        reference_year=2016,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )
    named = extractor().names(document)
    return [c for _, _, found in extractor().relations.read_scenes(document, named) for c in found]


def pairs(text: str, *, country: str = AUTHOR) -> set[tuple[str, ...]]:
    """Give the pairs that cooperate, each sorted, ids without their prefix."""
    return {
        tuple(sorted((c.head.entity.split("/")[1], c.tail.entity.split("/")[1])))
        for c in candidates(text, country=country)
        if c.predicate == "cooperatesWith"
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda row: row["id"])
def test_rule_reads_its_examples_and_leaves_the_others(rule: dict[str, list[str]]) -> None:
    def fires(text: str) -> bool:
        return any(c.rule.startswith(f"{rule['id']}-") for c in candidates(text))

    assert [text for text in rule["examples"] if not fires(text)] == []
    assert [text for text in rule["counter_examples"] if fires(text)] == []


def test_rule_ids_are_used_once_and_none_begins_another() -> None:
    ids = [row["id"] for row in RULES]
    assert [a for a in ids for b in ids if a != b and b.startswith(f"{a}-")] == []
    assert len(ids) == len(set(ids))


PAIRS = [
    pytest.param("Norway cooperates with Iceland.", {("ISL", "NOR")}, id="verb"),
    pytest.param(
        "Norway cooperates with Iceland and Denmark.", {("ISL", "NOR"), ("DNK", "NOR")}, id="each-of-a-list"
    ),
    pytest.param(
        "Cooperation between Norway, Iceland and Denmark is close.",
        {("ISL", "NOR"), ("DNK", "NOR"), ("DNK", "ISL")},
        id="all-pairs-of-a-small-group",
    ),
    pytest.param(
        "Norway, Iceland, Denmark, Sweden, Finland, Estonia and Latvia work together.",
        set(),
        id="no-pairs-of-a-large-group",
    ),
    pytest.param(
        "Norway works with Iceland, Denmark, Sweden, Finland, Estonia, Latvia and Lithuania.",
        {
            ("ISL", "NOR"),
            ("DNK", "NOR"),
            ("NOR", "SWE"),
            ("FIN", "NOR"),
            ("EST", "NOR"),
            ("LVA", "NOR"),
            ("LTU", "NOR"),
        },
        id="leader-with-each-of-a-large-group",
    ),
    pytest.param("Consultations were held with Tunisia.", {("NLD", "TUN")}, id="unsaid-author"),
    pytest.param("Norway explores opportunities for cooperation with China.", set(), id="mere-prospect"),
    pytest.param("Norway joined the European Union.", set(), id="accession-is-not-company"),
    pytest.param("We thank our partners in Kenya.", set(), id="partners-in-a-place"),
    pytest.param(
        "Foreign Minister Park Jin of the Republic of Korea met with German Foreign Minister"
        " Annalena Baerbock to discuss energy.",
        {("DEU", "KOR")},
        id="persons-speak-for-their-states",
    ),
    pytest.param(
        "Polish Foreign Minister Zbigniew Rau met with Lithuanian Foreign Minister Gabrielius Landsbergis in"
        " Vilnius. They discussed energy.",
        {("LTU", "POL")},
        id="they-are-those-who-met",
    ),
    pytest.param("The Iran-Iraq War ended in 1988.", set(), id="name-of-a-war"),
    pytest.param("The Japan-U.S. Alliance was renewed.", {("JPN", "USA")}, id="name-made-of-its-parties"),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_pairs(text: str, expected: set[tuple[str, str]]) -> None:
    assert pairs(text) == expected


ISSUES = [
    pytest.param("Norway cooperates with Iceland on fisheries.", "issue/fisheries", id="below"),
    pytest.param("Norway held counter-terrorism consultations with Iceland.", "issue/terrorism", id="before"),
    pytest.param("Norway cooperates with Iceland.", None, id="none"),
]


@pytest.mark.parametrize(("text", "issue"), ISSUES)
def test_issue_is_the_nearest(text: str, issue: str | None) -> None:
    found = {dict(c.qualifiers).get("issue") for c in candidates(text) if c.predicate == "cooperatesWith"}
    assert found == {issue}


def test_rule_without_examples_is_refused(tmp_path: Path) -> None:
    lists = "largest_group = 6\nprospects = []\nhostile_names = []\n"
    text = lists + '[[rule]]\nid = "bare"\nverbs = ["ally"]\nconfidence = 0.5\n'
    (tmp_path / "cooperation.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"bare.*examples"):
        load_cooperation(tmp_path, load_arguments(rules_folder()), parties=lambda _: ())
