"""Find the words of a text that name an issue area: terrorism, outer space, trade, ...

The terms stand in ``ontology/vocabularies/issue_terms.tsv``; nothing about them is known here. A term
is matched on a folded copy of the text, in which letters are lower-case and any white space or joining
hyphen is one blank, so that "Counter-\\nterrorism" is found as "counter terrorism".

The columns of the table: ``term`` in the notation of :func:`expand_term`; ``issue``, a slug of
``issue_areas.tsv`` or ``-`` for words that name none and hide the shorter terms inside them; four lists of
neighbours parted by ``|``: the term does not count right after ``not_after`` or right before ``not_before``,
and it counts only right after ``only_after`` or right before ``only_before`` (one of the two suffices);
a neighbour that begins with ``~`` may stand anywhere in the text or in the sentences beside it; ``case`` is
``exact`` for acronyms; ``examples`` mark the term with ⟦ ⟧; ``counter_examples`` hold the term where it must not
count.
"""

import csv
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Final

from ahocorasick_rs import AhoCorasick
from diplograph.extract.records import Span
from diplograph.ontology.errors import TableError

__all__ = ["IssueHit", "IssueTerm", "IssueTerms", "expand_term", "find_issue_terms", "load_issue_terms"]

COLUMNS: Final = (
    "term",
    "issue",
    "not_after",
    "not_before",
    "only_after",
    "only_before",
    "case",
    "examples",
    "counter_examples",
    "source",
)

# The id of rows that name no issue: they claim their words, so that no shorter term is found in them.
NO_ISSUE: Final = "-"

# Opens a neighbour that may stand anywhere near: "reform" where the "~Security Council" is spoken of.
_ANYWHERE: Final = "~"

# Context phrases are shorter than this; looking no further keeps the check cheap.
_REACH: Final = 48

# Characters of a web address before a word, at most.
_LONGEST_ADDRESS: Final = 160

# Texts whose terms are remembered, at most; then all are forgotten. The insides of names come again and again.
_MOST_TEXTS: Final = 10_000

# Words of this many letters are not part of a code such as "A7" when a digit follows them.
_LONG_WORD: Final = 5

# A run of white space; a hyphen that joins two words; a soft hyphen.
_GAP: Final = re.compile(r"\s\s+|[-\u2010\u2011\u2013](?<=\w.)(?=\s*\w)\s*|\u00ad\s*")
_PARAGRAPH: Final = "\u2029"  # stands in the folded text where an empty line parts the words
_LETTERS: Final = str.maketrans("’‘ʼ\n\t\r\f\v\u00a0\u2009\u202f", "'''        ")
_TOKEN_OF_ADDRESS: Final = re.compile(r"://|www\.|@")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHit:
    """Words that name an issue: where, which issue (its slug), and the folded term that was found."""

    span: Span
    issue: str
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTerm:
    """One row of the table, spelt out: a folded term, its issue, and the neighbours that it needs or shuns.

    ``only_after``, ``only_before`` and ``near`` are alternatives: where several are given, one suffices.
    ``near`` holds words that must stand anywhere in the text or beside it, ``far`` words that must not.
    ``forms`` holds the exact spellings of a case-sensitive term and is empty for others.
    """

    term: str
    issue: str
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    def fits(self, folded: str, start: int, end: int, wide: Callable[[], str]) -> bool:
        """Tell whether the neighbours of ``folded[start:end]`` allow the term to count.

        ``wide`` gives the folded text with what stands beside it; few terms ask for it.
        """
        before = folded[max(0, start - _REACH) : start].rstrip(" ")
        after = folded[end : end + _REACH].lstrip(" ")
        if _ends_with(before, self.not_after) or _starts_with(after, self.not_before):
            return False
        if self.far and _holds(wide(), self.far):
            return False
        if not self.bound:
            return True
        if _ends_with(before, self.only_after) or _starts_with(after, self.only_before):
            return True
        return bool(self.near) and _holds(wide(), self.near)

    @property
    def bound(self) -> bool:
        """Tell whether the term counts only beside certain words."""
        return bool(self.only_after or self.only_before or self.near)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTerms:
    """All terms, ready to be looked for in one pass; ``rows[i]`` holds the readings of pattern ``i``."""

    rows: tuple[tuple[IssueTerm, ...], ...]
    automaton: AhoCorasick = field(repr=False, compare=False)
    known: dict[str, tuple[IssueHit, ...]] = field(default_factory=dict, repr=False, compare=False)


