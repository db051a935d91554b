"""The figures of an evaluation are those of the project's scorer, and its report tells what went wrong."""

import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from diplograph.extract.gold_brat import read_gold
from diplograph.ontology.errors import InputError

from diplograph.evaluate import evaluate
from diplograph.evaluation_report import render_evaluation_html, render_evaluation_text

SHARED = Path(__file__).parents[2].parent / "shared"

# A labelled document of our own: true sentences in the register of a yearbook.
ANN = """\
# doc: One
# publisher: Test
# country: NOR
# reference_year: 2016
S1\t⟦Country:NOR|Norway⟧ ratified the ⟦Agreement:paris-agreement|Paris Agreement⟧ on 20 June 2016.
S2\t⟦Country:NOR|Norway⟧ and ⟦Country:SWE|Sweden⟧ work on ⟦IssueArea:climate-change|climate change⟧ & more.
S3\tThe ⟦Organization:world-bank|World Bank⟧ gave ⟦Country:GHA|Ghana⟧ a loan of 40 million US dollars.
S4\t⟦Person:erna-solberg|Erna Solberg⟧ visited ⟦Place:lagos|Lagos⟧.
--- entities
paris-agreement\tAgreement\tParis Agreement\tdate=2015-12
world-bank\tOrganization\tWorld Bank\t
lagos\tPlace\tLagos\talt=Country
nordic-council\tOrganization\tNordic Council\t
--- relations
S1\tpartyTo\tNOR\tparis-agreement\tstatus=ratified;date=2016-06-20
S2\tcooperatesWith\tSWE\tNOR\tissue=climate-change
S2\tmemberOf\tNOR\tnordic-council\t
S3\tprovidesAssistanceTo\tworld-bank\tGHA\tamount=40000000;currency=USD
S4\tvisits\terna-solberg\tlagos\t
"""
TEXT = """\
Norway ratified the Paris Agreement on 20 June 2016.
Norway and Sweden work on climate change & more.
The World Bank gave Ghana a loan of 40 million US dollars.
Erna Solberg visited Lagos.
"""
CLASS = {
    "country": "Country",
    "agreement": "Agreement",
    "issue": "IssueArea",
    "organization": "Organization",
    "person": "Person",
    "place": "Place",
}

Mention = tuple[str, str]
Claim = tuple[str, str, str, dict[str, str]]

ALL_MENTIONS: list[Mention] = [
    ("Norway", "country/NOR"),
    ("Paris Agreement", "agreement/paris-agreement"),
    ("Sweden", "country/SWE"),
    ("climate change", "issue/climate-change"),
    ("World Bank", "organization/world-bank"),
    ("Ghana", "country/GHA"),
    ("Erna Solberg", "person/erna-solberg"),
    ("Lagos", "place/lagos"),
]
PARTY: Claim = (
    "country/NOR",
    "partyTo",
    "agreement/paris-agreement",
    {"status": "ratified", "date": "2016-06-20"},
)
LOAN: Claim = ("organization/world-bank", "providesAssistanceTo", "country/GHA", {"amount": "40100000"})
BOTH: Claim = ("country/NOR", "cooperatesWith", "country/SWE", {})
VISIT: Claim = ("person/erna-solberg", "visits", "place/lagos", {})


