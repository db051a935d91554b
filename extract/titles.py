"""Read the titles that stand before or behind the names of persons."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.folding import fold
from diplograph.extract.tokens import Token, tokenize
from diplograph.ontology.errors import TableError
from diplograph.ontology.vocabulary import read_table

__all__ = ["Titles", "load_titles"]

_NEXT_WORD = re.compile(r" ([A-Z][a-z]+)")


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles as tuples of tokens, with their kind, and the words of names."""

    kinds: dict[tuple[str, ...], str]
    longest: int
    first_words: frozenset[str]
    last_words: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    title_tails: frozenset[str]
    given_names: frozenset[str]
    things: frozenset[str]  # what bears a name of a person
    callings: frozenset[str]  # may stand before a full name with a known given name
    plurals: frozenset[str]  # nouns of titles in the plural
    plain_nouns: frozenset[str]  # "its leader, A": no titles, but told of a person
    sizes: Mapping[str, tuple[int, ...]]  # first word -> lengths of the titles with it, the longest first

    def names_thing(self, text: str, end: int) -> bool:
        """Tell whether a name that ends at ``end`` goes on to that of a thing ("the Benjamin Franklin Room")."""
        word = _NEXT_WORD.match(text, end)
        return word is not None and word[1] in self.things

    def ending_at(self, tokens: Sequence[Token], end: int) -> tuple[int, str] | None:
        """Give the start and kind of the longest title whose last token is ``tokens[end - 1]``."""
        if not end or tokens[end - 1].text not in self.last_words:
            return None
        for size in range(min(self.longest, end), 0, -1):
            kind = self.kinds.get(tuple(t.text for t in tokens[end - size : end]))
            if kind:
                return end - size, kind
        return None

    def starting_at(self, tokens: Sequence[Token], start: int) -> tuple[int, str] | None:
        """Give the end and kind of the longest title whose first token is ``tokens[start]``."""
        if start >= len(tokens) or tokens[start].text not in self.first_words:
            return None
        sizes = self.sizes[tokens[start].text]
        words = tuple([token.text for token in tokens[start : start + sizes[0]]])
        for size in sizes:
            kind = self.kinds.get(words[:size]) if size <= len(words) else None
            if kind:
                return start + size, kind
        return None


def load_titles(folder: Path, vocabularies: Path) -> Titles:
    """Read ``titles.tsv`` and ``persons.toml`` of the rules, ``given_names.tsv`` of the vocabularies.

    Raises:
        TableError: A title has an unknown kind.
    """
    path = folder / "titles.tsv"
    lists = tomllib.loads((folder / "persons.toml").read_text(encoding="utf-8"))
    lowered = frozenset(lists["lowered"])
    plurals = tomllib.loads((folder / "shared_titles.toml").read_text(encoding="utf-8"))["plurals"]
    kinds: dict[tuple[str, ...], str] = {}
    for row in read_table(path):
        if row["kind"] not in {"office", "body", "courtesy"}:
            raise TableError(
                path, row["title"], f"has the unknown kind {row['kind']!r}", "use office, body or courtesy"
            )
        words = tuple(t.text for t in tokenize(fold(row["title"]).text))
        kinds[words] = row["kind"]
        if row["kind"] == "office" and not row["title"].isupper():
            kinds.setdefault(tuple(w.upper() for w in words), row["kind"])
        low = row["title"].lower()
        if row["kind"] != "courtesy" and not lowered.isdisjoint(re.split(r"[ -]", low)):
            kinds.setdefault(tuple(w.lower() for w in words), row["kind"])
    return Titles(
        kinds=kinds,
        longest=max(map(len, kinds)),
        first_words=frozenset(k[0] for k in kinds),
        last_words=frozenset(k[-1] for k in kinds),
        particles=frozenset(lists["particles"]),
        not_names=frozenset(lists["not_names"]) | frozenset(w.upper() for w in lists["not_names"]),
        title_tails=frozenset(lists["title_tails"]),
        things=frozenset(lists["things"]),
        callings=frozenset(lists["callings"]),
        plain_nouns=frozenset(lists["plain_nouns"]),
        plurals=frozenset(plurals) | frozenset(word.lower() for word in plurals),
        given_names=frozenset(row["name"] for row in read_table(vocabularies / "given_names.tsv")),
        sizes=_sizes(kinds),
    )


def _sizes(titles: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Give the lengths of titles by their first word, the longest first."""
    sizes: dict[str, set[int]] = {}
    for title in titles:
        sizes.setdefault(title[0], set()).add(len(title))
    return {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}
