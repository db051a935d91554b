"""The rules for tables: which words at the head of a column mean what, and what the rows of such tables say."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.extract.rule_reading import told_of
from diplograph.ontology.errors import TableError
from diplograph.ontology.model import RELATION_CLASSES, STATUSES

__all__ = ["Head", "TableRule", "TableRules", "load_table_rules"]

RULE_FILE = "tables.toml"
AUTHOR = "author"  # the role of the author's own state, which no column holds
_BRACKETS = re.compile(r"\s*[(\[（](?P<unit>[^()\[\]（）]*)[)\]）]\s*$")
_COMMA = re.compile(r"\s*,\s*(?P<unit>[^,]*)$")
_NOTE = re.compile(r"(?<=[^\W\d])[\d*†‡]{1,2}$|\s[*†‡]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The words at the head of a column that give it a role."""

    role: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """What the rows of a table say; all columns are named by their roles, those of a list tried in order."""

    id: str
    predicate: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    confidence: float
    above: bool = False
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    dated: Mapping[str, str]
    date: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    position: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRules:
    """All that ``tables.toml`` says."""

    heads: tuple[Head, ...]
    tables: tuple[TableRule, ...]
    statuses: Mapping[str, str]
    marks: Mapping[str, str]
    ticks: frozenset[str]
    unless_above: re.Pattern[str]
    beside: frozenset[str]
    person: re.Pattern[str]

    def roles(self, head: str) -> tuple[tuple[str, ...], str]:
        """Give the roles of a column by the words at its head, and the unit that stands behind them."""
        bare = _NOTE.sub("", " ".join(head.split())).rstrip(" :.")
        for cut in (None, _BRACKETS, _COMMA):
            match = cut.search(bare) if cut else None
            if cut and not match:
                continue
            words = bare[: match.start()] if match else bare
            found = tuple(h.role for h in self.heads if h.pattern.fullmatch(words))
            if found:
                return found, match["unit"] if match else ""
        return (), ""


def load_table_rules(folder: Path) -> TableRules:
    """Read ``tables.toml``.

    Raises:
        TableError: A row names a role that no head gives, or a relation or status that there is not.
    """
    path = folder / RULE_FILE
    with told_of(path):
        return _read(path)


def _read(path: Path) -> TableRules:
    """Read the file itself."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    heads = tuple(
        Head(role=row["role"], pattern=_compiled(path, row["role"], row["pattern"])) for row in data["head"]
    )
    known = {head.role for head in heads} | {AUTHOR}
    tables = tuple(_table(path, row, known) for row in data["table"])
    statuses = {
        word: status for status, words in data["statuses"].items() if status != "source" for word in words
    }
    marks = {mark: status for mark, status in data["marks"].items() if mark != "source"}
    for status in (*statuses.values(), *marks.values(), *(s for rule in tables for s in rule.dated.values())):
        if status and status not in STATUSES:
            raise TableError(path, status, "is no status", f"use one of {', '.join(STATUSES)}")
    return TableRules(
        heads=heads,
        tables=tables,
        statuses=statuses,
        marks=marks,
        ticks=frozenset(data["ticks"]["words"]),
        unless_above=_compiled(path, "unless", data["unless"]["above"], flags=0),
        beside=frozenset(data["beside"]["words"]),
        person=_compiled(path, "person", data["person"]["pattern"], flags=0),
    )


def _compiled(path: Path, row: str, pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise TableError(path, row, f"is no pattern ({error})", "correct the pattern") from error


def _table(path: Path, row: Mapping[str, Any], known: set[str]) -> TableRule:
    lists = {
        name: tuple(row.get(name, ()))
        for name in ("subject", "object", "needs", "unless", "date", "amount", "purpose")
    }
    used = {role for roles in lists.values() for role in roles} | set(row.get("dated", {}))
    used |= {row[name] for name in ("position", "status") if name in row}
    if unknown := sorted(used - known):
        raise TableError(path, row["id"], f"names the role {unknown[0]!r}", "add a [[head]] for it")
    if row["predicate"] not in RELATION_CLASSES:
        raise TableError(
            path, row["id"], f"names the relation {row['predicate']!r}", "use one of the ontology"
        )
    return TableRule(
        id=row["id"],
        predicate=row["predicate"],
        confidence=row["confidence"],
        above=row.get("above", False),
        dated=row.get("dated", {}),
        position=row.get("position", ""),
        status=row.get("status", ""),
        **lists,
    )
