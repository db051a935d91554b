"""Read what stands beside the name of an occasion: where it is held, who acts at it, who holds it with whom.

Words: ``attendance.toml``. Verbs of attending and hosting are frames (``frames/meetings.toml``).
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.occasion_names import OccasionNames, Series
from diplograph.extract.scene import Participant, Scene

__all__ = ["Attendance", "load_attendance"]

_ACTORS = frozenset({"Country", "Organization", "Person"})
_STATES = frozenset({"Country", "Organization"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Callable on a scene: candidates for ``heldIn``, ``participatesIn`` and ``hosts``; settings only.

    ``meets`` says of the text of a name whether it is of something that is attended, unlike a war; ``seats``
    of the id of a place whether meetings are held in it, unlike in a region or a sea.
    """

    arguments: Arguments
    meets: Callable[[str], bool]
    series: Callable[[str, str], Sequence[Series]]
    seats: Callable[[str], bool]
    place_links: frozenset[str]
    occasion_links: frozenset[str]
    loose_links: frozenset[str]
    margins: frozenset[str]
    gatherings: frozenset[str]
    gathering: frozenset[str]
    delegations: frozenset[str]
    leading: frozenset[str]
    delegation_links: frozenset[str]
    enrolled: frozenset[str]
    elsewhere: frozenset[str]
    holding: frozenset[str]
    between_links: frozenset[str]
    with_links: frozenset[str]
    encounters: frozenset[str]
    as_part: frozenset[tuple[str, ...]]
    opening: frozenset[str]
    reach: int = 16

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the occasions."""
        for token, occasion in self._occasions(scene):
            yield from self._places(scene, token, occasion)
            if not self.meets(
                scene.entities[occasion.entity].label if occasion.entity in scene.entities else ""
            ):
                continue
            yield from self._actors(scene, token, occasion)
            yield from self._encounters(scene, token, occasion)
            yield from self._holders(scene, token, occasion)
            yield from self._sides(scene, token, occasion)
            yield from self._owners(scene, token, occasion)
            yield from self._included(scene, token, occasion)
            yield from self._sittings(scene, token, occasion)
            yield from self._where(scene, token, occasion)
        yield from self._gatherings(scene)
        yield from self._delegations(scene)

    def _occasions(self, scene: Scene) -> Iterator[tuple[int, Participant]]:
        for token, found in scene.meant():
            for p in found[:1]:
                if p.cls == "Event" or (p.cls == "Forum" and scene.parsed.mention[token] >= 0):
                    yield token, p

    def _claim(
        self, predicate: str, head: Participant, tail: Participant, rule: str, cue: int, sure: float
    ) -> Candidate:
        how = {"Forum": "-forum"}.get((tail if predicate != "heldIn" else head).cls, "")
        far = "-anaphor" if "anaphor" in {head.how, tail.how} else ""
        return replace(cued(predicate, head, tail, rule, cue, sure), rule=rule + how + far)

    # -- where ---------------------------------------------------------------------------------------

    def _places(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield where an occasion is held: "X in Lima", "X (Lima)", "X held in Lima, Peru"."""
        parsed = scene.parsed
        standing = occasion.cls == "Forum"
        sure = 0.45 if occasion.how == "anaphor" else 0.65 if standing else 0.75
        for prep in parsed.child(token, "prep"):
            if parsed.lower[prep] in self.place_links:
                for o in parsed.child(prep, "pobj"):
                    yield from self._held(scene, o, occasion, "in-place", sure)
                    for other in self._conjuncts(scene, o):  # "talks in Geneva, Astana and Sochi"
                        yield from self._held(scene, other, occasion, "in-place-too", min(sure, 0.6))
        for participle in parsed.child(token, "acl", "relcl"):
            if parsed.lower[participle] in self.holding:
                for prep in parsed.child(participle, "prep"):
                    if parsed.lower[prep] in self.place_links:
                        for o in parsed.child(prep, "pobj"):
                            yield from self._held(scene, o, occasion, "held-place", 0.85)
        verb = parsed.heads[token]
        if parsed.deps[token] in {"nsubjpass", "dobj"} and parsed.lower[verb] in self.holding:
            for prep in parsed.child(verb, "prep"):
                if parsed.lower[prep] in self.place_links:
                    for o in parsed.child(prep, "pobj"):
                        yield from self._held(scene, o, occasion, "hold-place", max(sure, 0.7))
        after = token + 1
        if after + 1 < len(parsed.words) and parsed.words[after] == "(":
            inner = after + 2 if parsed.lower[after + 1] == "in" else after + 1
            yield from self._held(scene, inner, occasion, "place-aside", 0.7 if not standing else 0.5)

    def _conjuncts(self, scene: Scene, token: int) -> Iterator[int]:
        """Give the places coordinated with one, however long the list."""
        for other in scene.parsed.child(token, "conj"):
            named = scene.named(other)
            if named is not None and named.cls == "Place":
                yield other
                yield from self._conjuncts(scene, other)

    def _held(
        self, scene: Scene, token: int, occasion: Participant, rule: str, sure: float
    ) -> Iterator[Candidate]:
        place = scene.named(token) if token < len(scene.parsed.words) else None
        if place is not None and occasion.cls == "Forum" and not self.seats(place.entity):
            return  # "dialogue in the Pacific"
        while place is not None and place.cls in {"Place", "Country"}:
            yield self._claim("heldIn", occasion, place, rule, token, sure)
            rule = rule if rule.endswith("-within") else rule + "-within"
            following = place.token + 1
            while (
                following < len(scene.parsed.words)
                and scene.parsed.inside[following] == scene.parsed.inside[token]
            ):
                following += 1
            if following + 1 >= len(scene.parsed.words) or scene.parsed.words[following] not in {",", "("}:
                return
            if place.cls == "Country":
                return
            place = scene.named(following + 1)  # "Lima, Peru", "Lima (Peru)"
            token = following + 1

    # -- who -----------------------------------------------------------------------------------------

    def _actors(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield who acts at an occasion: the subject of the clause that "at the Summit" belongs to."""
        parsed = scene.parsed
        at, margin = token, ""
        for _ in range(3):
            if parsed.deps[at] != "pobj":
                return
            prep = parsed.heads[at]
            up = parsed.heads[prep]
            if parsed.lower[prep] in {"of", "in"} and parsed.lower[up] in self.margins:
                at, margin = up, "-margin"
                continue
            break
        else:
            return
        if parsed.lower[prep] not in self.occasion_links:
            return
        verb = up
        for _ in range(4):
            if parsed.tags[verb].startswith(("VB", "MD")):
                break
            if verb != prep and any(parsed.mention[c] >= 0 for c in parsed.child(verb, "poss")):
                return  # "supports Kenya's participation in the Summit": not who supports it
            if parsed.heads[verb] == verb:
                break
            verb = parsed.heads[verb]
        if not parsed.tags[verb].startswith(("VB", "MD")):
            if not any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in parsed.tags):  # "A at the Launch of X"
                titled = [p.token for p in scene.names("Person") if p.token < prep]
                yield from self._participants(scene, titled, occasion, "heading-at" + margin, prep, 0.65)
            return
        if parsed.tags[verb] == "VBN" and not parsed.child(
            verb, "aux", "auxpass", "agent", "nsubj", "nsubjpass"
        ):
            return  # "as noted at the Summit": by whom is left open
        roles = self.arguments.roles(parsed, verb)
        rule = "acts-at" + margin
        sure = 0.45 if parsed.lower[verb] in self.elsewhere else 0.7
        if sure < 0.5:
            rule += "-elsewhere"
        if parsed.lower[prep] in self.loose_links:
            fronted = prep < verb
            rule, sure = rule + ("-in-front" if fronted else "-in"), min(sure, 0.6 if fronted else 0.45)
        yield from self._participants(scene, roles.get("agent", []), occasion, rule, verb, sure)
        if parsed.lower[verb] in self.encounters:  # "A met B on the sidelines of X": B is there too
            for role in ("with", "theme"):
                met = [t for t in roles.get(role, []) if parsed.mentioned(t) == "Person"]
                yield from self._participants(
                    scene, met, occasion, "met-at" + margin, verb, 0.65 if margin else 0.55
                )

    def _encounters(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield who met, and where, as an occasion: "A met B in Lima as part of X", "A met B in Lima to launch X"."""
        parsed = scene.parsed
        before = token - 1
        while before >= 0 and (
            parsed.tags[before] in {"DT", "JJ", "PRP$"} or parsed.inside[before] == parsed.inside[token] >= 0
        ):
            before -= 1
        here = parsed.lower[before - 1 : before + 1]
        part = parsed.lower[before - 2 : before + 1] in self.as_part
        held = here[:1] == ("to",) and here[1:] and here[1] in self.opening
        if not part and not held:
            return
        verbs = [t for t in range(before) if parsed.lower[t] in self.encounters and parsed.inside[t] < 0]
        verb = verbs[-1] if verbs else -1
        if verb < 0 or any(parsed.tags[t] in {"VBD", "VBZ", "VBP"} for t in range(verb + 1, before - 1)):
            return
        rule = "met-as-part" if part else "met-to-hold"
        persons = [p for p in scene.names("Person") if p.token < before]
        for p in persons:
            yield self._claim("participatesIn", p, occasion, rule, verb, 0.7)
        for place in scene.names("Place"):
            if verb < place.token < before and self.seats(place.entity):
                link = place.token - 1
                while link > verb and (parsed.inside[link] >= 0 or parsed.tags[link] == "DT"):
                    link -= 1
                if parsed.lower[link] in self.place_links:
                    yield self._claim("heldIn", occasion, place, rule, verb, 0.7)

    def _participants(
        self, scene: Scene, tokens: list[int], occasion: Participant, rule: str, cue: int, sure: float
    ) -> Iterator[Candidate]:
        """Yield participation of all that tokens stand for."""
        done: set[str] = self._sitting(scene, occasion)
        for token in tokens:
            for p in self.arguments.stand_for(scene, token):
                if p.cls in _ACTORS and p.entity not in done:
                    done.add(p.entity)
                    yield self._claim("participatesIn", p, occasion, rule, cue, sure)

    def _sitting(self, scene: Scene, occasion: Participant) -> set[str]:
        """Give the bodies whose own sitting an occasion is: they do not take part in it, their members do."""
        parsed = scene.parsed
        label = scene.entities[occasion.entity].label if occasion.entity in scene.entities else ""
        bodies = {one.entity for one in self.series(label, occasion.entity) if one.entity}
        if any(parsed.lower[c] == "its" for c in parsed.child(occasion.token, "poss")):
            bodies |= {
                p.entity for p in scene.names("Organization") if abs(p.token - occasion.token) < self.reach
            }
        return bodies

    def _holders(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield who holds an occasion: two or more take part in it, one alone hosts it."""
        parsed = scene.parsed
        verb = parsed.heads[token]
        if parsed.deps[token] not in {"dobj", "nsubjpass"} or parsed.lower[verb] not in self.holding:
            return
        roles = self.arguments.roles(parsed, verb)
        holders = [
            p for t in roles.get("agent", []) for p in self.arguments.stand_for(scene, t) if p.cls in _ACTORS
        ]
        others = [
            p for t in roles.get("with", []) for p in self.arguments.stand_for(scene, t) if p.cls in _ACTORS
        ]
        distinct = {p.entity: p for p in (*holders, *others)}
        if len(distinct) > 1:
            for p in distinct.values():
                yield self._claim(
                    "participatesIn", p, occasion, "holds-with" if others else "hold-together", verb, 0.75
                )
        elif holders and holders[0].cls == "Person":
            yield self._claim("participatesIn", holders[0], occasion, "holds-person", verb, 0.6)
        elif holders and holders[0].cls in _STATES:
            alone = holders[0]
            inside = scene.mentions[parsed.mention[token]].text if parsed.mention[token] >= 0 else ""
            shared = "-" in inside or " with " in inside
            own = alone.cls == "Organization" and any(
                parsed.lower[c] == "its" for c in parsed.child(token, "poss")
            )
            if not own:  # a body that holds its tenth meeting hosts nobody
                yield self._claim(
                    "hosts",
                    alone,
                    occasion,
                    "holds-alone" + ("-shared" if shared else ""),
                    verb,
                    0.3 if shared else 0.6,
                )
            yield self._claim("participatesIn", alone, occasion, "holds-alone", verb, 0.7 if shared else 0.4)

    def _sides(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield the sides named behind an occasion: "consultations between X and Y", "a summit with X"."""
        parsed = scene.parsed
        for prep in (*parsed.child(token, "prep"), *self._apart(scene, token)):
            word = parsed.lower[prep]
            if word in self.between_links:
                yield from self._participants(
                    scene, list(parsed.child(prep, "pobj")), occasion, "between", prep, 0.75
                )
                yield from self._sides_listed(scene, prep, occasion)
            elif word in self.with_links:
                yield from self._participants(
                    scene, list(parsed.child(prep, "pobj")), occasion, "with", prep, 0.6
                )
                if scene.author and occasion.cls == "Event":
                    yield self._claim("participatesIn", scene.author, occasion, "with-author", prep, 0.45)

    def _apart(self, scene: Scene, token: int) -> Iterator[int]:
        """Give the "between" right behind a name that the parser hung on the verb ("facilitated the talks between …")."""
        parsed = scene.parsed
        at = token + 1
        while at < len(parsed.words) and parsed.inside[at] >= 0 and parsed.inside[at] == parsed.inside[token]:
            at += 1
        if at < len(parsed.words) and parsed.lower[at] in self.between_links and parsed.heads[at] != token:
            yield at

    def _sides_listed(self, scene: Scene, prep: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield the sides by their order, where the parser breaks the list: "among A, B, and C was held"."""
        parsed = scene.parsed
        found: dict[str, Participant] = {}
        for token in range(prep + 1, len(parsed.words)):
            named = scene.named(token)
            if named is not None:
                if named.cls not in _ACTORS:
                    break
                found.setdefault(named.entity, named)
            elif (
                parsed.inside[token] < 0
                and parsed.tags[token] not in {",", "CC", "DT", "POS"}
                and parsed.lower[token] not in {"of", *self.arguments.transparent}
            ):
                break
        for p in found.values() if len(found) > 1 else ():
            yield self._claim("participatesIn", p, occasion, "between-listed", prep, 0.7)

    def _included(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield who an occasion is said to bring together: "the Dialogue included officials from X and Y"."""
        parsed = scene.parsed
        verbs = [v for v in parsed.child(token, "acl", "relcl") if parsed.tags[v] != "VBN"]
        if parsed.deps[token] == "nsubj":
            verbs.append(parsed.heads[token])
        for verb in verbs:
            if parsed.lower[verb] not in self.gathering:
                continue
            for o in parsed.child(verb, "dobj"):
                for p in self._actors_of(scene, o):
                    yield self._claim("participatesIn", p, occasion, "brings-together", verb, 0.6)

    def _owners(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield whose occasion it is: "the President's first NATO Summit"."""
        if occasion.cls != "Event":
            return
        for owner in scene.parsed.child(token, "poss"):
            for p in self.arguments.stand_for(scene, owner):
                if p.cls == "Person":
                    yield self._claim("participatesIn", p, occasion, "owns", owner, 0.55)
                elif p.cls == "Country" and p.how == "name":
                    yield self._claim("participatesIn", p, occasion, "owns-state", owner, 0.4)

    def _where(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield who acts in a clause of the occasion: "the Summit, where A and B agreed", "at which A spoke"."""
        parsed = scene.parsed
        for start in range(token + 1, min(token + self.reach, len(parsed.words))):
            word = parsed.lower[start]
            if parsed.words[start] in {".", ";"}:
                return
            if word == "where" or (word == "which" and parsed.lower[start - 1] in {"at", "during"}):
                near = [p for p in scene.names("Event", "Forum") if token < p.token < start]
                verb = next(
                    (t for t in parsed.path_up(start)[1:] if parsed.tags[t].startswith(("VB", "MD"))), -1
                )
                if near or verb < start or parsed.child(verb, "nsubjpass"):
                    return
                roles = self.arguments.roles(parsed, verb)
                behind = [t for t in roles.get("agent", []) if t > start]
                sure = 0.45 if parsed.lower[verb] in self.elsewhere else 0.65
                yield from self._participants(scene, behind, occasion, "where-acts", verb, sure)
                return

    def _sittings(self, scene: Scene, token: int, occasion: Participant) -> Iterator[Candidate]:
        """Yield the body whose sitting it is: "the Council held its 12th meeting", "At its 12th meeting, the Council"."""
        parsed = scene.parsed
        if occasion.cls != "Event" or occasion.how != "name":
            return
        for owner in parsed.child(token, "poss"):
            if parsed.lower[owner] != "its":
                continue
            bodies = [p for p in scene.names("Organization", "Forum") if p.entity != occasion.entity]
            before = [p for p in bodies if p.token < owner]
            behind = [p for p in bodies if p.token > owner and parsed.deps[p.token].startswith("nsubj")]
            for body in before[-1:] or behind[:1]:
                yield self._claim("sessionOf", occasion, body, "its-sitting", owner, 0.65)

    def _delegations(self, scene: Scene) -> Iterator[Candidate]:
        """Yield who leads or makes up a delegation: "the Kenyan delegation was led by X and included Y"."""
        parsed = scene.parsed
        for cue, word in enumerate(parsed.lower):
            if word not in self.delegations or parsed.inside[cue] >= 0:
                continue
            verb = parsed.heads[cue]
            if parsed.lower[verb] not in self.leading or not parsed.deps[cue].startswith(("nsubj", "dobj")):
                continue
            own = [
                p
                for c in parsed.child(cue, "amod", "compound", "poss", "nmod")
                for p in self._actors_of(scene, c)
            ]
            verbs = [verb, *(c for c in parsed.child(verb, "conj") if parsed.lower[c] in self.leading)]
            others: list[Participant] = []
            for one in verbs:
                roles = self.arguments.roles(parsed, one)
                for role in ("agent", "theme", "from", "by", "of"):
                    others += [p for t in roles.get(role, ()) if t != cue for p in self._actors_of(scene, t)]
            rule = "delegation" + ("-enrolled" if word in self.enrolled else "")
            occasion, how = self._delegated_to(scene, cue, verb, word)
            if occasion is not None:
                for p in {p.entity: p for p in (*own, *others)}.values():
                    yield self._claim("participatesIn", p, occasion, rule + how, verb, 0.65)

    def _delegated_to(self, scene: Scene, cue: int, verb: int, word: str) -> tuple[Participant | None, str]:
        """Give the occasion a delegation goes to, and ``-latest`` if only the sentences before name it."""
        parsed = scene.parsed
        classes = (
            ("Programme", "Event", "Forum") if word in self.enrolled else ("Event", "Forum", "Programme")
        )
        for token in (cue, verb):
            for prep in parsed.child(token, "prep"):
                if parsed.lower[prep] in self.delegation_links:
                    for o in parsed.child(prep, "pobj"):
                        for p in self.arguments.stand_for(scene, o):
                            if p.cls in classes:
                                return p, ""
        below = [p for cls in classes for p in scene.names(cls) if cue in parsed.path_up(p.token)]
        if below:
            return below[0], ""  # "participants joining the Summit included …"
        near = [p for cls in classes for p in scene.names(cls) if p.token < cue]
        if near:
            return near[0], "-near"
        return next((p for cls in classes for p in scene.latest if p.cls == cls), None), "-latest"

    def _actors_of(self, scene: Scene, token: int) -> list[Participant]:
        """Give the actors that a token stands for, or that those it names come from ("mayors from Chile")."""
        found = [p for p in self.arguments.stand_for(scene, token) if p.cls in _ACTORS]
        if not found:
            for prep in scene.parsed.child(token, "prep"):
                if scene.parsed.lower[prep] in {"from", "of"}:
                    for o in scene.parsed.child(prep, "pobj"):
                        found += [p for p in self.arguments.stand_for(scene, o) if p.cls in _ACTORS]
        return found

    def _gatherings(self, scene: Scene) -> Iterator[Candidate]:
        """Yield who is said to act in "various frameworks, including X and Y"."""
        parsed = scene.parsed
        for cue, word in enumerate(parsed.lower):
            if word not in self.gatherings or parsed.inside[cue] >= 0 or cue in scene.anaphors:
                continue
            found = [
                p
                for p in self.arguments.stand_for(scene, cue)
                if p.cls in {"Forum", "Event"} and p.token > cue
            ]
            verb = next((t for t in parsed.path_up(cue) if parsed.tags[t].startswith(("VB", "MD"))), None)
            if not found or verb is None:
                continue
            for token in self.arguments.roles(parsed, verb).get("agent", []):
                for actor in self.arguments.stand_for(scene, token):
                    if actor.cls in _STATES:
                        for occasion in found:
                            yield self._claim("participatesIn", actor, occasion, "among-gatherings", cue, 0.6)


def load_attendance(folder: Path, arguments: Arguments, names: OccasionNames) -> Attendance:
    """Read ``attendance.toml``."""
    data = tomllib.loads((folder / "attendance.toml").read_text(encoding="utf-8"))

    def spelt(key: str) -> frozenset[str]:
        return all_forms(data[key], arguments.irregular)

    return Attendance(
        arguments=arguments,
        meets=names.meets,
        series=names.series,
        seats=names.seats,
        place_links=frozenset(data["place_links"]),
        occasion_links=frozenset(data["occasion_links"]),
        loose_links=frozenset(data["loose_links"]),
        margins=frozenset(data["margins"]),
        gatherings=frozenset(data["gatherings"]),
        gathering=spelt("gathering"),
        delegations=frozenset(data["delegations"]),
        leading=spelt("leading"),
        delegation_links=frozenset(data["delegation_links"]),
        enrolled=frozenset(data["enrolled"]),
        elsewhere=spelt("elsewhere"),
        holding=spelt("holding"),
        encounters=spelt("encounters"),
        as_part=frozenset(tuple(text.split()) for text in data["as_part"]),
        opening=frozenset(data["opening"]),
        between_links=frozenset(data["between_links"]),
        with_links=frozenset(data["with_links"]),
    )
