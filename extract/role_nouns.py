"""Nouns for a place in a body, as ``rules/memberships.toml`` lists them: the value that a row becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.ontology.errors import TableError

__all__ = ["RoleNoun", "role_noun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNoun:
    """A noun family with the relation it tells, the classes of both sides and the words that qualify it."""

    id: str
    predicate: str
    head_class: frozenset[str]
    tail_class: frozenset[str]
    status: Mapping[str, str]
    status_after_non: Mapping[str, str]
    fixed_status: str
    needs: frozenset[str]
    unless: frozenset[str]
    bodies: frozenset[str]
    free_class: frozenset[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


def role_noun(path: Path, row: Mapping[str, Any]) -> RoleNoun:
    """Read a row of the rule file.

    Raises:
        TableError: A role lacks its examples.
    """
    if not row.get("examples") or not row.get("counter_examples"):
        raise TableError(path, row["id"], "has no examples or counter_examples", "add at least one of each")
    return RoleNoun(
        id=row["id"],
        predicate=row["predicate"],
        head_class=frozenset(row["head_class"]),
        tail_class=frozenset(row["tail_class"]),
        status=dict(row.get("status", {})),
        status_after_non=dict(row.get("status_after_non", {})),
        fixed_status=row.get("fixed_status", ""),
        needs=frozenset(row.get("needs", [])),
        unless=frozenset(row.get("unless", [])),
        bodies=frozenset(row.get("bodies", [])),
        free_class=frozenset(row.get("free_class", [])),
        examples=tuple(row["examples"]),
        counter_examples=tuple(row["counter_examples"]),
    )
