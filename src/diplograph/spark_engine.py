"""Build on a Spark cluster: the same map and reduce, from and to any storage that Spark reads and writes."""

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from diplograph import spark_tasks as steps
from diplograph.build_cache import rules_version
from diplograph.build_workers import row_of_task
from diplograph.exports.rdf_header import DatasetCounts, DatasetInfo, authorities, describe, digest_of
from diplograph.exports.rdf_write import quad_lines
from diplograph.exports.turtle import blocks
from diplograph.extract.loading import ARCHIVE_ENDING, READ_ENDINGS, document_ids, ending_of
from diplograph.extract.manifest import Source, read_manifest
from diplograph.extract.records import Claim, Entity
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
from diplograph.graph.extras import MissingExtra
from diplograph.mapping import Task
from diplograph.ontology.errors import DiplographError, InputError

__all__ = ["JavaMissing", "SparkOptions", "SparkResult", "build_with_spark"]

# Spark counts 4 MB for opening a file: so few documents in a task that all machines get their share.
_TASK_BYTES = 64 * 1024 * 1024
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_LONE = re.compile("[\ud800-\udfff]")
_DONE: Final = "build"  # is written last: a folder without it is no whole result
_MANIFEST = "manifest.csv"


class JavaMissing(DiplographError, RuntimeError):
    """Spark needs Java, and there is none."""

    def __init__(self) -> None:
        super().__init__(
            "Spark needs Java 17 or newer; run: apt-get install openjdk-17-jre-headless "
            "(elsewhere install a JRE from https://adoptium.net), or set JAVA_HOME"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkOptions:
    """What a build with Spark may be told; ``conf`` are settings of Spark such as ``spark.master``."""

    manifest: str = ""
    title: str = ""
    publisher: str = ""
    country: str = ""
    reference_year: int | None = None
    min_confidence: float = 0.0
    force_language: bool = False
    max_file_size: int = 100_000_000
    conf: Mapping[str, str]


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
        InputError: There is nothing to read, a manifest is wrong, or ``output`` holds something else.
    """
    with _session(options.conf) as session:
        storage = _Storage(session)
        target = _address(output)
        storage.check(target, output)
        tasks, failures = _tasks(session, inputs, options)
        return _run(session, storage, _roots(inputs), tasks, failures, target, options)


@contextmanager
def _session(conf: Mapping[str, str]) -> Iterator[Any]:
    """Give a session with these settings; it ends with the block, unless it was there before."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra("pyspark", "spark") from error
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=f"{home}/bin" if home else None):
        raise JavaMissing
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    before = SparkSession.getActiveSession()
    builder = SparkSession.builder.appName("diplograph build")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",
        "spark.sql.files.maxPartitionBytes": str(_TASK_BYTES),
        **conf,
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    with warnings.catch_warnings():
        # It warns of versions of pandas, which we do not use with it.
        warnings.simplefilter("ignore")
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel(conf.get("diplograph.log", "ERROR"))
    try:
        yield session
    finally:
        if before is None:
            session.stop()


class _Storage:
    """Folders on whatever file system an address names."""

    def __init__(self, session: Any) -> None:
        self._java = session.sparkContext._jvm
        self._conf = session.sparkContext._jsc.hadoopConfiguration()

    def check(self, target: str, output: str) -> None:
        """Refuse an output that holds something other than an earlier result."""
        path, system = self._at(target)
        if not system.exists(path):
            return
        if system.exists(self._java.org.apache.hadoop.fs.Path(path, _DONE)):
            return
        if not system.getFileStatus(path).isDirectory() or len(system.listStatus(path)):
            raise InputError(output, "holds what no build with Spark wrote", "name a folder that is new")

    def replace(self, fresh: str, target: str) -> None:
        """Let a folder take the place of another."""
        new, system = self._at(fresh)
        old, _ = self._at(target)
        system.delete(old, True)
        if not system.rename(new, old):
            raise DiplographError(f"{fresh} cannot be renamed to {target}; check that you may write there")

    def name_parts(self, folder: str, ending: str) -> None:
        """Name the parts in a folder by their numbers, with an ending that says what they are."""
        path, system = self._at(folder)
        for status in system.listStatus(path):
            part = status.getPath()
            number = re.match(r"part-(\d+)", part.getName())
            if number and not system.rename(
                part, self._java.org.apache.hadoop.fs.Path(path, number[0] + ending)
            ):
                raise DiplographError(f"{part} cannot be renamed; check that you may write there")

    def remove(self, address: str) -> None:
        """Remove a folder, if it is there."""
        path, system = self._at(address)
        system.delete(path, True)

    def _at(self, address: str) -> tuple[Any, Any]:
        path = self._java.org.apache.hadoop.fs.Path(address)
        return path, path.getFileSystem(self._conf)


# -- what to read -----------------------------------------------------------------------------------


def _address(given: str) -> str:
    """Make a local path absolute; an address stays as it is."""
    if _ADDRESS.match(given):
        return given.rstrip("/")
    return f"file://{Path(given).resolve().as_posix()}"


def _pattern(given: str) -> str:
    """Give an input as Spark reads it: the name of a local file that is there is no pattern, whatever is in it."""
    address = _address(given)
    literal = not _ADDRESS.match(given) and Path(given).exists()
    return _unpatterned(address) if literal else address


def _unpatterned(address: str) -> str:
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", address)


def _roots(inputs: Sequence[str]) -> list[str]:
    """Give the inputs as Spark reads them, without those that lie below another."""
    found = sorted({_pattern(one) for one in inputs})
    return [one for one in found if not any(one.startswith(f"{other}/") for other in found)]


