"""A session of Spark, and the file systems that it reaches."""

import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from diplograph.graph.extras import MissingExtra
from diplograph.ontology.errors import DiplographError, InputError

__all__ = ["JavaMissing", "SparkFailed", "Storage", "spark_session"]

# Spark counts 4 MB for opening a file: so few documents in a task that all machines get their share.
_TASK_BYTES = 64 * 1024 * 1024


class JavaMissing(DiplographError, RuntimeError):
    """Spark needs Java, and there is none."""

    def __init__(self) -> None:
        super().__init__(
            "Spark needs Java 17 or newer; run: apt-get install openjdk-17-jre-headless "
            "(elsewhere install a JRE from https://adoptium.net), or set JAVA_HOME"
        )


class SparkFailed(DiplographError, RuntimeError):
    """Spark has given up; what was in the output folder is as it was."""

    def __init__(self, told: str) -> None:
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        # A traceback ends with what was wrong; stack traces of Java follow it.
        python = [line for line in lines if not line.startswith(("at ", "...", "Caused by"))]
        super().__init__(f"Spark failed: {(python or lines or ['no reason is given'])[-1][:500]}")


@contextmanager
def spark_session(conf: Mapping[str, str]) -> Iterator[Any]:
    """Give a session with these settings; it ends with the block, unless it was there before.

    Raises:
        MissingExtra: PySpark is not installed.
        JavaMissing: There is no Java.
        SparkFailed: Something in the block fails within Spark.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from py4j.protocol import Py4JError
            from pyspark.errors import PySparkException
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
    except (PySparkException, Py4JError) as error:
        raise SparkFailed(str(error)) from error
    finally:
        if before is None:
            session.stop()


class Storage:
    """Folders on whatever file system an address names."""

    def __init__(self, session: Any) -> None:
        self._java = session.sparkContext._jvm
        self._conf = session.sparkContext._jsc.hadoopConfiguration()

    def check(self, target: str, output: str, marker: str) -> None:
        """Refuse an output that holds something other than an earlier result, which has a folder ``marker``."""
        path, system = self._at(target)
        if not system.exists(path):
            return
        if system.exists(self._java.org.apache.hadoop.fs.Path(path, marker)):
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
