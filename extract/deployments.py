"""Read whose forces and experts are where: ``deploysTo``.

"Fijian peacekeepers serve in Lebanon", "Ghana has 800 troops serving in X", "we took part in peacekeeping operations
in Y and Z". The owner stands beside the forces or is the subject of a verb of sending; the place stands below the
forces, their verb, or the operation they are in. Words: ``deployments.toml``.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.vocabulary import Entry

__all__ = ["Deployments", "load_deployments"]

_OWNERS = frozenset({"Country", "Organization"})
_TARGETS = frozenset({"Country", "Place", "Programme"})
_NAME_DEPS = ("poss", "amod", "compound", "nmod")
# "to the operations in X", "in the mission with its seat in Y": nouns between a preposition and the place.
_DEEPEST = 3
# "a number of troops of X": nouns above the forces that the verb governs.
_HIGHEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployments:
    """Callable on a scene: candidates for ``deploysTo``; settings only."""

    arguments: Arguments
    forces: frozenset[str]
    experts: frozenset[str]
    sites: frozenset[str]
    armed: frozenset[str]
    serving: frozenset[str]
    sending: frozenset[str]
    barred: frozenset[str]
    denying: frozenset[str]
    links: frozenset[str]
    operations: frozenset[str]
    keeping: frozenset[str]
    joining: frozenset[str]
    suffered: frozenset[str]
    presences: frozenset[str]
    hailing: frozenset[str]
    lies_in: Callable[[str, str], bool | None]
    lands: Mapping[str, tuple[Participant, ...]]
    being: frozenset[str]
    homes: Mapping[str, str]
    on_duty: tuple[str, ...]
    sending_nouns: frozenset[str]
    leaving: frozenset[str]
    sent_by: frozenset[str]
    joining_places: frozenset[str]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = self.forces | self.experts | self.sites | self.operations | self.presences
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the words that name forces or operations."""
        if not scene.names(*_TARGETS):
            return
        for token in scene.parsed.places(self.cues):
            word = scene.parsed.lower[token]
            if self._within_a_name(scene, token):
                continue
            if word in self.forces or word in self.experts:
                yield from self._forces(scene, token, "forces" if word in self.forces else "experts")
            elif word in self.sites and self._armed(scene, token):
                yield from self._forces(scene, token, "site")
            if word in self.operations:
                yield from self._joined(scene, token)
            if word in self.presences:
                yield from self._present(scene, token)

    def _within_a_name(self, scene: Scene, token: int) -> bool:
        inside = scene.parsed.inside[token]
        return inside >= 0 and scene.mentions[inside].cls != "IssueArea"

    def _armed(self, scene: Scene, token: int) -> bool:
        parsed = scene.parsed
        return any(parsed.lower[c] in self.armed for c in parsed.child(token, "amod", "compound", "nmod"))

    # -- forces and where they are ---------------------------------------------------------------------

    def _forces(self, scene: Scene, token: int, kind: str) -> Iterator[Candidate]:
        parsed = scene.parsed
        top, verb = self._governor(scene, token)
        if any(
            parsed.lower[t] in self.barred for t in (verb, *parsed.child(token, "acl", "relcl")) if t >= 0
        ):
            return
        if any(parsed.lower[t] in self.suffered for t in parsed.path_up(token)[1 : _HIGHEST + 2]):
            return
        if parsed.child(token, "neg") or any(
            parsed.lower[c] in self.denying for c in parsed.child(token, "det")
        ):
            return
        if verb >= 0 and parsed.child(verb, "neg"):
            return
        word = parsed.lower[verb] if verb >= 0 else ""
        subject = verb >= 0 and parsed.deps[top] in {"nsubj", "nsubjpass"} and word in self.serving
        if kind == "experts" and word in self.being and not parsed.child(verb, "nsubjpass"):
            subject = subject and self._on_duty(parsed, verb)  # "our common mission in Glasgow is clear"
        moved = word in self.sending and (
            parsed.deps[top] in {"dobj", "nsubjpass", "attr", "dative"}
            or (parsed.deps[top] == "pobj" and parsed.lower[parsed.heads[top]] == "with")
        )
        stations = [
            c
            for t in (top, token)
            for c in parsed.child(t, "acl", "relcl")
            if parsed.lower[c] in self.serving
        ]
        owners = self._owners(scene, token)
        rule = "owner-beside"
        if not owners and moved:
            roles = self.arguments.roles(parsed, verb)
            owners = [
                p
                for t in roles.get("agent", ())
                for p in self.arguments.stand_for(scene, t)
                if p.cls in _OWNERS
            ]
            rule = "owner-sends"
        nominal = self._sent_by_noun(parsed, token)
        weak = 0.0
        if not owners and kind != "experts":
            owners, rule, weak = self._speaking(scene, token), "owner-speaks", 0.25
        if verb >= 0 and word in self.hailing:
            yield from self._hailing(scene, verb, token)
        if not owners:
            return
        below = [token, top]
        if nominal >= 0:
            moved = True
            below += [nominal, parsed.heads[nominal]]
        if kind == "experts" and not (subject or moved or stations):
            return
        told = [*stations, *([verb] if subject or moved else [])]
        told += [
            c
            for v in told
            for c in parsed.child(v, "xcomp", "ccomp", "advcl", "conj")
            if parsed.lower[c] in self.serving
        ]
        how = "-serving" if subject or stations else "-sent" if moved else "-beside"
        sure = (
            {"forces": 0.7, "experts": 0.55, "site": 0.65}[kind] - (0.1 if how == "-beside" else 0.0) - weak
        )
        seen: set[str] = set()
        joined = [
            p
            for v in told
            if parsed.lower[v] in self.joining_places
            for o in parsed.child(v, "dobj")
            for p in self.arguments.stand_for(scene, o)
            if p.cls in _TARGETS
        ]
        joined += [
            p
            for prep in parsed.child(token, "prep")
            if parsed.lower[prep] == "of"  # "their contingents of RAMSI"
            for o in parsed.child(prep, "pobj")
            if (p := scene.named(o)) is not None and p.cls == "Programme"
        ]
        for v in told:  # "are guarding the skies over Estonia", "form part of UNIFIL and of MONUSCO"
            for o in parsed.child(v, "dobj", "attr"):
                if parsed.lower[o] in self.operations and parsed.lower[v] in self.joining_places:
                    joined += list(self.places(scene, [o]))
                for prep in parsed.child(o, "prep") if parsed.lower[o] == "part" else ():
                    for whole in parsed.child(prep, "pobj"):
                        for w in (whole, *self.arguments.company.repeated(parsed, prep, whole)):
                            joined += [p for p in self.arguments.stand_for(scene, w) if p.cls == "Programme"]
        joined += [
            p
            for v in told
            if parsed.lower[v] in self.leaving  # "left Toulon for Lebanon", "set sail for the Gulf"
            for prep in parsed.child(v, "prep", "dative")
            if parsed.lower[prep] == "for"
            for o in parsed.child(prep, "pobj")
            for p in self.arguments.stand_for(scene, o)
            if p.cls in {"Country", "Place"}
        ]
        below += [c for c in parsed.child(token, "acl") if parsed.lower[c] in self.sent_by]
        for place in (*joined, *self.places(scene, dict.fromkeys([*below, *told]))):
            if place.entity in seen:
                continue
            seen.add(place.entity)
            for owner in owners:
                if self.abroad(owner, place):
                    yield self._claim(owner, place, f"{kind}-{rule}{how}", token, sure)
                    if place.cls == "Programme":
                        yield replace(
                            self._claim(owner, place, f"{kind}-serve-in-mission", token, 0.45),
                            predicate="participatesIn",
                        )
                for land in self.lands.get(place.entity, ()):
                    if self.abroad(owner, land) and land.entity not in seen:
                        yield self._claim(owner, land, f"{kind}-{rule}{how}-land", token, min(sure, 0.5))

    def _sent_by_noun(self, parsed: Parsed, token: int) -> int:
        """Give the noun of sending that forces stand below ("the deployment of an observer mission"), or -1."""
        prep = parsed.heads[token]
        if parsed.deps[token] != "pobj" or parsed.lower[prep] != "of":
            return -1
        noun = parsed.heads[prep]
        return noun if parsed.lower[noun] in self.sending_nouns else -1

    def _on_duty(self, parsed: Parsed, verb: int) -> bool:
        """Tell whether those who are somewhere are so by duty: "are at work in", "remain on the ground in"."""
        after = " ".join(parsed.lower[verb + 1 : verb + 5])
        return any(after.startswith(phrase) for phrase in self.on_duty)

    def _hailing(self, scene: Scene, verb: int, token: int) -> Iterator[Candidate]:
        """Read "AMISOM, the troops of which come from Burundi and Kenya": the mission told last is where they are."""
        told = [p for p in scene.names("Programme") if p.token < verb and p.entity in self.lands]
        told = told[-1:] or [p for p in scene.latest if p.cls == "Programme" and p.entity in self.lands][:1]
        owners = [
            p
            for t in self.arguments.roles(scene.parsed, verb).get("from", ())
            for p in self.arguments.stand_for(scene, t)
            if p.cls in _OWNERS
        ]
        for mission in told:
            for owner in owners:
                for place in (mission, *self.lands[mission.entity]):
                    yield self._claim(owner, place, "forces-come-from", token, 0.5)

    def abroad(self, owner: Participant, place: Participant) -> bool:
        if owner.entity == place.entity or (owner.token == place.token and owner.token >= 0):
            return False
        if self.homes.get(owner.entity) == place.entity:
            return False
        return not (place.cls == "Place" and self.lies_in(place.entity, owner.entity))

    def _speaking(self, scene: Scene, token: int) -> list[Participant]:
        """Give the author's state where the sentence is about it, as those who speak of forces without an owner do."""
        parsed = scene.parsed
        if scene.author is None:
            return []
        for t in parsed.path_up(token):
            for subject in parsed.child(t, "nsubj", "nsubjpass"):
                meant = self.arguments.stand_for(scene, subject)
                if any(p.entity == scene.author.entity for p in meant):
                    return [scene.author]
        return []

    def _present(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "the United Nations operation in Cambodia", "NATO's presence in Kosovo": a body is there by its people."""
        parsed = scene.parsed
        owners = [p for p in self._owners(scene, token) if p.cls == "Organization"]
        if not owners or any(parsed.lower[t] in self.suffered for t in parsed.path_up(token)[1:3]):
            return
        for prep in parsed.child(token, "prep"):
            if parsed.lower[prep] not in {"in", "to", "on", "at"}:
                continue
            for o in parsed.child(prep, "pobj"):
                for place in self.arguments.stand_for(scene, o):
                    for owner in owners:
                        if place.cls in {"Country", "Place"} and self.abroad(owner, place):
                            yield self._claim(owner, place, "body-present", token, 0.55)

    def _governor(self, scene: Scene, token: int) -> tuple[int, int]:
        """Give the topmost noun that the forces belong to ("a number of troops") and the verb above it, or -1."""
        parsed = scene.parsed
        top = token
        for _ in range(_HIGHEST):
            governor, dep = parsed.heads[top], parsed.deps[top]
            if parsed.tags[governor].startswith("VB") and governor != top:
                return top, governor
            if dep == "pobj" and parsed.lower[governor] == "of":
                top = parsed.heads[governor]
            elif dep in {"conj", "compound", "appos"} or (dep in {"amod", "nmod"} and top + 1 == governor):
                top = governor  # "the frigate Numancia"
            elif dep == "pobj" and parsed.tags[parsed.heads[governor]].startswith("VB"):
                return top, parsed.heads[governor]
            else:
                break
        governor = parsed.heads[top]
        return top, governor if parsed.tags[governor].startswith("VB") and governor != top else -1

    def _owners(self, scene: Scene, token: int) -> list[Participant]:
        """Give whose the forces are by the words beside them: "our troops", "Irish soldiers", "police from Samoa"."""
        parsed = scene.parsed
        waiting = [token]
        if parsed.deps[token] in {"compound", "amod", "nmod"}:
            waiting.append(parsed.heads[token])
        found: list[Participant] = []
        for noun in waiting:
            for child in parsed.child(noun, *_NAME_DEPS):
                whose = self.arguments.antecedent(parsed, child)  # "Australia, whose troops returned to Dili"
                found += self.arguments.stand_for(scene, whose)
                for inner in parsed.child(child, *_NAME_DEPS):
                    found += self.arguments.stand_for(scene, inner)
            for prep in parsed.child(noun, "prep"):
                if parsed.lower[prep] in {"from", "of"}:
                    for o in parsed.child(prep, "pobj"):
                        found += self.arguments.stand_for(scene, o)
            for participle in parsed.child(noun, "acl"):  # "the force led by X", "police drawn from Y and Z"
                if parsed.lower[participle] in self.sent_by:
                    roles = self.arguments.roles(parsed, participle)
                    for o in (*roles.get("agent", ()), *roles.get("from", ())):
                        if o != noun:
                            found += self.arguments.stand_for(scene, o)
        return list({p.entity: p for p in found if p.cls in _OWNERS}.values())

    def places(
        self, scene: Scene, tokens: Sequence[int] | dict[int, None], depth: int = 0
    ) -> Iterator[Participant]:
        """Give the areas and missions under the prepositions of some tokens, also below missions and operations."""
        parsed = scene.parsed
        for token in tokens:
            for prep in parsed.child(token, "prep", "dative"):
                preps = [
                    prep,
                    *(
                        c
                        for c in parsed.child(prep, "conj", "prep")
                        if parsed.deps[c] == "prep" or parsed.tags[c] == "IN"
                    ),
                ]
                for one in preps:
                    if parsed.lower[one] in self.links or parsed.lower[one] in {"including", "such", "as"}:
                        for o in parsed.child(one, "pobj"):
                            yield from self._reached(scene, o, depth)
                            for other in self.arguments.company.repeated(parsed, one, o):
                                yield from self._reached(scene, other, depth)

    def _reached(self, scene: Scene, token: int, depth: int) -> Iterator[Participant]:
        parsed = scene.parsed
        found = [p for p in self.arguments.stand_for(scene, token) if p.cls in _TARGETS]
        yield from found
        if depth >= _DEEPEST:
            return
        named = [p.token for p in found if p.cls == "Programme"]
        nouns = [token, *parsed.child(token, "conj")]
        through = [
            t for t in nouns if parsed.lower[t] in self.operations and not self._within_a_name(scene, t)
        ]
        yield from self.places(scene, list(dict.fromkeys([*through, *named])), depth + 1)

    # -- operations one takes part in ------------------------------------------------------------------

    def _joined(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "X has participated in peacekeeping operations in Y and Z": who keeps peace there has sent people."""
        parsed = scene.parsed
        kept = [token, *parsed.child(token, *_NAME_DEPS)]
        if not any(parsed.lower[t] in self.keeping for t in kept):
            return
        up = token
        for _ in range(_HIGHEST):
            if parsed.deps[up] != "pobj":
                return
            up = parsed.heads[parsed.heads[up]]
            if parsed.tags[up].startswith("VB"):
                break
        else:
            return
        if parsed.lower[up] not in self.joining or parsed.child(up, "neg"):
            return
        roles = self.arguments.roles(parsed, up)
        owners = [
            p for t in roles.get("agent", ()) for p in self.arguments.stand_for(scene, t) if p.cls in _OWNERS
        ]
        seen: set[str] = set()
        for place in self.places(scene, [token]):
            if place.entity in seen:
                continue
            seen.add(place.entity)
            for owner in owners:
                if self.abroad(owner, place):
                    yield self._claim(owner, place, "joins-operation", token, 0.6)

    def _claim(self, head: Participant, tail: Participant, rule: str, cue: int, sure: float) -> Candidate:
        return cued("deploysTo", head, tail, rule, cue, sure, tail.cls)


def load_deployments(
    folder: Path,
    arguments: Arguments,
    lies_in: Callable[[str, str], bool | None],
    entries: Mapping[str, Entry],
) -> Deployments:
    """Read ``deployments.toml``; verbs are spelt out in all their forms.

    ``lies_in`` says by the tables whether one area lies in another: nobody deploys to their own land; ``entries``
    tell in which land a listed mission is.
    """
    data = tomllib.loads((folder / "deployments.toml").read_text(encoding="utf-8"))

    def spelt(key: str) -> frozenset[str]:
        return all_forms(data[key], arguments.irregular)

    return Deployments(
        arguments=arguments,
        forces=frozenset(data["forces"]),
        experts=frozenset(data["experts"]),
        sites=frozenset(data["sites"]),
        armed=frozenset(data["armed"]),
        serving=spelt("serving"),
        sending=spelt("sending"),
        barred=spelt("barred"),
        denying=frozenset(data["denying"]),
        links=frozenset(data["links"]),
        operations=frozenset(data["operations"]),
        keeping=frozenset(data["keeping"]),
        joining=spelt("joining"),
        suffered=frozenset(data["suffered"]),
        presences=frozenset(data["presences"]),
        lies_in=lies_in,
        hailing=spelt("hailing"),
        being=spelt("being"),
        on_duty=tuple(data["on_duty"]),
        leaving=spelt("leaving"),
        sending_nouns=frozenset(data["sending_nouns"]),
        sent_by=frozenset(data["sent_by"]),
        joining_places=spelt("joining_places"),
        homes={
            key: f"country/{state}"
            for key, entry in sorted(entries.items())
            if entry.cls == "Organization" and (state := entry.facts.get("country", ""))
        },
        lands={
            key: (Participant(entity=f"country/{state}", cls="Country", token=-1, how="inside"),)
            for key, entry in sorted(entries.items())
            if entry.cls == "Programme" and (state := entry.facts.get("country", ""))
        },
    )
