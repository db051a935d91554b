"""Read the status of an agreement from the word that governs its name: signed, ratified, in force."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Scene

__all__ = ["StatusReader", "load_statuses"]

# "the entry into force of the Treaty": the noun stands three steps above the name at most.
_REACH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReader:
    """Callable on a scene and the token of an agreement; words fixed.

    ``words`` maps a form to its status and to the words one of which the sentence must hold too.
    """

    words: Mapping[str, tuple[str, frozenset[str]]]
    standing: str
    last_words: frozenset[str]
    members: Mapping[str, str]
    member_phrase: re.Pattern[str]

    def __call__(self, scene: Scene, token: int) -> tuple[str, int]:
        """Give the status and the token that tells it; empty and -1 where nothing does."""
        parsed = scene.parsed
        if not 0 <= token < len(parsed.words):
            return "", -1
        above = token
        for _ in range(_REACH):
            if parsed.heads[above] == above:
                break
            above = parsed.heads[above]
            found = self.words.get(parsed.lower[above])
            if found and (not found[1] or found[1] & set(parsed.lower)):
                return found[0], above
            if parsed.tags[above].startswith("VB"):
                break
        index = parsed.mention[token]
        if index >= 0 and sum(m.cls == "Agreement" for m in scene.mentions) == 1:
            told = self._told(parsed)
            if len(told) == 1:
                return told[0][1], told[0][0]
        name = scene.mentions[index].text.split() if index >= 0 else []
        if name and name[-1] in self.last_words:
            return self.standing, -1
        return "", -1

    def _told(self, parsed: Parsed) -> list[tuple[int, str]]:
        """Give the first verb of each status that a sentence tells, in order: "reached an agreement"."""
        told: dict[str, int] = {}
        for t, word in enumerate(parsed.lower):
            found = self.words.get(word)
            if (
                found
                and parsed.tags[t].startswith("VB")
                and parsed.mention[t] < 0
                and (not found[1] or found[1] & set(parsed.lower))
            ):
                told.setdefault(found[0], t)
        return [(t, status) for status, t in told.items()]

    def membership(self, scene: Scene, token: int, member: int = -1) -> str:
        """Give the status of a member by the words that stand near the body's name or its own, or "".

        Args:
            scene: The sentence.
            token: The token of the body.
            member: The token of the member, -1 if none.
        """
        parsed = scene.parsed
        places = [t for t in (token, member) if 0 <= t < len(parsed.words)]
        near = [
            (
                min(_apart(parsed, parsed.token_at(m.start()), place) for place in places),
                m.start(),
                self.members[m[0].lower()],
            )
            for m in (self.member_phrase.finditer(parsed.sentence.text) if places else ())
        ]
        near = [n for n in near if n[0] <= _REACH]
        return min(near)[2] if near else ""


def _apart(parsed: Parsed, first: int, second: int) -> int:
    """Count the steps between two tokens in the tree; the members of a list stand at its first."""
    up, down = _climb(parsed, first), _climb(parsed, second)
    return min((up[t] + down[t] for t in up if t in down), default=_REACH + 1)


def _climb(parsed: Parsed, token: int) -> dict[int, int]:
    steps, found = 0, {token: 0}
    while parsed.heads[token] != token:
        steps += parsed.deps[token] not in {"conj", "appos"}
        token = parsed.heads[token]
        found[token] = steps
    return found


def load_statuses(folder: Path, arguments: Arguments) -> StatusReader:
    """Read ``statuses.toml``; verbs are spelt out in all their forms, the first row that has a word wins."""
    data = tomllib.loads((folder / "statuses.toml").read_text(encoding="utf-8"))
    words: dict[str, tuple[str, frozenset[str]]] = {}
    for row in data["status"]:
        for word in row["words"]:
            for form in (word, *verb_forms(word, arguments.irregular)):
                words.setdefault(form, (row["status"], frozenset(row.get("needs", []))))
    members = {phrase: row["status"] for row in data["membership"] for phrase in row["phrases"]}
    return StatusReader(
        words=words,
        standing=data["standing"]["status"],
        last_words=frozenset(data["standing"]["last_words"]),
        members=members,
        member_phrase=re.compile(
            rf"\b(?:{'|'.join(re.escape(p) for p in sorted(members, key=lambda p: (-len(p), p)))})\b",
            re.IGNORECASE,
        ),
    )
