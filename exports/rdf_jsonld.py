"""Write the graph as JSON-LD that reads like plain JSON: short keys, paths for ids, one object a node."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from diplograph.exports.iris import BASE, prefixes
from diplograph.exports.rdf import Node, nodes
from diplograph.exports.rdf_header import DatasetInfo, header
from diplograph.exports.turtle import block
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["context", "jsonld_text", "write_jsonld"]

# A literal of our Turtle with what follows it: a language, a datatype, or nothing.
LITERAL: Final = re.compile(r'(".*")(?:@([a-z-]+)|\^\^([a-z]+:\w+))?\Z', re.DOTALL)
INTEGER: Final = re.compile(r"-?\d+\Z")
DECIMAL: Final = re.compile(r"-?\d+\.\d+\Z")


def jsonld_text(kg: KnowledgeGraph, *, info: DatasetInfo | None = None) -> str:
    """Give the graph as JSON-LD 1.1, in the order of the Turtle export."""
    body = list(nodes(kg))
    described = header(
        kg,
        content=map(block, body),
        triples=sum(len(lines) for _, lines in body),
        info=info or DatasetInfo(),
    )
    document = {
        "@context": context([*described, *body]),
        "@graph": [_object(node) for node in (*described, *body)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_jsonld(kg: KnowledgeGraph, path: Path, *, info: DatasetInfo | None = None) -> None:
    """Write the graph to ``path`` as JSON-LD in UTF-8, replacing what is there."""
    path.write_text(jsonld_text(kg, info=info), encoding="utf-8", newline="\n")


def context(body: Iterable[Node]) -> Mapping[str, Any]:
    """Give the context that the keys of ``body`` need: terms by their local names, sorted.

    A local name that two vocabularies share goes to the first of them in alphabetical order; the
    other's terms keep their prefix.
    """
    used = sorted({line.split(" ", 1)[0] for _, lines in body for line in lines} - {"a"})
    terms = {_key(predicate): {"@id": predicate} for predicate in used}
    return {"@version": 1.1, "@base": BASE, "@vocab": prefixes()["dg"], **prefixes(), **terms}


@cache
def _key(predicate: str) -> str:
    """Shorten terms of our own vocabulary, labels and evidence; others keep their prefix."""
    prefix, _, name = predicate.partition(":")
    return name if prefix in ("dg", "oa") or name in ("label", "altLabel", "exactMatch") else predicate


def _object(node: Node) -> dict[str, Any]:
    path, lines = node
    found: dict[str, Any] = {"@id": path}
    for line in lines:
        predicate, _, value = line.partition(" ")
        key = "@type" if predicate == "a" else _key(predicate)
        read = value.removeprefix("dg:") if predicate == "a" else _value(value)
        if key not in found:
            found[key] = read
        elif isinstance(found[key], list):
            found[key].append(read)
        else:
            found[key] = [found[key], read]
    return found


def _value(token: str) -> Any:
    if token.startswith("<"):
        return {"@id": token[1:-1]}
    if INTEGER.match(token):
        return int(token)
    if DECIMAL.match(token):
        return {"@value": token, "@type": "xsd:decimal"}
    match = LITERAL.match(token)
    if not match:
        return {"@id": token}
    text, language, datatype = match.groups()
    words = json.loads(text)
    if language:
        return {"@value": words, "@language": language}
    return {"@value": words, "@type": datatype} if datatype else words
