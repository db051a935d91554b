"""The values that cross the borders between stages: all frozen, all checked when made."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from diplograph.ontology.model import (
    ENTITY_CLASSES,
    MODALITIES,
    RELATIONS,
    SYMMETRIC_RELATIONS,
    Modality,
)

__all__ = [
    "SECTION_GAP",
    "Block",
    "Claim",
    "Document",
    "Entity",
    "Evidence",
    "Extraction",
    "Mention",
    "Qualifiers",
    "Rejection",
    "Section",
    "Sentence",
    "Span",
]

SECTION_GAP = " › "  # between the headings of a section path


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval of code points, ``text[start:end]``, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            msg = f"a span needs 0 <= start < end, got [{self.start}, {self.end})"
            raise ValueError(msg)

    def covers(self, other: "Span") -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it.

    ``number`` is the printed number ("3.1", "(2)", "B") or empty; ``level`` is 1 for the topmost;
    ``path`` holds the headings from the topmost down to this one.
    """

    heading: str
    number: str = ""
    level: int = 1
    span: Span
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph-like unit of the text.

    ``kind`` is one of ``title``, ``heading``, ``paragraph``, ``list-item``, ``caption``, ``footnote``,
    ``contents`` (a line of a table of contents), ``table-row``, ``quotation`` (the words of somebody other than
    the author), ``junk`` (navigation, running heads).
    ``section`` is the index into :attr:`Document.sections`, or -1 before the first heading. ``anchor`` names
    the element in the source file (its ``id``) where the format has such names.
    """

    kind: str
    span: Span
    section: int = -1
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, never longer than its block; ``block`` indexes :attr:`Document.blocks`."""

    span: Span
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as read: its text exactly as stored, and what is known about it.

    ``country`` is the ISO 3166-1 alpha-3 code of the author's own state or empty; ``reference_year``
    the year the document reports on, or None. ``pages`` holds the offsets at which pages start
    (empty where the format has none). ``sha256`` is the hash of the source file's bytes; ``url`` the web
    address it was fetched from, where the manifest or the page itself tells it.
    """

    id: str
    file: str
    text: str
    title: str = ""
    publisher: str = ""
    country: str = ""
    reference_year: int | None = None
    language: str = "en"
    sha256: str = ""
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    pages: tuple[int, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name found in a document: where, of which class, meaning whom.

    ``entity`` is the id of the :class:`Entity`; ``how`` says what found it (a vocabulary file,
    a form rule, an abbreviation introduced in the text).
    """

    document: str
    span: Span
    text: str
    cls: str
    entity: str
    how: str

    def __post_init__(self) -> None:
        if self.cls not in ENTITY_CLASSES:
            msg = f"unknown class {self.cls!r} of mention {self.text!r}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something the documents speak of.

    ``aliases`` are sorted and never hold the label; ``same_as`` are sorted IRIs in other
    authorities; ``attributes`` are sorted pairs (``("date", "2017-01")``, ``("founded", "1967")``).
    """

    id: str
    cls: str
    label: str
    aliases: tuple[str, ...] = ()
    iso3: str = ""
    same_as: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.cls not in ENTITY_CLASSES:
            msg = f"unknown class {self.cls!r} of entity {self.id!r}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifiers:
    """What qualifies a claim; an empty string means that the text does not say.

    Dates are ISO 8601 of any precision (``2016``, ``2016-11``, ``2016-11-01``); ``amount`` is a plain
    decimal number in whole units of ``currency`` (ISO 4217); ``place`` and ``issue`` are entity ids.
    ``date_text`` holds the words of the quoted passages that give the date ("in January 2017"), sorted:
    a witness to the date and no part of what is claimed, so that it changes no claim's id.
    """

    date: str = ""
    start: str = ""
    end: str = ""
    status: str = ""
    amount: str = ""
    currency: str = ""
    purpose: str = ""
    position: str = ""
    place: str = ""
    issue: str = ""
    date_text: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, str]:
        """Give the qualifiers that are set, in the order of the fields; the words of the date are none."""
        return {name: value for name in _QUALIFYING if (value := getattr(self, name))}

    def worded(self, words: Iterable[str]) -> Self:
        """Give the same qualifiers with these words of the date in place of those that were there."""
        kept = tuple(sorted(set(words)))
        return self if kept == self.date_text else replace(self, date_text=kept)

    @classmethod
    def from_dict(cls, values: Mapping[str, str]) -> Self:
        """Make qualifiers from a mapping; an unknown key is an error."""
        given: Mapping[str, Any] = values
        return cls(**given)


# The words of the date are a witness, and qualify nothing.
_QUALIFYING = tuple(f.name for f in fields(Qualifiers) if f.name != "date_text")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """The words of a document that say so: ``text == document.text[start:end]``.

    ``section`` holds the headings above them as printed, their numbers included, from the topmost down,
    joined by :data:`SECTION_GAP`; ``page`` the page they begin on, counted from 1, or 0 where the format has
    none; ``anchor`` the name of the nearest named element of the source file at or above them. What is not
    known is empty.
    """

    document: str
    start: int
    end: int
    text: str
    section: str = ""
    page: int = 0
    anchor: str = ""


_SAID = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement that documents make, with the words that make it.

    Subject and object are entity ids. The ids of a symmetric relation are stored in sorted order.
    ``confidence`` is the estimated probability, 0 to 1, that the evidence supports the claim.
    """

    subject: str
    predicate: str
    object: str
    qualifiers: Qualifiers = field(default_factory=Qualifiers)
    modality: Modality = "asserted"
    confidence: float
    rule: str
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if self.predicate not in RELATIONS:
            msg = f"unknown relation {self.predicate!r}"
            raise ValueError(msg)
        if self.modality not in MODALITIES:
            msg = f"unknown modality {self.modality!r}"
            raise ValueError(msg)
        if not 0.0 <= self.confidence <= 1.0:
            msg = f"confidence must lie in [0, 1], got {self.confidence}"
            raise ValueError(msg)
        if not self.evidence:
            msg = "a claim needs evidence"
            raise ValueError(msg)
        if self.predicate in SYMMETRIC_RELATIONS and self.subject > self.object:
            first, second = self.object, self.subject
            object.__setattr__(self, "subject", first)
            object.__setattr__(self, "object", second)

    def quoting(self, evidence: Iterable[Evidence]) -> Self:
        """Give the same claim with these passages only, sorted, and the words of its date that stand in them."""
        pieces = tuple(sorted(set(evidence)))
        texts = [" ".join(piece.text.split()) for piece in pieces]
        words = (w for w in self.qualifiers.date_text if any(w in text for text in texts))
        return replace(self, evidence=pieces, qualifiers=self.qualifiers.worded(words))

    @property
    def id(self) -> str:
        """The first 16 hex digits of SHA-256 over what is said (not over who says it)."""
        said = [self.subject, self.predicate, self.object, self.qualifiers.as_dict(), self.modality]
        return hashlib.sha256(_SAID.encode(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A candidate that did not become a claim, and why; what it would have said where that is known."""

    document: str
    span: Span
    rule: str
    reason: str
    subject: str = ""
    predicate: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read out of one document; each tuple is sorted (by place, by id)."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    rejections: tuple[Rejection, ...] = ()
