"""Read who heads, speaks for or commands a body where plain words tell it: "RENAMO, led by A", "UN mediator B".

Patterns over the sentence with one character for each name; words and patterns: ``leading.toml``.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Scene
from diplograph.extract.sketch import BODY, HOLDER, PERSON, STATE, meant, sketch
from diplograph.extract.titles import Titles
from diplograph.extract.tokens import tokenize

__all__ = ["Leading", "LeadingRule", "load_leading"]

# Words of titles before a name: "General of the Army Mr. X" has no more than these many code points.
_LONGEST_TITLES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingRule:
    """A pattern by which words tell an office; the groups are ``person``, ``body`` and ``noun``, ``verb`` or neither.

    ``titled`` rules take nouns that are listed titles, too.
    """

    id: str
    pattern: re.Pattern[str] = field(repr=False)
    sure: float
    titled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """Callable on a scene: candidates for ``holdsPosition``; settings only."""

    titles: Titles
    rules: tuple[LeadingRule, ...]
    verbs: Mapping[str, str]
    cue: re.Pattern[str] = field(repr=False)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the rules, then of the persons."""
        if not any(m.cls == "Person" for m in scene.mentions):
            return
        line = sketch(scene)
        if not self.cue.search(line.text):
            return
        for rule in self.rules:
            for match in rule.pattern.finditer(line.text):
                found = match.groupdict()
                title = self._title(scene, found.get("titles") or "")
                if title is None or (title == "" and "titled" in found):
                    continue
                person, body = meant(scene, found["person"]), meant(scene, found["body"])
                if person is None or body is None:
                    continue
                noun = found.get("noun") or self.verbs.get(found.get("verb") or "", "")
                if (
                    noun
                    and not rule.titled
                    and self.titles.kinds.get(tuple(noun.split()), "courtesy") != "courtesy"
                ):
                    continue  # titles are read by others, in view of the whole list
                position = title or noun
                if position:
                    yield Candidate(
                        predicate="holdsPosition",
                        head=person,
                        tail=body,
                        rule=f"lead-{rule.id}",
                        cue=person.token,
                        qualifiers=(("position", position),),
                        confidence=rule.sure,
                        roles=("name", "name"),
                    )

    def _title(self, scene: Scene, words: str) -> str | None:
        """Give the office among the words before a name, empty if they are courtesies; None if they are no titles."""
        tokens = tokenize(words)
        end, first, last = len(tokens), 0, 0
        while end:
            if tokens[end - 1].text in {",", "the", "The", "its", "-"}:
                end -= 1
                continue
            match = self.titles.ending_at(tokens, end)
            if match is None:
                return None
            if match[1] != "courtesy" and not last:
                last = end
            if match[1] != "courtesy":
                first = match[0]
            end = match[0]
        return words[tokens[first].start : tokens[last - 1].end] if last else ""


def load_leading(folder: Path, titles: Titles) -> Leading:
    """Read ``leading.toml``."""
    data = tomllib.loads((folder / "leading.toml").read_text(encoding="utf-8"))
    nouns = sorted(data["nouns"], key=lambda n: (-len(n), n))
    noun = "|".join(f"[{n[0].upper()}{n[0]}]{re.escape(n[1:])}" for n in nouns)
    before = "|".join(sorted(data["before"], key=lambda w: (-len(w), w)))
    words = rf"[^{PERSON[1:-1]}{HOLDER[1:-1]};:()]{{0,{_LONGEST_TITLES}}}?"
    kinds = {
        "<P>": f"(?P<person>{PERSON})",
        "<Q>": PERSON,
        "<B>": f"(?P<body>{BODY})",
        "<H>": f"(?P<body>{HOLDER})",
        "<S>": STATE,
        "<N>": rf"(?:(?:{before}) )*(?P<noun>{noun})",
        "<T>": rf"(?P<titles>(?:{words}[ ])?)",
        "<X>": rf"(?P<titles>(?:{words}[ ]))(?P<titled>)",
    }
    rules: list[LeadingRule] = []
    for row in data["rule"]:
        pattern = row["pattern"]
        for mark, regex in kinds.items():
            pattern = pattern.replace(mark, regex)
        rules.append(
            LeadingRule(
                id=row["id"], pattern=re.compile(pattern), sure=row["sure"], titled=row.get("titled", False)
            )
        )
    verbs: dict[str, str] = data["verbs"]
    return Leading(
        titles=titles,
        rules=tuple(rules),
        verbs=verbs,
        cue=re.compile(rf"\b(?:{noun}|{'|'.join(sorted(verbs))})\b"),
    )
