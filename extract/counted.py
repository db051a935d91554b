"""Say whom "the four countries", "all six" or "the V4 countries" means: those of the last list of so many.

Lists are found in the text by what stands between names, whatever the parser makes of them. Two or three states that
met are told by :mod:`diplograph.extract.discourse` already. Words: ``counted.toml``, ``numbers.tsv``.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from diplograph.extract.parsing import Parsed
from diplograph.extract.records import Document, Mention
from diplograph.extract.salience import at_token
from diplograph.extract.scene import Participant
from diplograph.ontology.vocabulary import read_table

__all__ = ["Counted", "Lists", "load_counted"]

_FEWEST, _MOST = 2, 12
# Lists further back than so many sentences are no longer meant by a number alone.
_REACH = 12
_GROUPS = frozenset({"Forum", "Organization"})
# A group stands so near before the list of its members (code points).
_BESIDE = 160
_NAME_DEPS = ("compound", "nmod", "amod", "poss")


@dataclass(slots=True)
class Lists:
    """The lists of a document so far: (sentence, class, members), and the members told beside a group."""

    told: list[tuple[int, str, tuple[Participant, ...]]] = field(default_factory=list)
    of_group: dict[str, tuple[Participant, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The resolver: word lists fixed; :class:`Lists` is kept while one document is read."""

    numbers: Mapping[str, int]
    states: frozenset[str]
    bodies: frozenset[str]
    pointing: frozenset[str]
    joints: re.Pattern[str]
    others: re.Pattern[str]

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The nouns of groups and the numbers that may stand alone."""
        return self.states.union(self.bodies, self.numbers)

    def note(self, lists: Lists, document: Document, number: int, mentions: Sequence[Mention]) -> None:
        """Remember the lists of states and of bodies that a sentence holds."""
        for cls in ("Country", "Organization"):
            run: list[Mention] = []
            for m in (m for m in mentions if m.cls in {cls, "Person"}):
                if m.cls == "Person":
                    if run and not self._joined(document, run[-1], m):
                        self._keep(lists, document, number, cls, run, mentions)
                        run = []
                    elif run:
                        run.append(m)
                    continue
                if run and not self._joined(document, run[-1], m):
                    self._keep(lists, document, number, cls, run, mentions)
                    run = []
                run.append(m)
            self._keep(lists, document, number, cls, run, mentions)

    def _joined(self, document: Document, one: Mention, other: Mention) -> bool:
        return self.joints.fullmatch(document.text, one.span.end, other.span.start) is not None

    def _keep(
        self,
        lists: Lists,
        document: Document,
        number: int,
        cls: str,
        run: Sequence[Mention],
        mentions: Sequence[Mention],
    ) -> None:
        members = {
            m.entity: Participant(entity=m.entity, cls=cls, token=-1, how="list") for m in run if m.cls == cls
        }
        if not _FEWEST <= len(members) <= _MOST:
            return
        lists.told.append((number, cls, tuple(members.values())))
        start = run[0].span.start
        groups = [
            m
            for m in mentions
            if m.cls in _GROUPS
            and 0 < start - m.span.end <= _BESIDE
            and m.entity not in members
            and not self.others.search(document.text, m.span.end, start)
        ]
        if cls == "Country" and groups and len(members) > _FEWEST:
            lists.of_group.setdefault(groups[-1].entity, tuple(members.values()))

    def anaphors(
        self,
        parsed: Parsed,
        number: int,
        lists: Lists,
        found: Mapping[int, tuple[Participant, ...]],
        author: Participant | None,
    ) -> dict[int, tuple[Participant, ...]]:
        """Map nouns with a number, or with the name of a group, to the members of the list they mean."""
        meant: dict[int, tuple[Participant, ...]] = {}
        for token in parsed.places(self.nouns) if lists.told else ():
            if token in found or parsed.inside[token] >= 0:
                continue
            if members := self._meant(parsed, token, number, lists, author):
                meant[token] = tuple(at_token(p, token) for p in members)
        return meant

    def _meant(
        self, parsed: Parsed, token: int, number: int, lists: Lists, author: Participant | None
    ) -> tuple[Participant, ...]:
        word = parsed.lower[token]
        named = [c for c in parsed.child(token, *_NAME_DEPS) if parsed.mention[c] >= 0]
        if word in self.states and named:
            group = parsed.sentence.mentions[parsed.mention[named[0]]].entity
            return lists.of_group.get(group, ())
        if word in self.numbers:
            bare = not parsed.children[token] or (token > 0 and parsed.lower[token - 1] in self.pointing)
            subject = parsed.deps[token] in {"nsubj", "nsubjpass"}
            count = self.numbers[word]
            alone = subject and bare and count > _FEWEST  # "the two" may be anybody
            return self._last(lists, number, "Country", count, author) if alone else ()
        counts = [c for c in parsed.children[token] if parsed.lower[c] in self.numbers]
        if not counts or any(parsed.deps[c] in {"prep", "relcl", "acl"} for c in parsed.children[token]):
            return ()
        if counts[0] == 0 or parsed.lower[counts[0] - 1] not in self.pointing:
            return ()
        cls = "Organization" if word in self.bodies else "Country"
        return self._last(lists, number, cls, self.numbers[parsed.lower[counts[0]]], author)

    def _last(
        self, lists: Lists, number: int, cls: str, count: int, author: Participant | None
    ) -> tuple[Participant, ...]:
        """Give the last list of exactly so many; one less will do where the author's own state makes up the number."""
        for at, of, members in reversed(lists.told):
            if number - at > _REACH:
                return ()
            if of != cls:
                continue
            if len(members) == count:
                return members
            own = (
                author is not None and author.cls == cls and author.entity not in {m.entity for m in members}
            )
            if own and author is not None and len(members) == count - 1 and at >= number - 1:
                return (author, *members)
        return ()


def load_counted(folder: Path) -> Counted:
    """Read ``counted.toml`` and the numbers up to twelve of ``numbers.tsv``."""
    data = tomllib.loads((folder / "counted.toml").read_text(encoding="utf-8"))
    numbers = {
        row["word"]: int(row["value"])
        for row in read_table(folder / "numbers.tsv")
        if row["value"].isdigit() and _FEWEST <= int(row["value"]) <= _MOST
    }
    return Counted(
        numbers=numbers,
        states=frozenset(data["states"]),
        bodies=frozenset(data["bodies"]),
        pointing=frozenset(data["pointing"]),
        joints=re.compile(data["joints"]),
        others=re.compile(data["others"]),
    )
