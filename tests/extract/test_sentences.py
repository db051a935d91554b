"""Where sentences end. A bar marks the ends that must be found."""

import textwrap

import pytest
from diplograph.extract.records import Block, Span
from diplograph.extract.sentences import load_abbreviations, split_sentences
from diplograph.extract.structure import structure

SPLITS = [
    pytest.param("Norway joined.| Chile left.", id="plain"),
    pytest.param(
        "The U.S. Government met Mr. Holm and H.E. Ms. Vik in Washington, D.C. on Monday.", id="titles"
    ),
    pytest.param("MR. HOLM: Thank you.| DR. VIK: Of course.", id="titles-in-capitals"),
    pytest.param("It was signed by a state other than the U.S.| The treaty lapsed.", id="closing-us"),
    pytest.param("He lives in the U.S.| An agreement followed.", id="closing-us-article"),
    pytest.param("The U.K. Parliament, the U.S. Senate and the U.N. Secretariat agreed.", id="acronyms"),
    pytest.param("They met at 9 a.m. Oslo time.| It rained.", id="clock"),
    pytest.param("Franklin D. Roosevelt met Winston S. Churchill.| They agreed.", id="initials"),
    pytest.param("Jens J. P. Holm spoke.", id="two-initials"),
    pytest.param("See para. 4 and Art. 5 of No. 12, pp. 3-9, vol. II of the series.", id="references"),
    pytest.param("Trade rose by 4.5 percent.| It fell by 3.2% in 1998.", id="decimals"),
    pytest.param("Resolution S/RES/1373 was adopted.| It binds all.", id="symbols"),
    pytest.param("Some states, e.g. Norway, i.e. the hosts, met Chile vs. Peru.", id="latin"),
    pytest.param("It opened on Jan. 5, 1998.| It closed in Dec.| The next is in Feb. 1999.", id="months"),
    pytest.param("He called it “a new era for the region.”| Others agreed.", id="quote-after-stop"),
    pytest.param("He called it “a new era”.| Others agreed.", id="quote-before-stop"),
    pytest.param("“We will stay.” he said to the Council.", id="quoted-speech-goes-on"),
    pytest.param("It grew (by a third.)| Then it fell.", id="bracket"),
    pytest.param("The Fund (founded in 1966. Its seat is Oslo) lends.| It is small.", id="aside"),
    pytest.param(
        "The Task Force met.5 It adopted rules.[6] They bind.".replace(".5 ", ".5| ").replace("] T", "]| T"),
        id="footnote-digits",
    ),
    pytest.param("What next?| Peace!| And then…| Trade... and aid.", id="other-stops"),
    pytest.param("They agreed: to meet; to trade; to rest.", id="semicolons"),
    pytest.param("The region.|The two states agreed at once.", id="missing-blank"),
    pytest.param("The rules bind.| 29 states are parties.", id="number-begins"),
    pytest.param("Visit www.example.org or write to a.b@example.org today.", id="addresses"),
    pytest.param("Holm, Vik et al. The study shows it.".replace("al. T", "al.| T"), id="et-al"),
    pytest.param("St. Petersburg, Mt. Everest and Gen. Vik.", id="saints"),
    pytest.param("1. Norway joined.| 2. Chile left.", id="leading-number"),
    pytest.param("The answer is no.| The vote was 12 to 1.", id="no"),
    pytest.param("Vik is an Ph.D. student of Plan B.| This failed.", id="plan-b"),
    pytest.param("The company Holm & Co. Ltd. trades.| It grew.", id="companies"),
    pytest.param("«Peace.»| “Trade!”| (Aid.)| [Fish.]", id="closers"),
    pytest.param("The two states, i.e., Norway.\tThen came Chile.".replace("\tT", "|\tT"), id="tab"),
]


def sentences_of(text: str, kind: str = "paragraph") -> list[str]:
    block = Block(kind=kind, span=Span(0, len(text)))
    return [text[s.span.start : s.span.end] for s in split_sentences(text, [block])]


@pytest.mark.parametrize("marked", SPLITS)
def test_splits(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert sentences_of(marked.replace("|", "")) == expected


@pytest.mark.parametrize("marked", SPLITS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", " \n"])
def test_splits_do_not_depend_on_line_ends(marked: str, newline: str) -> None:
    expected = [part.split() for part in marked.split("|")]
    cut = newline.join(
        textwrap.wrap(marked.replace("|", ""), 14, break_long_words=False, break_on_hyphens=False)
    )
    assert [part.split() for part in sentences_of(cut)] == expected


@pytest.mark.parametrize(
    ("kind", "count"),
    [("heading", 1), ("title", 1), ("table-row", 1), ("contents", 1), ("junk", 0), ("caption", 2)],
)
def test_kind_decides_whether_a_block_is_split(kind: str, count: int) -> None:
    assert len(sentences_of("Vol. 2. Trade grew. Aid fell", kind)[: count + 1]) == (
        3 if kind == "caption" else count
    )


def test_heading_caption_and_item_never_join_a_sentence() -> None:
    text = (
        "3.Global Trade\nNorway exported fish. Chile exported copper\nand wine.\n"
        "Ministers in Oslo (Photo: Navy)\nThe talks went on:\n• on fish\n• on wine\n"
    )
    _, blocks = structure(text)
    assert [text[s.span.start : s.span.end] for s in split_sentences(text, blocks)] == [
        "3.Global Trade",
        "Norway exported fish.",
        "Chile exported copper\nand wine.",
        "Ministers in Oslo (Photo: Navy)",
        "The talks went on:",
        "• on fish",
        "• on wine",
    ]


def test_abbreviations_of_the_table_keep_their_meaning() -> None:
    table = load_abbreviations()
    for form in sorted(table.never):
        assert len(sentences_of(f"They met {form} Holm there.")) == 1, form
    for form in sorted(table.before_number):
        assert len(sentences_of(f"It stands in {form} 12 there.")) == 1, form
    for form in sorted(table.before_other):
        assert len(sentences_of(f"They met the {form} Holm there.")) == 1, form
        assert len(sentences_of(f"They met the {form} The talks failed.")) == 2, form
