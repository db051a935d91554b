"""Find entities by name, alias or code, with suggestions, and claims by what they say."""

import unicodedata
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from typing import Final

from diplograph.extract.records import Claim, Entity
from diplograph.graph.dates import Period, claim_period
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.relations import relations_of
from diplograph.ontology.errors import DiplographError
from diplograph.ontology.model import ENTITY_CLASSES, MODALITIES

__all__ = ["UnknownEntity", "find", "neighbours", "normal_name", "resolve", "select"]

# Below this similarity (0 to 1) a name is no plausible misspelling of another.
SIMILAR: Final = 0.72


class UnknownEntity(DiplographError, KeyError):
    """Nothing in the graph has this name, or several things have it.

    Attributes:
        name: What was asked for.
        suggestions: Ids of entities that may be meant, the likeliest first.
    """

    def __init__(self, name: str, problem: str, suggestions: tuple[Entity, ...]) -> None:
        told = ", ".join(f"{entity.label} ({entity.id})" for entity in suggestions)
        remedy = f"did you mean {told}?" if told else "see entities.jsonl for the names in the graph"
        super().__init__(f"{name!r} {problem}; {remedy}")
        self.name = name
        self.suggestions = tuple(entity.id for entity in suggestions)

    def __str__(self) -> str:  # KeyError would show the repr of its message
        return str(self.args[0])