def _path(address: str) -> Path:
    """Give a path for an address: that of a local file, or one below a folder of the name of its storage."""
    scheme, _, rest = address.partition(":")
    if scheme == "file":
        return Path("/" + rest.lstrip("/"))
    return Path("/", scheme, *(part for part in rest.split("/") if part))


def _files(session: Any, addresses: Sequence[str]) -> Any:
    """Give the table of files below addresses: path, length, content; what is not asked for is not read."""
    reader = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    return reader.load(list(addresses))


def _tasks(
    session: Any, inputs: Sequence[str], options: SparkOptions
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, str]]:
    """List the documents by the address of their file, and tell those that are too large by their ids."""
    given = [_address(one) for one in inputs]
    listed: dict[str, int] = {}
    for shown in inputs:
        try:
            rows = _files(session, [_pattern(shown)]).select("path", "length").collect()
        except Exception as error:
            raise InputError(
                shown, f"cannot be read by Spark ({_first_line(error)})", "check the address"
            ) from error
        listed.update((row[0], row[1]) for row in rows)
    named = {_path(one) for one in given}
    files = {_path(address): address for address in sorted(listed)}
    wanted = {path for path in files if path in named or ending_of(path.name) in READ_ENDINGS}
    sources = {path: Source(path=path) for path in wanted}
    manifests = [_address(options.manifest)] if options.manifest else []
    manifests += [] if manifests else [files[p / _MANIFEST] for p in sorted(named) if p / _MANIFEST in files]
    for manifest in manifests:
        for source in _manifest(session, manifest, files):
            if source.path in wanted:
                sources[source.path] = source
    members = _members(
        session, [files[path] for path in sorted(wanted) if ending_of(path.name) == ARCHIVE_ENDING]
    )
    parts = [
        replace(source, member=member)
        for path, source in sorted(sources.items())
        for member in members.get(files[path]) or ("",)
    ]
    if not parts:
        endings = ", ".join(sorted(READ_ENDINGS))
        raise InputError(
            " ".join(inputs), "holds nothing to read", f"the endings that are read are {endings}"
        )
    tasks: dict[str, list[dict[str, Any]]] = {}
    failures: dict[str, str] = {}
    for source, document in zip(parts, document_ids(parts), strict=True):
        address = files[source.path]
        shown = f"{address}/{source.member}" if source.member else address
        if listed[address] > options.max_file_size:
            problem = f"is larger than {options.max_file_size:,} bytes"
            failures[document] = f"{shown}: {problem}; split it, or raise --max-file-size"
            continue
        told = replace(
            source,
            title=source.title or options.title,
            publisher=source.publisher or options.publisher,
            country=source.country or options.country,
            reference_year=source.reference_year or options.reference_year,
        )
        task = Task(
            source=told,
            document=document,
            force_language=options.force_language,
            max_file_size=options.max_file_size,
            shown=shown,
        )
        tasks.setdefault(address, []).append(row_of_task(task))
    return tasks, failures


def _manifest(session: Any, address: str, files: Mapping[Path, str]) -> list[Source]:
    """Read a manifest from wherever it is; the paths of its sources are those of ``_path``."""
    try:
        ((content,),) = _files(session, [_unpatterned(address)]).select("content").collect()
    except Exception as error:
        raise InputError(
            address, f"cannot be read by Spark ({_first_line(error)})", "check the address"
        ) from error
    base = _path(address).parent
    with tempfile.TemporaryDirectory(prefix="diplograph-") as folder:
        copy = Path(folder).resolve() / _MANIFEST
        copy.write_bytes(content)

        def place(file: Path) -> Path:
            return Path(os.path.normpath(base / os.path.relpath(file, copy.parent)))

        try:
            sources = read_manifest(copy, exists=lambda file: place(file) in files)
        except InputError as error:
            raise InputError(address, error.problem, error.remedy) from error
        return [replace(source, path=place(source.path)) for source in sources]


def _members(session: Any, archives: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if not archives:
        return {}
    rows = _files(session, [_unpatterned(one) for one in archives]).select("path", "content").rdd.map(tuple)
    return dict(rows.map(steps.archive_members).collect())


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__


# -- map, reduce, write -----------------------------------------------------------------------------


def _run(
    session: Any,
    storage: _Storage,
    roots: Sequence[str],
    tasks: Mapping[str, list[dict[str, Any]]],
    too_large: Mapping[str, str],
    target: str,
    options: SparkOptions,
) -> SparkResult:
    from pyspark import StorageLevel

    context = session.sparkContext
    told, rules, least = context.broadcast(dict(tasks)), rules_version(), options.min_confidence
    parts = max(context.defaultParallelism, len(tasks) // 200)
    keep = StorageLevel.DISK_ONLY

    outcomes = (
        _files(session, roots)
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
        "mentions": read.flatMap(lambda one: map(mention_row, sorted_mentions(one))),
        "claims": claims.map(lambda line: claim_row(read_record(Claim, line))),
        "evidence": claims.flatMap(lambda line: evidence_rows(read_record(Claim, line))),
        "failures": session.sparkContext.parallelize(sorted(failures.items()), 1),
    }
    tables = {
        **{name: dict(columns) for name, columns in FLAT_TABLES.items()},
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


def sorted_mentions(outcome: steps.Outcome) -> list[Any]:
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
    number = int(lines.count())
    described = "".join(blocks(_described(read, claims, entities, number)))
    context = session.sparkContext
    header = context.parallelize([line.decode() for line in quad_lines(described)], 1)
    whole = lines.union(header).map(lambda line: (line.rstrip("\n"),))
    schema = types.StructType([types.StructField("value", types.StringType())])
    frame = session.createDataFrame(whole, schema, verifySchema=False)
    frame.orderBy("value").write.text(f"{folder}/nquads")
    return number + header.count()


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
