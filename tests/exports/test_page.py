"""The page as a file: complete, stable, closed, and built from tables that can be told apart."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from diplograph.exports.page import page_html, write_page
from diplograph.exports.page_data import encode
from diplograph.exports.page_network import build_network
from diplograph.exports.page_tables import load_appearance
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import ENTITY_CLASSES, RELATIONS
from page_factory import diplomatic_graph, hostile_graph, large_graph

GRAPHS = [
    pytest.param(KnowledgeGraph(), id="empty"),
    pytest.param(diplomatic_graph(), id="diplomatic"),
    pytest.param(hostile_graph(), id="hostile"),
]


class Parts(HTMLParser):
    """Collect the elements of a page and what is inside its script and style blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, dict[str, str | None], str]] = []
        self.open: tuple[str, dict[str, str | None]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.open = (tag, dict(attrs))

    def handle_data(self, data: str) -> None:
        if self.open:
            self.blocks.append((*self.open, data))

    def handle_endtag(self, tag: str) -> None:
        self.open = None


def parts(kg: KnowledgeGraph) -> Parts:
    """Take the page of a graph apart."""
    parser = Parts()
    parser.feed(page_html(kg))
    return parser


def decoded(kg: KnowledgeGraph) -> dict[str, Any]:
    """Read the data block of a page back."""
    for tag, attributes, text in parts(kg).blocks:
        if tag == "script" and attributes.get("id") == "data":
            return dict(json.loads(text))
    raise AssertionError("no data block")


@pytest.mark.parametrize("kg", GRAPHS)
def test_nothing_in_the_page_names_another_file(kg: KnowledgeGraph) -> None:
    for tag, attributes in parts(kg).elements:
        assert "src" not in attributes, tag
        assert attributes.get("href", "#").startswith("#"), tag  # type: ignore[union-attr]
        assert tag not in ("link", "base", "iframe", "object", "embed", "img"), tag
        assert "action" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
    assert "url(" not in "".join(text for tag, _, text in parts(kg).blocks if tag == "style")


@pytest.mark.parametrize("kg", GRAPHS)
def test_the_policy_allows_exactly_our_blocks(kg: KnowledgeGraph) -> None:
    found = parts(kg)
    policy = next(a["content"] for t, a in found.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for _, attributes, text in found.blocks:
        if attributes.get("type") != "application/json":
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == 3


def test_hostile_texts_come_back_from_the_data_unchanged() -> None:
    kg = hostile_graph()
    data = decoded(kg)
    assert sorted(data["nodes"]["label"]) == sorted(entity.label for entity in kg.entities.values())
    assert sorted(data["quotes"]["text"]) == sorted(claim.evidence[0].text for claim in kg.claims)


def test_claims_come_back_from_the_columns() -> None:
    kg = diplomatic_graph()
    data = decoded(kg)
    ids, pairs, claims = data["nodes"]["id"], data["pairs"], data["claims"]
    for number, key in enumerate(claims["id"]):
        ends = ids[pairs["a"][claims["pair"][number]]], ids[pairs["b"][claims["pair"][number]]]
        subject, object = ends[::-1] if claims["turned"][number] else ends
        claim = kg.claims_by_id[key]
        assert (subject, object) == (claim.subject, claim.object)
        assert data["relations"][claims["relation"][number]]["name"] == claim.predicate
        quotes = claims["quote"][claims["first"][number] : claims["first"][number + 1]]
        assert [data["quotes"]["text"][quote] for quote in quotes] == [said.text for said in claim.evidence]
        said = {
            name: column["value"][column["at"].index(number)]
            for name, column in claims["qualifiers"].items()
            if number in column["at"]
        }
        assert said == claim.qualifiers.as_dict()
    assert claims["id"] == [claim.id for claim in kg.claims]


def test_marks_are_the_names_in_the_sentence() -> None:
    data = decoded(diplomatic_graph())
    words = set()
    for text, flat in zip(data["quotes"]["text"], data["quotes"]["marks"], strict=True):
        for node, start, end in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
            words.add((data["nodes"]["label"][node], text[start:end]))
    assert ("Japan-UK ACSA", "Japan-UK ACSA") in words
    assert ("Association of Southeast Asian Nations", "ASEAN") not in words  # its full name stands first
    assert all(label == name for label, name in words)


@pytest.mark.parametrize("seed", ["0", "1", "8"])
def test_the_same_bytes_under_every_hash_seed(seed: str, tmp_path: Path) -> None:
    script = (
        "import hashlib; from page_factory import *; from diplograph.exports.page import page_html;"
        "print([hashlib.sha256(page_html(g).encode('utf-8', 'backslashreplace')).hexdigest()"
        " for g in (diplomatic_graph(), hostile_graph(), large_graph(700, 1500))])"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
    printed = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout
    here = [
        hashlib.sha256(page_html(kg).encode("utf-8", "backslashreplace")).hexdigest()
        for kg in (diplomatic_graph(), hostile_graph(), large_graph(700, 1500))
    ]
    assert printed.strip() == str(here)


def test_writing_is_utf8_whatever_the_locale_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    write_page(hostile_graph(), path, title="Côte d’Ivoire & <others>")
    text = path.read_bytes().decode("utf-8")
    assert "<title>Côte d’Ivoire &amp; &lt;others&gt;</title>" in text
    assert "\r" not in text
    assert [found.name for found in tmp_path.iterdir()] == ["graph.html"]


@pytest.mark.parametrize(
    ("kg", "title"),
    [
        pytest.param(KnowledgeGraph(), "Diplomatic network", id="nothing-known"),
        pytest.param(large_graph(3, 3), "Many Passages", id="one-document"),
        pytest.param(diplomatic_graph(), "Diplomatic network", id="several-publishers"),
    ],
)
def test_the_title_is_made_from_the_documents(kg: KnowledgeGraph, title: str) -> None:
    assert decoded(kg)["title"] == title


def test_pyvis_makes_nodes_edges_and_options() -> None:
    kg = diplomatic_graph()
    network, _ = build_network(kg, load_appearance())
    assert {node["id"] for node in network.nodes} == set(kg.entities)
    assert {node["group"] for node in network.nodes} <= set(ENTITY_CLASSES)
    ends = {frozenset((claim.subject, claim.object)) for claim in kg.claims}
    assert [frozenset((edge["from"], edge["to"])) in ends for edge in network.edges].count(True) == len(ends)
    assert sum(edge["value"] for edge in network.edges) == len(kg.claims)
    assert network.options["physics"] == {"enabled": False}
    assert network.num_nodes() == len(kg.entities)
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in network.nodes)


def test_encoding_leaves_the_graph_alone_and_names_every_column_once_per_item() -> None:
    kg = diplomatic_graph()
    data = encode(kg, load_appearance(), title="x")
    assert kg == diplomatic_graph()
    for name, column in data["nodes"].items():
        assert isinstance(column, dict) or len(column) == len(kg.entities), name


# What people with each kind of colour blindness see: linear RGB, severity 1.0.
# Machado, Oliveira & Fernandes, IEEE TVCG 15 (2009) 1291-1298, tables of supplementary material.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(colour: str) -> np.ndarray[Any, Any]:
    """Turn ``#rrggbb`` into linear RGB from 0 to 1 (IEC 61966-2-1)."""
    values = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Turn linear RGB into CIELAB under D65."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# About ten times the smallest difference one notices side by side; marks in a picture stand far apart.
DISTANCE = 20


@pytest.mark.parametrize("vision", list(VISION))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_classes_can_be_told_apart_by_colour_alone(vision: str, theme: str) -> None:
    seen = {
        look.name: lab(VISION[vision] @ linear(getattr(look, theme))) for look in load_appearance().classes
    }
    distance = {(a, b): float(np.linalg.norm(seen[a] - seen[b])) for a, b in combinations(seen, 2)}
    assert {pair: value for pair, value in distance.items() if value < DISTANCE} == {}


def test_classes_can_be_told_apart_by_shape_alone() -> None:
    forms = [(look.shape, look.hollow) for look in load_appearance().classes]
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_stand_out_from_the_background(theme: str) -> None:
    looks = load_appearance()
    weights = np.array([0.2126, 0.7152, 0.0722])
    background = float(weights @ linear(getattr(looks, theme)))
    colours = [(look.name, getattr(look, theme)) for look in looks.classes]
    colours += [(look.name, getattr(look, theme)) for look in looks.families]
    for name, colour in colours:
        own = float(weights @ linear(colour))
        contrast = (max(own, background) + 0.05) / (min(own, background) + 0.05)
        assert contrast >= 3, (name, round(contrast, 2))  # WCAG 2.2, 1.4.11


def test_dashes_tell_the_families_apart() -> None:
    families = load_appearance().families
    dashes = [family.dash for family in families if family.name not in ("mixed",)]
    assert len(set(dashes)) == len(dashes)


def test_tables_name_each_class_and_relation_once() -> None:
    looks = load_appearance()
    assert sorted(look.name for look in looks.classes) == sorted(ENTITY_CLASSES)
    assert sorted(words.name for words in looks.relations) == sorted(RELATIONS)


def test_every_script_is_part_of_the_page() -> None:
    from diplograph.exports import page, page_document

    folder = Path(str(page.__file__)).parent
    assert sorted(page_document.SCRIPTS) == sorted(path.name for path in folder.glob("*.js"))
    for name in page_document.SCRIPTS:
        source = (folder / name).read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source), name
