"""Read the fixed patterns of names: numbered resolutions, attacks, meetings told in lower case."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

__all__ = ["NamePattern", "load_name_patterns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePattern:
    """A regular expression over folded text that tells a name of a class."""

    id: str
    cls: str
    regex: re.Pattern[str]


def load_name_patterns(folder: Path) -> tuple[NamePattern, ...]:
    """Read ``name_patterns.toml`` in the order of the file."""
    data = tomllib.loads((folder / "name_patterns.toml").read_text(encoding="utf-8"))
    return tuple(
        NamePattern(id=row["id"], cls=row["class"], regex=re.compile(row["regex"])) for row in data["pattern"]
    )
