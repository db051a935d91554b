"""Write the graph as JSON-LD that reads like plain JSON: short keys, paths for ids, one object a node."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from diplograph.exports.iris import BASE, prefixes
from diplograph.exports.rdf import Node, nodes
from diplograph.exports.rdf_header import DatasetInfo, header
from diplograph.exports.turtle import block
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["claims_frame", "context", "jsonld_text", "write_jsonld"]

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
    everything = [*described, *body]
    kinds = _kinds(everything)
    document = {
        "@context": context(kinds),
        "@graph": [_object(node, kinds) for node in everything],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_jsonld(kg: KnowledgeGraph, path: Path, *, info: DatasetInfo | None = None) -> None:
    """Write the graph to ``path`` as JSON-LD in UTF-8, replacing what is there."""
    path.write_text(jsonld_text(kg, info=info), encoding="utf-8", newline="\n")


def context(kinds: Mapping[str, str]) -> Mapping[str, Any]:
    """Give the context for the predicates of ``kinds``, whose values it may coerce to one type."""
    terms = {
        _key(predicate): {"@id": predicate, "@type": kind} if kind else {"@id": predicate}
        for predicate, kind in sorted(kinds.items())
    }
    return {"@version": 1.1, "@base": BASE, "@vocab": prefixes()["dg"], **prefixes(), **terms}


def claims_frame() -> Mapping[str, Any]:
    """Give a JSON-LD frame that nests, under each claim, its ends with their names and its quotations."""
    text = files("diplograph.exports").joinpath("claims_frame.json").read_text(encoding="utf-8")
    frame: Mapping[str, Any] = json.loads(text)
    return frame


def _kinds(body: Iterable[Node]) -> Mapping[str, str]:
    """Map each predicate to the one type that all its values have, or to "" where they need none or differ."""
    found: dict[str, set[str]] = {}
    for _, lines in body:
        for line in lines:
            predicate, _, token = line.partition(" ")
            found.setdefault(predicate, set()).add(_kind(token))
    found.pop("a", None)
    return {predicate: min(kinds) if len(kinds) == 1 else "" for predicate, kinds in found.items()}


def _kind(token: str) -> str:
    """Tell the JSON-LD type of a Turtle term: of an IRI, a name, or a literal that is no plain string."""
    if token.startswith("<"):
        return "@id"
    if token.startswith('"'):
        match = LITERAL.match(token)
        return (match[3] or "") if match else ""
    if INTEGER.match(token):
        return ""
    return "xsd:decimal" if DECIMAL.match(token) else "@vocab"


@cache
def _key(predicate: str) -> str:
    """Shorten terms of our own vocabulary, labels and evidence; others keep their prefix."""
    prefix, _, name = predicate.partition(":")
    return name if prefix in ("dg", "oa") or name in ("label", "altLabel", "exactMatch") else predicate


def _object(node: Node, kinds: Mapping[str, str]) -> dict[str, Any]:
    path, lines = node
    found: dict[str, Any] = {"@id": path}
    for line in lines:
        predicate, _, token = line.partition(" ")
        if predicate == "a":
            key, value = "@type", token.removeprefix("dg:")
        else:
            key, value = _key(predicate), _value(token, coerced=bool(kinds[predicate]))
        if key not in found:
            found[key] = value
        elif isinstance(found[key], list):
            found[key].append(value)
        else:
            found[key] = [found[key], value]
    return found


def _value(token: str, *, coerced: bool) -> Any:
    """Give a Turtle term as JSON; where the context coerces it, as the string that it coerces."""
    kind = _kind(token)
    if kind == "@id":
        return token[1:-1] if coerced else {"@id": token[1:-1]}
    if kind == "@vocab":
        return token.removeprefix("dg:") if coerced else {"@id": token}
    if INTEGER.match(token):
        return int(token)
    match = LITERAL.match(token)
    text = json.loads(match[1]) if match else token
    if match and match[2]:
        return {"@value": text, "@language": match[2]}
    return {"@value": text, "@type": kind} if kind and not coerced else text
