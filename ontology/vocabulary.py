"""Read the tables of names: one :class:`Entry` for each row of each vocabulary file."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from diplograph.ontology.errors import TableError
from diplograph.ontology.model import ENTITY_CLASSES, ID_PREFIX

__all__ = ["Entry", "Form", "Vocabulary", "read_cells", "read_table", "read_vocabulary", "vocabulary_folder"]

# File stem -> class of its rows where the file has no column `class`.
_CLASS_OF_FILE = {
    "countries": "Country",
    "places": "Place",
    "persons": "Person",
    "organizations": "Organization",
    "forums": "Forum",
    "programmes": "Programme",
    "agreements": "Agreement",
    "policies": "Policy",
    "events": "Event",
}
# Columns that an entry has fields for; the source says where a row comes from, and nothing of the entity.
_NOT_FACTS = frozenset(
    {
        "id",
        "class",
        "label",
        "official",
        "aliases",
        "demonyms",
        "seats",
        "same_as",
        "alt_class",
        "source",
    }
)
# Columns of forms, with what kind of forms they hold.
_FORM_COLUMNS = (
    ("official", "name"),
    ("aliases", "name"),
    ("demonyms", "demonym"),
    ("seats", "seat"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to write a name.

    ``kind`` is ``name``, ``demonym`` or ``seat``. A weak form counts only in a document that names
    the entity by a strong form too.
    """

    text: str
    kind: str = "name"
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a vocabulary: an entity and the ways to write it.

    ``facts`` holds the other columns of the row that are not empty, as written.
    """

    id: str
    cls: str
    label: str
    forms: tuple[Form, ...]
    alt_cls: str = ""
    same_as: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    file: str = ""

    def fact_list(self, name: str) -> tuple[str, ...]:
        """Give the values of a list column, in the order written."""
        return tuple(filter(None, self.facts.get(name, "").split("|")))

    @property
    def iso3(self) -> str:
        """Give the ISO 3166-1 alpha-3 code of a state or of a place that may count as one; empty for others."""
        return self.id.rsplit("/", 1)[1] if "Country" in (self.cls, self.alt_cls) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All entries, sorted by id; persons may have several rows (one for each office)."""

    entries: tuple[Entry, ...]

    def by_id(self) -> Mapping[str, Entry]:
        """Map ids to entries; of several rows for one id the first counts."""
        return {entry.id: entry for entry in reversed(self.entries)}


def vocabulary_folder() -> Path:
    """Give the folder of the vocabulary files that the package ships."""
    return Path(str(resources.files("diplograph.ontology.vocabularies")))


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated table; lines that begin with ``#`` are comments.

    Raises:
        TableError: A row has more or fewer cells than the header.
    """
    rows = read_cells(path)
    header = next(rows)
    for row in rows:
        yield dict(zip(header, row, strict=True))


def read_cells(path: Path) -> Iterator[list[str]]:
    """Yield the cells of a table's header, then of each row, as many as there are columns; as :func:`read_table`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        header = next(rows, None)
        if header is None:
            raise TableError(path, "1", "is missing", "give the table a header line")
        yield header
        width = len(header)
        for row in rows:
            if len(row) == width:
                yield row
            elif len(row) > width:
                raise TableError(
                    path, row[0], f"has {len(row)} cells for {width} columns", "remove the extra tabs"
                )
            elif row:
                yield row + [""] * (width - len(row))


def read_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read every table of names in ``folder`` (by default those of the package).

    Raises:
        TableError: A row has no id or label, or an unknown class.
    """
    folder = folder or vocabulary_folder()
    entries: list[Entry] = []
    for stem, default in sorted(_CLASS_OF_FILE.items()):
        path = folder / f"{stem}.tsv"
        if path.exists():
            entries.extend(_entry(path, row, default) for row in read_table(path))
    return Vocabulary(entries=tuple(sorted(entries, key=lambda e: (e.id, e.facts.get("valid_from", "")))))


def _entry(path: Path, row: Mapping[str, str], default_cls: str) -> Entry:
    cls = row.get("class") or default_cls
    key, label = row.get("id", ""), row.get("label", "")
    if not key or not label:
        raise TableError(path, key or label, "has no id or no label", "fill both columns")
    if cls not in ENTITY_CLASSES:
        raise TableError(
            path, key, f"has the unknown class {cls!r}", f"use one of {', '.join(ENTITY_CLASSES)}"
        )
    forms = {Form(text=label): None}
    for column, kind in _FORM_COLUMNS:
        for part in row.get(column, "").split("|"):
            text = part.strip()
            if text:
                form = Form(text=text.removeprefix("?"), kind=kind, weak=text.startswith("?"))
                forms.setdefault(form)
    return Entry(
        id=f"{ID_PREFIX[cls]}/{key}",
        cls=cls,
        label=label,
        forms=tuple(forms),
        alt_cls=row.get("alt_class", ""),
        same_as=tuple(sorted(filter(None, row.get("same_as", "").split("|")))),
        facts={name: value for name, value in row.items() if value and name not in _NOT_FACTS},
        file=path.name,
    )
