"""Read labels that stand apart from their text: offsets into files of a corpus, no words of it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from diplograph.extract.gold import GoldDocument, GoldEntity, GoldMention, GoldRelation
from diplograph.extract.loading import load
from diplograph.extract.manifest import Source
from diplograph.extract.records import Block, Document, Sentence, Span
from diplograph.ontology.errors import InputError
from diplograph.ontology.model import ENTITY_CLASSES, ID_PREFIX

__all__ = ["read_standoff"]

_CLASS_OF_PREFIX = {prefix: cls for cls, prefix in ID_PREFIX.items()}


def read_standoff(folder: Path, corpus: Path) -> tuple[GoldDocument, ...]:
    """Read every ``set*.jsonl`` of a folder of labels; the texts are files below ``corpus``.

    The documents come in the order of file and line. Each holds only the labelled sentences, one a line.

    Raises:
        InputError: A file of the corpus is missing, or is not the one that was labelled.
    """
    return tuple(
        _document(row, corpus, f"{path.stem}-{number}", path)
        for path in sorted(folder.glob("set*.jsonl"))
        for number, row in enumerate(_rows(path), 1)
    )


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _document(row: Mapping[str, Any], corpus: Path, key: str, labels: Path) -> GoldDocument:
    source = Source(path=corpus / row["file"], country=row["country"], reference_year=row["reference_year"])
    whole = load(source, key)
    if whole.sha256 != row["sha256"]:
        raise InputError(
            source.path, f"is not the file that {labels.name} labels", "use the corpus of the labels"
        )
    lines: list[str] = []
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    mentions: list[GoldMention] = []
    length = 0
    for start, end in row["sentences"]:
        inside = [m for m in row["mentions"] if start <= m[0] < end]
        text, found = _line(whole.text, start, end, inside, length)
        sentences.append(Sentence(span=Span(length, length + len(text)), block=len(blocks)))
        heading = len(text) < 120 and not text.rstrip().endswith((".", "?", "!", ":", ";", "”", '"', "’"))
        blocks.append(
            Block(kind="heading" if heading else "paragraph", span=Span(length, length + len(text)))
        )
        mentions += found
        lines.append(text)
        length += len(text) + 1
    relations = tuple(
        GoldRelation(
            sentence=number - 1, predicate=predicate, head=_label(head), tail=_label(tail), qualifiers=()
        )
        for number, predicate, head, tail, _ in row["relations"]
    )
    ids = [i for _, _, head, tail, _ in row["relations"] for i in (head, tail)]
    return GoldDocument(
        document=Document(
            id=key,
            file=source.path.name,
            text="\n".join(lines) + "\n",
            country=row["country"],
            reference_year=row["reference_year"],
            blocks=tuple(blocks),
            sentences=tuple(sentences),
        ),
        mentions=tuple(mentions),
        entities=_entities(mentions, ids),
        relations=relations,
    )


def _line(
    text: str, start: int, end: int, mentions: list[list[Any]], offset: int
) -> tuple[str, list[GoldMention]]:
    """Write a sentence on one line, and say where its mentions stand there."""
    out, at = "", start
    found: list[GoldMention] = []
    for first, last, cls, entity in mentions:
        if first < at:
            continue
        out = _join(out, text[at:first])
        name = " ".join(text[first:last].split())
        place = offset + len(out)
        found.append(
            GoldMention(start=place, end=place + len(name), cls=cls, entity=_label(entity), text=name)
        )
        out += name
        at = last
    return _join(out, text[at:end]).rstrip(), found


def _join(before: str, piece: str) -> str:
    """Append a stretch of text with its white space folded to single blanks."""
    words = " ".join(piece.split())
    left = " " if before and piece[:1].isspace() else ""
    right = " " if words and piece[-1:].isspace() else ""
    return before + left + words + right


def _label(entity: str) -> str:
    """Give the id as the labelling guide writes it: countries and issues by their bare id."""
    prefix, _, rest = entity.partition("/")
    bare = prefix in {"country", "issue"} or (len(rest) == 3 and rest.isupper())
    return rest if bare else entity


def _entities(mentions: list[GoldMention], ids: list[str]) -> dict[str, GoldEntity]:
    entities: dict[str, GoldEntity] = {}
    for m in mentions:
        entities.setdefault(m.entity, GoldEntity(id=m.entity, classes=(m.cls,), label=m.text))
    for entity in ids:
        prefix, _, rest = entity.partition("/")
        cls = _CLASS_OF_PREFIX.get(prefix, "")
        if cls in ENTITY_CLASSES:
            label = _label(entity)
            entities.setdefault(label, GoldEntity(id=label, classes=(cls,), label=rest.replace("-", " ")))
    return entities