def find_issue_terms(text: str, terms: IssueTerms, beside: str = "") -> tuple[IssueHit, ...]:
    """Find the issue terms of a text, in the order of their place.

    Terms whose context may stand anywhere look in ``beside``, too: what stands before and after the text.
    Where terms overlap, the longest stays, and of equally long ones the first. Spans are code points of
    ``text`` and never overlap. Words inside a web or mail address do not count. Names are not known
    here: "environment" is also found in "United Nations Environment Programme".
    """
    if beside:  # a sentence, which seldom comes again
        return _found(text, terms, beside)
    known = terms.known.get(text)
    if known is None:
        if len(terms.known) >= _MOST_TEXTS:
            terms.known.clear()
        known = terms.known[text] = _found(text, terms, beside)
    return known


def _found(text: str, terms: IssueTerms, beside: str) -> tuple[IssueHit, ...]:
    folded, places = _fold(text)
    joined: list[str] = []

    def wide() -> str:
        if not joined:
            joined.append(f"{folded} {_fold(beside)[0]}")
        return joined[0]

    found: list[tuple[int, int, IssueTerm]] = []
    for pattern, start, end in terms.automaton.find_matches_as_indexes(folded, overlapping=True):
        if not _stands_alone(folded, start, end):
            continue
        for row in terms.rows[pattern]:
            if row.forms and " ".join(text[places(start) : places(end - 1) + 1].split()) not in row.forms:
                continue
            if row.fits(folded, start, end, wide):
                found.append((start, end, row))
                break
    found.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
    taken = bytearray(len(folded))
    hits = []
    for start, end, row in found:
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        if row.issue == NO_ISSUE:
            continue
        span = Span(places(start), places(end - 1) + 1)
        if not _in_address(text, span.start, span.end):
            hits.append(IssueHit(span=span, issue=row.issue, term=row.term))
    return tuple(sorted(hits, key=lambda hit: hit.span))


def load_issue_terms(path: Path, *, instead: IssueTerms | None = None) -> IssueTerms:
    """Read the table of issue terms.

    With ``instead``, the terms of the table are added to those, and replace the readings of the same words.

    Raises:
        TableError: A column is missing, a row lacks its issue, example or source, brackets are
            unbalanced, or two rows without context give one term to two issues.
    """
    readings: dict[str, list[IssueTerm]] = {}
    for line, row in read_term_rows(path):
        for required in ("term", "issue", "examples", "source"):
            if not row[required]:
                raise TableError(path, f"line {line}", f"has no {required}", f"fill the column {required!r}")
        if row["case"] not in ("", "exact"):
            raise TableError(
                path, row["term"], f"has case {row['case']!r}", "leave it empty or write 'exact'"
            )
        for spelling in expand_term(row["term"], path):
            term = _fold(spelling)[0]
            after, far = _phrases(row["not_after"], path)
            before, far_too = _phrases(row["not_before"], path)
            only_after, near = _phrases(row["only_after"], path)
            only_before, near_too = _phrases(row["only_before"], path)
            reading = IssueTerm(
                term=term,
                issue=row["issue"],
                not_after=after,
                not_before=before,
                only_after=only_after,
                only_before=only_before,
                near=near + near_too,
                far=far + far_too,
                forms=(spelling,) if row["case"] else (),
            )
            others = readings.setdefault(term, [])
            for other in others:
                if not other.bound and other.forms == reading.forms:
                    problem = f"gives {term!r} to {reading.issue!r} after a row gave it to {other.issue!r}"
                    raise TableError(
                        path, row["term"], problem, "remove one, or put the one with context first"
                    )
            others.append(reading)
    for known in instead.rows if instead else ():
        readings.setdefault(known[0].term, list(known))
    patterns = sorted(readings)
    rows = tuple(tuple(readings[pattern]) for pattern in patterns)
    return IssueTerms(rows=rows, automaton=AhoCorasick(patterns))


def read_term_rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of the table with their line numbers, as they are written.

    Raises:
        TableError: A column is missing or unknown, or a row has too few or too many cells.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = tuple(next(reader, ()))
        if header != COLUMNS:
            raise TableError(path, "line 1", f"names the columns {header}", f"write {', '.join(COLUMNS)}")
        for cells in reader:
            if len(cells) != len(COLUMNS):
                problem = f"has {len(cells)} cells instead of {len(COLUMNS)}"
                raise TableError(
                    path, f"line {reader.line_num}", problem, "separate the cells by single tabs"
                )
            yield reader.line_num, dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))


