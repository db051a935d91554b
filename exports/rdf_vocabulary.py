"""The vocabularies as SKOS, and background facts, each in a graph of its own beside what documents say."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from diplograph.exports.iris import BASE, external_iri, path_of
from diplograph.exports.rdf import Node, literal
from diplograph.exports.turtle import blocks, heading
from diplograph.ontology.vocabulary import read_table, vocabulary_folder

__all__ = ["BACKGROUND_GRAPH", "VOCABULARY_GRAPH", "background_text", "vocabulary_text"]

VOCABULARY_GRAPH: Final = f"{BASE}graph/vocabulary"
BACKGROUND_GRAPH: Final = f"{BASE}graph/background"

# File stem -> title of the concept scheme, first part of the ids, and the column with the broader concept.
SCHEMES: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "countries": ("States", "country", ""),
        "forums": ("Forums", "forum", "parent"),
        "issue_areas": ("Issue areas", "issue", "broader"),
        "organizations": ("Organizations", "organization", "parent"),
    }
)


def vocabulary_text() -> str:
    """Give states, organizations, forums and issue areas as SKOS concepts in Turtle, by id.

    A concept has the IRI of the entity, so that graphs of documents and the vocabulary join. Issue areas
    stand below broader ones, bodies below the body they belong to.
    """
    return heading() + blocks(node for stem in SCHEMES for node in _scheme(stem))


def background_text() -> str:
    """Give which states belong to which bodies as Turtle: ``org:memberOf``, and each one's source.

    They are background: no document says them, and no relation of the ontology is used.
    """
    rows = list(read_table(vocabulary_folder() / "memberships.tsv"))
    return heading() + blocks(_memberships(rows)) + blocks(map(_membership, rows))


def _scheme(stem: str) -> Iterator[Node]:
    title, prefix, above = SCHEMES[stem]
    rows = {row["id"]: row for row in read_table(vocabulary_folder() / f"{stem}.tsv")}
    path = f"scheme/{stem.replace('_', '-')}"
    tops = [
        f"skos:hasTopConcept <{path_of(f'{prefix}/{key}')}>"
        for key, row in sorted(rows.items())
        if not _broader(row, above, rows)
    ]
    yield path, ["a skos:ConceptScheme", f"dcterms:title {literal(title)}@en", *tops]
    for key, row in sorted(rows.items()):
        yield path_of(f"{prefix}/{key}"), list(_concept(row, path, prefix, _broader(row, above, rows)))


def _broader(row: Mapping[str, str], column: str, rows: Mapping[str, object]) -> list[str]:
    """Give the broader concepts of a row that stand in the same table."""
    return [key for key in row.get(column, "").split("|") if key in rows]


def _concept(row: Mapping[str, str], scheme: str, prefix: str, broader: Iterable[str]) -> Iterator[str]:
    yield "a skos:Concept"
    yield f"skos:inScheme <{scheme}>"
    yield f"skos:prefLabel {literal(row['label'])}@en"
    if row.get("label_ja"):
        yield f"skos:prefLabel {literal(row['label_ja'])}@ja"
    names = f"{row.get('official', '')}|{row.get('aliases', '')}".split("|")
    for name in sorted({name.strip().removeprefix("?") for name in names} - {"", row["label"]}):
        yield f"skos:altLabel {literal(name)}@en"
    if prefix == "country":
        yield f"skos:notation {literal(row['id'])}"
    if row.get("definition"):
        yield f"skos:definition {literal(row['definition'])}@en"
    above = sorted(broader)
    for key in above:
        yield f"skos:broader <{path_of(f'{prefix}/{key}')}>"
    if not above:
        yield f"skos:topConceptOf <{scheme}>"
    for same in sorted(filter(None, row.get("same_as", "").split("|"))):
        yield f"skos:exactMatch <{external_iri(same)}>"
    yield f"dcterms:source {literal(row['source'])}"


def _memberships(rows: Iterable[Mapping[str, str]]) -> Iterator[Node]:
    by_country: dict[str, list[str]] = {}
    for row in rows:
        by_country.setdefault(row["country"], []).append(row["body"])
    for country, bodies in sorted(by_country.items()):
        yield path_of(f"country/{country}"), [f"org:memberOf <{path_of(body)}>" for body in sorted(bodies)]


def _membership(row: Mapping[str, str]) -> Node:
    lines = [
        "a dg:BackgroundFact",
        f"rdf:subject <{path_of('country/' + row['country'])}>",
        "rdf:predicate org:memberOf",
        f"rdf:object <{path_of(row['body'])}>",
        f"dcterms:source {literal(row['source'])}",
    ]
    if row["joined"]:
        lines.append(f"dg:startEDTF {literal(row['joined'])}")
    return path_of(f"background/{row['body']}/{row['country']}"), lines
