"""Read from a document who says it, of which year it speaks, when it was issued, in which language."""

import datetime
import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from diplograph.extract.records import Block

if TYPE_CHECKING:
    from diplograph.extract.manifest import Source

__all__ = ["Metadata", "detect_language", "read_metadata"]

RULE_FILE, LANGUAGE_FILE = "metadata.toml", "languages.tsv"
HEAD_CHARACTERS = 3000  # who speaks, and when, stands on the first page
OPENING_CHARACTERS = 600  # a communiqué's first sentence tells when it was agreed
LANGUAGE_CHARACTERS = 20000  # enough words for any of the shares below to be steady
FEWEST_WORDS = 30  # fewer words do not show a language; English is then taken for granted
LEAST_SHARE = 0.08  # a third of English words are function words; lists and tables still hold a tenth
ASSEMBLY = "General Assembly"
OLDEST_SESSION, NEWEST_SESSION = 10, 120  # "the second session" is rarely one of the General Assembly
_WORD = re.compile(r"[^\W\d_]+")
ENGLISH, UNKNOWN = "en", "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about a document; empty or None where neither the user nor the text tells.

    ``date`` is the date of issue in ISO 8601; ``language`` an ISO 639-1 code, or ``und`` where no
    language of the table fits.
    """

    title: str = ""
    publisher: str = ""
    country: str = ""
    reference_year: int | None = None
    date: str = ""
    language: str = ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class _PublisherRule:
    pattern: re.Pattern[str]
    publisher: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _YearRule:
    scope: str
    pattern: re.Pattern[str]
    shift: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    publishers: tuple[_PublisherRule, ...]
    years: tuple[_YearRule, ...]
    ordinals: Mapping[str, int]
    months: tuple[str, ...]
    date: re.Pattern[str]
    thanks: re.Pattern[str]
    welcome: re.Pattern[str]
    thanks_reach: int


def read_metadata(
    text: str, source: "Source", *, blocks: Sequence[Block] = (), title: str = "", date: str = ""
) -> Metadata:
    """Fill from the text what ``source`` leaves open.

    ``blocks`` are those of the text; ``title`` and ``date`` are what the file's format tells
    (HTML and PDF have fields for them). A yearbook's reference year is the one before that in its title.
    """
    rules = _load_rules()
    found_title = source.title or title or _title(text, blocks)
    head = text[:HEAD_CHARACTERS]
    publisher, country = _publisher(f"{found_title}\n{head}", rules)
    issued = date or _date(head, rules)
    year = source.reference_year
    if year is None:
        year = _year(found_title, head, issued, rules)
    return Metadata(
        title=found_title,
        publisher=source.publisher or publisher,
        country=source.country or country,
        reference_year=year,
        date=issued,
        language=detect_language(text),
    )


def detect_language(text: str) -> str:
    """Name the language whose function words are the most frequent; ``und`` where none is frequent.

    English is taken for granted in texts too short to tell, and wins ties.
    """
    words = [word.lower() for word in _WORD.findall(text[:LANGUAGE_CHARACTERS])]
    if len(words) < FEWEST_WORDS:
        return ENGLISH if all(ord(letter) < 0x250 for word in words for letter in word) else UNKNOWN
    best, share = UNKNOWN, LEAST_SHARE
    for language, stop_words in _load_languages():
        count = sum(word in stop_words for word in words) / len(words)
        if count > share:
            best, share = language, count
    return best


def _title(text: str, blocks: Sequence[Block]) -> str:
    """Give the title block's words on one line."""
    block = next((b for b in blocks if b.kind == "title"), None)
    words = text[block.span.start : block.span.end] if block else ""
    return " ".join(words.strip("#*_ \t=").split())


def _publisher(head: str, rules: _Rules) -> tuple[str, str]:
    """Find who publishes, and the code of the state where the publisher is one of its organs."""
    for rule in rules.publishers:
        match = rule.pattern.search(head)
        if match:
            named = match.groupdict().get("country") or ""
            return rule.publisher or match[0], rule.country or (_country_code(named) if named else "")
    return "", ""


