"""Read what binds two states where a message speaks of it: ``cooperatesWith``.

A message to another state says "our partnership" and "working side by side" without naming the other again; whom
it is to stands in its heading. A readout says "U.S.-ASEAN relations". Words: ``ties.toml``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant, Scene

__all__ = ["Ties", "load_ties"]

_ACTORS = frozenset({"Country", "Organization"})
_FARTHEST_ISSUE = 4
# "U.S.-ASEAN strategic economic relations": words between the names and what binds them.
_WORDS_BETWEEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Callable on a scene: candidates for ``cooperatesWith``; settings only."""

    arguments: Arguments
    ties: frozenset[str]
    works: frozenset[str]
    jointly: frozenset[str]
    acting: frozenset[str]
    together: frozenset[str]
    owners: frozenset[str]
    speakers: frozenset[str]
    between: frozenset[str]
    strokes: frozenset[str]
    strained: frozenset[str]
    head: int

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in order of place: first of the author with whom the text is to, then of names joined."""
        if self.strained & set(scene.parsed.lower):
            return
        other = self._addressee(scene)
        if other is not None and scene.author is not None:
            for cue, word in enumerate(scene.parsed.lower):
                rule = self._ours(scene, cue, word)
                if rule:
                    yield self._claim(scene, scene.author, other, rule, cue, 0.7)
        yield from self._joined(scene)

    def _addressee(self, scene: Scene) -> Participant | None:
        """Give the state that the heading names beside the author's, if it alone is, or if the text last named it."""
        if scene.voice or scene.author is None or scene.author.cls != "Country":
            return None
        first = scene.document.text[: self.head].split("\n", 1)[0]
        titled = [
            e
            for e in sorted(scene.entities)
            if e.startswith("country/")
            and e != scene.author.entity
            and any(n and n in first for n in (scene.entities[e].label, *scene.entities[e].aliases))
        ]
        if len(titled) == 1:
            return Participant(entity=titled[0], cls="Country", token=-1, how="topic")
        if scene.foreign is None or scene.foreign.entity == scene.author.entity:
            return None
        entity = scene.entities.get(scene.foreign.entity)
        if entity is None:
            return None
        opening = scene.document.text[: self.head]
        names = (entity.label, *entity.aliases)
        return scene.foreign if any(n and n in opening for n in names) else None

    def _ours(self, scene: Scene, cue: int, word: str) -> str:
        """Give the rule by which a word speaks of what author and addressee share, or an empty string."""
        parsed = scene.parsed
        if word in self.ties or word in self.works:
            below = [parsed.lower[c] for c in parsed.children[cue]]
            if not any(w in self.owners for w in below) or any(
                parsed.lower[p] == "with" for p in parsed.child(cue, "prep")
            ):
                return ""
            if word in self.ties:
                return "our-ties"
            return "our-joint-work" if any(w in self.jointly for w in below) else ""
        if (
            word in self.acting
            and parsed.tags[cue].startswith("VB")
            and self.together & set(parsed.lower[cue + 1 : cue + 3])
        ):
            agents = self.arguments.roles(parsed, cue).get("agent", ())
            if any(parsed.lower[t] in self.speakers for t in agents):
                return "we-together"
        return ""

    def _joined(self, scene: Scene) -> Iterator[Candidate]:
        """Read "U.S.-ASEAN relations"."""
        parsed = scene.parsed
        for stroke, word in enumerate(parsed.words):
            if (
                word not in self.strokes
                or not 0 < stroke < len(parsed.words) - 1
                or parsed.inside[stroke] >= 0
            ):
                continue
            one, other = scene.named(stroke - 1), scene.named(stroke + 1)
            if (
                one is None
                or other is None
                or not {one.cls, other.cls} <= _ACTORS
                or one.entity == other.entity
            ):
                continue
            for cue in range(stroke + 2, min(stroke + 2 + _WORDS_BETWEEN, len(parsed.words))):
                if parsed.lower[cue] in self.ties or parsed.lower[cue] in self.between:
                    yield self._claim(scene, one, other, "names-joined", cue, 0.65)
                    break
                if not parsed.tags[cue].startswith(("JJ", "NN")):
                    break

    def _claim(
        self, scene: Scene, one: Participant, other: Participant, rule: str, cue: int, sure: float
    ) -> Candidate:
        parsed = scene.parsed
        issues = [(parsed.distance(cue, p.token), p.token, p.entity) for p in scene.names("IssueArea")]
        near = [i for i in issues if i[0] <= _FARTHEST_ISSUE]
        return Candidate(
            predicate="cooperatesWith", head=one, tail=other, rule=rule, cue=cue,
            qualifiers=(("issue", min(near)[2]),) if near else (), confidence=sure, roles=(rule, "cue"),
        )  # fmt: skip


def load_ties(folder: Path, arguments: Arguments) -> Ties:
    """Read ``ties.toml``; verbs are spelt out in all their forms."""
    data = tomllib.loads((folder / "ties.toml").read_text(encoding="utf-8"))
    return Ties(
        arguments=arguments,
        acting=all_forms(data["acting"], arguments.irregular),
        head=data["head"],
        **{
            key: frozenset(data[key])
            for key in (
                "ties",
                "works",
                "jointly",
                "together",
                "owners",
                "speakers",
                "between",
                "strokes",
                "strained",
            )
        },
    )
