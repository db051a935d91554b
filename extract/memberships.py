"""Read from nouns for a place in a body who is a member of what and who chairs what.

"Member", "chair" and "presidency" bind their two sides in many ways: "X is a member of Y", "as Y's chair, X",
"X, a Y member", "the members of Y are X and Z", "X was elected member of Y". Words: ``memberships.toml``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.role_nouns import RoleNoun, role_noun
from diplograph.extract.scene import Participant, Scene

__all__ = ["Memberships", "RoleNoun", "load_memberships"]

# How sure each way of binding holder and role is; measured on the development texts.
_SURE = {
    "is": 0.9, "as": 0.85, "elected": 0.85, "beside": 0.85, "lists": 0.85, "election": 0.85,
    "takes": 0.85, "title": 0.8, "of": 0.75, "such": 0.75,
}  # fmt: skip
# A body that only words further off name is more or less of a guess.
_SURE_FAR = {"-at": 0.7, "-near": 0.45, "-latest": 0.55}
# Of these ways, a body further off is likely the one meant; of the others ("our partners", "X, the chairman") not.
_FAR_WAYS = frozenset({"is", "as", "lists", "takes", "elected", "election"})
# Words from "of which" to the noun, and from the body to "which".
_RELATIVE = 10
_NAMES_BEFORE = ("compound", "poss", "nmod", "amod")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memberships:
    """Callable on a scene: candidates for ``memberOf`` and ``chairs``; settings only."""

    by_noun: Mapping[str, RoleNoun]
    arguments: Arguments
    carriers: frozenset[str]
    body_links: frozenset[str]
    scenes: frozenset[str]
    addressed: frozenset[str]
    copulas: frozenset[str]
    listing: frozenset[str]
    appointing: frozenset[str]
    appointments: frozenset[str]
    appointment_links: frozenset[str]
    taking: frozenset[str]
    insiders: frozenset[str]
    groupings: frozenset[str]
    grouping_links: frozenset[str]
    relative_links: frozenset[str]
    prospects: frozenset[str]
    naming: frozenset[str]

    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = frozenset(self.by_noun) | self.insiders | self.groupings
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their nouns."""
        parsed = scene.parsed
        for cue in parsed.places(self.cues):
            word = parsed.lower[cue]
            if parsed.inside[cue] >= 0:
                continue
            if word in self.insiders:
                yield from self._insiders(scene, cue)
            if word in self.groupings:
                yield from self._grouping(scene, cue)
            role = self.by_noun.get(word)
            if role is None:
                continue
            before = self._before(scene, cue)
            if role.unless & before or (role.needs and not role.needs & before):
                continue
            yield from self._claims(scene, role, cue, before)

    def _insiders(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Yield what "we in the European Union" says of the speaker."""
        for prep in scene.parsed.child(cue, "prep"):
            for o in scene.parsed.child(prep, "pobj") if scene.parsed.lower[prep] == "in" else ():
                for body in self.arguments.stand_for(scene, o):
                    for speaker in scene.anaphors.get(cue, ()):
                        if body.cls in {"Organization", "Forum"} and speaker.cls == "Country":
                            yield Candidate(
                                predicate="memberOf", head=speaker, tail=body, rule="we-in", cue=cue,
                                confidence=0.7, roles=("we", "in"),
                            )  # fmt: skip

    def _grouping(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Yield the members of a grouping that a noun beside its name lists ("X, an initiative among A and B")."""
        parsed = scene.parsed
        whole = scene.named(parsed.heads[cue]) if parsed.deps[cue] == "appos" else None
        if whole is None and parsed.deps[cue] == "attr":
            subjects = (scene.named(s) for s in parsed.child(parsed.heads[cue], "nsubj"))
            whole = next((s for s in subjects if s is not None), None)
        if whole is None or whole.cls not in {"Organization", "Forum"}:
            return
        for prep in parsed.child(cue, "prep", "acl"):
            if parsed.lower[prep] not in self.grouping_links:
                continue
            members = [
                p for o in parsed.child(prep, "pobj", "dobj") for p in self.arguments.stand_for(scene, o)
            ]
            states = list({p.entity: p for p in members if p.cls == "Country"}.values())
            for state in states if len(states) > 1 else ():
                yield Candidate(
                    predicate="memberOf", head=state, tail=whole, rule="grouping-among", cue=cue,
                    confidence=0.7, roles=("among", "beside"),
                )  # fmt: skip

    def _claims(self, scene: Scene, role: RoleNoun, cue: int, before: frozenset[str]) -> Iterator[Candidate]:
        parsed = scene.parsed
        node = cue
        if (
            parsed.deps[cue] in {"compound", "nmod", "amod"}
            and parsed.lower[parsed.heads[cue]] in self.carriers
        ):
            node = parsed.heads[cue]
        bodies, how = self._bodies(scene, role, cue, node)
        if not bodies or (how == "-latest" and role.needs):  # "our development partners": of nobody named
            return
        if role.predicate == "memberOf" and any(
            parsed.lower[t] in self.prospects for t in parsed.path_up(cue)
        ):
            return
        status = role.fixed_status or self._status(role, before)
        known = {b.entity for b in bodies}
        done: set[tuple[str, str]] = set()
        for way, holder in self._holders(scene, cue, node):
            if holder.cls not in role.head_class or holder.entity in known:
                continue
            for body in bodies:
                if (holder.entity, body.entity) in done or not self._suits(scene, role, holder, body):
                    continue
                done.add((holder.entity, body.entity))
                yield Candidate(
                    predicate=role.predicate,
                    head=holder,
                    tail=body,
                    rule=f"{role.id}-{way}{how}",
                    cue=cue,
                    qualifiers=(("status", status),) if status else (),
                    confidence=_sure(way, how),
                    roles=(way, "of"),
                )

    def _suits(self, scene: Scene, role: RoleNoun, holder: Participant, body: Participant) -> bool:
        """Tell whether a body is one in which the noun means the chair; a state is president of any."""
        if not role.bodies or holder.cls in role.free_class:
            return True
        label = scene.entities[body.entity].label.lower() if body.entity in scene.entities else body.entity
        return any(kind in label for kind in role.bodies)

    def _before(self, scene: Scene, cue: int) -> frozenset[str]:
        """Give the words before a role noun that may qualify it ("non-permanent", "founding")."""
        parsed = scene.parsed
        words = {parsed.lower[c] for c in parsed.child(cue, *_NAMES_BEFORE, "nummod")}
        return frozenset(words | {w for w in parsed.lower[max(0, cue - 3) : cue] if w.isalpha()})

    def _status(self, role: RoleNoun, before: frozenset[str]) -> str:
        if "non" in before:
            found = [status for word, status in role.status_after_non.items() if word in before]
            if found:
                return found[0]
        return next((status for word, status in role.status.items() if word in before), "")

    # -- the body ------------------------------------------------------------------------------------

    def _bodies(self, scene: Scene, role: RoleNoun, cue: int, node: int) -> tuple[list[Participant], str]:
        """Give the bodies, and ``-at`` ``-near`` or ``-latest`` if only words further off name one."""
        parsed = scene.parsed
        found: dict[str, Participant] = {}
        for token in dict.fromkeys((cue, node)):
            for prep in parsed.child(token, "prep"):
                if parsed.lower[prep] in self.body_links:
                    for o in parsed.child(prep, "pobj"):
                        self._add(scene, role, o, found)
            for c in parsed.child(token, *_NAMES_BEFORE):
                self._add(scene, role, c, found)
            if found:
                for c in parsed.child(token, "conj"):  # "member of A and the B", hung on "member"
                    self._add(scene, role, c, found)
        if not found and cue > 0 and parsed.deps[cue] not in {"poss"}:
            self._add(scene, role, cue - 1, found)
        if not found:
            self._beside(scene, role, cue, found)
        if found or role.bodies:
            return list(found.values()), ""
        if any(parsed.lower[prep] == "of" for prep in parsed.child(cue, "prep")):
            return [], ""  # "member of the delegation": a body that has no name here
        at = parsed.heads[node]
        for _ in range(4):  # "At the Subcommittee, X served as chair"
            if parsed.tags[at].startswith(("VB", "MD")):
                break
            at = parsed.heads[at]
        for prep in parsed.child(at, "prep"):
            if parsed.lower[prep] in self.scenes:
                for o in parsed.child(prep, "pobj"):
                    self._add(scene, role, o, found)
        if found:
            return list(found.values()), "-at"
        near = [p for p in scene.names(*(role.tail_class - {"Event"})) if p.token < cue]
        if near:
            return [near[-1]], "-near"
        own = (scene.issuer,) if scene.issuer is not None and role.predicate == "chairs" else ()
        latest = next(
            (p for p in (*own, *scene.latest) if p.cls in role.tail_class and p.cls != "Event"), None
        )
        return ([latest] if latest else []), "-latest"

    def _beside(self, scene: Scene, role: RoleNoun, cue: int, found: dict[str, Participant]) -> None:
        """Add the body right behind "of", or "of which" before, where the parse hangs it elsewhere ("of which X has the chair")."""
        parsed = scene.parsed
        after = cue + 1
        if parsed.lower[after : after + 1] == ("of",):
            after += 2 if parsed.tags[after + 1 : after + 2] == ("DT",) else 1
            if after < len(parsed.words) and parsed.inside[after] >= 0:
                self._add(scene, role, parsed.token_of.get(parsed.inside[after], after), found)
            return
        for which in range(cue - 1, max(0, cue - _RELATIVE), -1):
            if parsed.lower[which] == "which" and parsed.lower[which - 1] in self.relative_links:
                earlier = [p for p in scene.names(*role.tail_class) if p.token < which - 1]
                if earlier and which - earlier[-1].token < _RELATIVE:
                    self._add(scene, role, earlier[-1].token, found)
                return

    def _add(self, scene: Scene, role: RoleNoun, token: int, found: dict[str, Participant]) -> None:
        for p in self.arguments.stand_for(scene, token):
            if p.cls in role.tail_class:
                found.setdefault(p.entity, p)

    # -- who holds the role --------------------------------------------------------------------------

    def _holders(self, scene: Scene, cue: int, node: int) -> Iterator[tuple[str, Participant]]:
        """Yield those who hold the role, each with the way that tells it."""
        parsed = scene.parsed
        governor, dep = parsed.heads[node], parsed.deps[node]
        verbal = parsed.tags[governor].startswith(("VB", "MD"))
        if dep in {"attr", "oprd"} and verbal:
            way = "is" if parsed.lower[governor] in self.copulas else "elected"
            yield from self._all(scene, way, self._subjects(scene, governor))
        elif dep == "nsubj" and parsed.lower[governor] in self.listing:
            yield from self._all(scene, "lists", parsed.child(governor, "attr", "dobj"))
        elif dep == "dobj" and verbal and parsed.lower[governor] in self.taking:
            yield from self._all(scene, "takes", self._subjects(scene, governor))
        elif dep == "appos":
            yield from self._all(scene, "beside", (governor,))
        elif dep == "conj" and (other := self._other_role(scene, governor)) >= 0:
            yield from self._holders(scene, other, other)  # "a member of A and an observer in B"
        elif dep in {"pobj", "conj"}:
            above = parsed.heads[governor]
            elections: tuple[int, ...] = ()
            if parsed.lower[governor] in self.appointment_links:  # "his election to the presidency"
                elections = (above,) if parsed.lower[above] in self.appointments else ()
                elections = elections or self._elections_before(scene, above, governor)
            if elections and parsed.lower[governor] != "as":
                yield from self._elections(scene, elections)
            else:
                yield from self._as(scene, node)
        elif dep == "dobj" and parsed.deps[governor] == "pcomp":
            yield from self._as(scene, governor)  # "as founding members", read as a verb
        head = governor
        for _ in range(3):
            if dep not in {"compound", "nmod", "amod", "poss"}:
                break
            if parsed.mention[head] >= 0:
                yield from self._all(scene, "title", (head,))
                break
            head, dep = parsed.heads[head], parsed.deps[head]
        yield from self._all(scene, "beside", parsed.child(node, "appos"))
        for owner in parsed.child(cue, "poss"):
            yield from self._owner(scene, "of", owner)
        for prep in parsed.child(node, "prep"):
            if self.arguments.gives_instances(parsed, prep):
                objects = [*parsed.child(prep, "pobj", "pcomp")]
                objects += [o for inner in parsed.child(prep, "prep") for o in parsed.child(inner, "pobj")]
                yield from self._all(scene, "such", objects)

    def _other_role(self, scene: Scene, token: int) -> int:
        """Give the role that another is joined to, also by the name in its of-phrase ("President of X and Chair of Y")."""
        parsed = scene.parsed
        if parsed.lower[token] not in self.by_noun and parsed.deps[token] == "pobj":
            token = parsed.heads[parsed.heads[token]]
        return token if parsed.lower[token] in self.by_noun else -1

    def _as(self, scene: Scene, node: int) -> Iterator[tuple[str, Participant]]:
        """Yield who a role after "as" belongs to: "as chair, X …", "elected X as chair", "election of X as chair"."""
        parsed = scene.parsed
        prep = parsed.heads[node]
        for _ in range(4):  # "as founder and member", "and as the chair"
            if parsed.deps[prep] in {"conj", "pobj", "pcomp"} and parsed.lower[prep] != "as":
                prep = parsed.heads[prep]
        if parsed.lower[prep] != "as" or not self.naming.isdisjoint(parsed.lower[max(0, prep - 2) : prep]):
            return  # "hereinafter referred to as the Participants" only names them
        governor = parsed.heads[prep]
        if parsed.deps[prep] == "conj":
            governor = parsed.heads[governor]
        if not parsed.tags[governor].startswith(("VB", "MD")) and prep == governor + 1:
            owners = parsed.child(governor, "poss")  # "in our capacity as", "its term as"
            for owner in owners:
                yield from self._owner(scene, "as", owner)
            if owners:
                return
        for _ in range(3):  # "in its capacity as", "its term as"
            if parsed.tags[governor].startswith(("VB", "MD", "NNP")) or parsed.deps[governor] not in {
                "pobj",
                "dobj",
            }:
                break
            if parsed.lower[governor] in self.appointments:
                break
            up = parsed.heads[governor]
            governor = parsed.heads[up] if parsed.deps[governor] == "pobj" else up
        if parsed.mention[governor] >= 0:
            yield from self._all(scene, "as", (governor,))
        elif (aside := self._set_off(scene, prep)) is not None:
            yield "as", aside
        elif parsed.tags[governor].startswith(("VB", "MD")):
            elections = self._elections_before(scene, governor, prep)
            if elections:
                yield from self._elections(scene, elections)
                return
            appointed = parsed.child(governor, "nsubjpass")
            if not appointed and prep > governor and parsed.lower[governor] in self.appointing:
                appointed = parsed.child(governor, "dobj") or appointed
            way = "elected" if appointed else "as"
            yield from self._all(scene, way, appointed or self._subjects(scene, governor))
        else:
            yield from self._elections(scene, (governor,))

    def _set_off(self, scene: Scene, prep: int) -> Participant | None:
        """Give the object that "as" is set off from by a comma ("We commend Ghana, as Chair of ECOWAS, …")."""
        parsed = scene.parsed
        if prep < 3 or parsed.words[prep - 1] != "," or parsed.inside[prep - 2] < 0:
            return None
        head = parsed.token_of.get(parsed.inside[prep - 2])
        if head is None or parsed.deps[head] not in {"dobj", "pobj", "appos"}:
            return None
        named = scene.named(head)
        return named if named is not None and named.cls in {"Country", "Person"} else None

    def _elections_before(self, scene: Scene, verb: int, prep: int) -> tuple[int, ...]:
        """Give the nouns of election below a verb that "as" may belong to ("support for the election of X as")."""
        parsed = scene.parsed
        return tuple(
            t for t in range(prep) if parsed.lower[t] in self.appointments and verb in parsed.path_up(t)
        )

    def _elections(self, scene: Scene, nouns: tuple[int, ...]) -> Iterator[tuple[str, Participant]]:
        parsed = scene.parsed
        for noun in nouns:
            if parsed.lower[noun] in self.appointments:
                of = [
                    o
                    for p in parsed.child(noun, "prep")
                    if parsed.lower[p] == "of"
                    for o in parsed.child(p, "pobj")
                ]
                yield from self._all(scene, "election", of)
            for owner in parsed.child(
                noun, "poss"
            ):  # "your election as President", "his leadership as chair"
                yield from self._owner(scene, "election", owner)

    def _owner(self, scene: Scene, way: str, owner: int) -> Iterator[tuple[str, Participant]]:
        """Yield who a possessive stands for; "your" is the person addressed by name."""
        if scene.parsed.lower[owner] in self.addressed:
            persons = [p for p in scene.names("Person") if p.token < owner]
            if persons:
                yield way, persons[-1]
        else:
            yield from self._all(scene, way, (owner,))

    def _subjects(self, scene: Scene, verb: int) -> list[int]:
        roles = self.arguments.roles(scene.parsed, verb)
        passive = scene.parsed.child(verb, "nsubjpass")
        return list(passive) or roles.get("agent", [])

    def _all(
        self, scene: Scene, way: str, tokens: "tuple[int, ...] | list[int]"
    ) -> Iterator[tuple[str, Participant]]:
        for token in tokens:
            for p in self.arguments.stand_for(scene, token):
                yield way, p


def _sure(way: str, how: str) -> float:
    if how in {"-near", "-latest"} and way not in _FAR_WAYS:
        return 0.25
    return min(_SURE[way], _SURE_FAR.get(how, 1.0))


def load_memberships(folder: Path, arguments: Arguments) -> Memberships:
    """Read ``memberships.toml``.

    Raises:
        TableError: A role lacks its examples.
    """
    path = folder / "memberships.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))

    def spelt(key: str) -> frozenset[str]:
        return all_forms(data[key], arguments.irregular)

    by_noun: dict[str, RoleNoun] = {}
    for row in data["role"]:
        role = role_noun(path, row)
        by_noun.update(dict.fromkeys(row["nouns"], role))
    return Memberships(
        by_noun=by_noun,
        arguments=arguments,
        carriers=frozenset(data["carriers"]),
        body_links=frozenset(data["body_links"]),
        scenes=frozenset(data["scenes"]),
        addressed=frozenset(data["addressed"]),
        copulas=spelt("copulas"),
        listing=spelt("listing"),
        appointing=spelt("appointing"),
        appointments=frozenset(data["appointments"]),
        appointment_links=frozenset(data["appointment_links"]),
        taking=spelt("taking"),
        insiders=frozenset(data["insiders"]),
        groupings=frozenset(data["grouping"]["nouns"]),
        grouping_links=frozenset(data["grouping"]["links"]),
        relative_links=frozenset(data["relative_links"]),
        prospects=frozenset(data["prospects"]),
        naming=frozenset(data["naming"]),
    )
