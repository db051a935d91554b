"""Only sentences that can hold a claim are parsed: two participants, or one and a noun that means another."""

import pytest
from diplograph.extract.folding import fold
from diplograph.extract.parsing import MaskedSentence, mask
from diplograph.extract.records import Mention, Span
from diplograph.extract.relations import worth_parsing

REFERRING = frozenset({"organization", "they", "nations", "treaty"})
VAGUE = frozenset({"they", "nations"})
CLASSES = {"country": "Country", "issue": "IssueArea", "organization": "Organization", "place": "Place"}


def sentence(words: str, **named: str) -> MaskedSentence:
    """Mask a sentence; ``named`` maps words of it to entity ids."""
    mentions = [
        Mention(
            document="d",
            span=Span(words.index(text), words.index(text) + len(text)),
            text=text,
            cls=CLASSES[entity.split("/")[0]],
            entity=entity,
            how="test",
        )
        for text, entity in sorted(named.items(), key=lambda item: words.index(item[0]))
    ]
    return mask(fold(words, 0, len(words)), mentions)


@pytest.mark.parametrize(
    ("words", "named", "author", "expected"),
    [
        ("Kenya hosts UNEP.", {"Kenya": "country/KEN", "UNEP": "organization/unep"}, "country/KEN", True),
        ("Kenya is proud of that.", {"Kenya": "country/KEN"}, "country/KEN", False),
        ("Kenya is proud of that.", {"Kenya": "country/KEN"}, "", True),
        ("Kenya is proud of that.", {"Kenya": "country/KEN"}, "country/UGA", True),
        ("Kenya thanks them: they came.", {"Kenya": "country/KEN"}, "country/KEN", False),
        ("Kenya joined the Organization then.", {"Kenya": "country/KEN"}, "country/KEN", True),
        ("Kenya grew in Mombasa.", {"Kenya": "country/KEN", "Mombasa": "place/mombasa"}, "country/KEN", True),
        ("They speak of piracy.", {"piracy": "issue/piracy"}, "country/KEN", True),
        ("We speak of piracy.", {"piracy": "issue/piracy"}, "country/KEN", False),
        ("Kenya fights piracy.", {"Kenya": "country/KEN", "piracy": "issue/piracy"}, "country/KEN", False),
        ("The Treaty was kept.", {}, "country/KEN", True),
        ("The promise was kept.", {}, "country/KEN", False),
    ],
)
def test_a_claim_needs_two(words: str, named: dict[str, str], author: str, expected: bool) -> None:
    assert worth_parsing(sentence(words, **named), REFERRING, vague=VAGUE, author=author) is expected
