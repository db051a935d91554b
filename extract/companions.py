"""Find those who stand beside a subject or behind a plural noun: "X, together with Y", "partners, among them Y".

What a group states or does together holds for each member. Parsers hang such companions on the verb, on the
subject or nowhere; here the words decide. Words: ``arguments.toml``, table ``company``.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.parsing import Parsed

__all__ = ["Company", "load_company"]

# "thirteen of the sixteen conventions against terrorism, including the X": words between the noun and the opener.
_REACH = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Word lists of the companions; callable by the argument finder."""

    joined: frozenset[str]
    binders: frozenset[str]
    fellowship: frozenset[str]
    plurals: frozenset[str]
    openers: tuple[tuple[str, ...], ...]
    glue: frozenset[str]
    listing: frozenset[str]

    def beside(self, parsed: Parsed, verb: int, subjects: Sequence[int]) -> list[int]:
        """Give the tokens that "together with" puts beside the subject of a verb.

        Args:
            parsed: The sentence.
            verb: The verb.
            subjects: Its subjects, so far as known.
        """
        found: list[int] = []
        for prep, word in enumerate(parsed.lower):
            if word not in self.binders or prep == 0 or parsed.lower[prep - 1] not in self.joined:
                continue
            if prep >= 2 and prep - 2 == verb and parsed.lower[verb] in self.fellowship:
                continue  # "works together with X and Y" says nothing of X and Y
            objects = [o for t in (prep, prep - 1) for o in parsed.child(t, "pobj") if o > prep]
            if objects and self._of(parsed, prep, verb, subjects):
                found += objects
        return found

    def _of(self, parsed: Parsed, prep: int, verb: int, subjects: Sequence[int]) -> bool:
        """Tell whether what a preposition brings stands beside these subjects, or the subject of this verb."""
        top = parsed.heads[prep]
        if top == prep - 1:
            top = parsed.heads[top]
        if top == verb:
            between = range(verb + 1, prep)
            return not any(parsed.tags[t].startswith("VB") and parsed.inside[t] < 0 for t in between)
        while parsed.deps[top] in {"conj", "appos"} and top not in subjects and parsed.heads[top] != top:
            top = parsed.heads[top]
        return top in subjects

    def repeated(self, parsed: Parsed, prep: int, first: int) -> list[int]:
        """Give the names that a preposition said again adds to a list: "in Mali, in Chad and in the Congo".

        Args:
            parsed: The sentence.
            prep: The preposition said first.
            first: Its object, a name.
        """
        found: list[int] = []
        if parsed.mention[first] < 0:
            return found
        at = first + 1
        again = False
        while at < len(parsed.words):
            if parsed.mention[at] >= 0:
                if again and parsed.deps[at] == "pobj":
                    found.append(at)
            elif parsed.lower[at] == parsed.lower[prep] and parsed.lower[at - 1] in {
                ",",
                "and",
                "or",
                "also",
            }:
                again = True
            elif parsed.inside[at] < 0 and parsed.lower[at] not in self.glue:
                break
            at += 1
        return found

    def behind(self, parsed: Parsed, noun: int) -> list[int]:
        """Give the names listed behind a plural noun: "partners, among them X and Y", "conventions, including X"."""
        if parsed.lower[noun] not in self.plurals:
            return []
        last = min(noun + _REACH, len(parsed.words))
        for at in range(noun + 1, last):
            if parsed.inside[at] < 0 and parsed.tags[at] in {"VBD", "VBZ", "VBP", "MD"}:
                return []
            if parsed.words[at] in {";", ".", ":"} and not any(
                o == (parsed.words[at],) for o in self.openers
            ):
                return []
            opener = next((o for o in self.openers if parsed.lower[at : at + len(o)] == o), None)
            if opener is None or parsed.inside[at] >= 0:
                if parsed.tags[at] == "NNS" and parsed.lower[at] in self.plurals and parsed.inside[at] < 0:
                    return []  # those listed are the nearer noun's
                continue
            return self.run(parsed, at + len(opener))
        return []

    def run(self, parsed: Parsed, start: int) -> list[int]:
        """Give the names of a list that begins at a token, as long as only words of lists stand between."""
        found: list[int] = []
        for at in range(start, len(parsed.words)):
            if parsed.mention[at] >= 0:
                found.append(at)
            elif parsed.inside[at] < 0 and parsed.lower[at] not in self.glue:
                break
        return found


def load_company(folder: Path) -> Company:
    """Read the table ``company`` of ``arguments.toml``."""
    data = tomllib.loads((folder / "arguments.toml").read_text(encoding="utf-8"))["company"]
    return Company(
        joined=frozenset(data["joined"]),
        binders=frozenset(data["binders"]),
        fellowship=frozenset(data["fellowship"]),
        plurals=frozenset(data["plurals"]),
        openers=tuple(tuple(phrase.split()) for phrase in data["openers"]),
        glue=frozenset(data["glue"]),
        listing=frozenset(data["listing"]),
    )
