"""Refuse candidates whose ends, by name, cannot stand in the relation: nobody ``supports`` an earthquake.

Nor does a state work with its own ministry, or one ministry of a state with another: they are one side; and nobody
visits their own state.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant
from diplograph.ontology.errors import TableError
from diplograph.ontology.model import ID_PREFIX, SYMMETRIC_RELATIONS
from diplograph.ontology.vocabulary import Entry

__all__ = ["Refusals", "load_refusals"]

_NOBODY: Mapping[str, Participant] = MappingProxyType({})
_STATES = ID_PREFIX["Country"] + "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Callable on a candidate: why it is refused, or an empty string; words, or whole ids, by predicate and id prefix.

    ``one_side`` are the relations that nobody has with a part of their own state; ``homes`` gives the state that a
    listed body is part of or a listed place lies in. Two bodies of one state are refused by rules whose ids begin with one of ``loosely``.
    """

    words: Mapping[tuple[str, str], frozenset[str]]
    one_side: frozenset[str]
    loosely: tuple[str, ...]
    homes: Mapping[str, str]

    def __call__(self, candidate: Candidate, speakers: Mapping[str, Participant] = _NOBODY) -> str:
        """Say why who or what the ends are forbids the relation, or give an empty string.

        Args:
            candidate: The candidate.
            speakers: Persons with the state or body that they act for.
        """
        if candidate.predicate == "visits" and self._at_home(candidate, speakers):
            return "visits joins nobody to their own state"
        ends = [candidate.tail.entity]
        if candidate.predicate in SYMMETRIC_RELATIONS:
            ends.append(candidate.head.entity)
        for end in ends:
            prefix, _, slug = end.partition("/")
            words = self.words.get((candidate.predicate, prefix), frozenset())
            for word in (slug, *slug.split("-")):
                if word in words:
                    return f"{candidate.predicate} joins nobody to a {word}"
        if candidate.predicate in self.one_side:
            own = {candidate.head.entity, candidate.tail.entity}
            homes = [self.homes.get(e, "") for e in sorted(own)]
            alike = homes[0] == homes[-1] != "" and candidate.rule.startswith(self.loosely)
            if alike or not own.isdisjoint(homes):
                return f"{candidate.predicate} joins nobody to their own body"
        return ""

    def _at_home(self, candidate: Candidate, speakers: Mapping[str, Participant]) -> bool:
        """Tell whether the place of a visit lies in the visitor's state."""
        who, where = candidate.head.entity, candidate.tail.entity
        state = speakers[who].entity if who in speakers else self.homes.get(who, who)
        return state.startswith(_STATES) and state == self.homes.get(where, where)


def load_refusals(folder: Path, entries: Iterable[Entry] = ()) -> Refusals:
    """Read ``refusals.toml``; ``entries`` tell of which state a body is.

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
        },
        one_side=frozenset(data.get("one_side", {}).get("relations", ())),
        loosely=tuple(data.get("one_side", {}).get("loosely", ())),
        homes={
            e.id: f"country/{e.facts['country']}"
            for e in entries
            if e.cls in {"Organization", "Place"} and e.facts.get("country")
        },
    )
