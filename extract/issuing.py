"""Read who issued a text from the text's own name: ``adopts``.

"Security Council resolution 1325" was adopted by the Security Council, the "G7 Action Plan" by the G7,
"Germany's National Security Strategy" by Germany. The forms are data: ``rules/issuing.toml``.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.entailment import Inside
from diplograph.extract.folding import fold
from diplograph.extract.records import Entity
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.errors import TableError
from diplograph.ontology.vocabulary import Entry

__all__ = ["Issuing", "NumberedRule", "load_issuing"]

_ISSUERS = frozenset({"Country", "Organization", "Forum", "Event"})
_BODIES = frozenset({"Organization", "Forum", "Event"})
_FOUNDED = frozenset({"Organization", "Forum", "Programme"})
_OWNS = ("poss", "amod", "compound", "nmod")
# "United Nations Security Council resolution": the body stands within this many characters of the start.
_AT_START = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedRule:
    """A form of number that tells the body that issued a text."""

    id: str
    issuer: str
    regex: re.Pattern[str]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """Callable on a scene: candidates for ``adopts`` that names entail; settings only.

    ``inside`` gives the listed names inside a name.
    """

    numbered: tuple[NumberedRule, ...]
    words: frozenset[str]
    treaty_words: frozenset[str]
    prepositions: frozenset[str]
    founding: frozenset[str]
    founding_roles: tuple[str, ...]
    rule_ids: Mapping[str, tuple[str, float]]
    entries: Mapping[str, Entry]
    inside: Callable[[str], Inside]
    arguments: Arguments

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the names; ``scene.entities`` gains the bodies they name."""
        for text in scene.names("Agreement", "Policy"):
            mention = scene.mentions[scene.parsed.mention[text.token]]
            name = fold(mention.text).text
            if text.cls == "Agreement":
                whole = (
                    text.entity.replace("-", " ") if name[:1].isdigit() else name
                )  # "242 (1967) and 338 (1973)"
                numbered = list(self._by_number(scene, text, whole))
                yield from numbered
                for issue in numbered:
                    yield from self._founded(scene, issue)
            yield from self._by_words(scene, text, name)
            yield from self._by_phrase(scene, text)
            if text.cls == "Policy":
                yield from self._by_owner(scene, text, _ISSUERS)
                yield from self._by_list(scene, text)
            elif self._is_own_text(name):
                yield from self._by_owner(scene, text, _BODIES)

    def _by_number(self, scene: Scene, text: Participant, name: str) -> Iterator[Candidate]:
        if not any(c.isdigit() for c in name) or name.casefold().startswith("draft"):
            return
        for rule in self.numbered:
            if rule.regex.search(name):
                yield self._claim(self._implied(scene, rule.issuer), text, rule.id, rule.confidence)
                return

    def _founded(self, scene: Scene, issue: Candidate) -> Iterator[Candidate]:
        """Yield what a body founds by a text of its own: "the Mission created by Security Council resolution 1996"."""
        rule, confidence = self.rule_ids["founded"]
        for cue, word in enumerate(scene.parsed.lower):
            if word not in self.founding or scene.parsed.inside[cue] >= 0:
                continue
            roles = self.arguments.roles(scene.parsed, cue)
            if any(issue.tail.token in roles.get(role, ()) for role in self.founding_roles):
                for token in roles.get("theme", ()):
                    for p in self.arguments.stand_for(scene, token):
                        if p.cls in _FOUNDED and p.entity != issue.head.entity:
                            yield Candidate(
                                predicate="establishes", head=issue.head, tail=p, rule=rule, cue=cue,
                                confidence=confidence, roles=("name", "theme"),
                            )  # fmt: skip

    def _is_own_text(self, name: str) -> bool:
        """Tell whether a name is that of a text which a body makes alone, such as a declaration."""
        said = set(name.casefold().replace("'", " ").split())
        return bool(self.words & said) and not self.treaty_words & said

    def _by_words(self, scene: Scene, text: Participant, name: str) -> Iterator[Candidate]:
        if not self._is_own_text(name):
            return
        rule, confidence = self.rule_ids["worded"]
        for key, cls, seen in self.inside(name).names:
            if cls in {"Organization", "Forum", "Country"} and name.find(seen) <= _AT_START:
                owned = cls != "Country" or (text.cls == "Policy" and not name.startswith(f"{seen} with"))
                if owned:
                    yield self._claim(
                        self._implied(scene, key), text, f"{rule}-{text.cls.lower()}", confidence
                    )
                return

    def _by_owner(self, scene: Scene, text: Participant, issuers: frozenset[str]) -> Iterator[Candidate]:
        """Yield whose a text is said to be: "Germany's National Security Strategy", "the Summit, by its Declaration"."""
        rule, confidence = self.rule_ids["owned"]
        for token in scene.parsed.child(text.token, *_OWNS):
            owner = scene.named(token)
            stood_for = (owner,) if owner else scene.anaphors.get(token, ())
            how = "anaphor" if owner is None else "poss" if scene.parsed.deps[token] == "poss" else "modifier"
            for p in stood_for:
                if p.cls in issuers and (how != "modifier" or text.cls == "Policy"):
                    yield self._claim(p, text, f"{rule}-{how}", confidence)

    def _by_phrase(self, scene: Scene, text: Participant) -> Iterator[Candidate]:
        """Yield those that a phrase behind the text names: "a joint statement by the Governments of …"."""
        rule, confidence = self.rule_ids["phrased"]
        for prep in scene.parsed.child(text.token, "prep", "agent"):
            if scene.parsed.lower[prep] in self.prepositions:
                for token in scene.parsed.child(prep, "pobj"):
                    for p in self.arguments.stand_for(scene, token):
                        if p.cls in _ISSUERS:
                            yield self._claim(p, text, f"{rule}-{scene.parsed.lower[prep]}", confidence)

    def _by_list(self, scene: Scene, text: Participant) -> Iterator[Candidate]:
        entry = self.entries.get(text.entity)
        country = entry.facts.get("country") if entry else None
        if country:
            rule, confidence = self.rule_ids["listed"]
            yield self._claim(self._implied(scene, f"country/{country}"), text, rule, confidence)

    def _implied(self, scene: Scene, key: str) -> Participant:
        entry = self.entries.get(key)
        if entry is None:
            return Participant(entity=key, cls=key.partition("/")[0].capitalize(), token=-1, how="inside")
        scene.entities.setdefault(
            key,
            Entity(id=key, cls=entry.cls, label=entry.label, iso3=entry.iso3, same_as=entry.same_as),
        )
        return Participant(entity=key, cls=entry.cls, token=-1, how="inside")

    def _claim(self, head: Participant, text: Participant, rule: str, confidence: float) -> Candidate:
        return Candidate(
            predicate="adopts",
            head=head,
            tail=text,
            rule=rule,
            cue=text.token,
            confidence=confidence,
            roles=("name", "name"),
        )


