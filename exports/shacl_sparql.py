"""Compile ``shapes.ttl`` to SPARQL, one query a constraint, so that large graphs can be checked by Oxigraph.

Known are the parts of SHACL that the shapes use; a shape with another part is an error, so that the two ways
of checking cannot drift apart unnoticed. A SPARQL constraint asks the whole graph and is taken as it is; the
violating node is its ``?value``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, TypeAlias

import pyoxigraph as ox
from diplograph.exports.iris import prefixes
from diplograph.ontology.errors import TableError

__all__ = ["Check", "ShapeText", "checks", "shape_texts"]

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

SH: Final = "http://www.w3.org/ns/shacl#"
SHAPES: Final = "https://w3id.org/diplograph/shapes#"
REMEDY: Final = ox.NamedNode(f"{SHAPES}remedy")
RDF: Final = prefixes()["rdf"]

# Datatypes whose literals must also be well formed: "2017-02-30" is no xsd:date.
CASTS: Final = tuple(f"<{prefixes()['xsd']}{name}>" for name in ("date", "integer", "decimal"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeText:
    """What a shape tells people: what is wrong, and what to do."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A query that selects the nodes which violate a shape, in its variable ``node``."""

    shape: str
    select: str
    node: str = "this"


def shapes_turtle() -> bytes:
    """Give the shapes file as it lies in the package."""
    return files("diplograph.ontology").joinpath("shapes.ttl").read_bytes()


@cache
def shape_texts() -> Mapping[str, ShapeText]:
    """Give message and remedy of every shape that has them, by the shape's name without its namespace."""
    shapes = _load()
    texts = {
        _short(quad.subject): ShapeText(
            message=_text(shapes, quad.subject, ox.NamedNode(f"{SH}message")), remedy=_plain(quad.object)
        )
        for quad in shapes.quads_for_pattern(None, REMEDY, None)
    }
    return MappingProxyType(dict(sorted(texts.items())))


@cache
def checks() -> tuple[Check, ...]:
    """Compile all shapes that have a target, in the order of their names.

    Raises:
        TableError: If a shape uses a part of SHACL that this compiler does not know.
    """
    shapes = _load()
    heading = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in prefixes().items())
    return tuple(
        Check(shape=name, select=heading + select, node=node)
        for name in shape_texts()
        for select, node in _compile(shapes, ox.NamedNode(SHAPES + name))
    )


def _load() -> ox.Store:
    store = ox.Store()
    store.load(shapes_turtle(), ox.RdfFormat.TURTLE)
    return store


def _compile(shapes: ox.Store, shape: ox.NamedNode) -> Iterator[tuple[str, str]]:
    """Give the queries of a shape, each with the variable that holds the violating node."""
    parts = {
        str(quad.predicate.value).removeprefix(SH): quad.object
        for quad in shapes.quads_for_pattern(shape, None, None)
        if str(quad.predicate.value).startswith(SH)
    }
    if "sparql" in parts:
        yield _text(shapes, parts["sparql"], ox.NamedNode(f"{SH}select")), "value"
        return
    targets = _targets(shapes, shape)
    path = parts.pop("path", None)
    for name in ("message", "targetClass", "targetSubjectsOf", "targetObjectsOf"):
        parts.pop(name, None)
    for name, value in sorted(parts.items(), key=lambda part: part[0]):
        if name in COUNTED and path is not None:
            yield COUNTED[name](targets, str(path), _plain(value)), "this"
        elif name in CONDITIONS:
            condition = CONDITIONS[name](shapes, value)
            given = f"?this {path} ?value ." if path is not None else "BIND (?this AS ?value)"
            yield f"SELECT DISTINCT ?this WHERE {{ {targets} {given} {condition} }}", "this"
        else:
            known = ", ".join(sorted((*COUNTED, *CONDITIONS)))
            raise TableError(
                "shapes.ttl", _short(shape), f"uses sh:{name}, which has no SPARQL form here", f"use {known}"
            )


def _targets(shapes: ox.Store, shape: ox.NamedNode) -> str:
    patterns = []
    for name, pattern in (
        ("targetClass", "?this a {}"),
        ("targetSubjectsOf", "?this {} ?any"),
        ("targetObjectsOf", "?any {} ?this"),
    ):
        found = shapes.quads_for_pattern(shape, ox.NamedNode(SH + name), None)
        patterns += [f"{{ {pattern.format(term)} }}" for term in sorted(str(q.object) for q in found)]
    return f"{{ SELECT DISTINCT ?this WHERE {{ {' UNION '.join(patterns)} }} }}"


