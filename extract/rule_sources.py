"""Find the row of the rule files that a claim's rule comes from, with its source."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.ontology.vocabulary import read_table

__all__ = ["RuleSource", "find_rule"]

_ID_LINE = re.compile(r"""^id = ["'](?P<id>[^"']+)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """Where a rule stands: its file, the line of its id (0 for a family), what it reads, and its source.

    ``reads`` lists the row's own settings in words, or what the family is said to read; ``examples`` are the
    sentences beside the rule.
    """

    rule: str
    file: str
    line: int
    reads: str
    source: str
    examples: tuple[str, ...] = ()


def find_rule(folder: Path, rule: str, predicate: str) -> RuleSource | None:
    """Give the source of a rule, or None where no file tells of it.

    A row whose id is the rule's id, or the longest beginning of it that ends at a hyphen, goes first; then
    the families of ``rule_families.tsv`` of that relation, then those of any.
    """
    best: RuleSource | None = None
    for found in _rows(folder):
        if _begins(rule, found.rule) and (best is None or len(found.rule) > len(best.rule)):
            best = found
    if best is not None and best.rule == rule:
        return best
    families = [
        row
        for row in read_table(folder / "rule_families.tsv")
        if _begins(rule, row["prefix"]) and row["relation"] in {"", predicate}
    ]
    if families:
        row = max(families, key=lambda r: (len(r["prefix"]), r["relation"]))
        if best is None or len(row["prefix"]) >= len(best.rule):
            return RuleSource(
                rule=row["prefix"], file=row["file"], line=0, reads=row["reads"], source=row["source"]
            )
    return best


def _begins(rule: str, beginning: str) -> bool:
    return rule == beginning or rule.startswith(f"{beginning}-")


def _rows(folder: Path) -> Iterator[RuleSource]:
    """Yield every row with an id of the rule files, in the order of files and lines."""
    for path in sorted(folder.rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        lines = {
            m["id"]: number for number, line in enumerate(text.split("\n"), 1) if (m := _ID_LINE.match(line))
        }
        data = tomllib.loads(text)
        for row in _tables(data):
            key = row.get("id")
            if isinstance(key, str):
                yield RuleSource(
                    rule=key,
                    file=path.relative_to(folder).as_posix(),
                    line=lines.get(key, 0),
                    reads="; ".join(_settings(row)),
                    source=str(row.get("source") or data.get("source") or ""),
                    examples=tuple(map(str, row.get("examples", ()))),
                )


def _tables(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _tables(inner)


def _settings(row: dict[str, Any]) -> Iterator[str]:
    """Yield the short settings of a row in words: cue words and the like, not its examples."""
    for name, value in row.items():
        if name in {"id", "source", "examples", "counter_examples"}:
            continue
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            yield f"{name}: {', '.join(value)}"
        elif isinstance(value, str | int | float):
            yield f"{name}: {value}"
