"""Read sums of help, also where giver or receiver is left unsaid: ``providesAssistanceTo`` with its amount.

"This brings our total assistance for the crisis to nearly $1.6 billion", "the new funding includes $40 million for
X", "a fund to which Y has committed 36 million", "2 million euros has been made available for Z". Who gives is the
subject of the verb, whose the help is, else who speaks; who gets it stands behind the sum, else in the title or the
sentences before. Words: ``sums.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.extract.amounts import AmountHit, AmountReader, load_amount_reader
from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant, Scene

__all__ = ["Sums", "load_sums"]

_GIVERS = frozenset({"Country", "Organization"})
_RECEIVERS = frozenset({"Country", "Organization", "Programme", "Place"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# "announced / package / worth / of / $": words between a sum and what tells that it is help.
_HIGHEST = 7
# Words on either side of a sum that tell it is no help.
_NEAR = 5
# A title names more states than this only in passing.
_MOST_IN_TITLE = 4
# How sure a claim is by how its receiver and its giver are known.
_SURE = {"to": 0.75, "near": 0.6, "title": 0.55, "ours": 0.5, "lone": 0.5, "foreign": 0.35}
_LESS_SURE = {"given": 0.0, "unsaid": 0.1, "latest": 0.15}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """What tells that a sum is help: the word itself, the verb above the sum, and whether the verb gives or uses it."""

    token: int
    verb: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """A sum of help: where it stands, what tells of it, and between which tokens its receivers can stand."""

    token: int
    start: int
    end: int
    cue: _Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Callable on a scene: candidates for ``providesAssistanceTo`` with amount and currency; settings only."""

    arguments: Arguments
    amounts: AmountReader
    giving: frozenset[str]
    stating: frozenset[str]
    using: frozenset[str]
    helps: frozenset[str]
    faint: frozenset[str]
    plain: frozenset[str]
    barred: frozenset[str]
    unsaid: frozenset[str]
    to: tuple[str, ...]
    aims: tuple[str, ...]
    not_behind: frozenset[str]
    harms: frozenset[str]
    back: frozenset[str]
    stops: frozenset[str]
    head: int

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the sums."""
        parsed = scene.parsed
        if not parsed.words:
            return
        hits = self.amounts(parsed.sentence.text)
        places = [parsed.token_at(hit.start) for hit in hits]
        for index, (hit, token) in enumerate(zip(hits, places, strict=True)):
            cue = self._cue(scene, token)
            if cue is None or parsed.sentence.text[: hit.start].endswith("("):
                continue
            start = token if len(hits) > 1 else -1
            end = places[index + 1] if index + 1 < len(places) else len(parsed.words)
            yield from self._claims(scene, hit, _Sum(token=token, start=start, end=end, cue=cue))

    # -- is it help ------------------------------------------------------------------------------------

    def _cue(self, scene: Scene, token: int) -> _Cue | None:
        """Find the word by which a sum is help, on its way up the tree."""
        parsed = scene.parsed
        near = parsed.lower[max(0, token - _NEAR) : token + _NEAR]
        if self.barred.intersection(near):
            return None
        noun = -1
        sure = bool(self.plain & parsed.vocabulary)
        for t in parsed.path_up(token)[: _HIGHEST + 1]:
            word = parsed.lower[t]
            if word in self.barred:
                return None
            if parsed.tags[t].startswith("VB"):
                return self._by_verb(scene, t, noun, sure=sure)
            if noun < 0 and t != token and word in self.helps:
                noun = t
        return (
            _Cue(token=noun, verb=-1, kind="noun")
            if noun >= 0 and (sure or self._strong(scene, noun))
            else None
        )

    def _strong(self, scene: Scene, noun: int) -> bool:
        return scene.parsed.lower[noun] not in self.faint

    def _by_verb(self, scene: Scene, verb: int, noun: int, *, sure: bool) -> _Cue | None:
        parsed = scene.parsed
        word = parsed.lower[verb]
        beside = [*parsed.child(verb, "nsubj", "nsubjpass", "dobj", "attr")]
        beside += [
            o
            for t in beside
            for p in parsed.child(t, "prep")
            if parsed.lower[p] == "of"
            for o in parsed.child(p, "pobj")
        ]
        if parsed.child(verb, "neg") or any(parsed.lower[t] in self.barred for t in beside):
            return None
        if word in self.giving:
            return _Cue(token=noun if noun >= 0 else verb, verb=verb, kind="giving")
        amounts_to = word in self.stating and any(
            parsed.lower[t] in self.helps for t in parsed.child(verb, "nsubj")
        )
        if word in self.using and not amounts_to:
            return _Cue(token=verb, verb=verb, kind="using")
        told = noun if noun >= 0 else next((t for t in beside if parsed.lower[t] in self.helps), -1)
        if told >= 0 and (sure or self._strong(scene, told)):
            return _Cue(token=told, verb=verb, kind="stating" if word in self.stating else "noun")
        return None

    # -- who gives and who gets ------------------------------------------------------------------------

    def _claims(self, scene: Scene, hit: AmountHit, told: _Sum) -> Iterator[Candidate]:
        givers, given = self._givers(scene, told)
        if not givers:
            return
        receivers, got = self._receivers(scene, told, {p.entity for p in givers})
        giving = {p.entity for p in givers}
        for giver in givers:
            for receiver in receivers:
                if receiver.entity not in giving:
                    yield Candidate(
                        predicate="providesAssistanceTo",
                        head=giver,
                        tail=receiver,
                        rule=f"sum-{given}-{got}",
                        cue=told.cue.token,
                        qualifiers=(("amount", hit.value), ("currency", hit.currency)),
                        confidence=_SURE[got] - _LESS_SURE[given],
                        roles=(given, got),
                    )

    def _givers(self, scene: Scene, told: _Sum) -> tuple[list[Participant], str]:
        """Give who gives a sum and how that is known."""
        parsed, token, cue = scene.parsed, told.token, told.cue
        behind = [
            o
            for p in self._preps(scene, token, cue.token)
            if parsed.lower[p] == "from"
            for o in parsed.child(p, "pobj")
        ]
        found = self._actors(scene, [o for o in behind if o < told.end])
        if found:
            return found, "given"
        agents: list[int] = []
        if cue.kind == "giving":
            agents = list(self.arguments.roles(parsed, cue.verb).get("agent", ()))
            found = self._actors(scene, agents)
            agents = [t for t in agents if not self._is_help(scene, t)]
        if not found and cue.token != cue.verb:
            found = self._actors(scene, self.arguments.roles(parsed, cue.token).get("agent", ()))
        if not found and cue.verb >= 0 and cue.kind != "giving":
            subjects = [*parsed.child(cue.verb, "nsubj"), *parsed.child(cue.verb, "dobj")]
            if cue.kind == "using":
                subjects = list(self.arguments.roles(parsed, cue.verb).get("agent", ()))
                found = self._actors(scene, [t for t in subjects if t != token])
            owned = [
                o
                for t in subjects
                if self._is_help(scene, t)
                for o in self.arguments.roles(parsed, t).get("agent", ())
            ]
            found = found or self._actors(scene, owned)
            agents = [t for t in subjects if not self._is_help(scene, t) and t != token]
        if found:
            return found, "given"
        if agents:
            return [], ""  # somebody gives who has no name
        if scene.voice:
            return list(scene.voice), "unsaid"
        if scene.author is not None:
            return [scene.author], "unsaid"
        last = [p for p in scene.latest if p.cls == "Organization"][:1]
        return last, "latest"

    def _is_help(self, scene: Scene, token: int) -> bool:
        """Tell whether a subject is the help itself, or a word for it."""
        parsed = scene.parsed
        word = parsed.lower[token]
        return word in self.helps or word in self.unsaid or parsed.tags[token] in {"CD", "$"}

    def _actors(self, scene: Scene, tokens: Iterable[int]) -> list[Participant]:
        found: dict[str, Participant] = {}
        for token in tokens:
            whom = self.arguments.antecedent(scene.parsed, token)
            for p in self.arguments.stand_for(scene, whom):
                actor = scene.speakers.get(p.entity, p) if p.cls == "Person" else p
                if actor.cls in _GIVERS:
                    found.setdefault(actor.entity, actor)
        return list(found.values())

    def _preps(self, scene: Scene, *tokens: int) -> list[int]:
        return [p for t in dict.fromkeys(tokens) for p in scene.parsed.child(t, "prep", "dative")]

    def _receivers(self, scene: Scene, told: _Sum, giving: set[str]) -> tuple[list[Participant], str]:
        """Give who gets a sum and how that is known."""
        parsed, token, end, cue = scene.parsed, told.token, told.end, told.cue
        tops = [t for t in (token, cue.token, cue.verb) if t >= 0]
        roles = [self.arguments.roles(parsed, t) for t in dict.fromkeys(tops)]
        for names in (self.to, self.aims):
            tokens = [o for r in roles for name in names for o in r.get(name, ())]
            found = self._reached(scene, tokens, told, giving)
            if found:
                return found, "to"
        if cue.kind == "using":
            found = self._reached(
                scene, self.arguments.roles(parsed, cue.verb).get("theme", ()), told, giving
            )
            if found:
                return found, "to"
        said = [o for r in roles for name in self.to for o in r.get(name, ()) if parsed.tags[o] == "PRP"]
        if said:  # "which set up the Fund and has contributed to it": the fund named last before
            last = [
                p
                for p in scene.names("Programme", "Organization")
                if p.token < said[0] and p.entity not in giving
            ]
            return last[-1:], "to"
        found = self._behind(scene, told, giving)
        if (
            not found and "and" in parsed.lower[end - 4 : end]
        ):  # "103 million from X and 171 million from Y for Z"
            found = self._behind(scene, replace(told, token=end, start=-1, end=len(parsed.words)), giving)
        if found:
            return found, "near"
        return self._unsaid(scene, cue, giving)

    def _reached(
        self, scene: Scene, tokens: Iterable[int], told: _Sum, giving: set[str]
    ) -> list[Participant]:
        found: dict[str, Participant] = {}
        for token in tokens:
            for p in self.arguments.stand_for(scene, self.arguments.antecedent(scene.parsed, token)):
                if p.cls in _RECEIVERS and p.entity not in giving and told.start < p.token < told.end:
                    found.setdefault(p.entity, p)
        return list(found.values())

    def _behind(self, scene: Scene, told: _Sum, giving: set[str]) -> list[Participant]:
        """Give the first names behind a sum within its clause, with those coordinated with them."""
        parsed = scene.parsed
        for t in range(told.token + 1, told.end):
            if parsed.lower[t] in self.stops or (parsed.tags[t] in _FINITE and parsed.inside[t] < 0):
                break
            named = scene.named(t)
            if named is None or named.cls not in _RECEIVERS or named.entity in giving:
                continue
            harmed = parsed.deps[t] == "poss" and parsed.lower[parsed.heads[t]] in self.harms
            if harmed or self.not_behind.intersection(parsed.lower[max(0, t - 3) : t]):
                giving = giving | {named.entity}  # told again in brackets it still gets nothing
                continue
            return self._reached(scene, [t], told, giving)
        return []

    def _unsaid(self, scene: Scene, cue: _Cue, giving: set[str]) -> tuple[list[Participant], str]:
        """Give who must be meant where a sentence does not tell who gets a sum."""
        author = scene.author
        others = [
            p
            for p in scene.names("Country")
            if p.entity not in giving and (not author or p.entity != author.entity)
        ]
        if not others:
            titled = [p for p in self._titled(scene) if p.entity not in giving and p != author]
            if author is not None:
                titled = [p for p in titled if p.entity != author.entity]
            if titled and len(titled) <= _MOST_IN_TITLE:
                return titled, "title"
        if author is not None and author.entity not in giving:
            return ([author] if all(g.startswith("country/") for g in giving) else []), "ours"
        if len({p.entity for p in others}) == 1 and others[0].token < cue.token:
            return others[:1], "lone"
        refers = not self.back.isdisjoint(scene.parsed.vocabulary)
        if (
            scene.foreign is not None
            and not others
            and scene.foreign.entity not in giving
            and (refers or not giving.isdisjoint(p.entity for p in scene.names()))
        ):
            return [scene.foreign], "foreign"
        return [], ""

    def _titled(self, scene: Scene) -> list[Participant]:
        """Give the states that the title of a document names, in alphabetical order of their ids."""
        opening = scene.document.title or scene.document.text[: self.head].split("\n", 1)[0]
        states = sorted(e for e in scene.entities if e.startswith("country/"))
        return [
            Participant(entity=e, cls="Country", token=-1, how="topic")
            for e in states
            if any(_names(opening, name) for name in (scene.entities[e].label, *scene.entities[e].aliases))
        ]


def _names(text: str, name: str) -> bool:
    return bool(name) and name in text and re.search(rf"\b{re.escape(name)}\b", text) is not None


def _spelt(verbs: Sequence[str], arguments: Arguments) -> frozenset[str]:
    return all_forms(verbs, arguments.irregular)


def load_sums(folder: Path, arguments: Arguments) -> Sums:
    """Read ``sums.toml``; verbs are spelt out in all their forms."""
    data = tomllib.loads((folder / "sums.toml").read_text(encoding="utf-8"))
    return Sums(
        arguments=arguments,
        amounts=load_amount_reader(folder),
        giving=_spelt(data["giving"], arguments),
        stating=_spelt(data["stating"], arguments),
        using=_spelt(data["using"], arguments),
        to=tuple(data["to"]),
        aims=tuple(data["for"]),
        head=data["head"],
        **{
            key: frozenset(data[key])
            for key in ("helps", "faint", "plain", "barred", "unsaid", "not_behind", "harms", "back", "stops")
        },
    )
