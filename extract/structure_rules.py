"""The forms of lines (``rules/structure.toml``): which line is a heading, an item, a caption."""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from diplograph.ontology.errors import TableError

__all__ = [
    "FormRules",
    "LineRule",
    "Number",
    "NumberRule",
    "StructureRules",
    "TurnRule",
    "load_structure_rules",
    "looks_like_title",
    "matching_line_rule",
    "matching_turn",
    "read_numbers",
    "without_page_lines",
]

RULE_FILE = "structure.toml"
LONGEST_TITLE_CHARACTERS, LONGEST_TITLE_WORDS = (
    160,
    22,
)  # the longest headings of yearbooks run over two lines
LIST_COMMAS = 2
CAPITAL_SHARE = 0.7  # titles capitalize nearly all words that matter
LONGEST_PLAIN_TITLE_WORDS = 10  # beyond this, a line in small letters is rather a piece of a sentence
LONGEST_PAGE_LINE = 60
# One within a text has one before it and one behind it.
_FEWEST_LINES = 3
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ENDS_LIKE_SENTENCE = re.compile(r"[.;:,…!][\"'”’)\]»]*\d{0,2}$|[,;]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """A form that decides what a line is; the group ``title``, if there is one, is what it says.

    ``page`` tells that such lines belong to the page, as numbers and running heads do.
    """

    id: str
    kind: str
    pattern: re.Pattern[str]
    page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRule:
    """A kind of number before a heading or item; ``rank`` is its usual depth, 1 the topmost."""

    id: str
    pattern: re.Pattern[str]
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRule:
    """How the turn of a speaker begins, with groups ``name`` and ``state`` where it tells them.

    ``label`` tells that the words matched stand apart from what is said.
    """

    id: str
    pattern: re.Pattern[str]
    label: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRules:
    """Words that tell titles from sentences."""

    small_words: frozenset[str]
    finite_verbs: frozenset[str]
    contents_titles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureRules:
    """All of the rule file, in its order."""

    lines: tuple[LineRule, ...]
    numbers: tuple[NumberRule, ...]
    turns: tuple[TurnRule, ...]
    quotation: re.Pattern[str]
    form: FormRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A printed number read one way: ``style`` is the rule's id, ``value`` counts from 1."""

    style: str
    rank: int
    value: int
    printed: str
    title: str


@functools.cache
def load_structure_rules() -> StructureRules:
    """Read the rule file of the package."""
    table = tomllib.loads(files("diplograph.extract.rules").joinpath(RULE_FILE).read_text(encoding="utf-8"))
    form = table["form"]
    return StructureRules(
        lines=tuple(
            LineRule(id=row["id"], kind=row["kind"], pattern=_compiled(row), page=row.get("page", False))
            for row in table["line"]
        ),
        numbers=tuple(
            NumberRule(id=row["id"], pattern=_compiled(row), rank=row["rank"]) for row in table["number"]
        ),
        turns=tuple(
            TurnRule(id=row["id"], pattern=_compiled(row), label=row.get("label", False))
            for row in table["turn"]
        ),
        quotation=_compiled({"id": "quotation", **table["quotation"]}),
        form=FormRules(
            small_words=frozenset(form["small_words"]),
            finite_verbs=frozenset(form["finite_verbs"]),
            contents_titles=frozenset(form["contents_titles"]),
        ),
    )


def _compiled(row: Mapping[str, str]) -> re.Pattern[str]:
    try:
        return re.compile(row["pattern"])
    except re.error as error:
        raise TableError(RULE_FILE, row["id"], f"is no pattern ({error})", "correct the pattern") from error


def matching_line_rule(line: str, rules: StructureRules) -> tuple[LineRule, re.Match[str]] | None:
    """Give the first rule that takes the line, with its match."""
    for rule in rules.lines:
        match = rule.pattern.match(line)
        if match:
            return rule, match
    return None


def matching_turn(words: str) -> tuple[TurnRule, re.Match[str]] | None:
    """Give the first rule by which the turn of a speaker begins with these words, with its match."""
    for rule in load_structure_rules().turns:
        if match := rule.pattern.match(words):
            return rule, match
    return None


def without_page_lines(text: str) -> str:
    """Put blanks in the place of the lines within ``text`` that belong to the page; no offset changes."""
    if "\n" in text or "\r" in text:
        for begin, end in _page_lines(text):
            text = text[:begin] + " " * (end - begin) + text[end:]
    return text


def _page_lines(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of such lines; neither the first line nor the last is one."""
    if len(text.splitlines()) < _FEWEST_LINES:  # most sentences
        return
    rules = [rule for rule in load_structure_rules().lines if rule.page]
    lines = list(_LINE.finditer(text))
    for line in lines[1:-1]:
        words = line[0].strip()
        if len(words) <= LONGEST_PAGE_LINE and any(rule.pattern.match(words) for rule in rules):
            yield line.span()


def read_numbers(line: str, rules: StructureRules) -> tuple[Number, ...]:
    """Read the number that begins a line, in all the ways it can be read ("C." is a letter and a hundred)."""
    found = []
    for rule in rules.numbers:
        match = rule.pattern.match(line)
        value = _value(match["number"], rule.id) if match else 0
        if match and value:
            title = match["title"].strip()
            found.append(
                Number(style=rule.id, rank=rule.rank, value=value, printed=match["number"], title=title)
            )
    return tuple(found)


_ROMAN = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _value(printed: str, style: str) -> int:
    """Count what a printed number says; 0 where it is none of its style."""
    last = printed.rsplit(".", 1)[-1]
    if last.isdecimal():
        return int(last)
    letters = style.startswith(("upper", "lower"))
    if letters or (len(last) == 1 and not style.startswith("roman") and last.upper() not in "IVX"):
        return ord(last.upper()) - ord("A") + 1
    if not _ROMAN.fullmatch(last):
        return 0
    digits = [_ROMAN_DIGITS[letter] for letter in last.upper()]
    after = [*digits[1:], 0]
    return sum(-digit if digit < next_one else digit for digit, next_one in zip(digits, after, strict=True))


def looks_like_title(line: str, form: FormRules, *, numbered: bool = False, alone: bool = False) -> bool:
    """Tell whether a line reads like a heading rather than a sentence.

    A ``numbered`` line needs no capitals, nor does a line that stands ``alone``, if it is short.
    """
    words = _WORD.findall(line)
    if not words or len(line) > LONGEST_TITLE_CHARACTERS or len(line.split()) > LONGEST_TITLE_WORDS:
        return False
    first = next((character for character in line if character.isalnum()), "")
    if ": " in line and line.count(",") >= LIST_COMMAS:  # a label and what is listed under it
        return False
    if first.islower() or _ENDS_LIKE_SENTENCE.search(line) or line.split()[-1] in form.small_words:
        return False
    if line.isupper():
        return len(line) > 3
    if any(word in form.finite_verbs or word.lower() in form.finite_verbs for word in words):
        return False
    weighty = [word for word in words if word.lower() not in form.small_words]
    capitals = sum(word[0].isupper() for word in weighty)
    if weighty and capitals >= CAPITAL_SHARE * len(weighty):
        return not line.endswith("?") or numbered or len(words) > 1
    if line.endswith("?"):
        return False
    return numbered or (alone and len(words) <= LONGEST_PLAIN_TITLE_WORDS)