def expand_term(notation: str, path: Path | str = "issue_terms.tsv") -> tuple[str, ...]:
    """Spell out ``{a|b}`` (one of these) and ``(a|b)`` (none or one of these); nothing nests.

    >>> expand_term("{cyber|computer} attack(s)")
    ('cyber attack', 'cyber attacks', 'computer attack', 'computer attacks')
    """
    choices: list[tuple[str, ...]] = []
    for part in re.split(r"(\{[^{}()]*\}|\([^{}()]*\))", notation):
        if part.startswith("{") and part.endswith("}"):
            choices.append(tuple(part[1:-1].split("|")))
        elif part.startswith("(") and part.endswith(")"):
            choices.append(("", *part[1:-1].split("|")))
        elif re.search(r"[{}()|]", part):
            raise TableError(path, notation, "has unbalanced or nested brackets", "set them side by side")
        else:
            choices.append((part,))
    spelt = dict.fromkeys(" ".join("".join(pick).split()) for pick in product(*choices))
    if "" in spelt:
        raise TableError(path, notation, "stands for the empty word", "leave something outside the brackets")
    return tuple(spelt)


class _Places:
    """Map offsets of a folded text to offsets of the text as stored."""

    __slots__ = ("_folded", "_shift")

    def __init__(self, folded: list[int], shift: list[int]) -> None:
        self._folded = folded
        self._shift = shift

    def __call__(self, offset: int) -> int:
        return offset + self._shift[bisect_right(self._folded, offset) - 1]


def _fold(text: str) -> tuple[str, _Places]:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters, such as "İ", have no single lower-case letter
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    pieces: list[str] = []
    starts, shifts = [0], [0]
    at = length = 0
    for gap in _GAP.finditer(lowered):
        run = gap.group()
        blank = "" if run[0] == "\u00ad" else _PARAGRAPH if run.count("\n") > 1 else " "
        pieces += (lowered[at : gap.start()], blank)
        length += gap.start() - at + len(blank)
        at = gap.end()
        if at - length != shifts[-1]:
            starts.append(length)
            shifts.append(at - length)
    pieces.append(lowered[at:])
    return "".join(pieces).translate(_LETTERS), _Places(starts, shifts)


def _phrases(cell: str, path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the neighbours of a cell: those that stand right beside a term, and those that may stand anywhere."""
    if not cell:
        return (), ()
    spelt = {_fold(word)[0] for part in cell.split("|") for word in expand_term(part, path)}
    wide = {phrase for phrase in spelt if phrase.startswith(_ANYWHERE)}
    return tuple(sorted(spelt - wide)), tuple(sorted(phrase[1:] for phrase in wide))


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    """Tell whether one of the phrases stands in a folded text, as whole words."""
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            if not _is_word(text[at - 1 : at]) and not _is_word(
                text[at + len(phrase) : at + len(phrase) + 1]
            ):
                return True
            at = text.find(phrase, at + 1)
    return False


def _ends_with(before: str, phrases: tuple[str, ...]) -> bool:
    for phrase in phrases:
        if before.endswith(phrase):
            beside = before[-len(phrase) - 1 : -len(phrase)]
            if not (_is_word(phrase[0]) and _is_word(beside)):
                return True
    return False


def _starts_with(after: str, phrases: tuple[str, ...]) -> bool:
    for phrase in phrases:
        if after.startswith(phrase):
            beside = after[len(phrase) : len(phrase) + 1]
            if not (_is_word(phrase[-1]) and _is_word(beside)):
                return True
    return False


def _stands_alone(folded: str, start: int, end: int) -> bool:
    if start and _is_word(folded[start - 1]):
        return False
    if end - start >= _LONG_WORD:  # the mark of a footnote may cling to it: "outer space7"
        end = next((i for i in range(end, len(folded)) if not folded[i].isdigit()), len(folded))
    return end == len(folded) or not _is_word(folded[end])


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _in_address(text: str, start: int, end: int) -> bool:
    near = text[max(0, start - _LONGEST_ADDRESS) : start].split(" ")[-1].split("\n")[-1]
    far = text[end : end + _REACH].split(" ")[0].split("\n")[0]
    return _TOKEN_OF_ADDRESS.search(near + far) is not None
