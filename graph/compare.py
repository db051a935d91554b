"""What is new, gone or changed from one graph to another: two editions, two builds, two publishers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from diplograph.extract.records import Claim, Entity
from diplograph.graph.knowledge import KnowledgeGraph, restricted
from diplograph.graph.relations import relation_traits, stages
from diplograph.ontology.model import QUALIFIERS

__all__ = ["ChangedClaim", "ChangedEntity", "Difference", "added", "diff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedEntity:
    """An entity of both graphs that they describe differently; ``changes`` names the fields, sorted."""

    before: Entity
    after: Entity
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedClaim:
    """The same subject, relation and object with other details.

    ``changes`` are triples of field, old and new value, sorted ("status", "negotiating", "signed").
    ``progress`` is 1 where an agreement moved on to a later stage, -1 where to an earlier one, else 0.
    """

    before: Claim
    after: Claim
    changes: tuple[tuple[str, str, str], ...]
    progress: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed from ``before`` to ``after``; each tuple is sorted by id."""

    before: KnowledgeGraph
    after: KnowledgeGraph
    new_entities: tuple[Entity, ...]
    gone_entities: tuple[Entity, ...]
    changed_entities: tuple[ChangedEntity, ...]
    new_claims: tuple[Claim, ...]
    gone_claims: tuple[Claim, ...]
    changed_claims: tuple[ChangedClaim, ...]
    same_claims: int

    @property
    def empty(self) -> bool:
        """Whether nothing is new, gone or changed."""
        return not (
            self.new_entities
            or self.gone_entities
            or self.changed_entities
            or self.new_claims
            or self.gone_claims
            or self.changed_claims
        )

    def mirrored(self) -> "Difference":
        """Give the difference the other way round: ``diff(a, b).mirrored() == diff(b, a)``."""
        return Difference(
            before=self.after,
            after=self.before,
            new_entities=self.gone_entities,
            gone_entities=self.new_entities,
            changed_entities=tuple(
                ChangedEntity(before=item.after, after=item.before, changes=item.changes)
                for item in self.changed_entities
            ),
            new_claims=self.gone_claims,
            gone_claims=self.new_claims,
            changed_claims=_in_order(
                ChangedClaim(
                    before=item.after,
                    after=item.before,
                    changes=tuple((name, new, old) for name, old, new in item.changes),
                    progress=-item.progress,
                )
                for item in self.changed_claims
            ),
            same_claims=self.same_claims,
        )


def diff(before: KnowledgeGraph, after: KnowledgeGraph) -> Difference:
    """Compare two graphs by what they say; who says it, and how surely, does not count.

    Claims of equal id are the same. Of the rest, claims of one subject, relation and object are paired as
    *changed*, the most alike first, if they can speak of one thing: for relations that last (party to, member
    of ...) whatever their dates, for happenings only if their dates do not contradict each other (a visit in
    another year is another visit), and never if issue, place or position do. What finds no partner is new or
    gone.
    """
    old = {key: claim for key, claim in before.claims_by_id.items() if key not in after.claims_by_id}
    new = {key: claim for key, claim in after.claims_by_id.items() if key not in before.claims_by_id}
    pairs = _pair(old, new)
    paired = {key for pair in pairs for key in pair}
    both = [key for key in before.entities if key in after.entities]
    return Difference(
        before=before,
        after=after,
        new_entities=tuple(entity for key, entity in after.entities.items() if key not in before.entities),
        gone_entities=tuple(entity for key, entity in before.entities.items() if key not in after.entities),
        changed_entities=tuple(
            ChangedEntity(before=before.entities[key], after=after.entities[key], changes=changes)
            for key in both
            if (changes := _entity_changes(before.entities[key], after.entities[key]))
        ),
        new_claims=tuple(claim for key, claim in new.items() if key not in paired),
        gone_claims=tuple(claim for key, claim in old.items() if key not in paired),
        changed_claims=_in_order(_changed(old[first], new[second]) for first, second in pairs),
        same_claims=len(before.claims) - len(old),
    )


def added(difference: Difference) -> KnowledgeGraph:
    """Give what the later graph adds, as a graph: its new claims and the new side of the changed ones."""
    claims = {claim.id: claim for claim in difference.new_claims}
    claims |= {item.after.id: item.after for item in difference.changed_claims}
    needed = {entity.id for entity in difference.new_entities}
    for claim in claims.values():
        said = claim.qualifiers
        needed.update((claim.subject, claim.object, said.place, said.issue))
    return restricted(difference.after, {key: claims[key] for key in sorted(claims)}, needed)


def _in_order(changes: Iterable[ChangedClaim]) -> tuple[ChangedClaim, ...]:
    def order(item: ChangedClaim) -> tuple[str, str, str, list[str]]:
        claim = item.before
        return (claim.subject, claim.predicate, claim.object, sorted((claim.id, item.after.id)))

    return tuple(sorted(changes, key=order))


def _entity_changes(before: Entity, after: Entity) -> tuple[str, ...]:
    names = sorted(field.name for field in fields(Entity))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _pair(old: Mapping[str, Claim], new: Mapping[str, Claim]) -> list[tuple[str, str]]:
    """Pair ids of old and new claims; the order of preference reads the same from both sides."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for key, claim in new.items():
        groups.setdefault((claim.subject, claim.predicate, claim.object), []).append(key)
    ranked = []
    for first, claim in old.items():
        for second in groups.get((claim.subject, claim.predicate, claim.object), ()):
            if _comparable(claim, new[second]):
                unlike = len(_changes(claim, new[second]))
                ranked.append((unlike, min(first, second), max(first, second), first, second))
    used: set[str] = set()
    pairs = []
    for *_, first, second in sorted(ranked):
        if first not in used and second not in used:
            used.update((first, second))
            pairs.append((first, second))
    return pairs


def _comparable(one: Claim, other: Claim) -> bool:
    for name in ("issue", "place", "position"):
        told = {getattr(claim.qualifiers, name) for claim in (one, other)} - {""}
        if len(told) > 1:
            return False
    if relation_traits()[one.predicate].lasting:
        return True
    dates = [claim.qualifiers.date or claim.qualifiers.start for claim in (one, other)]
    return dates[0].startswith(dates[1]) or dates[1].startswith(dates[0])


def _changes(before: Claim, after: Claim) -> tuple[tuple[str, str, str], ...]:
    found = [(name, getattr(before.qualifiers, name), getattr(after.qualifiers, name)) for name in QUALIFIERS]
    found.append(("modality", before.modality, after.modality))
    return tuple(sorted(change for change in found if change[1] != change[2]))


def _changed(before: Claim, after: Claim) -> ChangedClaim:
    known = stages()
    ranks = [known[c.qualifiers.status].rank if c.qualifiers.status in known else 0 for c in (before, after)]
    progress = (ranks[1] > ranks[0]) - (ranks[1] < ranks[0]) if all(ranks) else 0
    return ChangedClaim(before=before, after=after, changes=_changes(before, after), progress=progress)
