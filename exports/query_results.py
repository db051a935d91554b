"""Write the rows of an answer in the formats of SPARQL 1.1, for an endpoint that answers page by page."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

__all__ = ["BOOLEAN_WRITERS", "ROW_WRITERS", "TRIPLE_FORMATS", "Row"]

Row: TypeAlias = Sequence[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]

STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
RESULTS: Final = "http://www.w3.org/2005/sparql-results#"
XML_HEAD: Final = f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{RESULTS}">'


def json_rows(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Write SPARQL 1.1 Query Results JSON."""
    bindings = [
        {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None}
        for row in rows
    ]
    return json.dumps({"head": {"vars": list(names)}, "results": {"bindings": bindings}}, ensure_ascii=False)


def csv_rows(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Write SPARQL 1.1 Query Results CSV: values only, lines end in CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_value(term) for term in row] for row in rows)
    return text.getvalue()


def tsv_rows(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Write SPARQL 1.1 Query Results TSV: terms in Turtle."""
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if term is None else _escaped(term) for term in row) for row in rows]
    return "\n".join(lines) + "\n"


def xml_rows(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Write SPARQL Query Results XML."""
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    body = []
    for row in rows:
        cells = (
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        body.append(f"<result>{''.join(cells)}</result>")
    return f"{XML_HEAD}<head>{head}</head><results>{''.join(body)}</results></sparql>\n"


def json_boolean(answer: bool) -> str:
    """Write the answer of an ASK as JSON."""
    return json.dumps({"head": {}, "boolean": answer})


def xml_boolean(answer: bool) -> str:
    """Write the answer of an ASK as XML."""
    return f"{XML_HEAD}<head/><boolean>{str(answer).lower()}</boolean></sparql>\n"


def text_boolean(answer: bool) -> str:
    """Write the answer of an ASK as a word."""
    return f"{str(answer).lower()}\n"


# Media type -> writer; the first is given to a client that takes anything.
ROW_WRITERS: Final[Mapping[str, Callable[[Sequence[str], Sequence[Row]], str]]] = MappingProxyType(
    {
        "application/sparql-results+json": json_rows,
        "application/sparql-results+xml": xml_rows,
        "text/csv": csv_rows,
        "text/tab-separated-values": tsv_rows,
        "application/json": json_rows,
        "application/xml": xml_rows,
    }
)
BOOLEAN_WRITERS: Final[Mapping[str, Callable[[bool], str]]] = MappingProxyType(
    {
        "application/sparql-results+json": json_boolean,
        "application/sparql-results+xml": xml_boolean,
        "text/csv": text_boolean,
        "text/tab-separated-values": text_boolean,
        "application/json": json_boolean,
        "application/xml": xml_boolean,
    }
)
TRIPLE_FORMATS: Final[Mapping[str, ox.RdfFormat]] = MappingProxyType(
    {
        "text/turtle": ox.RdfFormat.TURTLE,
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "application/rdf+xml": ox.RdfFormat.RDF_XML,
        "application/ld+json": ox.RdfFormat.JSON_LD,
        "text/plain": ox.RdfFormat.N_TRIPLES,
    }
)


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


def _escaped(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term).replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _json_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        found: dict[str, Any] = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype.value != STRING:
            found["datatype"] = term.datatype.value
        return found
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    return {"type": "bnode", "value": term.value}


def _xml_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.Literal):
        kind = ""
        if term.language:
            kind = f" xml:lang={quoteattr(term.language)}"
        elif term.datatype.value != STRING:
            kind = f" datatype={quoteattr(term.datatype.value)}"
        return f"<literal{kind}>{_xml_text(term.value)}</literal>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        inner = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts)
        return f"<triple>{inner}</triple>"
    return f"<bnode>{_xml_text(term.value)}</bnode>"


def _xml_text(text: str) -> str:
    """Escape for XML, which cannot hold most control characters even escaped: they become U+FFFD."""
    held = "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text)
    return escape(held, {"\r": "&#13;"})