def _fewer(targets: str, path: str, number: str) -> str:
    if number == "1":
        return f"SELECT DISTINCT ?this WHERE {{ {targets} FILTER NOT EXISTS {{ ?this {path} ?value }} }}"
    return (
        f"SELECT ?this WHERE {{ {targets} OPTIONAL {{ ?this {path} ?value }} }} "
        f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) < {number})"
    )


def _more(targets: str, path: str, number: str) -> str:
    return (
        f"SELECT ?this WHERE {{ {targets} ?this {path} ?value }} "
        f"GROUP BY ?this HAVING (COUNT(?value) > {number})"
    )


def _class(_: ox.Store, value: Term) -> str:
    return f"FILTER NOT EXISTS {{ ?value a {value} }}"


def _or(shapes: ox.Store, value: Term) -> str:
    """Compile a list of shapes, each of which asks for a class."""
    classes = [_one(shapes, shape, ox.NamedNode(f"{SH}class")) for shape in _list(shapes, value)]
    wanted = ", ".join(str(item) for item in classes)
    return f"FILTER NOT EXISTS {{ ?value a ?class FILTER (?class IN ({wanted})) }}"


def _in(shapes: ox.Store, value: Term) -> str:
    return f"FILTER (?value NOT IN ({', '.join(str(item) for item in _list(shapes, value))}))"


def _datatype(_: ox.Store, value: Term) -> str:
    formed = f"COALESCE(isLiteral({value}(STR(?value))), false)" if str(value) in CASTS else "true"
    return f"FILTER (!isLiteral(?value) || DATATYPE(?value) != {value} || !{formed})"


def _node_kind(_: ox.Store, value: Term) -> str:
    if str(value) != f"<{SH}IRI>":
        raise TableError("shapes.ttl", str(value), "is a node kind with no SPARQL form here", "use sh:IRI")
    return "FILTER (!isIRI(?value))"


def _pattern(_: ox.Store, value: Term) -> str:
    return f"FILTER (!REGEX(STR(?value), {value}))"


def _min_length(_: ox.Store, value: Term) -> str:
    return f"FILTER (STRLEN(STR(?value)) < {_plain(value)})"


def _compared(sign: str) -> Callable[[ox.Store, Term], str]:
    return lambda _, value: f"FILTER (!COALESCE(?value {sign} {value}, false))"


def _compared_with(sign: str) -> Callable[[ox.Store, Term], str]:
    return lambda _, value: f"?this {value} ?other . FILTER (!COALESCE(?value {sign} ?other, false))"


COUNTED: Final[Mapping[str, Callable[[str, str, str], str]]] = MappingProxyType(
    {"maxCount": _more, "minCount": _fewer}
)
CONDITIONS: Final[Mapping[str, Callable[[ox.Store, Term], str]]] = MappingProxyType(
    {
        "class": _class,
        "datatype": _datatype,
        "in": _in,
        "lessThan": _compared_with("<"),
        "lessThanOrEquals": _compared_with("<="),
        "maxInclusive": _compared("<="),
        "minExclusive": _compared(">"),
        "minInclusive": _compared(">="),
        "minLength": _min_length,
        "nodeKind": _node_kind,
        "or": _or,
        "pattern": _pattern,
    }
)


def _list(shapes: ox.Store, head: Term) -> Iterator[Term]:
    while head != ox.NamedNode(f"{RDF}nil"):
        yield _one(shapes, head, ox.NamedNode(f"{RDF}first"))
        head = _one(shapes, head, ox.NamedNode(f"{RDF}rest"))


def _one(shapes: ox.Store, subject: Term, predicate: ox.NamedNode) -> Term:
    for quad in shapes.quads_for_pattern(subject, predicate, None):  # type: ignore[arg-type]
        return quad.object
    raise TableError("shapes.ttl", str(subject), f"has no {predicate}", "add it")


def _text(shapes: ox.Store, subject: Term, predicate: ox.NamedNode) -> str:
    return _plain(_one(shapes, subject, predicate))


def _plain(term: Term) -> str:
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def _short(term: Term) -> str:
    return _plain(term).removeprefix(SHAPES)
