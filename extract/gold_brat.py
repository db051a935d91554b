"""Read labelled documents in the standoff format of brat (a ``.txt`` beside each ``.ann``).

What the labelling guide says beyond brat's own lines is written so:

* ``T1<TAB>Organization 10 14<TAB>NATO``: a mention; the type is a class of the guide.
* ``R1<TAB>memberOf Arg1:T2 Arg2:T1``: a relation, head first. ``A1<TAB>status R1 member`` is its qualifier;
  one of free text stands in a note: ``#1<TAB>AnnotatorNotes R1<TAB>position=Foreign Minister;date=2016``.
* Who is meant: ``N1<TAB>Reference T1 iso3166:JPN<TAB>Japan`` gives the id behind the colon;
  ``*<TAB>Equiv T1 T3``
  says that mentions mean the same; a note on a mention may give ``id=``, ``label=`` and ``alt=``. Without any
  of them the mentions of a class with the same words mean the same.

Format: Stenetorp et al. (2012), brat, https://brat.nlplab.org/standoff.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.gold import GoldDocument, GoldEntity, GoldMention, GoldRelation, read_ann
from diplograph.extract.records import Block, Document, Span
from diplograph.extract.sentences import split_sentences
from diplograph.ontology.errors import InputError
from diplograph.ontology.model import ENTITY_CLASSES, QUALIFIERS, RELATIONS

__all__ = ["read_brat", "read_gold"]

_STANDOFF = re.compile(r"(?:[TRANEM]\d+|#\d*|\*)\t")
_SPAN = re.compile(r"(\w+) (\d+(?: \d+;\d+)* \d+)")
_RELATION = re.compile(r"(\w+) \w+:(T\d+) \w+:(T\d+)")
_LINE_KINDS = "brat lines of mentions, relations, attributes, references, notes and equivalence"


@dataclass(slots=True)
class _Lines:
    """What the lines of one file say, by their ids; kept while the file is read."""

    spans: dict[str, GoldMention] = field(default_factory=dict)
    relations: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    same: list[tuple[str, ...]] = field(default_factory=list)


def read_gold(path: Path) -> GoldDocument:
    """Read a labelled document of either format; that of brat is told by its first line.

    Raises:
        InputError: The file does not follow its format.
    """
    first = next((line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()), "")
    return read_brat(path) if _STANDOFF.match(first) else read_ann(path)


def read_brat(path: Path) -> GoldDocument:
    """Read ``NAME.ann`` in the standoff format, with the text ``NAME.txt`` beside it.

    Raises:
        InputError: The text is missing, a span does not hold its words, a class or relation is unknown, or
            a line is of a kind that the guide has no use for (events).
    """
    beside = path.with_suffix(".txt")
    if not beside.is_file():
        raise InputError(path, f"has no {beside.name} beside it", "put the text of the document there")
    text = beside.read_bytes().decode("utf-8-sig")
    lines = _Lines()
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                _read_line(lines, line.rstrip("\r"), text)
            except ValueError as error:
                raise InputError(path, f"line {number}: {error}", "see the module's documentation") from error
    return _document(path, text, lines)


def _read_line(lines: _Lines, line: str, text: str) -> None:
    key, _, rest = line.partition("\t")
    what, _, words = rest.partition("\t")
    if key.startswith("T") and (m := _SPAN.fullmatch(what)):
        # "10 14;20 26" is a name in pieces: the guide knows whole spans only
        bounds = [int(n) for n in re.findall(r"\d+", m[2])]
        lines.spans[key] = _mention(m[1], bounds[0], bounds[-1], text, words if ";" not in m[2] else "")
    elif key.startswith("R") and (m := _RELATION.match(what)):
        if m[1] not in RELATIONS:
            msg = f"{m[1]!r} is no relation of the guide"
            raise ValueError(msg)
        lines.relations[key] = (m[1], m[2], m[3])
    elif key[0] in "AM" and len(cells := what.split(" ", 2)) == 3:
        _add(lines, cells[1], {cells[0]: cells[2]})
    elif key.startswith("N") and len(cells := what.split(" ")) == 3:
        lines.ids[cells[1]] = cells[2].rpartition(":")[2]
    elif key.startswith("#") and len(cells := what.split(" ")) == 2:
        _add(lines, cells[1], dict(part.strip().split("=", 1) for part in words.split(";") if "=" in part))
    elif key == "*" and what.startswith("Equiv "):
        lines.same.append(tuple(what.split(" ")[1:]))
    else:
        msg = f"{line[:40]!r} is none of {_LINE_KINDS}"
        raise ValueError(msg)


def _add(lines: _Lines, key: str, values: Mapping[str, str]) -> None:
    lines.values.setdefault(key, {}).update(values)


def _mention(cls: str, start: int, end: int, text: str, words: str) -> GoldMention:
    if cls not in ENTITY_CLASSES:
        msg = f"{cls!r} is no class of the guide"
        raise ValueError(msg)
    seen = text[start:end]
    if not seen or (words and " ".join(seen.split()) != " ".join(words.split())):
        msg = f"the text holds {seen!r} at {start}, not {words!r}"
        raise ValueError(msg)
    return GoldMention(start=start, end=end, cls=cls, entity="", text=seen)


def _identities(lines: _Lines) -> dict[str, str]:
    """Map each mention's id to the id of the entity that it means."""
    told = {key: lines.values.get(key, {}).get("id") or lines.ids.get(key, "") for key in lines.spans}
    for group in lines.same:
        known = next((told[key] for key in group if told.get(key)), "")
        known = known or _slug(lines.spans[group[0]])
        for key in group:
            told[key] = told.get(key) or known
    return {key: told[key] or _slug(mention) for key, mention in lines.spans.items()}


