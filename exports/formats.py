"""Every format of the table, graph and event kind under one name each, for the command line."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from diplograph.exports.gexf import write_gexf
from diplograph.exports.graphml import write_graphml
from diplograph.exports.graphviz import write_dot
from diplograph.exports.jsonl import write_jsonl
from diplograph.exports.neo4j import write_neo4j
from diplograph.exports.node_link import write_node_link
from diplograph.exports.places import place_entities
from diplograph.exports.tables import write_csv, write_parquet
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["FORMATS", "export"]

Writer = Callable[[KnowledgeGraph, Path], tuple[Path, ...]]


def _graphml(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    return (write_graphml(kg, folder / "graph.graphml", positions=place_entities(kg)),)


def _gexf(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    return (write_gexf(kg, folder / "graph.gexf", positions=place_entities(kg)),)


def _dyads(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    return write_csv(kg, folder, tables=["dyad_years"])


def _events(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    return write_csv(kg, folder, tables=["events"])


# Name -> what writes the format into a folder that exists, and gives the paths of the files.
FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        "csv": write_csv,
        "parquet": write_parquet,
        "jsonl": write_jsonl,
        "graphml": _graphml,
        "gexf": _gexf,
        "neo4j": write_neo4j,
        "node-link": lambda kg, folder: (write_node_link(kg, folder / "graph.json"),),
        "dot": lambda kg, folder: (write_dot(kg, folder / "graph.dot"),),
        "dyads": _dyads,
        "events": _events,
    }
)


def export(kg: KnowledgeGraph, folder: Path, *, kind: str) -> tuple[Path, ...]:
    """Write a graph into a folder, made if need be, in one of :data:`FORMATS`, and give the paths.

    Raises:
        ValueError: If there is no such format.
        MissingExtra: If the format needs a library that is not installed.
    """
    if kind not in FORMATS:
        msg = f"{kind!r} is no format; choose among {', '.join(FORMATS)}"
        raise ValueError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    return FORMATS[kind](kg, folder)