def write_build(
    folder: Path, mentions: Sequence[Mention], claims: Sequence[Claim], *, document: str = "one"
) -> Path:
    """Write the JSON Lines of a build that found these mentions (at their first place) and claims."""
    folder.mkdir()
    used = {key for _, key in mentions} | {key for s, _, o, _ in claims for key in (s, o)}
    entities: list[dict[str, Any]] = []
    for key in sorted(used):
        prefix, _, rest = key.partition("/")
        row: dict[str, Any] = {
            "id": key,
            "class": CLASS[prefix],
            "label": rest.replace("-", " "),
            "aliases": [],
        }
        entities.append(row | ({"iso3": rest} if prefix == "country" else {}))
    found = [
        {
            "document": document,
            "start": TEXT.index(words),
            "end": TEXT.index(words) + len(words),
            "text": words,
            "class": CLASS[key.split("/")[0]],
            "entity": key,
        }
        for words, key in mentions
    ]
    made = [
        {
            "subject": subject,
            "predicate": predicate,
            "object": target,
            "qualifiers": qualifiers,
            "confidence": 0.9,
            "rule": f"rule-{predicate}",
            "evidence": [{"document": document, "start": 0, "end": 6, "text": "<Norway> & more"}],
        }
        for subject, predicate, target, qualifiers in claims
    ]
    tables = {"documents": [{"id": document}], "entities": entities, "mentions": found, "claims": made}
    for name, rows in tables.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def write_gold(folder: Path) -> Path:
    """Write the labelled document."""
    folder.mkdir()
    (folder / "one.ann").write_text(ANN, encoding="utf-8")
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Give a folder with the labelled document."""
    return write_gold(tmp_path / "gold")


BUILDS = [
    pytest.param(ALL_MENTIONS, [PARTY, LOAN, BOTH, VISIT], id="nearly all right"),
    pytest.param([], [], id="nothing found"),
    pytest.param(
        [
            ("Norway ratified", "country/NOR"),
            ("World Bank", "agreement/world-bank"),
            ("Lagos", "country/NGA"),
        ],
        [("agreement/paris-agreement", "partyTo", "country/NOR", {})],
        id="wrong spans, classes, direction",
    ),
    pytest.param(
        [*ALL_MENTIONS, ("Paris", "place/paris"), ("more", "organization/more")],
        [
            ("country/SWE", "disputesWith", "country/NOR", {}),
            ("country/NOR", "memberOf", "organization/council-nordic", {"date": "2016"}),
            (
                "country/NOR",
                "partyTo",
                "agreement/paris-agreement",
                {"start": "2016-06-20", "status": "SIGNED"},
            ),
            ("country/NOR", "partyTo", "agreement/paris-agreement", {"status": "Ratified"}),
            ("organization/world-bank", "providesAssistanceTo", "country/GHA", {"amount": "plenty"}),
        ],
        id="inside names, by label, several claims for one relation",
    ),
]


def scorer() -> ModuleType:
    """Load the project's scorer, or skip where it does not lie beside the checkout."""
    path = SHARED / "gold" / "score.py"
    if not path.is_file():
        pytest.skip("../shared/gold/score.py does not lie beside the checkout")
    spec = importlib.util.spec_from_file_location("project_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("mentions", "claims"), BUILDS)
def test_figures_are_those_of_the_scorer(
    gold: Path, tmp_path: Path, mentions: list[Mention], claims: list[Claim]
) -> None:
    build = write_build(tmp_path / "build", mentions, claims)
    theirs = scorer().score(gold, build)
    ours = evaluate(gold, build)
    for name, tally in ours.figures.items():
        assert (tally.precision, tally.recall, tally.f1) == theirs[name], name
    assert ours.qualifier.recall == theirs["quals"]


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """Give a build with right and wrong claims."""
    wrong: Claim = ("country/GHA", "providesAssistanceTo", "organization/world-bank", {})
    other: Claim = ("person/erna-solberg", "deploysTo", "place/lagos", {})
    return write_build(tmp_path / "build", ALL_MENTIONS[:-2] + ALL_MENTIONS[-1:], [PARTY, wrong, other])


def test_mistakes_are_told_by_kind_with_their_sentence(gold: Path, build: Path) -> None:
    kinds = {m.kind: m for m in evaluate(gold, build).mistakes}
    assert sorted(kinds) == [
        "mention: missed",
        "relation: another relation of the pair",
        "relation: missed",
        "relation: missed, an entity was not found",
        "relation: missed, another found for the pair",
        "relation: other direction",
    ]
    assert kinds["relation: missed, an entity was not found"].what == "memberOf NOR nordic-council"
    assert kinds["mention: missed"].sentence == "Erna Solberg visited Lagos."


QUALIFIERS = [
    pytest.param({"status": "ratified", "date": "2016-06-20"}, (2, 2, 2), [], id="as labelled"),
    pytest.param({"status": "ratified", "start": "2016-06-20"}, (2, 2, 2), [], id="a start is a date"),
    pytest.param(
        {"status": "signed"},
        (1, 2, 0),
        ["qualifier: date missed", "qualifier: status other"],
        id="one other, one missed",
    ),
    pytest.param(
        {"status": "ratified", "date": "2016-06-20", "amount": "5"},
        (3, 2, 2),
        [],
        id="one more than labelled",
    ),
]


@pytest.mark.parametrize(("given", "counts", "kinds"), QUALIFIERS)
def test_qualifiers_are_judged_on_the_relations_found(
    gold: Path, tmp_path: Path, given: dict[str, str], counts: tuple[int, int, int], kinds: list[str]
) -> None:
    claim: Claim = ("country/NOR", "partyTo", "agreement/paris-agreement", given)
    found = evaluate(gold, write_build(tmp_path / "build", ALL_MENTIONS, [claim]))
    all_of_them = found.qualifier
    assert (all_of_them.found, all_of_them.labelled, all_of_them.right) == counts
    told = [m for m in found.mistakes if m.kind.startswith("qualifier")]
    assert [m.kind for m in told] == kinds
    assert {m.sentence for m in told} <= {"Norway ratified the Paris Agreement on 20 June 2016."}


def test_one_labelled_file_is_enough(gold: Path, build: Path) -> None:
    assert evaluate(gold / "one.ann", build).figures == evaluate(gold, build).figures


def test_rules_are_counted(gold: Path, build: Path) -> None:
    rules = {(r.predicate, r.rule): (r.right, r.fired) for r in evaluate(gold, build).rules}
    assert rules == {
        ("deploysTo", "rule-deploysTo"): (0, 1),
        ("partyTo", "rule-partyTo"): (1, 1),
        ("providesAssistanceTo", "rule-providesAssistanceTo"): (0, 1),
    }


def test_another_build_tells_what_was_gained_and_lost(gold: Path, tmp_path: Path) -> None:
    old = write_build(tmp_path / "old", ALL_MENTIONS, [PARTY, VISIT])
    new = write_build(tmp_path / "new", ALL_MENTIONS, [PARTY, LOAN])
    comparison = evaluate(gold, new, compare=old).comparison
    assert comparison is not None
    assert [(c.predicate, c.right) for c in comparison.gained] == [("providesAssistanceTo", True)]
    assert [(c.predicate, c.right) for c in comparison.lost] == [("visits", True)]
    assert evaluate(gold, new, compare=new).comparison.gained == ()  # type: ignore[union-attr]


def test_a_labelled_document_that_the_build_lacks_counts_as_missed(gold: Path, tmp_path: Path) -> None:
    result = evaluate(gold, write_build(tmp_path / "build", [], [], document="two"))
    assert result.missing == ("one",)
    assert result.figures["mention"].recall == 0
    assert "not in the build, counted as missed: one" in render_evaluation_text(result)


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    build = write_build(tmp_path / "build", [], [])
    with pytest.raises(InputError, match="holds no labelled document"):
        evaluate(tmp_path, build)


def test_the_text_tells_figures_rules_and_mistakes(gold: Path, build: Path) -> None:
    result = evaluate(gold, build, compare=build)
    text = render_evaluation_text(result)
    rows = [line.split() for line in text.splitlines() if line.startswith("relation  ")]
    assert ["relation", "0.333", "0.200", "0.250", "1", "3", "5"] in rows
    assert "rule-partyTo" in text
    assert "Erna Solberg visited Lagos." in text
    assert "gained over" in text
    assert "Erna Solberg visited Lagos." not in render_evaluation_text(result, shown=0)


def test_the_page_escapes_what_documents_say(gold: Path, build: Path) -> None:
    page = render_evaluation_html(evaluate(gold, build), title="<b> & co")
    assert "<title>&lt;b&gt; &amp; co</title>" in page
    assert "&lt;Norway&gt; &amp; more" in page
    assert "<Norway>" not in page
    assert "<script" not in page


# The same document in brat's format.
BRAT = """\
T1\tCountry 0 6\tNorway
N1\tReference T1 iso3166:NOR\tNorway
T2\tAgreement 20 35\tParis Agreement
T3\tCountry 53 59\tNorway
T4\tCountry 64 70\tSweden
N2\tReference T4 iso3166:SWE\tSweden
*\tEquiv T1 T3
#1\tAnnotatorNotes T2\tid=paris-agreement;label=The Paris Agreement;alt=Policy
R1\tpartyTo Arg1:T1 Arg2:T2
A1\tstatus R1 ratified
#2\tAnnotatorNotes R1\tdate=2016-06-20
R2\tcooperatesWith Arg1:T3 Arg2:T4
"""


def brat(folder: Path, ann: str) -> Path:
    """Write a brat pair and give the path of its labels."""
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    (folder / "one.ann").write_text(ann, encoding="utf-8")
    return folder / "one.ann"


def test_brat_standoff_reads_as_the_same_labels(tmp_path: Path) -> None:
    document = read_gold(brat(tmp_path, BRAT))
    assert [(m.cls, m.entity, m.text) for m in document.mentions] == [
        ("Country", "NOR", "Norway"),
        ("Agreement", "paris-agreement", "Paris Agreement"),
        ("Country", "NOR", "Norway"),
        ("Country", "SWE", "Sweden"),
    ]
    assert [(r.sentence, r.predicate, r.head, r.tail, r.qualifiers) for r in document.relations] == [
        (0, "partyTo", "NOR", "paris-agreement", (("date", "2016-06-20"), ("status", "ratified"))),
        (1, "cooperatesWith", "NOR", "SWE", ()),
    ]
    assert document.entities["paris-agreement"].classes == ("Agreement", "Policy")
    assert document.entities["paris-agreement"].label == "The Paris Agreement"
    assert document.document.text == TEXT


def test_a_build_is_judged_by_brat_labels(tmp_path: Path) -> None:
    brat(tmp_path, BRAT)
    build = write_build(tmp_path / "build", ALL_MENTIONS[:3], [PARTY, BOTH])
    assert evaluate(tmp_path, build).figures["relation"].f1 == 1.0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("T9\tCountry 0 5\tSweden", "the text holds 'Norwa' at 0", id="words elsewhere"),
        pytest.param("T9\tKingdom 0 6\tNorway", "'Kingdom' is no class", id="unknown class"),
        pytest.param("R9\tfriendOf Arg1:T1 Arg2:T4", "'friendOf' is no relation", id="unknown relation"),
        pytest.param("R9\tvisits Arg1:T1 Arg2:T8", "names T8, which is no mention", id="unknown mention"),
        pytest.param("E1\tVisit:T1 Agent:T4", "is none of brat lines", id="an event"),
    ],
)
def test_wrong_brat_lines_are_refused_with_their_place(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_gold(brat(tmp_path, BRAT + line + "\n"))


def test_brat_labels_without_their_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one.ann").write_text(BRAT, encoding="utf-8")
    with pytest.raises(InputError, match=r"has no one\.txt beside it"):
        read_gold(tmp_path / "one.ann")


@pytest.fixture
def unsure(tmp_path: Path) -> tuple[Path, Path]:
    """Give labels and a build that makes one claim twice, with 0.9 and with 0.55, and a wrong one with 0.55."""
    wrong = ("country/GHA", "visits", "place/lagos", {})
    build = write_build(tmp_path / "build", ALL_MENTIONS, [PARTY, LOAN, VISIT, wrong, PARTY])
    path = build / "claims.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows[-2]["confidence"] = rows[-1]["confidence"] = 0.55
    rows[-1]["qualifiers"] = {"date": "2016"}  # another claim of the graph, the same to the labels
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return write_gold(tmp_path / "gold"), build


def test_a_claim_counts_once_a_document_with_its_highest_confidence(unsure: tuple[Path, Path]) -> None:
    found = evaluate(*unsure)
    counts = {b.name: (b.right, b.claims) for b in found.calibration.bins if b.claims}
    assert counts == {"0.9-1.0": (3, 3), "0.5-0.6": (0, 1)}
    relation = found.figures["relation"]
    assert found.calibration.claims == relation.found
    assert sum(b.right for b in found.calibration.bins) == relation.right


def test_both_reports_tell_it(unsure: tuple[Path, Path]) -> None:
    found = evaluate(*unsure)
    text, page = render_evaluation_text(found), render_evaluation_html(found)
    row = next(line for line in text.splitlines() if line.startswith("0.5-0.6"))
    assert row.split() == ["0.5-0.6", "1", "0", "0.00", "0.55", "4", "0.75"]
    assert "expected calibration error 0.212, over 4 claims" in text
    assert "What a confidence is worth" in page
    assert "Expected calibration error 0.212, over 4 claims." in page