def _country_code(name: str) -> str:
    """Look up a state by name; trailing words that belong to no name are dropped one by one."""
    from diplograph.ontology.vocabulary import read_vocabulary

    wanted = name.split()
    codes = {
        form.text.lower(): entry.id.partition("/")[2]
        for entry in read_vocabulary().entries
        if entry.cls == "Country"
        for form in entry.forms
        if form.kind == "name"
    }
    while wanted:
        code = codes.get(" ".join(wanted).lower(), "")
        if code:
            return code
        wanted.pop()
    return ""


def _year(title: str, head: str, issued: str, rules: _Rules) -> int | None:
    """Find the year a document reports on: from its title, its date, its session."""
    for rule in rules.years:
        scope = {"title": title, "head": head, "opening": head[:OPENING_CHARACTERS]}[rule.scope]
        if "ordinal" in rule.pattern.groupindex:
            if ASSEMBLY in head:
                session = _session(scope, rule, rules)
                if session:
                    return session + rule.shift
        elif match := rule.pattern.search(scope):
            return int(match["year"]) + rule.shift
    return int(issued[:4]) if issued else None


def _session(scope: str, rule: _YearRule, rules: _Rules) -> int:
    """Find the session that a speaker addresses; 0 where none is named.

    Of several it is the last. Where only one is named, and with thanks to its president, it is the one after.
    """
    found: dict[int, bool] = {}
    for match in rule.pattern.finditer(scope):
        number = _ordinal(match["ordinal"], rules)
        if OLDEST_SESSION <= number <= NEWEST_SESSION:
            before = scope[max(0, match.start() - rules.thanks_reach) : match.start()]
            thanked = rules.thanks.search(before) is not None and rules.welcome.search(before) is None
            found[number] = found.get(number, True) and thanked
    if not found:
        return 0
    last = max(found)
    return last + (len(found) == 1 and found[last])


def _ordinal(words: str, rules: _Rules) -> int:
    """Read an ordinal numeral in words or figures; 0 where it is none."""
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits[0])
    parts = re.split(r"[\s-]+", words.lower())
    for number in (" ".join(parts[-2:]), parts[-1]):
        if number in rules.ordinals:
            return rules.ordinals[number]
    return 0


def _date(head: str, rules: _Rules) -> str:
    """Find a date that stands on a line of its own at the head, as ISO 8601."""
    match = rules.date.search(head)
    if not match:
        return ""
    day, name, year = (match[group] or match[f"{group}2"] for group in ("day", "month", "year"))
    try:
        return datetime.date(int(year), rules.months.index(name.capitalize()) + 1, int(day)).isoformat()
    except ValueError:  # no such day
        return ""


@functools.cache
def _load_rules() -> _Rules:
    table = tomllib.loads(files("diplograph.extract.rules").joinpath(RULE_FILE).read_text(encoding="utf-8"))
    numerals = table["ordinals"]
    ordinals = {word: number for number, word in enumerate(numerals["units"], 1)}
    for place, (ten, before) in enumerate(
        zip(numerals["tens"], numerals["tens_before_units"], strict=True), 2
    ):
        ordinals[ten] = 10 * place
        for number, unit in enumerate(numerals["units"][:9], 1):
            ordinals[f"{before} {unit}"] = 10 * place + number
    return _Rules(
        publishers=tuple(
            _PublisherRule(
                pattern=re.compile(row["pattern"], re.MULTILINE),
                publisher=row["publisher"],
                country=row["country"],
            )
            for row in table["publisher"]
        ),
        years=tuple(
            _YearRule(scope=row["scope"], pattern=re.compile(row["pattern"]), shift=row["shift"])
            for row in table["year"]
        ),
        ordinals=ordinals,
        months=tuple(table["dates"]["months"]),
        date=re.compile(table["dates"]["pattern"], re.MULTILINE),
        thanks=re.compile(table["predecessor"]["pattern"]),
        welcome=re.compile(table["predecessor"]["unless"]),
        thanks_reach=table["predecessor"]["reach"],
    )


@functools.cache
def _load_languages() -> tuple[tuple[str, frozenset[str]], ...]:
    lines = files("diplograph.extract.rules").joinpath(LANGUAGE_FILE).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    return tuple((row[0], frozenset(row[1].split())) for row in rows)