def normal_name(text: str) -> str:
    """Fold case, accents, punctuation and runs of space, and drop a leading article."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = kept.split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _names(entity: Entity) -> Iterable[str]:
    return (entity.label, *entity.aliases, entity.id.partition("/")[2])


def resolve(kg: KnowledgeGraph, name: str) -> str:
    """Give the id of the one entity of this id, ISO code, label or alias (in this order of preference).

    Case, accents, punctuation and a leading article do not matter.

    Raises:
        UnknownEntity: If there is none, with suggestions, or if a name belongs to several entities.
    """
    if name in kg.entities:
        return name
    codes = [e.id for e in kg.entities.values() if e.iso3 and e.iso3 == name.upper()]
    if len(codes) == 1:
        return codes[0]
    wanted = normal_name(name)
    labels: list[Entity] = []
    others: list[Entity] = []
    for entity in kg.entities.values():
        if normal_name(entity.label) == wanted:
            labels.append(entity)
        elif any(normal_name(text) == wanted for text in _names(entity)):
            others.append(entity)
    found = labels or others
    if len(found) == 1:
        return found[0].id
    if found:
        raise UnknownEntity(name, "means several entities", tuple(found))
    raise UnknownEntity(name, "is not in the graph", find(kg, name, limit=3))


def find(kg: KnowledgeGraph, text: str, *, cls: str = "", limit: int = 10) -> tuple[Entity, ...]:
    """Search entities by any of their names, best first: equal, starting with, containing it.

    Similar names are given only where there are no such. Among equals the entity with more claims comes
    first, then the smaller id. ``cls`` keeps one class only.
    """
    wanted = normal_name(text)
    ranked = []
    for entity in kg.entities.values():
        if cls and entity.cls != cls:
            continue
        score = max(_closeness(wanted, normal_name(name)) for name in _names(entity))
        if entity.iso3 and entity.iso3 == text.upper():
            score = 4.0
        if score:
            ranked.append((-score, -len(kg.claims_of(entity.id)), entity.id))
    ranked.sort()
    if ranked and ranked[0][0] < -1.0:
        ranked = [item for item in ranked if item[0] < -1.0]
    return tuple(kg.entities[key] for _, _, key in ranked[:limit])


def _closeness(wanted: str, name: str) -> float:
    if not wanted or not name:
        return 0.0
    if wanted == name:
        return 4.0
    if f"{name} ".startswith(f"{wanted} "):
        return 3.0
    if f" {wanted} " in f" {name} " or set(wanted.split()) <= set(name.split()):
        return 2.0
    matcher = SequenceMatcher(None, wanted, name, autojunk=False)
    if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= SIMILAR else 0.0


def neighbours(kg: KnowledgeGraph, name: str, *, relation: str = "", cls: str = "") -> tuple[Entity, ...]:
    """Give the entities that share a claim with this one, sorted by id.

    ``relation`` (or a family of relations) and ``cls`` keep only such claims and such neighbours.
    """
    key = resolve(kg, name)
    wanted = set(relations_of(relation)) if relation else None
    found = {
        end
        for claim in kg.claims_of(key)
        if wanted is None or claim.predicate in wanted
        for end in (claim.subject, claim.object)
        if end != key
    }
    return tuple(kg.entities[end] for end in sorted(found) if not cls or kg.entities[end].cls == cls)


def select(
    kg: KnowledgeGraph,
    *,
    entity: str = "",
    pair: tuple[str, str] | None = None,
    subject: str = "",
    object: str = "",
    cls: str = "",
    relation: str = "",
    issue: str = "",
    document: str = "",
    modality: str = "",
    period: Period | None = None,
    min_confidence: float = 0.0,
) -> tuple[Claim, ...]:
    """Give the claims that meet every condition set, sorted by id.

    Args:
        kg: The graph.
        entity: Its subject or object, by id, code or name; so are ``subject``, ``object``, both of ``pair``
            (in either direction) and ``issue``.
        pair: Two entities between which it stands.
        subject: Who it is about.
        object: What it says of the subject leads there.
        cls: Class of its subject or object.
        relation: A relation or a family of relations.
        issue: Its issue qualifier, its object, or an issue that its subject or object addresses.
        document: Id of a document that gives evidence.
        modality: One of the modalities.
        period: Days with which its own overlap (:func:`~diplograph.graph.dates.claim_period`).
        min_confidence: The lowest confidence that is kept, 0 to 1.

    Raises:
        UnknownEntity: If a name means nothing in the graph.
        ValueError: If a class, relation or modality does not exist.
    """
    for given, known, what in ((cls, ENTITY_CLASSES, "class"), (modality, MODALITIES, "modality")):
        if given and given not in known:
            msg = f"{given!r} is no {what}; choose among {', '.join(known)}"
            raise ValueError(msg)
    if document and document not in kg.documents:
        msg = f"{document!r} is no document; choose among {', '.join(kg.documents)}"
        raise ValueError(msg)
    keep: Iterable[Claim] = kg.claims_of(resolve(kg, entity)) if entity else kg.claims
    if pair:
        ends = {resolve(kg, name) for name in pair}
        keep = (c for c in keep if {c.subject, c.object} == ends)
    if subject:
        head = resolve(kg, subject)
        keep = (c for c in keep if c.subject == head)
    if object:
        tail = resolve(kg, object)
        keep = (c for c in keep if c.object == tail)
    if cls:
        keep = (c for c in keep if cls in (kg.entities[c.subject].cls, kg.entities[c.object].cls))
    if relation:
        names = set(relations_of(relation))
        keep = (c for c in keep if c.predicate in names)
    if issue:
        key = resolve(kg, issue)
        actors = {c.subject for c in kg.claims_of(key) if c.predicate == "addresses"} | {key}
        keep = (c for c in keep if _is_about(c, key, actors))
    if document:
        keep = (c for c in keep if any(piece.document == document for piece in c.evidence))
    if modality:
        keep = (c for c in keep if c.modality == modality)
    if min_confidence:
        keep = (c for c in keep if c.confidence >= min_confidence)
    if period:
        keep = (c for c in keep if (held := claim_period(kg, c)) and held.overlaps(period))
    return tuple(keep)


def _is_about(claim: Claim, issue: str, actors: Collection[str]) -> bool:
    if claim.predicate == "addresses":  # what else a forum deals with is another matter
        return claim.object == issue
    return claim.qualifiers.issue == issue or claim.subject in actors or claim.object in actors
