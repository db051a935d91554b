"""What the tables list of two participants: hints for the ranker, never claims of their own.

A body that is listed with an issue is likelier to be said to deal with it, a listed member to be said to be
one; whether a sentence says so is for the ranker to judge.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from diplograph.ontology.vocabulary import Entry, read_table

__all__ = ["ListedFacts", "load_listed_facts"]


@dataclass(frozen=True, kw_only=True)
class ListedFacts:
    """Callable on the ids of two participants; tables fixed.

    ``entries`` are those of the gazetteer by id; ``memberships`` are pairs of a body's id and a country's id.
    """

    entries: Mapping[str, Entry]
    memberships: frozenset[tuple[str, str]] = frozenset()

    def __call__(self, head: str, tail: str) -> Iterator[str]:
        """Yield what the tables say of a head and a tail, in a fixed order."""
        kind = tail.partition("/")[0]
        if head in self.entries:
            if kind == "issue":
                yield "listed=issue" if tail in self._issues.get(head, ()) else "listed=no-issue"
            else:
                if self._parents.get(head) == tail.partition("/")[2]:
                    yield "listed=parent"
                if kind == "country":
                    if tail in self._countries.get(head, ()):
                        yield "listed=country"
                    if tail in self._members.get(head, ()):
                        yield "listed=tail-member"
        if tail in self.entries:
            if head.startswith("country/"):
                members = self._members.get(tail, ())
                if head in members or (tail, head) in self.memberships:
                    yield "listed=member"
                elif members:
                    yield "listed=no-member"
                if head in self._countries.get(tail, ()):
                    yield "listed=own"
            if self._parents.get(tail) == head.partition("/")[2]:
                yield "listed=child"

    @cached_property
    def _issues(self) -> Mapping[str, frozenset[str]]:
        return self._column("issues", "issue")

    @cached_property
    def _members(self) -> Mapping[str, frozenset[str]]:
        return self._column("members", "country")

    @cached_property
    def _countries(self) -> Mapping[str, frozenset[str]]:
        return self._column("country", "country")

    @cached_property
    def _parents(self) -> Mapping[str, str]:
        return {id_: entry.facts["parent"] for id_, entry in self.entries.items() if "parent" in entry.facts}

    def _column(self, name: str, prefix: str) -> Mapping[str, frozenset[str]]:
        return {
            id_: frozenset(f"{prefix}/{value}" for value in entry.fact_list(name))
            for id_, entry in self.entries.items()
            if name in entry.facts
        }


def load_listed_facts(entries: Mapping[str, Entry], folder: Path) -> ListedFacts:
    """Take the entries of a gazetteer, and ``memberships.tsv`` of the folder of vocabularies."""
    rows: Iterable[Mapping[str, str]] = read_table(folder / "memberships.tsv")
    return ListedFacts(
        entries=entries, memberships=frozenset((row["body"], f"country/{row['country']}") for row in rows)
    )
