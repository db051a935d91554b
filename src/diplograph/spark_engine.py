"""Build on a Spark cluster: the same map and reduce, from and to any storage that Spark reads and writes."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from diplograph import spark_tasks as steps
from diplograph.build_cache import rules_version
from diplograph.exports.rdf_header import DatasetCounts, DatasetInfo, authorities, describe, digest_of
from diplograph.exports.rdf_write import quad_lines
from diplograph.exports.turtle import blocks
from diplograph.extract.records import Claim, Entity, Mention
from diplograph.extraction_lines import read_lines, read_record
from diplograph.flat_rows import (
    FLAT_TABLES,
    Row,
    claim_row,
    document_row,
    entity_row,
    evidence_rows,
    mention_row,
)
from diplograph.ontology.errors import InputError
from diplograph.spark_session import Storage, spark_session
from diplograph.spark_sources import SparkOptions, address_of, files_below, roots_of, tasks_by_file

__all__ = ["SparkOptions", "SparkResult", "build_with_spark"]

_LONE = re.compile("[\ud800-\udfff]")
_DONE: Final = "build"  # is written last: a folder without it is no whole result


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkResult:
    """How much a build wrote, and what could not be read, in words."""

    documents: int
    entities: int
    claims: int
    statements: int
    failures: tuple[str, ...]


def build_with_spark(inputs: Sequence[str], output: str, options: SparkOptions) -> SparkResult:
    """Read what ``inputs`` mean and write tables and N-Quads below ``output``.

    Inputs and output are local paths or addresses (``s3a://…``, ``hdfs://…``, ``file://…``). ``output`` gets a folder
    of Parquet files for each of documents, entities, mentions, claims, evidence and failures, ``nquads`` with
    parts that are sorted from the first to the last, and ``build`` with the counts. They are written
    beside ``output`` and take its place when all are there. Documents have the ids, claims the ids, evidence
    and confidence that a build with ``building.build_folder`` gives.

    Raises:
        MissingExtra: PySpark is not installed.
        JavaMissing: There is no Java.
        SparkFailed: Spark has given up.
        InputError: There is nothing to read, a manifest is wrong, or ``output`` holds something else.
    """
    with spark_session(options.conf) as session:
        storage = Storage(session)
        target = address_of(output)
        storage.check(target, output, _DONE)
        tasks, failures = tasks_by_file(session, inputs, options)
        return _run(session, storage, roots_of(inputs), tasks, failures, target, options)


def _run(
    session: Any,
    storage: Storage,
    roots: Sequence[str],
    tasks: Mapping[str, list[dict[str, Any]]],
    too_large: Mapping[str, str],
    target: str,
    options: SparkOptions,
) -> SparkResult:
    from pyspark import StorageLevel

    context = session.sparkContext
    told, rules, least = (
        context.broadcast({address: json.dumps(rows) for address, rows in tasks.items()}),
        rules_version(),
        options.min_confidence,
    )
    parts = max(context.defaultParallelism, len(tasks) // 200)
    keep = StorageLevel.DISK_ONLY

    outcomes = (
        files_below(session, roots)
        .select("path", "content")
        .rdd.map(tuple)
        .mapPartitions(lambda files: steps.extract_files(files, told.value, rules, least))
        .persist(keep)
    )
    failures = dict(too_large)
    failed = outcomes.filter(lambda outcome: outcome[1] == "failed").collect()
    failures |= {document: message.decode("utf-8", "surrogatepass") for document, _, message in failed}
    read = outcomes.filter(lambda outcome: outcome[1] == "read")
    names = read.map(lambda outcome: outcome[0]).collect()
    seen = set(names)
    if len(seen) < len(names):  # two patterns of the user mean the same file
        read = read.keyBy(lambda outcome: outcome[0]).reduceByKey(min, parts).values().persist(keep)
    for rows in tasks.values():
        for row in rows:
            if row["document"] not in seen and row["document"] not in failures:
                failures[row["document"]] = (
                    f"{row['shown']}: Spark did not give it; check that it is still there"
                )
    if not seen:
        raise InputError(target, "nothing could be read", "; ".join(sorted(failures.values())[:3]))

    claims = read.flatMap(steps.said).groupByKey(parts).map(steps.merge_said).persist(keep)
    nothing: steps.Told = (False, False, {})
    entities = (
        read.flatMap(steps.told)
        .aggregateByKey(nothing, steps.add_told, steps.add_told, parts)
        .flatMap(steps.merge_told)
        .persist(keep)
    )
    fresh = _beside(target)
    storage.remove(fresh)
    written = _write_tables(session, fresh, read, claims, entities, failures)
    statements = _write_quads(session, fresh, read, claims, entities, parts)
    storage.name_parts(f"{fresh}/nquads", ".nq")
    result = SparkResult(
        documents=len(seen),
        entities=written["entities"],
        claims=written["claims"],
        statements=statements,
        failures=tuple(failures[key] for key in sorted(failures)),
    )
    counts = [(result.documents, result.entities, result.claims, statements, rules)]
    columns = ["documents", "entities", "claims", "statements", "rules"]
    session.createDataFrame(counts, columns).coalesce(1).write.json(f"{fresh}/{_DONE}")
    storage.replace(fresh, target)
    return result


def _beside(target: str) -> str:
    folder, _, name = target.rpartition("/")
    return f"{folder}/.{name}.building"


def _write_tables(
    session: Any, folder: str, read: Any, claims: Any, entities: Any, failures: Mapping[str, str]
) -> dict[str, int]:
    """Write the Parquet files, and count the rows of those that are counted."""
    from pyspark.sql import types

    kinds = {
        "string": types.StringType(),
        "integer": types.LongType(),
        "number": types.DoubleType(),
        "strings": types.ArrayType(types.StringType()),
    }
    rows: dict[str, Any] = {
        "documents": read.map(_document_cells),
        "entities": entities.map(lambda line: entity_row(read_record(Entity, line))),
        "mentions": read.flatMap(lambda one: map(mention_row, _mentions(one))),
        "claims": claims.map(lambda line: claim_row(read_record(Claim, line))),
        "evidence": claims.flatMap(lambda line: evidence_rows(read_record(Claim, line))),
        "failures": session.sparkContext.parallelize(sorted(failures.items()), 1),
    }
    tables: dict[str, dict[str, str]] = {
        **{name: {**columns} for name, columns in FLAT_TABLES.items()},
        "failures": {"document": "string", "message": "string"},
    }
    tables["documents"]["text"] = "string"
    keys = {"mentions": 3, "evidence": 4}
    for name, columns in tables.items():
        schema = types.StructType([types.StructField(key, kinds[kind]) for key, kind in columns.items()])
        frame = session.createDataFrame(rows[name].map(_cells), schema, verifySchema=False)
        frame.orderBy(*list(columns)[: keys.get(name, 1)]).write.parquet(f"{folder}/{name}")
    return {"entities": entities.count(), "claims": claims.count()}


def _document_cells(outcome: steps.Outcome) -> Row:
    record, text = steps.read_documents(outcome)
    return *document_row(record), text


def _mentions(outcome: steps.Outcome) -> list[Mention]:
    """Give the mentions of a document, each once."""
    return list(dict.fromkeys(read_lines(outcome[2]).mentions))


def _cells(row: Row) -> tuple[Any, ...]:
    """Give a row as Spark takes it: halves of surrogate pairs, which UTF-8 cannot hold, become U+FFFD."""
    return tuple(_LONE.sub("\ufffd", cell) if isinstance(cell, str) else cell for cell in row)


def _write_quads(session: Any, folder: str, read: Any, claims: Any, entities: Any, parts: int) -> int:
    """Write the statements as parts of N-Quads, and count them."""
    from pyspark import StorageLevel
    from pyspark.sql import types

    quoted = claims.flatMap(steps.quotes).groupByKey(parts).flatMap(steps.document_quads)
    lines = (
        read.mapPartitions(steps.record_quads).union(entities.mapPartitions(steps.entity_quads)).union(quoted)
    )
    lines = lines.persist(StorageLevel.DISK_ONLY)
    number: int = lines.count()
    described = "".join(blocks(_described(read, claims, entities, number)))
    context = session.sparkContext
    header = context.parallelize([line.decode() for line in quad_lines(described)], 1)
    whole = lines.union(header).map(lambda line: (line.rstrip("\n"),))
    schema = types.StructType([types.StructField("value", types.StringType())])
    frame = session.createDataFrame(whole, schema, verifySchema=False)
    frame.orderBy("value").write.text(f"{folder}/nquads")
    added: int = header.count()
    return number + added


def _described(read: Any, claims: Any, entities: Any, number: int) -> Any:
    """Describe the dataset; its name is made from what was read, for no machine sees all statements."""
    records = read.map(lambda outcome: steps.read_documents(outcome)[0])
    documents = sorted(records.map(lambda record: (record.id, record.sha256)).collect())
    described = entities.map(lambda line: read_record(Entity, line))
    counts = DatasetCounts(
        classes=Counter(described.map(lambda entity: entity.cls).countByValue()),
        links=Counter(described.flatMap(authorities).countByValue()),
        relations=Counter(claims.flatMap(_fact).distinct().map(lambda fact: fact[1]).countByValue()),
        documents=documents,
    )
    name = digest_of([rules_version(), *(f"{document}\0{sha256}" for document, sha256 in documents)])
    return describe(counts, name=name, triples=number, info=DatasetInfo())


def _fact(line: str) -> list[tuple[str, str, str]]:
    claim = read_record(Claim, line)
    return [(claim.subject, claim.predicate, claim.object)] if claim.modality == "asserted" else []
