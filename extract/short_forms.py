"""Tell the short forms of names that a document also gives in full ("the Strategic Dialogue")."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from diplograph.extract.records import Entity

__all__ = ["FullNames", "full_names"]

# A name that begins like the short form goes on with one of these ("Supreme Court of …").
_GOES_ON = re.compile(
    r" (?:of|for|on|in|between|among|concerning|regarding|against|to|with|by|at|and|from)\b"
)
# Classes that a short and its full form may mix: the reading of a bare head noun is the less certain one.
_KINDRED = (
    frozenset({"Forum", "Event"}),
    frozenset({"Organization", "Programme"}),
    frozenset({"Agreement", "Policy"}),
    frozenset({"Organization", "Forum"}),
)


@dataclass(frozen=True, slots=True)
class FullNames:
    """Callable that gives the entity a short form stands for; the full names of one document, fixed."""

    names: Sequence[tuple[str, Entity]]
    surnames: Mapping[str, str]

    def __call__(self, text: str, cls: str) -> Entity | None:
        """Give the one entity whose full name ends with ``text``, or holds it and goes on with a preposition.

        Letters' case is not regarded. With several such entities the ones of class ``cls`` count alone;
        None if that still leaves more than one, or none.
        """
        short = text.lower()
        found: dict[str, Entity] = {}
        for name, entity in self.names:
            longer = name.lower()
            if len(longer) <= len(short) or not _kindred(cls, entity.cls):
                continue
            at = f" {longer}".find(f" {short}")
            if at >= 0 and (at + len(short) == len(longer) or _GOES_ON.match(longer, at + len(short))):
                found[entity.id] = entity
        if len(found) > 1:
            found = {key: entity for key, entity in found.items() if entity.cls == cls}
        return next(iter(found.values())) if len(found) == 1 else None

    def person(self, surname: str) -> str:
        """Give the id of the one person of the document with a surname in any case of letters, or nothing."""
        return self.surnames.get(surname.lower(), "")


def full_names(names: Iterable[tuple[str, Entity]]) -> FullNames:
    """Collect the names of several words that a document gives, with the entities they mean.

    Args:
        names: The text of each name and its entity; the entity's label counts as a name too.
    """
    full: dict[tuple[str, str], Entity] = {}
    bearers: dict[str, set[str]] = {}
    for text, entity in names:
        for form in (text, entity.label):
            if " " not in form:
                continue
            full[form, entity.id] = entity
            if entity.cls == "Person":
                bearers.setdefault(form.rsplit(" ", 1)[1].lower(), set()).add(entity.id)
    return FullNames(
        tuple((form, full[form, key]) for form, key in sorted(full)),
        {surname: next(iter(ids)) for surname, ids in sorted(bearers.items()) if len(ids) == 1},
    )


def _kindred(one: str, other: str) -> bool:
    return one == other or any(one in classes and other in classes for classes in _KINDRED)