def load_issuing(
    folder: Path, arguments: Arguments, entries: Mapping[str, Entry], inside: Callable[[str], Inside]
) -> Issuing:
    """Read ``issuing.toml``.

    Raises:
        TableError: A rule lacks its examples.
    """
    path = folder / "issuing.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    single = {name: data[name] for name in ("worded", "owned", "listed", "phrased", "founded")}
    for row in (*data["numbered"], *single.values()):
        _check(path, row)
    return Issuing(
        numbered=tuple(
            NumberedRule(
                id=row["id"],
                issuer=row["issuer"],
                regex=re.compile(row["regex"]),
                confidence=float(row["confidence"]),
            )
            for row in data["numbered"]
        ),
        words=frozenset(data["worded"]["words"]),
        treaty_words=frozenset(data["worded"]["treaty_words"]),
        prepositions=frozenset(data["phrased"]["prepositions"]),
        founding=all_forms(data["founded"]["verbs"], arguments.irregular),
        founding_roles=tuple(data["founded"]["roles"]),
        rule_ids={name: (row["id"], float(row["confidence"])) for name, row in single.items()},
        entries=entries,
        inside=inside,
        arguments=arguments,
    )


def _check(path: Path, row: Mapping[str, Any]) -> None:
    if not row.get("examples") or not row.get("counter_examples"):
        raise TableError(path, row["id"], "has no examples or counter_examples", "add at least one of each")
