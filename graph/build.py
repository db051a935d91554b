"""Merge what was read out of many documents into one graph."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Final

from diplograph.extract.records import Claim, Entity, Extraction, Mention
from diplograph.graph.knowledge import DocumentRecord, InconsistentGraph, KnowledgeGraph
from diplograph.ontology.model import ENTITY_CLASSES

__all__ = ["CERTAINTY_CAP", "build_graph", "merge_claims", "merge_descriptions", "merge_entities"]

# Documents that copy from each other are not independent witnesses: agreement alone never gives certainty.
CERTAINTY_CAP: Final = 0.99

# Confidences are rounded, so that their bytes do not depend on the last bit of a product.
CONFIDENCE_DIGITS: Final = 4


def build_graph(extractions: Iterable[Extraction]) -> KnowledgeGraph:
    """Merge extractions into one graph; their order, and repetition of one, changes nothing.

    Entities of one id become one (see :func:`merge_entities`), claims of one id one with all their evidence
    (see :func:`merge_claims`). An entity that no mention, claim or qualifier uses is left out.

    Raises:
        InconsistentGraph: If two different documents have one id, or a claim speaks of an entity that no
            extraction describes.
    """
    documents: dict[str, DocumentRecord] = {}
    entities: defaultdict[str, list[tuple[str, Entity]]] = defaultdict(list)
    claims: list[Claim] = []
    mentions: set[Mention] = set()
    for extraction in extractions:
        record = DocumentRecord.of(extraction.document)
        if documents.setdefault(record.id, record) != record:
            other = documents[record.id].file
            raise InconsistentGraph(
                record.id, f"both {other!r} and {record.file!r} have this document id", "rename one of them"
            )
        for entity in extraction.entities:
            entities[entity.id].append((record.id, entity))
        claims.extend(extraction.claims)
        mentions.update(extraction.mentions)
    merged = merge_claims(claims)
    used = {mention.entity for mention in mentions}
    for claim in merged:
        used.update((claim.subject, claim.object, claim.qualifiers.place, claim.qualifiers.issue))
    return KnowledgeGraph(
        entities={key: merge_entities(entities[key]) for key in sorted(entities) if key in used},
        claims=merged,
        documents=documents,
        mentions=tuple(mentions),
    )


def merge_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Make claims of one id one claim, sorted by id, with all evidence sorted by document and place.

    Confidence: within one document the highest counts, for two rules that read the same page are no two
    witnesses. Documents then count as independent witnesses that may each be wrong ("noisy or"):
    ``1 - (1 - c1)(1 - c2)...``, at most :data:`CERTAINTY_CAP`, and never below the best single one.
    The rule kept is that of the highest confidence, ties by name. The words of the date are united.
    """
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.id].append(claim)
    return tuple(_merge_one(groups[key]) for key in sorted(groups))


def _merge_one(group: Sequence[Claim]) -> Claim:
    best = min(group, key=lambda claim: (-claim.confidence, claim.rule))
    if len(group) == 1 and tuple(sorted(set(best.evidence))) == best.evidence:
        return best
    by_document: dict[str, float] = {}
    for claim in group:
        document = min(claim.evidence).document
        by_document[document] = max(claim.confidence, by_document.get(document, 0.0))
    return Claim(
        subject=best.subject,
        predicate=best.predicate,
        object=best.object,
        qualifiers=best.qualifiers.worded(words for c in group for words in c.qualifiers.date_text),
        modality=best.modality,
        confidence=_combine(by_document),
        rule=best.rule,
        evidence=tuple(sorted({piece for claim in group for piece in claim.evidence})),
    )


def _combine(by_document: Mapping[str, float]) -> float:
    values = sorted(by_document.values())
    if len(values) == 1:
        return values[0]
    joint = 1.0 - prod(1.0 - value for value in values)
    return max(values[-1], round(min(CERTAINTY_CAP, joint), CONFIDENCE_DIGITS))


def merge_entities(described: Sequence[tuple[str, Entity]]) -> Entity:
    """Make the descriptions of one entity one; each comes with the id of its document.

    Label and class are those that most documents give (an entity of the vocabulary has one label
    everywhere); ties go to the longest label, then the first in the alphabet. Labels that lose become
    aliases; aliases, identifiers elsewhere and attributes are united.
    """
    by_document: defaultdict[str, set[Entity]] = defaultdict(set)
    for document, entity in described:
        by_document[document].add(entity)
    return merge_descriptions(Counter(frozenset(told) for told in by_document.values()))


def merge_descriptions(told: Mapping[frozenset[Entity], int]) -> Entity:
    """As :func:`merge_entities`, told how many documents describe the entity in the same way.

    Args:
        told: What one document says of the entity, and how many documents say just that.
    """
    entities = sorted({entity for group in told for entity in group}, key=_description_order)
    if len(entities) == 1:
        return entities[0]
    labels: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for group, number in told.items():
        for label in {entity.label for entity in group}:
            labels[label] += number
        for cls in {entity.cls for entity in group}:
            classes[cls] += number
    label = min(labels, key=lambda text: (-labels[text], -len(text), text))
    names = {name for entity in entities for name in (entity.label, *entity.aliases)}
    codes = sorted({entity.iso3 for entity in entities if entity.iso3})
    return Entity(
        id=entities[0].id,
        cls=min(classes, key=lambda cls: (-classes[cls], ENTITY_CLASSES.index(cls))),
        label=label,
        aliases=tuple(sorted(names - {label})),
        iso3=codes[0] if codes else "",
        same_as=tuple(sorted({iri for entity in entities for iri in entity.same_as})),
        attributes=tuple(sorted({pair for entity in entities for pair in entity.attributes})),
    )


def _description_order(entity: Entity) -> tuple[object, ...]:
    return (
        entity.label,
        entity.cls,
        entity.iso3,
        entity.aliases,
        entity.same_as,
        entity.attributes,
    )
