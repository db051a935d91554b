"""Read the rolls of occasions: who takes part, chairs or hosts, told by a phrase with a list of names.

"The Summit, attended in person or by video by the leaders of A and B", "to which C and D are invited", "the Group's
co-chairs, E and F". The parser errs on long lists with titles; here the sentence is a line with one character for
each name. Words and patterns: ``rolls.toml``.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.scene import Participant, Scene
from diplograph.extract.sketch import (
    ACTOR,
    ANY,
    BODY,
    EVENT,
    OCCASION,
    OTHER,
    PROGRAMME,
    STATE,
    index_of,
    meant,
    sketch,
)  # fmt: skip

__all__ = ["Roll", "Rolls", "load_rolls"]

_ACTORS = re.compile(ACTOR)
# Code points of a list: the longest ones name all members of a union with their ministers.
_LONGEST = 900
# "The eighth round of the talks": tokens between the beginning of a phrase and the noun that means an occasion.
_NEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """A rule: its pattern has the groups ``what`` and ``who`` or ``list``; ``own``: else it is the issuer's own body.

    Of a ``meant`` rule the occasion is named before the sentence; one of the words that a rule ``needs`` stands before.
    """

    id: str
    relation: str
    pattern: re.Pattern[str] = field(repr=False)
    sure: float
    own: bool
    meant: bool
    needs: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolls:
    """Callable on a scene: candidates for the relations of the rules; settings only."""

    rules: tuple[Roll, ...]
    not_attended: frozenset[str]
    apart: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the rules, then of the places."""
        if not scene.mentions:
            return
        line = sketch(scene).text
        for rule in self.rules:
            for match in rule.pattern.finditer(line):
                found = match.groupdict()
                what = self._what(scene, rule, found, match.start())
                if what is None:
                    continue
                if self.apart & set((found.get("gap") or "").split()):
                    continue
                if rule.needs and rule.needs.isdisjoint(line[: match.start()].lower().split()):
                    continue
                who, own = found.get("who") or "", found.get("own")
                if own and not (_same(scene, who, own)):
                    continue
                names = ([who] if who else []) + _ACTORS.findall(found.get("list") or "")
                for who in (meant(scene, name) for name in names):
                    if who is not None and who.entity != what.entity:
                        cue = scene.parsed.token_at(sketch(scene).starts[match.start("cue")])
                        yield _claim(rule, who, what, cue)

    def _what(self, scene: Scene, rule: Roll, found: dict[str, str | None], start: int) -> Participant | None:
        if rule.meant:
            return _meant_before(scene, start)
        told = next((found[name] for name in ("what", "other") if found.get(name)), None)
        if not told:
            author = scene.author
            if not rule.own or author is None or author.cls == "Country":
                return None
            return Participant(entity=author.entity, cls=author.cls, token=-1, how="author")
        words = scene.mentions[index_of(told)].text.lower().split()
        if rule.relation == "participatesIn" and not self.not_attended.isdisjoint(words):
            return None
        return meant(scene, told)


def _same(scene: Scene, one: str, other: str) -> bool:
    """Tell whether two names of a sentence are of the same."""
    return scene.mentions[index_of(one)].entity == scene.mentions[index_of(other)].entity


def _meant_before(scene: Scene, start: int) -> Participant | None:
    """Give the occasion that a noun or pronoun at a place of the sketch stands for, else the event named last."""
    token = scene.parsed.token_at(sketch(scene).starts[start])
    for at in range(token, token + _NEAR):
        for p in scene.anaphors.get(at, ()):
            if p.cls in {"Event", "Forum"}:
                return p
    events = [p for p in scene.latest if p.cls == "Event"]
    return Participant(entity=events[-1].entity, cls="Event", token=-1, how="anaphor") if events else None


def _claim(rule: Roll, who: Participant, what: Participant, cue: int) -> Candidate:
    return cued(rule.relation, who, what, f"roll-{rule.id}", cue, rule.sure, "list")


def load_rolls(folder: Path) -> Rolls:
    """Read ``rolls.toml``."""
    data = tomllib.loads((folder / "rolls.toml").read_text(encoding="utf-8"))
    glue = _any(data["glue"])
    chair = _any(
        [form for word in data["chair"] for form in (word, word[0].upper() + word[1:], word.title())]
    )
    kinds = {
        "<any>": ANY,
        "<states>": _inner(STATE),
        "<places>": OTHER,
        "<A>": f"(?P<who>{ACTOR})",
        "<M>": f"(?:{_any([form for word in data['meant'] for form in (word, word.title())])})",
        "<L>": rf"(?P<list>(?:[{ANY}]|[A-Z][\w.'-]*|(?:{glue})\b|(?<!, )from\b|[,;()'&:-]|[ ]){{1,{_LONGEST}}})",
        "<HELD>": rf"(?P<gap>[^.;:{_inner(OCCASION)}]{{0,110}}?)(?<!\w)(?P<cue>)",
        "<NEAR>": rf"(?:(?: (?:{_any(data['near'])}|[A-Z]?[a-z]+day|[0-9]{{1,4}})|,| [{OTHER}])*) (?P<cue>)",
        "<O>": f"(?P<what>{OCCASION})",
        "<E>": f"(?P<who>{EVENT})",
        "<X>": f"(?P<what>[{_inner(PROGRAMME)}{_inner(EVENT)}])",
        "<K>": f"(?P<what>{EVENT})",
        "<W>": f"(?P<what>[{_inner(OCCASION)}{_inner(PROGRAMME)}])",
        "<U>": f"(?P<what>[{_inner(OCCASION)}{_inner(BODY)}])",
        "<V>": f"(?P<other>{BODY})",
        "<B>": f"(?P<what>{BODY})",
        "<S>": f"(?P<who>{STATE})",
        "<C>": f"(?:{chair})\\b",
        "<BC>": f"(?:(?:{_any(data['before_chair'])}|[0-9]{{4}}) )*",
    }
    rules: list[Roll] = []
    for row in data["rule"]:
        pattern = row["pattern"]
        for mark, regex in kinds.items():
            pattern = pattern.replace(mark, regex)
        if "(?P<cue>" not in pattern:
            pattern = "(?P<cue>)" + pattern
        rules.append(
            Roll(
                id=row["id"], relation=row["relation"], pattern=re.compile(pattern),
                sure=row["sure"], own=row.get("own", False),
                meant=row.get("meant", False), needs=frozenset(row.get("needs", ())),
            )
        )  # fmt: skip
    return Rolls(
        rules=tuple(rules), not_attended=frozenset(data["not_attended"]), apart=frozenset(data["apart"])
    )


def _any(words: list[str]) -> str:
    """Give a pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(dict.fromkeys(words), key=lambda w: (-len(w), w))))


def _inner(bracketed: str) -> str:
    return bracketed[1:-1]
