"""Read occasions as press releases and speeches tell of them, a sentence after naming them.

"The dialogue was led by A and B.", "It included officials from X.", "Y co-hosted the Conference with Z.",
"A met B in Geneva.", "the bombing of the headquarters in Baghdad". Lists of officials with their titles defeat
the parser, so names are taken by their order here. Words: ``gatherings.toml``.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.folding import fold
from diplograph.extract.occasion_names import InnerName, OccasionNames
from diplograph.extract.scene import Participant, Scene

__all__ = ["Gatherings", "load_gatherings"]

_ACTORS = frozenset({"Country", "Organization", "Person"})
_STATES = frozenset({"Country", "Organization"})
_ISSUERS = frozenset({"Country", "Organization", "Forum"})
_OCCASIONS = ("Event", "Forum")
_AREAS = frozenset({"Place", "Country"})
# "the bombing of the headquarters of the mission in Baghdad": nouns between an event and its place.
_DEEPEST = 3
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Words between a host's verb and the occasion.
_FARTHEST = 6
# Words between the subject of "met" and the verb of a list of envoys that is a group at all.
_LEAST_GROUP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatherings:
    """Callable on a scene: ``participatesIn``, ``chairs``, ``hosts``, ``heldIn``, ``visits``, ``adopts``; settings only.

    ``lies_in`` says by the tables whether one area lies in another, or None; ``inner`` gives the listed names
    inside a name.
    """

    arguments: Arguments
    occasions: OccasionNames
    inner: Callable[[str], Sequence[InnerName]]
    lies_in: Callable[[str, str], bool | None]
    led: frozenset[str]
    chairing: frozenset[str]
    including: frozenset[str]
    parties: frozenset[str]
    senders: frozenset[str]
    attending: frozenset[str]
    meeting: frozenset[str]
    gathered: frozenset[str]
    hosting: frozenset[str]
    between_hosts: frozenset[str]
    happenings: tuple[str, ...]
    deeds: tuple[str, ...]
    assemblies: tuple[str, ...]
    place_links: frozenset[str]
    through_links: frozenset[str]
    calls: frozenset[str]
    joint_texts: tuple[str, ...]
    issued: frozenset[str]
    text_words: frozenset[str]
    list_glue: frozenset[str]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = self.led | self.including | self.attending | self.meeting | self.hosting | self.calls
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates, verbs in order of place first, then names."""
        if not scene.mentions:
            return
        for cue in scene.parsed.places(self.cues):
            word = scene.parsed.lower[cue]
            if scene.parsed.inside[cue] >= 0:
                continue
            if word in self.led:
                yield from self._leaders(scene, cue)
            if word in self.including:
                yield from self._members(scene, cue)
            if word in self.attending:
                yield from self._attendants(scene, cue)
            if word in self.meeting:
                yield from self._gathered(scene, cue)
            if word in self.hosting:
                yield from self._hosts(scene, cue)
            if word in self.calls:
                yield from self._visitors(scene, cue)
        for event in scene.names("Event"):
            yield from self._happened(scene, event)
        yield from self._authors(scene)

    # -- who takes part ------------------------------------------------------------------------------

    def _latest(self, scene: Scene) -> Participant | None:
        """Give the occasion that the sentences before named last, an event sooner than a series."""
        for cls in _OCCASIONS:
            for p in scene.latest:
                label = scene.entities[p.entity].label if p.entity in scene.entities else ""
                if p.cls == cls and self.occasions.meets(label):
                    return p
        return None

    def _meant(self, scene: Scene, tokens: Sequence[int]) -> Participant | None:
        """Give the occasion that some tokens name or stand for."""
        for token in tokens:
            named = scene.named(token)
            for p in (named,) if named else scene.anaphors.get(token, ()):
                if p.cls in _OCCASIONS:
                    return p
        return None

    def _stretch(self, scene: Scene, cue: int, *classes: str) -> list[Participant]:
        """Give the names behind a cue up to the next finite verb, or to ", with" that tells of others."""
        parsed = scene.parsed
        end = len(parsed.words)
        for token in range(cue + 1, end):
            beside = parsed.lower[token] == "with" and parsed.words[token - 1] == ","
            if beside or (parsed.tags[token] in _FINITE and parsed.deps[token] != "relcl"):
                end = token
                break
        return [p for p in scene.names(*classes) if cue < p.token < end]

    def _leaders(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "the dialogue was led by A, of X, and B" and "A led the Indian delegation"."""
        parsed = scene.parsed
        if "by" in parsed.lower[cue + 1 : cue + 4] and parsed.tags[cue] in {"VBN", "VBD"}:
            subjects = list(parsed.child(cue, "nsubjpass", "nsubj"))
            if parsed.deps[cue] == "acl":
                subjects.append(parsed.heads[cue])
            occasion = self._meant(scene, subjects)
            sent = any(parsed.lower[t] in self.parties for t in subjects)
            told = occasion or (self._latest(scene) if sent else None)
            if told is None:
                return
            rule = "led-by" if occasion else "delegation-led-by"
            for person in self._stretch(scene, cue, "Person"):
                yield cued("participatesIn", person, told, rule, cue, 0.75)
                if occasion and parsed.lower[cue] in self.chairing:
                    yield cued("chairs", person, told, rule, cue, 0.65)
            bodies = self._stretch(scene, cue, "Organization") if sent and not occasion else []
            senders = [t for t in range(cue, len(parsed.words)) if parsed.lower[t] in self.senders]
            for body in bodies:
                if senders and body.token > senders[0]:
                    yield cued("participatesIn", body, told, "delegation-led-by-body", cue, 0.6)
        elif parsed.tags[cue] in {"VBD", "VBZ"}:
            objects = parsed.child(cue, "dobj")
            if (occasion := self._meant(scene, objects)) is not None:
                start = max((t for t in range(cue) if parsed.tags[t] in _FINITE), default=-1)
                for person in (p for p in scene.names("Person") if start < p.token < cue):
                    yield cued("participatesIn", person, occasion, "leads-occasion", cue, 0.65)
                return
            told = self._latest(scene)
            before = [t for t in range(cue) if parsed.lower[t] in self.led]
            persons = [p for p in scene.names("Person") if (before[-1] if before else -1) < p.token < cue]
            sent_on = any(parsed.lower[p] == "to" for t in (*objects, cue) for p in parsed.child(t, "prep"))
            if sent_on:
                return  # "led the delegation to the Council of Ministers": to another occasion, or to none
            if told and persons and any(parsed.lower[t] in self.parties for t in objects):
                yield cued("participatesIn", persons[0], told, "leads-delegation", cue, 0.7)

    def _members(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "it included representatives from X and Y" and "other participants included A and B"."""
        parsed = scene.parsed
        if parsed.deps[cue] == "relcl":
            earlier = [p for p in scene.names(*_OCCASIONS) if p.token < cue]
            occasion = self._meant(scene, [parsed.heads[cue]])
            if occasion is None and earlier and parsed.mention[parsed.heads[cue]] < 0:
                occasion = earlier[-1]  # "held the X in Lima on 4 May, which included talks between …"
            if occasion is None:
                return
            for person in self._stretch(scene, cue, "Person"):
                yield cued("participatesIn", person, occasion, "which-included", cue, 0.6)
            return
        subjects = [t for t in parsed.child(cue, "nsubj") if parsed.lower[t] in self.parties]
        told = self._latest(scene)
        if not subjects or told is None or self._meant(scene, subjects):
            return
        pronoun = parsed.tags[subjects[0]] == "PRP"
        senders = [t for t in range(cue + 1, len(parsed.words)) if parsed.lower[t] in self.senders]
        if pronoun and not (senders and senders[0] - cue < _FARTHEST):
            return
        rule = "it-included" if pronoun else "party-included"
        for p in self._stretch(scene, cue, "Person", "Organization"):
            if p.cls == "Person":
                yield cued("participatesIn", p, told, rule, cue, 0.7)
            elif senders and p.token > senders[0]:
                yield cued("participatesIn", p, told, rule + "-body", cue, 0.7)

    def _attendants(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "A and B also attended" and "A was joined for the event by B", the occasion told before."""
        parsed = scene.parsed
        told = self._latest(scene)
        if told is None or scene.names(*_OCCASIONS, "Programme") or not parsed.tags[cue].startswith("VB"):
            return
        roles = self.arguments.roles(parsed, cue)
        if parsed.child(cue, "nsubjpass") and parsed.child(cue, "agent"):
            tokens, rule, sure = [*roles.get("agent", ()), *roles.get("theme", ())], "joined-by", 0.6
            named = self._stretch(scene, cue, "Person")
        elif not parsed.child(cue, "dobj", "prep", "aux") and parsed.tags[cue] == "VBD":
            tokens, rule, sure, named = list(roles.get("agent", ())), "also-attended", 0.6, []
        else:
            return
        found = {
            p.entity: p
            for t in tokens
            for p in self.arguments.stand_for(scene, t)
            if p.cls in _ACTORS and p.how == "name"
        }
        for p in (*found.values(), *(n for n in named if n.entity not in found)):
            yield cued("participatesIn", p, told, rule, cue, sure)

    def _gathered(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "Representatives of X, Y and Z met in Paris", if the heading names their meeting."""
        parsed = scene.parsed
        told = self._latest(scene)
        heads = parsed.child(cue, "nsubj")
        if (
            told is None
            or told.cls != "Event"
            or scene.names("Event", "Forum")
            or not parsed.tags[cue].startswith("VB")
        ):
            return
        if not any(parsed.lower[t] in self.gathered for t in heads):
            return
        those = [
            p
            for t in heads
            for p in self.arguments.stand_for(scene, t)
            if p.cls in _STATES and p.how == "name"
        ]
        if len(those) < _LEAST_GROUP:
            return
        for p in those:
            yield cued("participatesIn", p, told, "representatives-met", cue, 0.6)
        for place in self._below(scene, cue, self.place_links):
            if place.cls in _AREAS:
                yield cued("heldIn", told, place, "representatives-met", cue, 0.6)

    # -- who hosts -----------------------------------------------------------------------------------

    def _hosts(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "X Hosts the Y Dialogue", "the X-hosted Conference" and "X co-hosted Y with Z"."""
        parsed = scene.parsed
        after = next(
            (t for t in range(cue + 1, len(parsed.words)) if parsed.lower[t] not in self.between_hosts), -1
        )
        occasion = scene.named(after) if after > 0 else None
        if occasion is None or occasion.cls not in _OCCASIONS:
            yield from self._receptions(scene, cue)
            return
        before = next(
            (t for t in range(cue - 1, -1, -1) if parsed.lower[t] not in {*self.between_hosts, "-"}), -1
        )
        host = scene.named(before) if before >= 0 else None
        if host is not None and host.cls in _STATES:
            yield cued("hosts", host, occasion, "hosts-beside", cue, 0.75)
        for prep in (*parsed.child(cue, "prep"), *parsed.child(after, "prep")):
            if parsed.lower[prep] in {"with", "alongside"}:
                for o in parsed.child(prep, "pobj"):
                    for p in self.arguments.stand_for(scene, o):
                        if p.cls in _STATES and p.how == "name":
                            yield cued("hosts", p, occasion, "hosts-with", cue, 0.65)

    def _receptions(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "A hosted Foreign Minister B in Rome to launch the X Dialogue"."""
        parsed = scene.parsed
        roles = self.arguments.roles(parsed, cue)
        hosts = [
            p for t in roles.get("agent", ()) for p in self.arguments.stand_for(scene, t) if p.cls in _ACTORS
        ]
        guests = [
            p for t in roles.get("theme", ()) for p in self.arguments.stand_for(scene, t) if p.cls == "Person"
        ]
        if not hosts or not guests or not parsed.child(cue, "dobj"):
            return
        behind = [p for p in scene.names(*_OCCASIONS) if p.token > cue]
        told = next((p for p in behind if cue in parsed.path_up(p.token)), None)
        if told is None:
            return
        for p in (*hosts, *guests):
            yield cued("participatesIn", p, told, "hosts-guest", cue, 0.6)
        for p in hosts:
            state = scene.speakers.get(p.entity, p)
            if state.cls in _STATES:
                yield cued("hosts", state, told, "hosts-guest", cue, 0.6)
        for token in (cue, *(g.token for g in guests)):
            for place in self._below(scene, token, frozenset({"in", "at"})):
                yield cued("heldIn", told, place, "hosts-guest", cue, 0.6)

    # -- where ---------------------------------------------------------------------------------------

    def _happened(self, scene: Scene, event: Participant) -> Iterator[Candidate]:
        """Read "the Liberian civil war", "the Madrid conference" and "the bombing of the headquarters in Baghdad"."""
        parsed = scene.parsed
        text = fold(scene.mentions[parsed.mention[event.token]].text).text.lower()
        kind = next((k for k in ("happenings", "deeds", "assemblies") if text.endswith(getattr(self, k))), "")
        if not kind:
            return
        for token in parsed.child(event.token, "amod", "compound", "nmod", "poss"):
            place = scene.named(token)
            if place is None or place.cls not in _AREAS:
                continue
            if kind == "deeds" and parsed.deps[token] == "poss":
                continue  # "Moscow's war": whose it is
            if kind == "happenings" or (place.cls == "Place" and self.occasions.seats(place.entity)):
                yield cued("heldIn", event, place, f"{kind}-of-place", token, 0.65)
        met = kind == "assemblies"  # what it is on is no place of it
        through = self.through_links & {"of"} if met else self.through_links
        for place in self._below(scene, event.token, self.place_links, through):
            if (place.cls == "Place" and (not met or self.occasions.seats(place.entity))) or (
                place.cls == "Country" and not met
            ):
                yield cued("heldIn", event, place, f"{kind}-there", event.token, 0.6)

    def _below(
        self,
        scene: Scene,
        token: int,
        links: frozenset[str],
        through: frozenset[str] = frozenset(),
        depth: int = 0,
    ) -> Iterator[Participant]:
        """Give what the prepositions of a token name, also below nouns that stand between."""
        parsed = scene.parsed
        if depth > _DEEPEST:
            return
        for prep in parsed.child(token, "prep"):
            word = parsed.lower[prep]
            for o in parsed.child(prep, "pobj"):
                named = scene.named(o)
                if word in links and named is not None and named.cls in _AREAS:
                    yield named
                elif word in through:
                    yield from self._below(scene, o, links, through, depth + 1)

    def _visitors(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "A met B in Geneva": those who are not at home there visit it."""
        parsed = scene.parsed
        if not parsed.tags[cue].startswith("VB") or not any(
            p.cls in _AREAS for p in scene.names("Place", "Country")
        ):
            return
        if parsed.child(cue, "neg"):
            return
        places = [
            p
            for p in self._below(scene, cue, frozenset({"in", "to"}), frozenset())
            if self.occasions.seats(p.entity)
        ]
        for clause in parsed.child(cue, "advcl", "mark", "prep"):  # "While in Manila, he will …"
            if parsed.lower[clause] == "while":
                places += self._below(scene, clause, frozenset({"in"}))
        roles = self.arguments.roles(parsed, cue)
        for token in (*roles.get("with", ()), *roles.get("theme", ())):  # hung on whom they meet
            named = scene.named(token)
            if named is not None and named.cls == "Person":
                places += self._below(scene, token, frozenset({"in"}))
        for place in places[:1]:
            for role in ("agent", "with", "theme"):
                for token in roles.get(role, ()):
                    for p in self.arguments.stand_for(scene, token):
                        state = scene.speakers.get(p.entity)
                        if p.cls != "Person" or state is None or state.cls != "Country":
                            continue
                        home = state.entity == place.entity or self.lies_in(place.entity, state.entity)
                        if not home and (role == "agent" or self._hosted(scene, roles, place)):
                            yield cued(
                                "visits", p, place, f"met-there-{role}", cue, 0.65 if role == "agent" else 0.4
                            )

    def _hosted(self, scene: Scene, roles: dict[str, list[int]], place: Participant) -> bool:
        """Tell whether the subject is at home in a place, so that whom they meet are the guests."""
        for token in roles.get("agent", ()):
            for p in self.arguments.stand_for(scene, token):
                state = scene.speakers.get(p.entity)
                if state is not None and (
                    state.entity == place.entity or self.lies_in(place.entity, state.entity)
                ):
                    return True
        return False

    # -- whose text ----------------------------------------------------------------------------------

    def _authors(self, scene: Scene) -> Iterator[Candidate]:
        """Read "A-B Joint Statement" and "the text of a statement was released by A, B and C"."""
        parsed = scene.parsed
        for text in scene.names("Agreement"):
            name = fold(scene.mentions[parsed.mention[text.token]].text).text
            if any(words in name for words in self.joint_texts):
                for key, cls, _ in self.occasions.parties(name, self.inner(name)):
                    party = Participant(entity=key, cls=cls, token=-1, how="inside")
                    yield cued("adopts", party, text, "joint-text-name", text.token, 0.75)
            if not any(word in name.lower().split() for word in self.text_words):
                continue
            by = next((t for t in range(text.token + 1, min(text.token + 1 + _FARTHEST, len(parsed.words)))
                       if parsed.lower[t] == "by" and (t == text.token + 1 or parsed.lower[t - 1] in self.issued)), -1)  # fmt: skip
            for p in self._list(scene, by) if by > 0 else ():
                yield cued("adopts", p, text, "text-issued-by", by, 0.75)

    def _list(self, scene: Scene, start: int) -> Iterator[Participant]:
        """Give the names of a list that begins behind a token, as long as only words of lists stand between."""
        parsed = scene.parsed
        for token in range(start + 1, len(parsed.words)):
            named = scene.named(token)
            if named is not None:
                if named.cls not in _ISSUERS:
                    return
                yield named
            elif parsed.inside[token] < 0 and parsed.lower[token] not in self.list_glue:
                return


def load_gatherings(
    folder: Path,
    arguments: Arguments,
    occasions: OccasionNames,
    *,
    inner: Callable[[str], Sequence[InnerName]],
    lies_in: Callable[[str, str], bool | None],
) -> Gatherings:
    """Read ``gatherings.toml``; verbs are spelt out in all their forms."""
    data = tomllib.loads((folder / "gatherings.toml").read_text(encoding="utf-8"))

    def spelt(key: str) -> frozenset[str]:
        return all_forms(data[key], arguments.irregular)

    return Gatherings(
        arguments=arguments,
        occasions=occasions,
        inner=inner,
        lies_in=lies_in,
        led=spelt("led"),
        chairing=spelt("chairing"),
        including=spelt("including"),
        parties=frozenset(data["parties"]),
        senders=frozenset(data["senders"]),
        attending=spelt("attending"),
        meeting=spelt("meeting"),
        gathered=frozenset(data["gathered"]),
        hosting=spelt("hosting"),
        between_hosts=frozenset(data["between_hosts"]),
        happenings=tuple(data["happenings"]),
        deeds=tuple(data["deeds"]),
        assemblies=tuple(data["assemblies"]),
        place_links=frozenset(data["place_links"]),
        through_links=frozenset(data["through_links"]),
        calls=spelt("calls"),
        joint_texts=tuple(data["joint_texts"]),
        issued=frozenset(data["issued"]),
        text_words=frozenset(data["text_words"]),
        list_glue=frozenset(data["list_glue"]),
    )
