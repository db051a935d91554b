"""The graph as compact columns for the page: arrays of numbers and strings, not one object per item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from diplograph.exports.iris import BASE, prefixes
from diplograph.exports.page_network import build_network
from diplograph.exports.page_tables import Appearance
from diplograph.ontology.model import MODALITIES, QUALIFIERS, STATUSES, SYMMETRIC_RELATIONS

if TYPE_CHECKING:
    from diplograph.extract.records import Claim, Evidence, Mention
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["encode"]

Json = dict[str, Any]
Place = tuple[str, int, int]


def encode(kg: "KnowledgeGraph", appearance: Appearance, *, title: str) -> Json:
    """Give everything the page shows as one JSON-ready value of columns.

    ``nodes`` stand in order of importance, ``claims`` in the order of their ids. A claim names its ``pair``
    and whether it points from the pair's second to its first node (``turned``). Sentences stand once each
    in ``quotes``; claim i has the quotes ``claims.quote[claims.first[i]:claims.first[i + 1]]``. The
    ``marks`` of a quote are flat triples: node, start, end, in code points of the sentence.
    """
    network, arrangement = build_network(kg, appearance)
    place = {node["id"]: number for number, node in enumerate(network.nodes)}
    entities = [kg.entities[node["id"]] for node in network.nodes]
    class_number = {look.name: number for number, look in enumerate(appearance.classes)}
    pairs = [(place[edge["from"]], place[edge["to"]]) for edge in network.edges]
    return {
        "title": title,
        "light": appearance.light,
        "dark": appearance.dark,
        "classes": [asdict(look) for look in appearance.classes],
        "families": [asdict(look) for look in appearance.families],
        "relations": [
            {**asdict(words), "symmetric": words.name in SYMMETRIC_RELATIONS}
            for words in appearance.relations
        ],
        "modalities": list(MODALITIES),
        "statuses": list(STATUSES),
        "base": BASE,
        "prefixes": dict(prefixes()),
        "options": network.options,
        "central": arrangement.central,
        "spread": arrangement.spread,
        "nodes": {
            "id": [entity.id for entity in entities],
            "label": [node["label"] for node in network.nodes],
            "class": [class_number[node["group"]] for node in network.nodes],
            "x": [node["x"] for node in network.nodes],
            "y": [node["y"] for node in network.nodes],
            "size": [node["size"] for node in network.nodes],
            "community": list(arrangement.community),
            "aliases": _sparse([list(entity.aliases) for entity in entities]),
            "links": _sparse([list(entity.same_as) for entity in entities]),
            "attributes": _sparse([[list(pair) for pair in entity.attributes] for entity in entities]),
        },
        "pairs": {"a": [a for a, _ in pairs], "b": [b for _, b in pairs]},
        "documents": _documents(kg),
        **_claims(kg, appearance, place, pairs),
    }


def _sparse(values: Sequence[Any]) -> Json:
    """Keep only what is not empty: where it stands, and what it is."""
    kept = [(number, value) for number, value in enumerate(values) if value]
    return {"at": [number for number, _ in kept], "value": [value for _, value in kept]}


def _documents(kg: "KnowledgeGraph") -> Json:
    records = list(kg.documents.values())
    return {
        "id": [record.id for record in records],
        "title": [record.title for record in records],
        "publisher": [record.publisher for record in records],
        "country": [record.country for record in records],
        "year": [record.reference_year for record in records],
        "file": [record.file for record in records],
        "url": [record.url for record in records],
    }


def _claims(
    kg: "KnowledgeGraph",
    appearance: Appearance,
    place: Mapping[str, int],
    pairs: Sequence[tuple[int, int]],
) -> Json:
    pair_number = {pair: number for number, pair in enumerate(pairs)}
    relation_number = {words.name: number for number, words in enumerate(appearance.relations)}
    document_number = {key: number for number, key in enumerate(kg.documents)}
    # A claim of something about itself has no pair to stand on.
    keys = [key for key, claim in kg.claims_by_id.items() if claim.subject != claim.object]
    shown = [kg.claims_by_id[key] for key in keys]
    rules = sorted({claim.rule for claim in shown})
    rule_number = {rule: number for number, rule in enumerate(rules)}
    quotes: dict[Place, tuple[int, Evidence]] = {}
    first, quote = [0], []
    for claim in shown:
        for said in claim.evidence:
            number, _ = quotes.setdefault((said.document, said.start, said.end), (len(quotes), said))
            quote.append(number)
        first.append(len(quote))
    ends = [(place[claim.subject], place[claim.object]) for claim in shown]
    sentences = [said for _, said in quotes.values()]
    return {
        "rules": rules,
        "claims": {
            "id": keys,
            "pair": [pair_number[end] if end in pair_number else pair_number[end[::-1]] for end in ends],
            "turned": [0 if end in pair_number else 1 for end in ends],
            "relation": [relation_number[claim.predicate] for claim in shown],
            "modality": [MODALITIES.index(claim.modality) for claim in shown],
            "confidence": [round(claim.confidence * 100) for claim in shown],
            "rule": [rule_number[claim.rule] for claim in shown],
            "qualifiers": {name: _sparse(_column(shown, name)) for name in QUALIFIERS},
            "first": first,
            "quote": quote,
        },
        "quotes": {
            "document": [document_number.get(said.document, -1) for said in sentences],
            "start": [said.start for said in sentences],
            "end": [said.end for said in sentences],
            "text": [said.text for said in sentences],
            "section": _sparse([said.section for said in sentences]),
            "page": _sparse([said.page for said in sentences]),
            "anchor": _sparse([said.anchor for said in sentences]),
            "marks": _marks(kg.mentions, sentences, place),
        },
    }


def _column(claims: Sequence["Claim"], name: str) -> list[str]:
    return [getattr(claim.qualifiers, name) for claim in claims]


def _marks(
    mentions: Iterable["Mention"], sentences: Sequence["Evidence"], place: Mapping[str, int]
) -> list[list[int]]:
    """Find the names in each sentence; overlapping sentences each get their own."""
    by_document: dict[str, list[int]] = {}
    for number, said in enumerate(sentences):
        by_document.setdefault(said.document, []).append(number)
    for numbers in by_document.values():
        numbers.sort(key=lambda number: (sentences[number].start, sentences[number].end))
    marks: list[list[int]] = [[] for _ in sentences]
    position: dict[str, int] = {}
    for mention in mentions:  # sorted by document and place
        numbers = by_document.get(mention.document, [])
        at = position.get(mention.document, 0)
        while at < len(numbers) and sentences[numbers[at]].end <= mention.span.start:
            at += 1
        position[mention.document] = at
        for number in numbers[at:]:
            said = sentences[number]
            if said.start > mention.span.start:
                break
            if mention.span.end <= said.end:
                start = mention.span.start - said.start
                marks[number] += [place[mention.entity], start, mention.span.end - said.start]
    return marks
