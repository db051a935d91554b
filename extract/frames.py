"""Relation rules as frames: a cue word, and which of its arguments stand in which relation.

A frame lists the verbs and nouns that evoke it and the claims it makes. Each claim names the roles
that give its subject and its object (see :mod:`diplograph.extract.arguments`), the classes allowed on
either side and fixed qualifiers. Frames are data: ``rules/frames/*.toml``, one file for a family.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.clauses import objects_fit
from diplograph.extract.parsing import Parsed
from diplograph.extract.present_classes import PresentClasses, present_classes
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.errors import TableError
from diplograph.ontology.model import ENTITY_CLASSES, QUALIFIERS, RELATIONS, SYMMETRIC_RELATIONS

__all__ = ["Frame", "FrameClaim", "Frames", "load_frames"]

# Prepositions by which a verb gives its object to somebody: "pay tribute to", "express gratitude for".
_GIVEN_TO = frozenset({"to", "for"})

# The beginnings of the tags that a cue of nouns may have.
_NOUN_TAGS = ("NN", "VBG", "JJ", "CD")

# "This Treaty" and "those Goals" are as good as names; "it" and "they" are not.
_SHORTENED = "Agreement"
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})

# Words that exclude a cue only where they stand in its own clause.
_DENIALS = frozenset({"not", "n't", "never", "cannot"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameClaim:
    """One claim of a frame: roles and classes of subject and object, and fixed qualifiers."""

    predicate: str
    head: tuple[str, ...]
    tail: tuple[str, ...]
    head_class: frozenset[str]
    tail_class: frozenset[str]
    qualifiers: tuple[tuple[str, str], ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A cue with its claims. ``needs`` are words one of which must stand in the sentence, ``near`` in the cue's clause.

    ``objects`` are words one of which must be the object of a verb, or below it; ``no_objects`` words none of which
    may be its object.
    """

    id: str
    forms: Mapping[str, str]  # surface form -> "VB" or "NN"
    needs: frozenset[str]
    near: frozenset[str]
    unless: frozenset[str]
    phrase: Mapping[str, tuple[str, ...]]
    claims: tuple[FrameClaim, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    modality: str = ""
    objects: frozenset[str] = frozenset()
    no_objects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """All frames by the forms of their cues; callable on a scene."""

    by_form: Mapping[str, tuple[Frame, ...]]
    arguments: Arguments

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield the candidates of a sentence in the order of their cues."""
        parsed = scene.parsed
        words = parsed.vocabulary
        present: PresentClasses | None = None
        by_form = self.by_form
        for cue, form in enumerate(parsed.lower):
            frames = by_form.get(form)
            if not frames:
                continue
            if parsed.inside[cue] >= 0 and parsed.sentence.mentions[parsed.inside[cue]].cls != "IssueArea":
                continue
            tag = parsed.tags[cue]
            kinds = {"VB": tag.startswith("VB"), "NN": tag.startswith(_NOUN_TAGS), "ANY": True}
            for frame in frames:
                if (
                    not kinds[frame.forms[form]]
                    or (frame.needs and frame.needs.isdisjoint(words))
                    or not frame.unless.isdisjoint(words)
                    or not self._evokes(parsed, frame, cue)
                ):
                    continue
                if present is None:
                    present = present_classes(scene)
                fitting = [
                    claim
                    for claim in frame.claims
                    if present.may_fill(claim.head, claim.head_class)
                    and present.may_fill(claim.tail, claim.tail_class)
                ]
                if fitting:
                    yield from self._claims(scene, frame, cue, fitting)

    def _evokes(self, parsed: Parsed, frame: Frame, cue: int) -> bool:
        """Tell whether a cue evokes a frame by the words about it, those of the sentence having been looked at."""
        if frame.near and frame.near.isdisjoint(_clause(parsed, cue)):
            return False
        if (frame.objects or frame.no_objects) and not objects_fit(
            parsed, cue, wanted=frame.objects, barred=frame.no_objects
        ):
            return False
        follows = frame.phrase.get(parsed.lower[cue])
        return not follows or any(w in follows for w in parsed.lower[cue + 1 : cue + 4])

    def _claims(
        self, scene: Scene, frame: Frame, cue: int, claims: Sequence[FrameClaim]
    ) -> Iterator[Candidate]:
        roles = self.arguments.roles(scene.parsed, cue)
        for claim in claims:
            if claim.predicate == "supports" and claim.head[0] == "agent" and self._asked(scene.parsed, cue):
                continue  # "calls on X to implement the Treaty" tells no stand of X
            heads = self._fill(scene, cue, roles, claim.head, claim.head_class, frame.needs)
            if not heads:
                continue
            tails = self._fill(scene, cue, roles, claim.tail, claim.tail_class, frame.needs)
            same_roles = claim.head == claim.tail
            group = {h.entity for _, h in heads if h.how == "anaphor"}
            if len(heads) > 1 and {r for r, _ in heads} == {"author"}:  # nor those who issue a text together
                tails = [(r, t) for r, t in tails if t.entity not in {h.entity for _, h in heads}]
            for head_role, head in heads:
                for tail_role, tail in tails:
                    if head.entity == tail.entity or (same_roles and head.entity > tail.entity):
                        continue
                    if (
                        tail.how == "anaphor"
                        and tail.entity in group
                        and claim.predicate not in SYMMETRIC_RELATIONS
                    ):
                        continue  # "we reaffirmed our …": one of us does nothing to another
                    yield Candidate(
                        predicate=claim.predicate,
                        head=head,
                        tail=tail,
                        rule=frame.id,
                        cue=cue,
                        qualifiers=claim.qualifiers,
                        confidence=claim.confidence,
                        modality=frame.modality,
                        roles=(head_role, tail_role),
                    )

    def _asked(self, parsed: Parsed, cue: int) -> bool:
        """Tell whether others are asked for what a cue tells: "urged X to implement", "urged X to resume implementation"."""
        if parsed.deps[cue] == "dobj" and not parsed.tags[cue].startswith("VB"):
            cue = parsed.heads[cue]
        return self.arguments.is_asked(parsed, cue)

    def _fill(
        self,
        scene: Scene,
        cue: int,
        roles: Mapping[str, Sequence[int]],
        names: Sequence[str],
        classes: frozenset[str],
        deeds: frozenset[str],
    ) -> list[tuple[str, Participant]]:
        """Give the participants that fill roles.

        A role after ``else:`` counts only if those before gave none; if one after ``not:`` is filled, none is given.
        """
        filled: dict[str, tuple[str, Participant]] = {}
        for name in names:
            if name.startswith("not:"):
                if any(
                    p.cls in classes for p in self._role(scene, cue, roles, name.removeprefix("not:"), deeds)
                ):
                    return []
                continue
            if name.startswith("else:"):
                if filled:
                    continue
                name = name.removeprefix("else:")
            for p in self._role(scene, cue, roles, name, deeds):
                if p.cls == "Person" and "Person" not in classes and not name.startswith("own:"):
                    p = scene.speakers.get(p.entity, p)
                if p.cls in classes:
                    filled.setdefault(p.entity, (name, p))
        return list(filled.values())

    def _role(
        self,
        scene: Scene,
        cue: int,
        roles: Mapping[str, Sequence[int]],
        name: str,
        deeds: frozenset[str],
    ) -> Iterator[Participant]:
        if name == "author":
            if scene.voice:
                yield from scene.voice
            elif scene.author:
                yield scene.author
        elif name == "topic":
            yield from scene.topic
        elif name in {"copula", "owner"}:  # "X remains our largest partner": X, and whose partner
            near = scene.parsed.child(cue, "poss")
            if name == "copula":
                governor = scene.parsed.heads[cue]
                near = scene.parsed.child(governor, "nsubj") if scene.parsed.deps[cue] == "attr" else ()
            for token in near:
                yield from self.arguments.stand_for(scene, token)
        elif name == "listed":  # "signatories include X and Y", "signatories, among them X"
            yield from self._listed_members(scene, cue)
        elif name == "latest":
            yield from scene.latest
        elif name == "foreign":  # the state named last that does not speak itself
            if scene.foreign:
                yield scene.foreign
        elif name == "cue":
            if own := scene.named(cue):
                yield own
        elif name == "any":
            yield from scene.names()
        elif name == "issues":
            yield from (p for p in self._below(scene, cue) if p.cls == "IssueArea")
        elif name == "below":
            yield from (p for p in self._beneath(scene, cue) if p.cls != "IssueArea")
        elif name == "doers":  # whose deeds, by the words that the frame needs, are named below the cue
            below = self._beneath(scene, cue)
            yield from (p for p in below if self._does(scene.parsed, p.token, deeds))
        elif name == "makes":  # what is made, by the words that the frame needs, below the cue
            below = self._beneath(scene, cue)
            yield from (p for p in below if self._made(scene.parsed, p.token, deeds))
        elif name == "after":
            yield from (p for p in scene.names() if p.token > cue)
        elif name.startswith("strict:"):  # the role itself, not whose it is: "our right" is not us
            for token in roles.get(name.removeprefix("strict:"), ()):
                if (
                    scene.named(token)
                    or token in scene.anaphors
                    or scene.parsed.lower[token] in self.arguments.bearers
                ):
                    yield from self.arguments.stand_for(scene, token)
        elif name.startswith("own:"):  # what fills the role itself, by name: neither modifiers nor pronouns
            for token in roles.get(name.removeprefix("own:"), ()):
                stood_for = self.arguments.stand_for(scene, token)
                yield from (
                    p
                    for p in stood_for
                    if (p.how == "name" and self._listed(scene.parsed, p.token, token))
                    or (p.how == "anaphor" and p.cls == _SHORTENED and scene.parsed.tags[token] in _NOUNS)
                )
        elif name.startswith("state-of:"):  # whom the persons that fill the role speak for
            for token in roles.get(name.removeprefix("state-of:"), ()):
                stood_for = self.arguments.stand_for(scene, token)
                yield from (scene.speakers[p.entity] for p in stood_for if p.entity in scene.speakers)
        elif name == "occasion":
            yield from (p for p in scene.names("Event", "Forum") if self._at_occasion(scene, p.token))
        else:
            for token in roles.get(name, ()):
                yield from self.arguments.stand_for(scene, token)

    def _listed_members(self, scene: Scene, cue: int) -> Iterator[Participant]:
        """Yield who a plural subject is said to be or include, or who is listed behind it."""
        parsed = scene.parsed
        verb = parsed.heads[cue]
        tokens = list(self.arguments.company.behind(parsed, cue))
        if parsed.deps[cue] == "nsubj" and parsed.lower[verb] in self.arguments.company.listing:
            tokens += parsed.child(verb, "dobj", "attr", "oprd")
        for token in tokens:
            yield from (p for p in self.arguments.stand_for(scene, token) if p.how == "name")

    def _does(self, parsed: Parsed, token: int, deeds: frozenset[str]) -> bool:
        """Tell whether a name says whose deed a noun is ("efforts of X", "X's role", "the initiative led by X")."""
        while parsed.deps[token] in {"conj", "appos"} and parsed.heads[token] != token:
            token = parsed.heads[token]
        governor, dep = parsed.heads[token], parsed.deps[token]
        if dep in {"poss", "compound", "nmod", "amod"}:
            return parsed.lower[governor] in deeds
        if dep != "pobj" or parsed.lower[governor] not in {"of", "by"}:
            return False
        above = parsed.heads[governor]
        return parsed.lower[above] in deeds or (
            parsed.tags[above] == "VBN" and parsed.lower[parsed.heads[above]] in deeds
        )

    def _made(self, parsed: Parsed, token: int, deeds: frozenset[str]) -> bool:
        """Tell whether a name is the object of a verb, or of the "of" of a noun, among ``deeds``."""
        while parsed.deps[token] in {"conj", "appos"} and parsed.heads[token] != token:
            token = parsed.heads[token]
        governor, dep = parsed.heads[token], parsed.deps[token]
        if dep == "pobj" and parsed.lower[governor] in {"of", "up"}:
            governor = parsed.heads[governor]
        elif dep != "dobj":
            return False
        return parsed.lower[governor] in deeds

    def _listed(self, parsed: Parsed, token: int, top: int) -> bool:
        """Tell whether a token is ``top``, or coordinated with it, in apposition to it, or an example of it."""
        for _ in range(8):
            if token == top:
                return True
            governor, dep = parsed.heads[token], parsed.deps[token]
            if dep == "pobj" and parsed.lower[governor] in {*self.arguments.instances, "as"}:
                governor = parsed.heads[governor]
                token = parsed.heads[governor] if parsed.lower[governor] == "such" else governor
            elif dep in {"conj", "appos"}:
                token = governor
            else:
                return False
        return False

    def _beneath(self, scene: Scene, cue: int) -> Iterator[Participant]:
        """Yield what is named behind a cue, other clauses left out; of a noun, also what its verb gives it to."""
        parsed = scene.parsed
        tops = [cue]
        if (
            parsed.tags[cue].startswith("NN") and parsed.deps[cue] == "dobj"
        ):  # "pay tribute to the staff of X"
            tops += [
                c
                for c in parsed.child(parsed.heads[cue], "dative", "prep")
                if c > cue and parsed.lower[c] in _GIVEN_TO
            ]
        for top in tops:
            yield from (p for p in self._below(scene, top, clauses=False) if p.token > cue)

    def _below(self, scene: Scene, cue: int, *, clauses: bool = True) -> Iterator[Participant]:
        """Yield what is named in the cue's own subtree; without ``clauses``, relative and adverbial ones left out."""
        parsed = scene.parsed
        stack = [cue]
        while stack:
            token = stack.pop()
            named = scene.named(token)
            if named:
                yield named
            for child in reversed(parsed.children[token]):
                if parsed.deps[child] in {"nsubj", "nsubjpass", "csubj"} and (
                    clauses or not _infinitive(parsed, token)
                ):
                    continue
                if (
                    not clauses
                    and parsed.deps[child] in {"relcl", "advcl", "ccomp"}
                    and not parsed.tags[child].startswith("NN")  # "progress, particularly the opening of …"
                    and not _infinitive(parsed, child)
                ):
                    continue
                if not clauses and token == cue and parsed.deps[child] == "agent":
                    continue
                if not clauses and parsed.deps[child] in {"prep", "mark"} and self._aside(parsed, child):
                    continue
                if parsed.deps[child] == "conj" and token == cue and parsed.tags[child].startswith("VB"):
                    continue
                stack.append(child)

    def _aside(self, parsed: Parsed, prep: int) -> bool:
        """Tell whether a preposition only sets something beside what is said: "after the summit", "despite the pact"."""
        return parsed.lower[prep] in self.arguments.aside

    def _at_occasion(self, scene: Scene, token: int) -> bool:
        parsed = scene.parsed
        return parsed.deps[token] == "pobj" and parsed.lower[parsed.heads[token]] in {
            "at",
            "during",
            "in",
            "on",
        }


def _clause(parsed: Parsed, cue: int) -> Iterator[str]:
    """Yield the words of a cue's clause: below it, or below the verb it is the object of, without other clauses."""
    top = cue
    if not parsed.tags[cue].startswith("VB"):
        governor = parsed.heads[cue]
        top = governor if parsed.tags[governor].startswith("VB") else cue
    stack = [top]
    while stack:
        token = stack.pop()
        yield parsed.lower[token]
        for child in parsed.children[token]:
            verbal = parsed.tags[child].startswith("VB")
            if parsed.deps[child] in {"relcl", "advcl", "ccomp", "parataxis"} or (
                verbal and parsed.deps[child] == "conj"
            ):
                continue
            stack.append(child)


def _infinitive(parsed: Parsed, verb: int) -> bool:
    return any(parsed.lower[c] == "to" for c in parsed.child(verb, "aux"))


def load_frames(folder: Path, arguments: Arguments) -> Frames:
    """Read every file of ``rules/frames``.

    Raises:
        TableError: A frame uses an unknown relation, class or qualifier, or lacks its examples.
    """
    by_form: dict[str, list[Frame]] = {}
    for path in sorted((folder / "frames").glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("frame", []):
            frame = _frame(path, row, arguments)
            for form in frame.forms:
                by_form.setdefault(form, []).append(frame)
    return Frames(
        by_form={form: tuple(frames) for form, frames in sorted(by_form.items())}, arguments=arguments
    )


_FRAME_KEYS = frozenset(
    [
        "id",
        "verbs",
        "nouns",
        "needs",
        "near",
        "unless",
        "phrase",
        "claim",
        "examples",
        "counter_examples",
        "modality",
        "source",
        "objects",
        "no_objects",
    ]
)


def _frame(path: Path, row: Mapping[str, Any], arguments: Arguments) -> Frame:
    key = row.get("id", "?")
    unknown = sorted(row.keys() - _FRAME_KEYS)
    if unknown:
        raise TableError(
            path, key, f"has the unknown keys {', '.join(unknown)}", f"use {', '.join(sorted(_FRAME_KEYS))}"
        )
    if not row.get("examples") or not row.get("counter_examples"):
        raise TableError(path, key, "has no examples or counter_examples", "add at least one of each")
    forms: dict[str, str] = {}
    for noun in row.get("nouns", []):
        forms[noun] = "NN"
        forms.setdefault(noun + "s", "NN")
    for lemma in row.get("verbs", []):
        for form in verb_forms(lemma, arguments.irregular):
            forms[form] = "VB" if forms.get(form) != "NN" else "ANY"
    return Frame(
        id=key,
        forms=forms,
        needs=frozenset(row.get("needs", [])),
        near=frozenset(row.get("near", [])),
        unless=frozenset(row.get("unless", [])),
        phrase={
            form: tuple(words)
            for lemma, words in row.get("phrase", {}).items()
            for form in (*verb_forms(lemma, arguments.irregular), lemma, lemma + "s")
        },
        claims=tuple(_claim(path, key, claim) for claim in row.get("claim", [])),
        examples=tuple(row["examples"]),
        counter_examples=tuple(row["counter_examples"]),
        modality=row.get("modality", ""),
        objects=frozenset(row.get("objects", [])),
        no_objects=frozenset(row.get("no_objects", [])),
    )


def _claim(path: Path, key: str, row: Mapping[str, Any]) -> FrameClaim:
    if row["predicate"] not in RELATIONS:
        raise TableError(
            path, key, f"uses the unknown relation {row['predicate']!r}", "use a relation of the ontology"
        )
    for side in ("head_class", "tail_class"):
        wrong = sorted(set(row[side]) - set(ENTITY_CLASSES))
        if wrong:
            raise TableError(path, key, f"uses the unknown class {wrong[0]!r}", "use a class of the ontology")
    fixed = {name: value for name, value in row.items() if name in QUALIFIERS}
    return FrameClaim(
        predicate=row["predicate"],
        head=tuple(row["head"]),
        tail=tuple(row["tail"]),
        head_class=frozenset(row["head_class"]),
        tail_class=frozenset(row["tail_class"]),
        qualifiers=tuple(sorted(fixed.items())),
        confidence=float(row.get("confidence", 0.6)),
    )
