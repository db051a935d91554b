"""Read hand-labelled documents (``*.ann``) and match what was found with what was labelled."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.records import Block, Document, Entity, Mention, Sentence, Span
from diplograph.ontology.errors import InputError
from diplograph.ontology.model import ENTITY_CLASSES, RELATIONS, SYMMETRIC_RELATIONS

__all__ = ["GoldDocument", "GoldEntity", "GoldMention", "GoldRelation", "align", "read_ann", "relation_key"]

_MARK = re.compile(r"⟦(\w+):([^|⟧]+)\|([^⟧]*)⟧")
_META = re.compile(r"# (\w+): *(.*)")
_ARTICLES = frozenset({"the", "of", "on", "and", "for", "in", "to", "a", "an"})
# Labels this alike name the same thing (share of common words).
_ALIKE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A labelled name: ``[start, end)`` of the text, its class and the entity it means."""

    start: int
    end: int
    cls: str
    entity: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntity:
    """A labelled entity; ``classes`` are all that count as right, the first being the class proper."""

    id: str
    classes: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """A labelled relation with the number of the sentence that shows it."""

    sentence: int
    predicate: str
    head: str
    tail: str
    qualifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """A hand-labelled document: one sentence a line, its mentions, entities and relations."""

    document: Document
    mentions: tuple[GoldMention, ...]
    entities: Mapping[str, GoldEntity]
    relations: tuple[GoldRelation, ...]


def _qualifiers(cell: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in cell.split(";") if "=" in part)


def read_ann(path: Path) -> GoldDocument:
    """Read a file in the format of the labelling guide, section 4.

    Raises:
        InputError: A relation or class is unknown, or a line has too few cells.
    """
    meta: dict[str, str] = {}
    lines: list[str] = []
    mentions: list[GoldMention] = []
    entities: dict[str, GoldEntity] = {}
    relations: list[GoldRelation] = []
    number_of: dict[str, int] = {}
    part, length = "sentences", 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if part == "sentences" and line.startswith("# ") and not lines:
            if m := _META.match(line):
                meta[m[1]] = m[2].split("   ")[0].strip()
            continue
        if line.startswith("--- "):
            part = line[4:].strip()
            continue
        cells = line.split("\t")
        if part == "sentences":
            number_of[cells[0]] = len(lines)
            text, found = _unmark("\t".join(cells[1:]), length)
            mentions += found
            lines.append(text)
            length += len(text) + 1
        elif part == "entities" and len(cells) >= 3:
            more = _qualifiers(cells[3]) if len(cells) > 3 else {}
            classes = (cells[1], *filter(None, more.get("alt", "").split(",")))
            entities[cells[0]] = GoldEntity(id=cells[0], classes=classes, label=cells[2])
        elif part == "relations" and len(cells) >= 4 and cells[0] in number_of and cells[1] in RELATIONS:
            relations.append(
                GoldRelation(
                    sentence=number_of[cells[0]],
                    predicate=cells[1],
                    head=cells[2],
                    tail=cells[3],
                    qualifiers=tuple(sorted(_qualifiers(cells[4] if len(cells) > 4 else "").items())),
                )
            )
        else:
            raise InputError(
                path, f"line {number} is no {part[:-1]} line", "see section 4 of the labelling guide"
            )
    for name in mentions:
        if name.cls not in ENTITY_CLASSES:
            problem = f"labels {name.text!r} with the unknown class {name.cls!r}"
            raise InputError(path, problem, "use a class of the guide")
        entities.setdefault(name.entity, GoldEntity(id=name.entity, classes=(name.cls,), label=name.text))
    for relation in relations:
        for key in (relation.head, relation.tail):
            cls = "Country" if re.fullmatch("[A-Z]{3}", key) else "IssueArea"
            entities.setdefault(key, GoldEntity(id=key, classes=(cls,), label=key))
    return GoldDocument(
        document=_document(path, meta, lines),
        mentions=tuple(mentions),
        entities=entities,
        relations=tuple(relations),
    )


def _unmark(marked: str, offset: int) -> tuple[str, list[GoldMention]]:
    text, at, found = "", 0, []
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        start = offset + len(text)
        found.append(GoldMention(start=start, end=start + len(m[3]), cls=m[1], entity=m[2], text=m[3]))
        text += m[3]
        at = m.end()
    return text + marked[at:], found


def _document(path: Path, meta: Mapping[str, str], lines: Sequence[str]) -> Document:
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    at = 0
    for line in lines:
        if line:
            span = Span(at, at + len(line))
            heading = len(line) < 120 and not re.search(r"[.?!:;”\"’]$", line.strip())
            sentences.append(Sentence(span=span, block=len(blocks)))
            blocks.append(Block(kind="heading" if heading else "paragraph", span=span))
        at += len(line) + 1
    year = meta.get("reference_year", "")
    return Document(
        id=path.stem,
        file=f"{path.stem}.txt",
        text="\n".join(lines) + "\n",
        title=meta.get("doc", path.stem),
        publisher=meta.get("publisher", ""),
        country=meta.get("country", ""),
        reference_year=int(year) if year else None,
        blocks=tuple(blocks),
        sentences=tuple(sentences),
    )


def relation_key(predicate: str, head: str, tail: str) -> tuple[str, str, str]:
    """Give what identifies a relation; a symmetric one has its two sides in sorted order."""
    if predicate in SYMMETRIC_RELATIONS and head > tail:
        head, tail = tail, head
    return predicate, head, tail


def _words(label: str) -> frozenset[str]:
    return frozenset(re.sub(r"[^\w ]+", " ", label.lower()).split()) - _ARTICLES


def align(
    gold: GoldDocument, mentions: Sequence[Mention], entities: Mapping[str, Entity], used: Collection[str]
) -> dict[str, str]:
    """Map ids of found entities to ids of labelled ones, one to one.

    Countries and issue areas go by identifier, the others by the mentions they share (an exact span
    counts twice), and those without a shared mention by likeness of their labels.
    """
    shared: Counter[tuple[str, str]] = Counter()
    for m in mentions:
        for g in gold.mentions:
            if m.span.start < g.end and g.start < m.span.end:
                shared[m.entity, g.entity] += 2 if (m.span.start, m.span.end) == (g.start, g.end) else 1
    matched: dict[str, str] = {}
    for key in sorted(used):
        entity = entities[key]
        if entity.cls == "Country":
            matched[key] = entity.iso3 or key
        elif entity.cls == "IssueArea":
            matched[key] = key.rsplit("/", 1)[-1]
    taken: set[str] = set()
    for (key, label), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if key in matched or label in taken or key not in used:
            continue
        if gold.entities[label].classes[0] not in {"Country", "IssueArea"}:
            matched[key] = label
            taken.add(label)
    names = {
        key: _words(entity.label)
        for key, entity in gold.entities.items()
        if key not in taken and entity.classes[0] not in {"Country", "IssueArea"}
    }
    candidates = []
    for key in sorted(used - matched.keys()):
        for label in (entities[key].label, *entities[key].aliases):
            words = _words(label)
            for name, other in names.items():
                likeness = len(words & other) / len(words | other) if words and other else 0.0
                if likeness >= _ALIKE:
                    candidates.append((-likeness, key, name))
    for _, key, name in sorted(candidates):
        if key not in matched and name not in taken:
            matched[key] = name
            taken.add(name)
    return matched
