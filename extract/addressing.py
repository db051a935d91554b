"""Read what bodies, occasions and instruments deal with: ``addresses``.

A rule names a position in which a name stands to an issue term in the parse: as the subject of the clause
that speaks of it, as its occasion or framework, as its modifier ("UN peacekeeping"), or above it ("a
resolution on terrorism"). The words of each position are data: ``rules/addressing.toml``.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.extract.arguments import all_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.entailment import Inside
from diplograph.extract.folding import fold
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.errors import TableError
from diplograph.ontology.model import ENTITY_CLASSES
from diplograph.ontology.vocabulary import Entry

__all__ = ["POSITIONS", "Addressing", "AddressingRule", "load_addressing"]

POSITIONS = ("subject", "agent", "adjunct", "object", "modifier", "within", "section", "text")

_BODIES = frozenset({"Organization", "Forum", "Event", "Agreement", "Policy", "Programme"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
# What is told behind these of another verb is not told of what stands beside the first.
_APART = frozenset({"conj", "relcl", "parataxis"})
# These join any two things of a clause; they bind a term to a name only where the parser says so.
_LOOSE = frozenset({"to", "in", "of"})
# A term this many words behind the preposition still belongs to it: "on the fight against illegal fishing".
_NEAR = 6
_MODIFIERS = frozenset({"compound", "nmod", "poss", "amod"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressingRule:
    """One position with its words; empty sets allow any.

    ``classes`` are those of the head; ``words`` the forms of the governing verb (or, for ``within``, of the
    preposition or verb below the name); ``prepositions`` those of an adjunct. ``carried`` rules read the
    issues that another name in the place of the issue term carries in its words.
    """

    id: str
    position: str
    classes: frozenset[str]
    words: frozenset[str]
    prepositions: frozenset[str]
    carried: bool
    anaphor: bool
    unless: frozenset[str]
    national: bool | None
    confidence: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a head stands: its position, the word that governs the position, and the preposition."""

    position: str
    governor: int
    preposition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """Callable on a scene: candidates for ``addresses``; settings only.

    ``carried`` gives the ``addresses`` candidates that names alone entail, ``inside`` the names in a name.
    """

    rules: tuple[AddressingRule, ...]
    see_through: frozenset[str]
    instances: frozenset[str]
    relative_places: frozenset[str]
    stative: frozenset[str]
    entries: Mapping[str, Entry]
    inside: Callable[[str], Inside]
    carried: Callable[[Scene], Iterable[Candidate]]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the heads, then of the rules, then of the issues."""
        heads = self._heads(scene)
        if not heads:
            return
        yield from self._of_texts(scene)
        issues = scene.names("IssueArea")
        names = self._named_issues(scene) if len(heads) > 1 else []
        for head in heads:
            for place in self._places(scene.parsed, head.token) if issues or names else ():
                for rule in self.rules:
                    if self._fits(scene, rule, head, place):
                        targets = names if rule.carried else issues
                        yield from self._claims(scene, rule, head, place, targets)
            if scene.heading_issues:
                yield from self._section(scene, head)

    def _of_texts(self, scene: Scene) -> Iterator[Candidate]:
        """Yield what a text with the name of its body in it tells of the body: "G7 Action Plan against …"."""
        texts = {i.token: i for i in scene.names("Agreement", "Policy")}
        for c in self.carried(scene):
            if c.predicate != "addresses" or c.rule != "name-issue" or c.head.token not in texts:
                continue
            mention = scene.mentions[scene.parsed.mention[c.head.token]]
            for rule in self.rules:
                if rule.position != "text":
                    continue
                for key, cls, seen in self.inside(fold(mention.text).text).names:
                    if cls in rule.classes and mention.text.startswith(seen) and key != c.head.entity:
                        body = Participant(entity=key, cls=cls, token=-1, how="inside")
                        yield Candidate(
                            predicate="addresses",
                            head=body,
                            tail=c.tail,
                            rule=rule.id,
                            cue=c.head.token,
                            confidence=rule.confidence,
                            roles=("name", "name"),
                        )

    # -- who may address something -------------------------------------------------------------------

    def _heads(self, scene: Scene) -> list[Participant]:
        named = [p for p in scene.names() if p.cls in _BODIES]
        stood_for = [p for _, ps in sorted(scene.anaphors.items()) for p in ps if p.cls in _BODIES]
        return named + stood_for

    def _named_issues(self, scene: Scene) -> list[Participant]:
        """Give the issues that names carry in their words, each at the place of its name."""
        return [
            Participant(entity=c.tail.entity, cls="IssueArea", token=c.head.token, how="inside")
            for c in self.carried(scene)
            if c.predicate == "addresses" and c.rule == "name-issue"
        ]

    def _fits(self, scene: Scene, rule: AddressingRule, head: Participant, place: _Place) -> bool:
        if rule.position != place.position or head.cls not in rule.classes:
            return False
        if rule.anaphor != (head.how == "anaphor"):
            return False
        if place.position == "adjunct" and rule.prepositions and place.preposition not in rule.prepositions:
            return False
        if rule.national is not None and rule.national != self._national(head):
            return False
        verb = scene.parsed.lower[place.governor]
        return verb not in rule.unless and (not rule.words or verb in rule.words)

    def _national(self, head: Participant) -> bool:
        entry = self.entries.get(head.entity)
        return entry is not None and "country" in entry.facts

    # -- positions -----------------------------------------------------------------------------------

    def _places(self, parsed: Parsed, token: int) -> Iterator[_Place]:
        """Yield the positions of a name, those of the words it is an example or a part of too."""
        yield _Place(position="within", governor=token)
        top = self._top(parsed, token)
        governor, dep = parsed.heads[top], parsed.deps[top]
        if dep in _SUBJECTS:
            active = dep != "nsubjpass" or parsed.lower[governor] in self.stative
            yield _Place(position="subject" if active else "object", governor=governor)
        elif dep == "pobj":
            preposition = parsed.lower[governor]
            above = parsed.heads[governor]
            if preposition == "by":
                yield _Place(position="agent", governor=above)
            else:
                yield _Place(
                    position="adjunct", governor=self._clause(parsed, above), preposition=preposition
                )
        elif dep in {"dobj", "attr"}:
            yield _Place(position="object", governor=governor)
        elif dep in _MODIFIERS:
            yield _Place(position="modifier", governor=governor)
        for child in parsed.child(token, "relcl", "acl"):
            preposition = self._relative(parsed, child)
            if preposition:
                yield _Place(position="adjunct", governor=child, preposition=preposition)
            else:
                yield _Place(position="subject", governor=child)

    def _relative(self, parsed: Parsed, verb: int) -> str:
        """Give the preposition of "at which", "where" counting as "at"; empty if the name is the subject."""
        for child in parsed.children[verb]:
            if parsed.lower[child] in self.relative_places:
                return "at"
            if parsed.deps[child] == "prep" and any(
                parsed.lower[c] == "which" for c in parsed.children[child]
            ):
                return parsed.lower[child]
        return ""

    def _top(self, parsed: Parsed, token: int) -> int:
        """Climb from a name over lists, examples and words that only introduce it."""
        for _ in range(8):
            governor, dep = parsed.heads[token], parsed.deps[token]
            if dep in {"conj", "appos"}:
                token = governor
            elif dep == "pobj" and parsed.lower[governor] in self.instances:
                above = parsed.heads[governor]
                token = parsed.heads[above] if parsed.lower[above] == "such" else above
            elif (
                dep == "pobj"
                and parsed.lower[governor] == "of"
                and self._opens(parsed, parsed.heads[governor])
            ):
                token = parsed.heads[governor]
            elif dep in _MODIFIERS and self._opens(parsed, governor):
                token = governor
            else:
                break
        return token

    def _opens(self, parsed: Parsed, token: int) -> bool:
        return parsed.lower[token] in self.see_through

    def _clause(self, parsed: Parsed, token: int) -> int:
        """Climb from what an adjunct hangs on to the verb of its clause, if there is one."""
        for above in parsed.path_up(token):
            if parsed.tags[above].startswith("VB"):
                return above
        return token

    # -- claims --------------------------------------------------------------------------------------

    def _claims(
        self,
        scene: Scene,
        rule: AddressingRule,
        head: Participant,
        place: _Place,
        issues: Iterable[Participant],
    ) -> Iterator[Candidate]:
        parsed = scene.parsed
        seen: set[str] = set()
        for issue in issues:
            if (
                issue.entity in seen
                or issue.token == head.token
                or not self._reached(parsed, rule, head, place, issue.token)
            ):
                continue
            seen.add(issue.entity)
            yield Candidate(
                predicate="addresses", head=head, tail=issue, rule=rule.id, cue=place.governor,
                confidence=rule.confidence, roles=(f"{rule.position} {place.preposition}".strip(), head.cls),
            )  # fmt: skip

    def _reached(
        self, parsed: Parsed, rule: AddressingRule, head: Participant, place: _Place, issue: int
    ) -> bool:
        """Tell whether an issue term stands where the position of the head looks for it."""
        path = parsed.path_up(issue)
        if place.position == "within":
            if head.token not in path:
                return self._follows(parsed, rule, head.token, issue)
            below = path[path.index(head.token) - 1]
            return parsed.deps[below] == "prep" and parsed.lower[below] in rule.prepositions
        if place.position == "modifier":
            return self._modified(parsed, head.token, place.governor, issue)
        if place.governor not in path:
            return False
        if issue == place.governor:
            return place.position == "adjunct"
        if (
            place.position in {"adjunct", "object"}
            and head.token > place.governor
            and any(
                parsed.deps[t] in _APART and parsed.tags[t].startswith("VB")
                for t in path[: path.index(place.governor)]
            )
        ):
            return False  # "supports the talks in the Council and fights piracy"
        below = path[path.index(place.governor) - 1]
        if place.position == "subject":
            return parsed.deps[below] not in _SUBJECTS
        if head.token in path[: path.index(place.governor)]:
            return False
        return place.position != "object" or parsed.deps[below] not in _SUBJECTS

    def _follows(self, parsed: Parsed, rule: AddressingRule, head: int, issue: int) -> bool:
        """Tell whether a term follows a name at once ("the Task Force on piracy"), however it was parsed."""
        after = head + 1
        if (
            after >= len(parsed.words)
            or parsed.lower[after] not in rule.prepositions
            or parsed.lower[after] in _LOOSE
        ):
            return False
        return after < issue <= after + _NEAR and after in parsed.path_up(issue)

    def _modified(self, parsed: Parsed, head: int, noun: int, issue: int) -> bool:
        """Tell whether a head modifies an issue term, or a noun that the term modifies too."""
        if issue == noun or parsed.inside[issue] == parsed.inside[noun] >= 0:
            return True
        return parsed.heads[issue] == noun and parsed.deps[issue] in _MODIFIERS and issue > head

    def _section(self, scene: Scene, head: Participant) -> Iterator[Candidate]:
        for rule in self.rules:
            if rule.position == "section" and head.cls in rule.classes and head.how == "name":
                for issue in dict.fromkeys(scene.heading_issues):
                    tail = Participant(entity=issue, cls="IssueArea", token=-1, how="topic")
                    yield Candidate(
                        predicate="addresses", head=head, tail=tail, rule=rule.id, cue=head.token,
                        confidence=rule.confidence, roles=("name", "heading"),
                    )  # fmt: skip


_KEYS = frozenset({"id", "position", "classes", "verbs", "prepositions", "carried", "anaphor"}) | {
    "confidence", "source", "examples", "counter_examples", "unless", "national",
}  # fmt: skip


def load_addressing(
    folder: Path,
    irregular: Mapping[str, list[str]],
    entries: Mapping[str, Entry],
    *,
    inside: Callable[[str], Inside],
    carried: Callable[[Scene], Iterable[Candidate]],
) -> Addressing:
    """Read ``addressing.toml``; verbs are spelt out in all their forms.

    Raises:
        TableError: A rule has an unknown key, class or position, or lacks its examples.
    """
    path = folder / "addressing.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Addressing(
        rules=tuple(_rule(path, row, irregular) for row in data["rule"]),
        see_through=frozenset(data["see_through"]),
        instances=frozenset(data["instances"]),
        relative_places=frozenset(data["relative_places"]),
        stative=frozenset(data["stative"]),
        entries=entries,
        inside=inside,
        carried=carried,
    )


def _rule(path: Path, row: Mapping[str, Any], irregular: Mapping[str, list[str]]) -> AddressingRule:
    key = row.get("id", "?")
    unknown = sorted(row.keys() - _KEYS)
    if unknown:
        raise TableError(
            path, key, f"has the unknown keys {', '.join(unknown)}", f"use {', '.join(sorted(_KEYS))}"
        )
    if not row.get("examples") or not row.get("counter_examples"):
        raise TableError(path, key, "has no examples or counter_examples", "add at least one of each")
    if row["position"] not in POSITIONS:
        raise TableError(
            path, key, f"has the unknown position {row['position']!r}", f"use {', '.join(POSITIONS)}"
        )
    wrong = sorted(set(row["classes"]) - set(ENTITY_CLASSES))
    if wrong:
        raise TableError(path, key, f"uses the unknown class {wrong[0]!r}", "use a class of the ontology")
    return AddressingRule(
        id=key,
        position=row["position"],
        classes=frozenset(row["classes"]),
        words=all_forms(row.get("verbs", []), irregular),
        prepositions=frozenset(row.get("prepositions", [])),
        carried=row.get("carried", False),
        anaphor=row.get("anaphor", False),
        unless=all_forms(row.get("unless", []), irregular),
        national=row.get("national"),
        confidence=float(row["confidence"]),
        examples=tuple(row["examples"]),
        counter_examples=tuple(row["counter_examples"]),
    )
