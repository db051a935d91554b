"""A graph in a database on disk: filled from extractions, merged there, and read as streams."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from diplograph.exports.rdf import Node, claim_node, document_node, entity_node, passage_nodes, relations
from diplograph.extract.records import Claim, Entity, Evidence, Extraction, Mention
from diplograph.extraction_lines import read_record, write_record
from diplograph.graph.build import merge_claims, merge_descriptions
from diplograph.graph.extras import MissingExtra
from diplograph.graph.knowledge import DocumentRecord, InconsistentGraph

__all__ = ["StoredGraph", "StoredMap", "StoredSequence"]

T = TypeVar("T")
_ROWS = 2_000  # that go to or come from the database in one step

# Keys are bytes (UTF-8, halves of surrogate pairs let through): their order is that of Python's strings.
# Bodies are lines of JSON in ASCII (`extraction_lines.write_record`).
_TABLES: Mapping[str, str] = {
    "documents": "id BLOB, body VARCHAR",
    "described": "document BLOB, entity BLOB, body VARCHAR",
    "said": "claim BLOB, document BLOB, body VARCHAR",
    "mentioned": "document BLOB, start BIGINT, stop BIGINT, cls BLOB, entity BLOB, how BLOB, body VARCHAR",
    "entities": "id BLOB, body VARCHAR",
    "claims": "id BLOB, body VARCHAR",
    "quotes": "document BLOB, claim BLOB, body VARCHAR",
    "passages": "document BLOB, start BIGINT, stop BIGINT, claim BLOB, body VARCHAR",
    "facts": "subject BLOB, predicate VARCHAR, object BLOB",
    "used": "entity BLOB, needed BOOLEAN",
}


class StoredSequence(Generic[T]):
    """Values of a table in its order, read anew each time; its length is counted by the database."""

    def __init__(self, graph: "StoredGraph", table: str, order: str, read: Callable[[str], T]) -> None:
        self._graph, self._table, self._order, self._read = graph, table, order, read

    def __len__(self) -> int:
        return int(self._graph.one(f"SELECT count(*) FROM {self._table}"))

    def __iter__(self) -> Iterator[T]:
        for (body,) in self._graph.rows(f"SELECT body FROM {self._table} ORDER BY {self._order}"):
            yield self._read(body)


class StoredMap(Mapping[str, T]):
    """Values of a table by id, in the order of ids, read anew each time."""

    def __init__(self, graph: "StoredGraph", table: str, read: Callable[[str], T]) -> None:
        self._graph, self._table, self._read = graph, table, read
        self._all = StoredSequence(graph, table, "id", read)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[str]:
        for (key,) in self._graph.rows(f"SELECT id FROM {self._table} ORDER BY id"):
            yield _text(key)

    def __getitem__(self, key: str) -> T:
        for (body,) in self._graph.rows(f"SELECT body FROM {self._table} WHERE id = ?", [_key(key)]):
            return self._read(body)
        raise KeyError(key)

    def values(self) -> StoredSequence[T]:  # type: ignore[override]
        """Give the values, as a sequence that may be read again."""
        return self._all

    def items(self) -> Iterator[tuple[str, T]]:  # type: ignore[override]
        """Yield ids and values."""
        for key, body in self._graph.rows(f"SELECT id, body FROM {self._table} ORDER BY id"):
            yield _text(key), self._read(body)


class StoredGraph:
    """What :class:`~diplograph.graph.knowledge.KnowledgeGraph` holds, in a database file.

    Fill it with :meth:`add`, then call :meth:`merge` once. Afterwards ``documents``, ``entities``, ``claims``,
    ``claims_by_id`` and ``mentions`` are read in the order of that class, and may be given to whatever only
    goes through them; memory grows with the largest single claim and with ``memory``, not with the graph.
    """

    def __init__(self, file: Path, *, memory: str = "2GB") -> None:
        """Begin an empty graph in a new file.

        Raises:
            MissingExtra: DuckDB or pyarrow is not installed.
        """
        try:
            import duckdb
            import pyarrow  # noqa: F401  # how rows get into DuckDB quickly
        except ImportError as error:
            raise MissingExtra("duckdb or pyarrow", "big") from error
        settings: dict[str, Any] = {"memory_limit": memory, "temp_directory": f"{file}.tmp", "threads": "2"}
        self._database: Any = duckdb.connect(str(file), config=settings)
        self._database.execute("SET preserve_insertion_order = false")
        for name, columns in _TABLES.items():
            self._database.execute(f"CREATE TABLE {name} ({columns})")
        self._waiting: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _TABLES}
        self.documents: StoredMap[DocumentRecord] = StoredMap(self, "documents", _reader(DocumentRecord))
        self.entities: StoredMap[Entity] = StoredMap(self, "entities", _reader(Entity))
        self.claims_by_id: StoredMap[Claim] = StoredMap(self, "claims", _reader(Claim))
        self.claims: StoredSequence[Claim] = self.claims_by_id.values()
        self.mentions: StoredSequence[Mention] = StoredSequence(
            self, "mentioned", "document, start, stop, cls, entity, how", _reader(Mention)
        )

    def close(self) -> None:
        """Close the database; its file may be removed then."""
        self._database.close()

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, a few at a time."""
        cursor = self._database.cursor()
        try:
            cursor.execute(query, list(values))
            while some := cursor.fetchmany(_ROWS):
                yield from some
        finally:
            cursor.close()

    def one(self, query: str) -> Any:
        """Give the single value of a query."""
        ((value,),) = self.rows(query)
        return value

    def add(self, extraction: Extraction) -> None:
        """Take in what was read out of one document; the order of documents changes nothing."""
        record = DocumentRecord.of(extraction.document)
        document = _key(record.id)
        self._put("documents", document, write_record(record))
        groups: dict[str, set[Entity]] = {}
        for entity in extraction.entities:
            groups.setdefault(entity.id, set()).add(entity)
        for key, group in groups.items():
            told = sorted(write_record(entity) for entity in group)
            self._put("described", document, _key(key), "\n".join(told))
        for claim in extraction.claims:
            self._put("said", _key(claim.id), document, write_record(claim))
        for mention in set(extraction.mentions):
            place = (_key(mention.document), mention.span.start, mention.span.end)
            what = (_key(mention.cls), _key(mention.entity), _key(mention.how), write_record(mention))
            self._put("mentioned", *place, *what)

    def merge(self) -> None:
        """Put together what was added, by the rules of :func:`~diplograph.graph.build.build_graph`.

        Raises:
            InconsistentGraph: As there.
        """
        self._flush()
        self._distinct("documents", "described", "mentioned")
        twice = "SELECT id FROM documents GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1"
        for (key,) in self.rows(twice):
            raise InconsistentGraph(_text(key), "two files have this document id", "rename one of them")
        self._merge_claims()
        self._database.execute("INSERT INTO used SELECT DISTINCT entity, true FROM mentioned")
        self._merge_entities()
        lost = (
            "SELECT entity FROM used WHERE needed AND entity NOT IN (SELECT id FROM entities) ORDER BY entity"
        )
        for (key,) in self.rows(f"{lost} LIMIT 1"):
            raise InconsistentGraph(_text(key), "is spoken of, but it is no entity", "add its Entity")
        for name in ("described", "said", "used"):
            self._database.execute(f"DROP TABLE {name}")

    def _merge_claims(self) -> None:
        query = "SELECT claim, body FROM said ORDER BY claim, document, body"
        read = _reader(Claim)
        for key, group in groupby(self.rows(query), key=itemgetter(0)):
            (claim,) = merge_claims(read(body) for _, body in group)
            self._put("claims", key, write_record(claim))
            said = claim.qualifiers
            for end in (claim.subject, claim.object):
                self._put("used", _key(end), True)
            for end in (said.place, said.issue):
                self._put("used", _key(end), False)
            if claim.modality == "asserted":
                self._put("facts", _key(claim.subject), claim.predicate, _key(claim.object))
            for document, pieces in groupby(claim.evidence, key=lambda piece: piece.document):
                own = tuple(pieces)
                self._put("quotes", _key(document), key, write_record(claim.quoting(own)))
                for place, first in groupby(own, key=lambda piece: (piece.start, piece.end)):
                    self._put("passages", _key(document), *place, key, write_record(next(first)))
        self._flush()
        self._distinct("facts")

    def _merge_entities(self) -> None:
        query = (
            "SELECT entity, body, count(*) FROM described SEMI JOIN used USING (entity) "
            "GROUP BY entity, body ORDER BY entity, body"
        )
        read = _reader(Entity)
        for key, group in groupby(self.rows(query), key=itemgetter(0)):
            told = {frozenset(map(read, body.split("\n"))): number for _, body, number in group}
            self._put("entities", key, write_record(merge_descriptions(told)))
        self._flush()

    def facts(self) -> Counter[str]:
        """Count the distinct triples that asserted claims state, by relation."""
        query = "SELECT predicate, count(*) FROM facts GROUP BY predicate ORDER BY predicate"
        return Counter(dict(self.rows(query)))

    def nodes(self) -> Iterator[Node]:
        """Yield all nodes as :func:`diplograph.exports.rdf.nodes` does."""
        yield from map(document_node, self.documents.values())
        asserted = (claim for claim in self._by_subject() if claim.modality == "asserted")
        said = ((key, list(group)) for key, group in groupby(asserted, key=lambda claim: claim.subject))
        subject, told = next(said, ("", []))
        for entity in self.entities.values():
            lines: Iterable[str] = ()
            if entity.id == subject:
                lines = relations(told)[subject]
                subject, told = next(said, ("", []))
            yield entity_node(entity, lines)
        for key, claim in self.claims_by_id.items():
            yield claim_node(key, claim)
        yield from self._passages()

    def _by_subject(self) -> Iterator[Claim]:
        """Yield a claim for each fact, by subject; only what it states counts."""
        place = Evidence(document="", start=0, end=0, text="")
        for subject, predicate, target in self.rows("SELECT * FROM facts ORDER BY ALL"):
            yield Claim(
                subject=_text(subject),
                predicate=predicate,
                object=_text(target),
                confidence=0.0,
                rule="",
                evidence=(place,),
            )

    def _passages(self) -> Iterator[Node]:
        query = "SELECT document, start, stop, body FROM passages ORDER BY document, start, stop, claim"
        read = _reader(Evidence)
        for _, group in groupby(self.rows(query), key=itemgetter(0, 1, 2)):
            piece = read(next(group)[3])
            # Any claim that quotes the passage will do.
            claim = Claim(
                subject="", predicate="partyTo", object="", confidence=0.0, rule="", evidence=(piece,)
            )
            yield from passage_nodes([claim])

    def quoted(self) -> Iterator[tuple[str, list[Claim]]]:
        """Yield each document that claims quote, and these, sorted, with its passages only."""
        query = "SELECT document, body FROM quotes ORDER BY document, claim"
        read = _reader(Claim)
        for key, group in groupby(self.rows(query), key=itemgetter(0)):
            yield _text(key), [read(body) for _, body in group]

    def sorted_lines(self, lines: Iterable[str], *, distinct: bool = False) -> Iterator[str]:
        """Yield lines of text in the order of their code points, sorted on disk."""
        self._database.execute("CREATE OR REPLACE TABLE lines (line VARCHAR)")
        self._waiting["lines"] = []
        for line in lines:
            self._put("lines", line)
        self._flush()
        word = "DISTINCT " if distinct else ""
        for (line,) in self.rows(f"SELECT {word}line FROM lines ORDER BY line"):
            yield line
        self._database.execute("DROP TABLE lines")
        del self._waiting["lines"]

    def _distinct(self, *tables: str) -> None:
        for name in tables:
            self._database.execute(f"CREATE TABLE once AS SELECT DISTINCT * FROM {name}")
            self._database.execute(f"DROP TABLE {name}")
            self._database.execute(f"ALTER TABLE once RENAME TO {name}")

    def _put(self, table: str, *row: Any) -> None:
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= _ROWS:
            self._send(table)

    def _flush(self) -> None:
        for name, waiting in self._waiting.items():
            if waiting:
                self._send(name)

    def _send(self, table: str) -> None:
        import pyarrow

        columns = list(zip(*self._waiting[table], strict=True))
        names = [f"c{number}" for number in range(len(columns))]
        cursor = self._database.cursor()
        cursor.register("batch", pyarrow.table([pyarrow.array(column) for column in columns], names=names))
        cursor.execute(f"INSERT INTO {table} SELECT * FROM batch")
        cursor.close()
        self._waiting[table].clear()


def _key(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(key: bytes) -> str:
    return bytes(key).decode("utf-8", "surrogatepass")


def _reader(kind: type[T]) -> Callable[[str], T]:
    assert fields(kind)  # type: ignore[arg-type]
    return lambda line: read_record(kind, line)
