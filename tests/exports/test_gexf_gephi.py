"""GEXF keeps to version 1.3 element by element, and the reader of Gephi Lite reads it."""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from diplograph.exports.gexf import render_gexf, write_gexf
from diplograph.exports.places import place_entities
from diplograph.graph.knowledge import KnowledgeGraph
from factories import claim, entity, graph_of, sample_graph

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"

# Put there by .ci/run, ignored by git; the parser is the one that Gephi Lite opens files with.
MODULES = Path(__file__).parent / "browser" / "node_modules"


def number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text))


def day(text: str) -> bool:
    return bool(date.fromisoformat(text))


def byte(text: str) -> bool:
    return 0 <= int(text) <= 255


def one_of(*values: str) -> Callable[[str], bool]:
    return lambda text: text in values


KINDS = one_of("integer", "long", "double", "float", "boolean", "string", "liststring", "anyURI")
# Element -> attributes it must have, attributes it may have, elements it may hold (in this order). After the
# specification of GEXF 1.3 (gexf.net), for the part of it that we write.
Rule = tuple[Mapping[str, Callable[[str], bool]], Mapping[str, Callable[[str], bool]], tuple[str, ...]]
RULES: Mapping[str, Rule] = {
    f"{GEXF}gexf": ({"version": one_of("1.3")}, {}, (f"{GEXF}meta", f"{GEXF}graph")),
    f"{GEXF}meta": ({}, {"lastmodifieddate": day}, (f"{GEXF}creator",)),
    f"{GEXF}creator": ({}, {}, ()),
    f"{GEXF}graph": (
        {},
        {
            "defaultedgetype": one_of("directed", "undirected", "mutual"),
            "mode": one_of("static", "dynamic"),
            "timeformat": one_of("integer", "double", "date", "dateTime"),
            "timerepresentation": one_of("interval", "timestamp"),
        },
        (f"{GEXF}attributes", f"{GEXF}nodes", f"{GEXF}edges"),
    ),
    f"{GEXF}attributes": ({"class": one_of("node", "edge")}, {}, (f"{GEXF}attribute",)),
    f"{GEXF}attribute": ({"id": bool, "title": bool, "type": KINDS}, {}, ()),
    f"{GEXF}nodes": ({}, {}, (f"{GEXF}node",)),
    f"{GEXF}node": (
        {"id": bool, "label": bool},
        {"start": day, "end": day},
        (f"{GEXF}attvalues", f"{VIZ}position", f"{VIZ}size", f"{VIZ}color"),
    ),
    f"{GEXF}edges": ({}, {}, (f"{GEXF}edge",)),
    f"{GEXF}edge": (
        {"id": bool, "source": bool, "target": bool},
        {"kind": bool, "label": bool, "start": day, "end": day},
        (f"{GEXF}attvalues",),
    ),
    f"{GEXF}attvalues": ({}, {}, (f"{GEXF}attvalue",)),
    f"{GEXF}attvalue": ({"for": bool, "value": lambda text: True}, {}, ()),
    f"{VIZ}position": ({"x": number, "y": number}, {"z": number}, ()),
    f"{VIZ}size": ({"value": number}, {}, ()),
    f"{VIZ}color": ({"r": byte, "g": byte, "b": byte}, {"a": number}, ()),
}
ODD = graph_of(
    claim("person/x", "visits", "country/JPN", date="2016-11", text='He said "<&>".\n'),
    claim("person/x", "visits", "country/JPN", date="2017"),
    entities=[entity("person/x", 'A "quoted" <name> 日本', aliases=["&", "X"])],
)
GRAPHS = [
    pytest.param(KnowledgeGraph(), id="empty"),
    pytest.param(sample_graph(), id="sample"),
    pytest.param(ODD, id="odd"),
]


def faults(element: ET.Element) -> list[str]:
    """List what is against the rules in an element and all that it holds."""
    if element.tag not in RULES:
        return [f"{element.tag} is no element of GEXF"]
    must, may, order = RULES[element.tag]
    found = [f"{element.tag} lacks {name}" for name in must if name not in element.attrib]
    for name, value in element.attrib.items():
        rule = {**may, **must}.get(name)
        if rule is None or not rule(value):
            found.append(f"{element.tag} has {name}={value!r}")
    places = [order.index(child.tag) if child.tag in order else -1 for child in element]
    if -1 in places or places != sorted(places):
        found.append(f"{element.tag} holds {[child.tag for child in element]}")
    return found + [fault for child in element for fault in faults(child)]


@pytest.mark.parametrize("kg", GRAPHS)
def test_every_element_is_one_of_gexf_and_in_its_place(kg: KnowledgeGraph) -> None:
    root = ET.fromstring("".join(render_gexf(kg, positions=place_entities(kg))))
    assert faults(root) == []
    ids = [node.get("id") for node in root.iter(f"{GEXF}node")] + [
        e.get("id") for e in root.iter(f"{GEXF}edge")
    ]
    assert len(ids) == len(set(ids)) == len(kg.entities) + len(kg.claims)


@pytest.mark.parametrize("kg", GRAPHS)
def test_values_are_of_the_type_that_is_declared(kg: KnowledgeGraph) -> None:
    root = ET.fromstring("".join(render_gexf(kg)))
    rules = {"double": number, "integer": lambda text: text.isdecimal(), "string": lambda text: True}
    for kind in ("node", "edge"):
        types = {
            attribute.get("id"): attribute.get("type", "")
            for attributes in root.iter(f"{GEXF}attributes")
            if attributes.get("class") == kind
            for attribute in attributes
        }
        for item in root.iter(f"{GEXF}{kind}"):
            for value in item.iter(f"{GEXF}attvalue"):
                assert rules[types[value.get("for")]](value.get("value", ""))


READ = """
const { readFileSync } = require("fs");
const { MultiGraph } = require("graphology");
const { parse } = require("graphology-gexf");
const graph = parse(MultiGraph, readFileSync(process.argv[1], "utf-8"));
console.log(JSON.stringify({
  nodes: graph.mapNodes((id, values) => [id, values.label, values.cls, typeof values.x, values.color]),
  edges: graph.mapEdges((id, values, from, to) => [id, from, to, values.predicate, values.confidence]),
}));
"""


@pytest.mark.parametrize("kg", GRAPHS[1:])
def test_the_reader_of_gephi_lite_reads_it(kg: KnowledgeGraph, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (MODULES / "graphology-gexf").exists():
        pytest.skip(
            "graphology-gexf is not there: npm install --prefix tests/exports/browser graphology-gexf"
        )
    path = write_gexf(kg, tmp_path / "graph.gexf", positions=place_entities(kg))
    done = subprocess.run(
        [node, "-e", READ, str(path)], cwd=MODULES, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {(id, label, cls) for id, label, cls, *_ in found["nodes"]} == {
        (e.id, e.label, e.cls) for e in kg.entities.values()
    }
    assert all(x == "number" and colour for *_, x, colour in found["nodes"])
    assert sorted(map(tuple, found["edges"])) == [
        (key, c.subject, c.object, c.predicate, c.confidence) for key, c in kg.claims_by_id.items()
    ]