def _slug(mention: GoldMention) -> str:
    words = re.sub(r"[^\w\s-]+", "", mention.text.lower())
    return re.sub(r"[\s_-]+", "-", words).strip("-") or mention.cls.lower()


def _document(path: Path, text: str, lines: _Lines) -> GoldDocument:
    identity = _identities(lines)
    mentions: list[GoldMention] = []
    entities: dict[str, GoldEntity] = {}
    for key, one in sorted(lines.spans.items(), key=lambda item: (item[1].start, item[1].end, item[0])):
        entity, values = identity[key], lines.values.get(key, {})
        mentions.append(GoldMention(start=one.start, end=one.end, cls=one.cls, entity=entity, text=one.text))
        known = entities.get(entity)
        if known is None or "label" in values or "alt" in values:
            classes = (one.cls, *filter(None, values.get("alt", "").split(",")))
            entities[entity] = GoldEntity(id=entity, classes=classes, label=values.get("label", one.text))
    blocks = tuple(
        Block(kind="paragraph", span=Span(m.start(), m.end())) for m in re.finditer(r"\S[^\n]*", text)
    )
    document = Document(
        id=path.stem,
        file=f"{path.stem}.txt",
        text=text,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )
    relations: list[GoldRelation] = []
    for key, (predicate, head, tail) in lines.relations.items():
        for end in (head, tail):
            if end not in lines.spans:
                raise InputError(
                    path, f"relation {key} names {end}, which is no mention", "label it, or mend the id"
                )
        values = {k: v for k, v in lines.values.get(key, {}).items() if k in QUALIFIERS}
        at = max(lines.spans[head].start, lines.spans[tail].start)
        relations.append(
            GoldRelation(
                sentence=_sentence_at(document, at),
                predicate=predicate,
                head=identity[head],
                tail=identity[tail],
                qualifiers=tuple(sorted(values.items())),
            )
        )
    return GoldDocument(
        document=document, mentions=tuple(mentions), entities=entities, relations=tuple(relations)
    )


def _sentence_at(document: Document, place: int) -> int:
    """Give the number of the last sentence that starts at or before a place."""
    before = [i for i, s in enumerate(document.sentences) if s.span.start <= place]
    return before[-1] if before else 0
