"""Read the fixed patterns of names: numbered resolutions, attacks, meetings told in lower case."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ahocorasick_rs import AhoCorasick

__all__ = ["NamePattern", "NamePatterns", "load_name_patterns"]

# A compound that the end of a line cut ("fifty- eighth").
_SPLIT = re.compile(r"-\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePattern:
    """A regular expression over folded text that tells a name of a class.

    A text that holds none of ``needs``, in small letters, need not be searched; empty: all are.
    ``tail``, if any, matches behind the name the words that tell which one it is ("meeting" … "with Norway").
    ``known``, if any, is what the name is in full, with ``{name}`` in it; such a name tells one dated occasion.
    """

    id: str
    cls: str
    regex: re.Pattern[str]
    needs: tuple[str, ...] = ()
    tail: re.Pattern[str] | None = None
    known: str = ""

    def label(self, text: str, match: re.Match[str]) -> str:
        """Give the name with the words that tell which one it is, or nothing if the name is told by itself."""
        if self.known:
            return self.known.format(name=_SPLIT.sub("-", match["name"]))
        if "whole" in match.re.groupindex and match["whole"]:
            return match["whole"]
        behind = self.tail.match(text, match.end("name")) if self.tail else None
        return text[match.start("name") : behind.end()] if behind else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePatterns:
    """Callable on a text in small letters: the patterns that are worth a search there, in their order.

    ``always`` are the indexes of the patterns that need no word; ``needing[i]`` those that need word ``i``.
    """

    patterns: tuple[NamePattern, ...]
    always: tuple[int, ...]
    needing: tuple[tuple[int, ...], ...]
    words: AhoCorasick = field(repr=False, compare=False)

    def __call__(self, lower: str) -> list[NamePattern]:
        """Give the patterns one of whose words stands in a text."""
        chosen = set(self.always)
        for word, _, _ in self.words.find_matches_as_indexes(lower, overlapping=True):
            chosen.update(self.needing[word])
        return [self.patterns[index] for index in sorted(chosen)]


def load_name_patterns(folder: Path) -> NamePatterns:
    """Read ``name_patterns.toml`` in the order of the file."""
    data = tomllib.loads((folder / "name_patterns.toml").read_text(encoding="utf-8"))
    tail = re.compile(_filled(data["tail"], data["parts"]))
    patterns = tuple(
        NamePattern(
            id=row["id"],
            cls=row["class"],
            regex=re.compile(_filled(row["regex"], data["parts"])),
            needs=tuple(row.get("needs", ())),
            tail=tail if row.get("described") else None,
            known=row.get("known", ""),
        )
        for row in data["pattern"]
    )
    words = sorted({word for pattern in patterns for word in pattern.needs})
    return NamePatterns(
        patterns=patterns,
        always=tuple(index for index, pattern in enumerate(patterns) if not pattern.needs),
        needing=tuple(
            tuple(index for index, pattern in enumerate(patterns) if word in pattern.needs) for word in words
        ),
        words=AhoCorasick(words),
    )


def _filled(regex: str, parts: Mapping[str, str]) -> str:
    """Put the parts that several patterns share in the place of their names in braces."""
    for name, part in parts.items():
        regex = regex.replace("{" + name + "}", f"(?:{part})")
    return regex
