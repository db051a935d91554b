"""Read batteries of sentences in the register of many publishers, and judge what extraction says of them.

A battery is a TOML file: ``relations`` names the relations that its cases label completely; each ``[[case]]`` has
``text``, ``claims`` (``predicate | head | tail`` or, with qualifiers, ``predicate | head | tail | key=value;key=value``)
and, where they matter, ``country`` (the author's own state, ISO 3166-1 alpha-3), ``year`` (the reference year) and
``kind`` (the sort of document). Head and tail are names as the text writes them, canonical names, ISO codes or ids
of issue areas. A case whose ``claims`` are empty is a counter-example. All texts are ours.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.extractor import Extractor
from diplograph.extract.records import Claim, Extraction
from diplograph.ontology.model import RELATIONS, SYMMETRIC_RELATIONS
from prose import prose

__all__ = ["FOLDER", "Case", "Judged", "judge", "read_battery"]

FOLDER = Path(__file__).parent / "register"

_SMALL_WORDS = frozenset({"the", "of", "on", "and", "for", "in", "to", "a", "an"})
# Share of common words from which two names are the same one; that of ``score.py``.
_LIKENESS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One labelled claim: names as the case writes them, qualifiers as text."""

    predicate: str
    head: str
    tail: str
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text, the claims that a reader makes of it, and the relations that are labelled."""

    text: str
    claims: tuple[Expected, ...]
    relations: frozenset[str]
    country: str = ""
    year: int | None = 2016
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a case gave: labelled claims found and missed, claims that no label has, qualifiers found wrong."""

    found: tuple[Expected, ...]
    missed: tuple[Expected, ...]
    wrong: tuple[Claim, ...]
    unqualified: tuple[str, ...]


def read_battery(path: Path) -> Iterator[Case]:
    """Yield the cases of a battery in the order of the file.

    Raises:
        ValueError: a claim names no relation of the ontology, or one that the battery does not label.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    relations = frozenset(table["relations"])
    if unknown := relations - set(RELATIONS):
        raise ValueError(f"{path.name}: no such relation: {', '.join(sorted(unknown))}")
    for row in table["case"]:
        claims = tuple(_expected(line, path, relations) for line in row["claims"])
        yield Case(
            text=row["text"], claims=claims, relations=relations, country=row.get("country", ""),
            year=row.get("year", 2016), kind=row.get("kind", ""),
        )  # fmt: skip


def _expected(line: str, path: Path, relations: frozenset[str]) -> Expected:
    predicate, head, tail, *rest = (part.strip() for part in line.split("|"))
    if predicate not in relations:
        raise ValueError(f"{path.name}: {predicate} is not among the relations that it labels: {line}")
    pairs = [part.split("=", 1) for part in rest[0].split(";")] if rest else []
    return Expected(
        predicate=predicate, head=head, tail=tail, qualifiers=tuple((k.strip(), v.strip()) for k, v in pairs)
    )


def judge(extractor: Extractor, case: Case) -> Judged:
    """Extract from the case's text and compare; claims that are denied count as not made."""
    read = extractor(prose(case.text, country=case.country, year=case.year))
    names = _names(extractor, read)
    claims = [c for c in read.claims if c.predicate in case.relations and c.modality != "denied"]
    found: list[Expected] = []
    missed: list[Expected] = []
    unqualified: list[str] = []
    used: set[str] = set()
    for e in case.claims:
        hit = [c for c in claims if _same(c, e, names)]
        used |= {c.id for c in hit}
        (found if hit else missed).append(e)
        values = [c.qualifiers.as_dict() for c in hit]
        unqualified += [
            f"{key}={value} of {e.predicate} {e.head} {e.tail}, is {[v.get(key) for v in values]}"
            for key, value in e.qualifiers
            if hit and not any(_same_value(str(v.get(key, "")), value) for v in values)
        ]
    wrong = tuple(c for c in claims if c.id not in used)
    return Judged(found=tuple(found), missed=tuple(missed), wrong=wrong, unqualified=tuple(unqualified))


def _same_value(found: str, asked: str) -> bool:
    if re.fullmatch(r"[\d.]+", asked) and re.fullmatch(r"[\d.]+", found):
        return abs(float(found) - float(asked)) <= 0.005 * abs(float(asked))
    return found.lower() == asked.lower()


def _names(extractor: Extractor, read: Extraction) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    known = {e.id: e for e in read.entities}
    for key in sorted({e for c in read.claims for e in (c.subject, c.object)}):
        entity = known.get(key) or extractor.listed(key)
        own = names.setdefault(key, {key.rsplit("/", 1)[-1]})
        if entity is not None:
            own |= {entity.label, *entity.aliases}
    for m in read.mentions:
        if m.entity in names:
            names[m.entity].add(m.text)
    return names


def _same(claim: Claim, expected: Expected, names: dict[str, set[str]]) -> bool:
    if claim.predicate != expected.predicate:
        return False
    ends = [(claim.subject, claim.object)]
    if claim.predicate in SYMMETRIC_RELATIONS:
        ends.append((claim.object, claim.subject))
    return any(_is_named(h, expected.head, names) and _is_named(t, expected.tail, names) for h, t in ends)


def _is_named(entity: str, name: str, names: dict[str, set[str]]) -> bool:
    if entity.startswith(("country/", "issue/")):
        return name.lower() in {n.lower() for n in names[entity]}
    words = _words(name)
    return any(_likeness(words, _words(n)) >= _LIKENESS for n in sorted(names[entity]))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.sub(r"[^\w ]+", " ", name.lower()).split()) - _SMALL_WORDS


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
