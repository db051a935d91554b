"""Read the fixed patterns of names: numbered resolutions, attacks, meetings told in lower case."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

__all__ = ["NamePattern", "load_name_patterns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePattern:
    """A regular expression over folded text that tells a name of a class.

    A text that holds none of ``needs``, in small letters, need not be searched; empty: all are.
    """

    id: str
    cls: str
    regex: re.Pattern[str]
    needs: tuple[str, ...] = ()

    def may_match(self, lower: str) -> bool:
        """Tell whether a text, given in small letters, is worth a search."""
        for word in self.needs:
            if word in lower:
                return True
        return not self.needs


def load_name_patterns(folder: Path) -> tuple[NamePattern, ...]:
    """Read ``name_patterns.toml`` in the order of the file."""
    data = tomllib.loads((folder / "name_patterns.toml").read_text(encoding="utf-8"))
    return tuple(
        NamePattern(
            id=row["id"], cls=row["class"], regex=re.compile(row["regex"]), needs=tuple(row.get("needs", ()))
        )
        for row in data["pattern"]
    )
