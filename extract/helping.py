"""Read help from the side of those who receive it: ``providesAssistanceTo``.

"We thank A, B and C for their assistance", "the relief provided by A and B", "with the help of A", "our development
partners, in particular A and B". Long lists of givers defeat the parser, so they are read in their order. Words:
``helping.toml``.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant, Scene

__all__ = ["Helping", "load_helping"]

_GIVERS = frozenset({"Country", "Organization"})
_RECEIVERS = frozenset({"Country", "Organization", "Place"})
# Words between a word of help and whom it is for ("assistance so generously extended to the people of X").
_NEAR = 7
# Words between a word of help and what tells its kind ("technical and financial support").
_KIND = 4
_RELATIVES = frozenset({"which", "who", "that"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Taiwan and Hong Kong give help like states.
_STATE_LIKE = frozenset({"place/TWN", "place/HKG", "country/TWN"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """Callable on a scene: candidates for ``providesAssistanceTo``; settings only."""

    arguments: Arguments
    thanks: frozenset[str]
    praising: frozenset[str]
    helps: frozenset[str]
    supports: frozenset[str]
    material: frozenset[str]
    given: frozenset[str]
    partners: frozenset[str]
    aiding: frozenset[str]
    listing: frozenset[str]
    with_words: frozenset[str]
    list_glue: frozenset[str]
    ours: frozenset[str]
    coming: frozenset[str]
    doing: frozenset[str]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = self.helps | self.supports | self.doing | self.partners
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the words that tell of help."""
        if not scene.names("Country", "Organization", "Place"):
            return
        parsed = scene.parsed
        places = parsed.places(self.cues)
        if not places:
            return
        thanked = next(
            (i for i, w in enumerate(parsed.lower) if w in self.thanks and parsed.inside[i] < 0), -1
        )
        for token in places:
            word = parsed.lower[token]
            strength = self._strength(scene, token, word)
            if strength:
                if thanked >= 0 and thanked < token:
                    yield from self._thanked(scene, thanked, token, strength)
                yield from self._given_by(scene, token, strength, thanked)
                yield from self._whose(scene, token, strength, thanked)
            if thanked >= 0 and word in self.doing and parsed.tags[token].startswith("VB"):
                yield from self._thanked_doers(scene, thanked, token)
            if word in self.partners and parsed.inside[token] < 0:
                yield from self._partners(scene, token, thanked)

    def _strength(self, scene: Scene, token: int, word: str) -> float:
        """Say how sure a word tells of material help, from 0 (not at all) to 1."""
        parsed = scene.parsed
        inside = parsed.inside[token]
        if inside >= 0 and scene.mentions[inside].cls != "IssueArea":
            return 0.0
        if not parsed.tags[token].startswith(("NN", "VBG")):
            return 0.0
        if word in self.helps:
            return 1.0
        if word in self.supports:
            before = parsed.lower[max(0, token - _KIND) : token]
            return 1.0 if self.material.intersection(before) else 0.5
        return 0.0

    # -- thanks ----------------------------------------------------------------------------------------

    def _thanked(self, scene: Scene, thanked: int, token: int, strength: float) -> Iterator[Candidate]:
        """Read "we thank A and B for their help (to C)": those between the thanks and "for" are the givers."""
        parsed = scene.parsed
        link = next(
            (i for i in range(token, thanked, -1) if parsed.lower[i] == "for" and parsed.inside[i] < 0), -1
        )
        if link < 0:
            yield from self._thanked_who(scene, thanked, token, strength)
        if link < 0 or any(parsed.words[i] == ";" for i in range(link, token)):
            return
        givers = [p for p in self._givers(scene) if thanked < p.token < link]
        if not givers or any(parsed.tags[i] in _FINITE for i in range(givers[-1].token, link)):
            return
        if strength < 1.0 and parsed.lower[thanked] in self.praising:
            return
        receivers, said = self._receivers(scene, token, thanked)
        rule = "thanks-for-" + ("help" if strength >= 1.0 else "support") + said
        sure = (0.65 if strength >= 1.0 else 0.45) - (0.15 if said == "-other" else 0.0)
        yield from self._pairs(givers, receivers, rule, token, sure)

    def _thanked_who(self, scene: Scene, thanked: int, token: int, strength: float) -> Iterator[Candidate]:
        """Read "we thank A and B, which have increased their aid": the relative clause tells of the help."""
        parsed = scene.parsed
        relative = next(
            (i for i in range(token, thanked, -1) if parsed.lower[i] in {"which", "who", "that"}), -1
        )
        if not parsed.tags[parsed.heads[token]].startswith("VB"):
            return  # "which agreed to the return of weapons inspectors"
        if relative < 0 or strength < 1.0 or any(parsed.words[i] == ";" for i in range(thanked, token)):
            return
        givers = [p for p in self._givers(scene) if thanked < p.token < relative]
        if not givers or relative - max(p.token for p in givers) > _KIND:
            return
        receivers, said = self._receivers(scene, token, thanked)
        yield from self._pairs(givers, receivers, "thanks-who-help" + said, token, 0.6)

    def _thanked_doers(self, scene: Scene, thanked: int, token: int) -> Iterator[Candidate]:
        """Read "our gratitude to A, B and C, which have always supported our country"."""
        parsed = scene.parsed
        at = token - 1
        while at > thanked and (parsed.tags[at].startswith(("VB", "RB", "MD")) or parsed.words[at] == ","):
            at -= 1
        if parsed.lower[at] == "and" and parsed.deps[token] == "conj":  # "which stood by us and supported …"
            at = next((i for i in range(at, thanked, -1) if parsed.lower[i] in _RELATIVES), -1)
        if at <= thanked or parsed.lower[at] not in _RELATIVES:
            return
        givers = [p for p in self._givers(scene) if thanked < p.token < at]
        if not givers or any(
            parsed.words[i] == ";" or parsed.tags[i] in _FINITE for i in range(thanked + 1, at)
        ):
            return
        roles = self.arguments.roles(parsed, token)
        tokens = [o for name in ("theme", "to", "by", "with") for o in roles.get(name, ()) if o > token]
        receivers = [
            p
            for o in tokens
            for p in self.arguments.stand_for(scene, o)
            if p.cls in _RECEIVERS | {"Programme"}
        ]
        ours = any(parsed.lower[c] in self.ours for o in tokens for c in (o, *parsed.child(o, "poss")))
        if not receivers and ours and scene.author:
            receivers = [scene.author]
        yield from self._pairs(
            givers, list({p.entity: p for p in receivers}.values()), "thanks-who-support", token, 0.6
        )

    def _whose(self, scene: Scene, token: int, strength: float, thanked: int) -> Iterator[Candidate]:
        """Read "A and B, whose support has enabled C to …": those before help whom their help reaches."""
        parsed = scene.parsed
        whose = [c for c in parsed.child(token, "poss") if parsed.lower[c] == "whose"]
        if not whose:
            return
        head = self.arguments.antecedent(parsed, whose[0])
        givers = [p for p in self.arguments.stand_for(scene, head) if p.cls in _GIVERS and p.token < token]
        verb = parsed.heads[token]
        receivers = [
            p
            for o in parsed.child(verb, "dobj")
            for p in self.arguments.stand_for(scene, o)
            if p.cls == "Country"
        ]
        receivers += [
            p
            for clause in parsed.child(verb, "ccomp", "xcomp")
            for o in parsed.child(clause, "nsubj")
            for p in self.arguments.stand_for(scene, o)
            if p.cls == "Country"
        ]
        if not receivers and (thanked >= 0 or strength >= 1.0):
            receivers, _ = self._receivers(scene, token)
        if head != whose[0] and givers:
            yield from self._pairs(givers, receivers, "whose-help", token, 0.6 if strength >= 1.0 else 0.5)

    def _receivers(self, scene: Scene, token: int, thanked: int = -1) -> tuple[list[Participant], str]:
        """Give whom help is for: those named behind "to" or "for", else those who thank, else the author."""
        parsed = scene.parsed
        for i in range(token + 1, min(token + 1 + _NEAR, len(parsed.words))):
            if parsed.lower[i] in {"to", "for", "towards"} and parsed.inside[i] < 0:
                for o in (*parsed.child(i, "pobj"), *parsed.child(i, "dobj")):
                    found = [p for p in self.arguments.stand_for(scene, o) if p.cls in _RECEIVERS]
                    if found:
                        return found, "-to"
        if thanked >= 0:
            roles = self.arguments.roles(parsed, thanked)
            thankers = [
                p
                for t in roles.get("agent", ())
                for p in self.arguments.stand_for(scene, t)
                if p.cls == "Country" and p.token <= thanked
            ]
            if thankers and (scene.author is None or thankers[0].entity != scene.author.entity):
                return thankers[:1], "-other"
        return [scene.author] if scene.author else [], ""

    # -- help given by --------------------------------------------------------------------------------

    def _given_by(self, scene: Scene, token: int, strength: float, thanked: int) -> Iterator[Candidate]:
        """Read "the aid (provided to us) by A and B" and "with the support of A and B, C has …"."""
        parsed = scene.parsed
        at = token + 1
        passed: list[str] = []
        while at < len(parsed.words) and (parsed.lower[at] in self.given or parsed.inside[at] >= 0):
            if parsed.lower[at] in {"by", "from", "of"}:
                break
            passed.append(parsed.lower[at])
            at += 1
        if at >= len(parsed.words) or parsed.lower[at] not in {"by", "from", "of"} or len(passed) > _NEAR:
            return
        if any(parsed.inside[i] >= 0 for i in range(token + 1, at)):
            return  # "aid to C from B" has its frame
        givers = self._list(scene, at)
        if not givers:
            return
        before = parsed.lower[max(0, token - _KIND - 1) : token]
        leading = self.with_words.intersection(before)
        if leading and parsed.lower[at] != "to":
            receivers, said = self._doers(scene, token)
            if receivers:
                sure = (0.6 if strength >= 1.0 else 0.4) - (0.1 if said else 0.0)
                yield from self._pairs(givers, receivers, "with-help-of" + said, token, sure)
            return
        if parsed.lower[at] == "of" and not passed and thanked < 0:
            return  # "the assistance of X" may be for anybody
        if thanked >= 0 or set(passed) & self.ours:
            last = max(p.token for p in givers)
            receivers, said = self._receivers(scene, last) if parsed.lower[at] != "of" else ([], "")
            if not receivers and scene.author:
                receivers, said = [scene.author], ""
            sure = (0.6 if strength >= 1.0 else 0.45) + (0.1 if set(passed) & self.ours else 0.0)
            yield from self._pairs(givers, receivers, "help-given-by" + said, token, sure)

    def _doers(self, scene: Scene, token: int) -> tuple[list[Participant], str]:
        """Give who does something with help: the subject of the clause."""
        parsed = scene.parsed
        for t in parsed.path_up(token):
            for subject in parsed.child(t, "nsubj", "nsubjpass"):
                found = [p for p in self.arguments.stand_for(scene, subject) if p.cls == "Country"]
                if found:
                    return found[:1], ""
        return ([scene.author], "-unsaid") if scene.author else ([], "")

    # -- partners -------------------------------------------------------------------------------------

    def _partners(self, scene: Scene, token: int, thanked: int) -> Iterator[Candidate]:
        """Read "our development partners, including A and B"."""
        parsed = scene.parsed
        before = parsed.lower[max(0, token - _KIND) : token + 1]
        aiding = bool(self.aiding.intersection(before))
        thanks = 0 <= thanked < token and token - thanked <= _KIND
        if not (aiding or thanks) or self.ours.isdisjoint(before):
            return
        start = next(
            (
                i
                for i in range(token + 1, min(token + 4, len(parsed.words)))
                if parsed.lower[i] in self.listing
            ),
            -1,
        )
        if start < 0 or scene.author is None:
            return
        givers = self._list(scene, start)
        rule, sure = ("our-partners", 0.6) if aiding else ("our-partners-thanked", 0.5)
        yield from self._pairs(givers, [scene.author], rule, token, sure)

    # -- names ----------------------------------------------------------------------------------------

    def _givers(self, scene: Scene) -> list[Participant]:
        return [
            p
            for p in scene.names("Country", "Organization", "Place")
            if p.cls in _GIVERS or p.entity in _STATE_LIKE
        ]

    def _list(self, scene: Scene, start: int) -> list[Participant]:
        """Give the givers of a list that begins behind a token, as long as only words of lists stand between."""
        parsed = scene.parsed
        found: list[Participant] = []
        for token in range(start + 1, len(parsed.words)):
            inside = parsed.inside[token]
            if inside >= 0:
                named = scene.named(token)
                if named is not None and (named.cls in _GIVERS or named.entity in _STATE_LIKE):
                    found.append(named)
                elif named is not None and named.cls not in {"Person"}:
                    break
            elif parsed.lower[token] not in self.list_glue:
                break
        return found

    def _pairs(
        self,
        givers: Sequence[Participant],
        receivers: Sequence[Participant],
        rule: str,
        cue: int,
        sure: float,
    ) -> Iterator[Candidate]:
        receiving = {p.entity for p in receivers}
        for giver in {p.entity: p for p in givers}.values():
            if giver.entity in receiving:
                continue
            for receiver in receivers:
                yield Candidate(
                    predicate="providesAssistanceTo",
                    head=giver,
                    tail=receiver,
                    rule=rule,
                    cue=cue,
                    confidence=sure,
                    roles=("giver", receiver.how),
                )


def load_helping(folder: Path, arguments: Arguments) -> Helping:
    """Read ``helping.toml``."""
    data = tomllib.loads((folder / "helping.toml").read_text(encoding="utf-8"))
    return Helping(
        arguments=arguments,
        thanks=frozenset(data["thanks"]),
        praising=frozenset(data["praising"]),
        helps=frozenset(data["helps"]),
        supports=frozenset(data["supports"]),
        material=frozenset(data["material"]),
        given=frozenset(data["given"]),
        partners=frozenset(data["partners"]),
        aiding=frozenset(data["aiding"]),
        listing=frozenset(data["listing"]),
        with_words=frozenset(data["with_words"]),
        list_glue=frozenset(data["list_glue"]),
        ours=frozenset(data["ours"]),
        doing=all_forms(data["doing"], arguments.irregular),
        coming=all_forms(data["coming"], arguments.irregular),
    )
