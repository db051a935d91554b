"""Refuse candidates whose object, by its name, cannot stand in the relation: nobody ``supports`` an earthquake."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.frames import Candidate
from diplograph.ontology.errors import TableError
from diplograph.ontology.model import ID_PREFIX

__all__ = ["Refusals", "load_refusals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Callable on a candidate: why it is refused, or an empty string; words by predicate and id prefix."""

    words: Mapping[tuple[str, str], frozenset[str]]

    def __call__(self, candidate: Candidate) -> str:
        """Say why the name of the object forbids the relation, or give an empty string."""
        prefix, _, slug = candidate.tail.entity.partition("/")
        words = self.words.get((candidate.predicate, prefix))
        if words is None:
            return ""
        said = [word for word in slug.split("-") if word in words]
        return f"{candidate.predicate} joins nobody to a {said[0]}" if said else ""


def load_refusals(folder: Path) -> Refusals:
    """Read ``refusals.toml``.

    Raises:
        TableError: A refusal lacks its examples.
    """
    path = folder / "refusals.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in data["refusal"]:
        if not row.get("examples") or not row.get("counter_examples"):
            raise TableError(
                path, row["predicate"], "has no examples or counter_examples", "add at least one of each"
            )
    return Refusals(
        words={
            (row["predicate"], ID_PREFIX[row["class"]]): frozenset(row["words"]) for row in data["refusal"]
        }
    )
