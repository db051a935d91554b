"""Ask a graph in SPARQL 1.1: a file or a built folder, answered by Oxigraph."""

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from diplograph.exports.iris import BASE, prefixes
from diplograph.exports.rdf_formats import load
from diplograph.ontology.errors import DiplographError, InputError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["FORMATS", "QueryError", "ResultFormat", "answer_query", "check_query", "open_store", "run_query"]

ResultFormat = Literal["table", "csv", "tsv", "json", "xml", "turtle", "ntriples"]

FORMATS: Final[tuple[ResultFormat, ...]] = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")
ROW_FORMATS: Final[Mapping[str, str]] = MappingProxyType(
    {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
)

# A graph larger than this, in bytes, takes longer to load than a query: it is kept as a store on disk.
STORE_LIMIT: Final = 40_000_000

SERVICE: Final = re.compile("SERVICE", re.IGNORECASE)
NAMED_GRAPH: Final = re.compile("GRAPH", re.IGNORECASE)
PREFIXED: Final = re.compile(r"[\w.-]*:[\w.:-]*\Z")
PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class QueryError(DiplographError, ValueError):
    """A query that cannot be answered.

    Attributes:
        problem: What is wrong with it.
        line: Where, counted from 1, or 0 where the place is unknown.
        column: Where in the line, counted from 1, or 0.
    """

    def __init__(self, problem: str, query: str = "", line: int = 0, column: int = 0) -> None:
        lines = query.splitlines()
        shown = ""
        if 0 < line <= len(lines):
            shown = f"\n  {lines[line - 1]}\n  {' ' * (column - 1)}^"
        place = f"line {line}, column {column}: " if line else ""
        super().__init__(f"the query cannot be answered: {place}{problem}{shown}")
        self.problem = problem
        self.line = line
        self.column = column


def run_query(target: Path, query: str, *, format: ResultFormat = "table") -> str:
    """Ask ``target``, an RDF file or a folder that a build wrote, and give the answer as text.

    The prefixes of our exports are declared, and ``<country/JPN>`` means that entity. The vocabularies and
    the background facts can be asked as ``GRAPH <graph/vocabulary>`` and ``GRAPH <graph/background>``.

    Args:
        target: What to ask.
        query: A SELECT, ASK, CONSTRUCT or DESCRIBE query.
        format: ``table`` for people; ``csv``, ``tsv``, ``json`` and ``xml`` as SPARQL 1.1 defines them for
            SELECT and ASK; ``turtle`` and ``ntriples`` for CONSTRUCT and DESCRIBE, whose table is Turtle.

    Raises:
        InputError: If there is nothing to ask, or the file is not RDF.
        QueryError: If the query is wrong, wants another host, or its answer has no such format.
    """
    check_query(query)
    store = open_store(target, beside=bool(NAMED_GRAPH.search(query)))
    return answer_query(store, query, format=format)


def check_query(query: str) -> None:
    """Refuse what leaves this machine.

    Where the word SERVICE stands at all, the query must still parse with every such word misspelt: in a
    string, a name or a comment that changes nothing, but the keyword cannot be missed. The parser itself
    decides, so no trick of spelling can mislead us.

    Raises:
        QueryError: If the query asks another host (SERVICE), or is wrong.
    """
    misspelt = SERVICE.sub("SORVICE", query)
    if misspelt == query:
        return
    import pyoxigraph as ox

    try:
        evaluate(ox.Store(), misspelt)
    except QueryError as error:
        problem = "SERVICE asks another host, which is not allowed; load its data into a file instead"
        raise QueryError(problem, query, error.line, error.column) from None


def answer_query(store: "ox.Store", query: str, *, format: ResultFormat = "table") -> str:
    """Ask an open store; see :func:`run_query`."""
    import pyoxigraph as ox

    found = evaluate(store, query)
    if isinstance(found, ox.QueryTriples):
        if format not in ("table", "turtle", "ntriples"):
            raise QueryError(f"triples have no format {format!r}; use turtle or ntriples")
        triples = sorted(set(found), key=str)
        target = ox.RdfFormat.N_TRIPLES if format == "ntriples" else ox.RdfFormat.TURTLE
        data = ox.serialize(triples, format=target, prefixes=dict(prefixes()))
        assert data is not None
        return data.decode()
    if format in ("turtle", "ntriples"):
        raise QueryError(f"rows have no format {format!r}; use table, csv, tsv, json or xml")
    if isinstance(found, ox.QueryBoolean):
        if format == "table":
            return "yes\n" if found else "no\n"
        if format in ("csv", "tsv"):
            return "true\n" if found else "false\n"
        return _text(found.serialize(format=getattr(ox.QueryResultsFormat, ROW_FORMATS[format])))
    if format == "table":
        from diplograph.exports.query_table import table

        names = [variable.value for variable in found.variables]
        return table(names, [[row[name] for name in names] for row in found])
    return _text(found.serialize(format=getattr(ox.QueryResultsFormat, ROW_FORMATS[format])))


def evaluate(
    store: "ox.Store",
    query: str,
    *,
    default_graph: "list[ox.NamedNode] | None" = None,
    named_graphs: "list[ox.NamedNode] | None" = None,
) -> "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples":
    """Parse a query and begin to answer it, over all of the store or the graphs that are named.

    Raises:
        QueryError: If the query is wrong; it points at the place.
    """
    try:
        return store.query(
            query,
            base_iri=BASE,
            prefixes=dict(prefixes()),
            default_graph=list(default_graph) if default_graph else None,
            named_graphs=named_graphs,  # type: ignore[arg-type]
        )
    except SyntaxError as error:
        match = PLACE.match(str(error.msg))
        line, column, problem = (int(match[1]), int(match[2]), match[3]) if match else (0, 0, str(error))
        raise _located(problem, query, line, column) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(str(error)) from error


def open_store(target: Path, *, beside: bool = False) -> "ox.Store":
    """Open an RDF file, or the graph in a folder that a build wrote, for reading.

    A large graph in a folder is loaded once, into the folder's ``store``, and anew when the graph has
    changed. ``beside`` adds the vocabularies and the background facts as named graphs.

    Raises:
        InputError: If there is no graph, or it cannot be read.
    """
    import pyoxigraph as ox

    path = target / "graph.ttl" if target.is_dir() else target
    if not path.is_file():
        remedy = "give a folder that `diplograph build -o` wrote, or an RDF file"
        raise InputError(target, "holds no graph" if target.is_dir() else "does not exist", remedy)
    if target.is_dir() and path.stat().st_size > STORE_LIMIT:
        return _kept_store(path, target / "store")
    store = load(path, ox.Store())
    if beside:
        _load_beside(store)
    return store


def _kept_store(path: Path, folder: Path) -> "ox.Store":
    """Open the store of a graph, after loading it where it is missing or older than the graph."""
    import pyoxigraph as ox

    facts = path.stat()
    stamp = json.dumps({"bytes": facts.st_size, "changed": facts.st_mtime_ns})
    mark = folder / "loaded.json"
    if not mark.is_file() or mark.read_text(encoding="utf-8") != stamp:
        fresh = folder.with_name(f"store.{os.getpid()}")
        shutil.rmtree(fresh, ignore_errors=True)
        store = load(path, ox.Store(str(fresh)))
        _load_beside(store)
        store.flush()
        store.optimize()
        del store
        (fresh / "loaded.json").write_text(stamp, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    return ox.Store.read_only(str(folder))


def _load_beside(store: "ox.Store") -> None:
    import pyoxigraph as ox
    from diplograph.exports.rdf_vocabulary import (
        BACKGROUND_GRAPH,
        VOCABULARY_GRAPH,
        background_text,
        vocabulary_text,
    )

    for name, text in ((VOCABULARY_GRAPH, vocabulary_text()), (BACKGROUND_GRAPH, background_text())):
        store.bulk_load(text.encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(name))


def _located(problem: str, query: str, line: int, column: int) -> QueryError:
    """Say what the parser found wrong, shortening its list of what it expected."""
    if "Prefix not found" in problem:
        # The parser stops behind the name; people look for its beginning.
        name = PREFIXED.search(query.splitlines()[line - 1][: column - 1])
        if name:
            return QueryError(f"the prefix of {name[0]} is not declared", query, line, name.start() + 1)
    words = " ".join(problem.split())
    return QueryError(words if len(words) <= 200 else f"{words[:200]}…", query, line, column)


def _text(data: bytes | None) -> str:
    assert data is not None
    return data.decode()
