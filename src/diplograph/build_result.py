"""Remember in a result what it was made from, so that a build that would give the same writes nothing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from diplograph.build_cache import CACHE_FOLDER, package_version

__all__ = ["Result", "documents_of", "earlier_result", "state_of", "write_result"]

_FILE = "build.json"
# Made by queries, from the other files.
_STORE = "store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the graph of a build holds, its hash, and which inputs could not be read, in words."""

    documents: int
    entities: int
    claims: int
    graph: str
    failures: tuple[str, ...] = ()


def state_of(
    keys: Mapping[str, str], failures: Mapping[str, str], min_confidence: float, *, on_disk: bool = False
) -> str:
    """Give a hash over all that the files of a result depend on.

    Args:
        keys: For each document, under which key what was read out of it is kept.
        failures: For each document that could not be read, why.
        min_confidence: As the build was told.
        on_disk: Whether it is merged on disk, which leaves other files.
    """
    told = [package_version(), sorted(keys.items()), sorted(failures.items()), min_confidence, on_disk]
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()


def write_result(folder: Path, state: str, result: Result) -> None:
    """Write down the state, the figures, and the hash of every file of a result that is complete."""
    told = {"state": state, "result": asdict(result), "files": _hashes(folder)}
    data = json.dumps(told, indent=1, sort_keys=True) + "\n"
    (folder / CACHE_FOLDER).mkdir(exist_ok=True)
    (folder / CACHE_FOLDER / _FILE).write_text(data, encoding="ascii", newline="\n")


def earlier_result(folder: Path, state: str) -> Result | None:
    """Give the figures of a result of exactly this state whose files are as they were written, or None."""
    try:
        told = json.loads((folder / CACHE_FOLDER / _FILE).read_text(encoding="ascii"))
        if told["state"] != state or told["files"] != _hashes(folder):
            return None
        result = Result(**told["result"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Result(**{**asdict(result), "failures": tuple(result.failures)})


def _hashes(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and parts[0] not in (CACHE_FOLDER, _STORE):
            with path.open("rb") as file:
                found["/".join(parts)] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def documents_of(folder: Path) -> frozenset[str]:
    """Give the ids of the documents of a result; none where there is no result."""
    found = set()
    try:
        with (folder / "documents.jsonl").open(encoding="utf-8") as file:
            for line in file:
                found.add(str(json.loads(line)["id"]))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    return frozenset(found)
