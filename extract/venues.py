"""Read where an occasion is held, by the order of the words: ``heldIn``; and who is there for it.

"gathered in Rio de Janeiro for the Earth Summit", "the Summit, hosted by Samoa from 3 to 4 May in Apia", "the
Conference (May, Bonn)". Dates, hosts and presiding persons between the two defeat the parser. Words: ``venues.toml``.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.scene import Participant, Scene

__all__ = ["Venues", "load_venues"]

_OCCASIONS = ("Event", "Forum")
_AREAS = frozenset({"Place", "Country"})
# What an occasion is of or about: "the summit of the Andean Community in Lima".
_SUBJECTS = frozenset({"Organization", "Agreement", "Forum", "IssueArea"})
_NOUNS = frozenset({"NN", "NNS", "JJ", "HYPH", "CC"})
# Words between an occasion and its place: dates, hosts and presiding persons with their titles.
_FAR = 32
# "to represent Malta and to lead its delegation at": words between a place and the occasion that one goes there for.
_PURPOSE = 14
# "attended in Lima on 4 May the": words between such a verb and the place.
_VERB = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Venues:
    """Callable on a scene: candidates for ``heldIn`` and ``participatesIn``; settings only.

    ``meets`` says of the text of a name whether it is of something that is attended, unlike a war; ``seats``
    of the id of a place whether meetings are held in it, unlike in a region or a sea.
    """

    meets: Callable[[str], bool]
    seats: Callable[[str], bool]
    links: frozenset[str]
    subject_links: frozenset[str]
    before_place: frozenset[str]
    dates: frozenset[str]
    holding: frozenset[str]
    by_glue: frozenset[str]
    purposes: tuple[tuple[str, ...], ...]
    purpose_glue: frozenset[str]
    plain_links: frozenset[str]
    attending: frozenset[str]
    being: frozenset[str]
    hosting: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the occasions."""
        if not scene.mentions:
            return
        for occasion in self._occasions(scene):
            yield from self._behind(scene, occasion)
            yield from self._aside(scene, occasion)
            yield from self._before(scene, occasion)
            yield from self._receiving(scene, occasion)
            yield from self._fronted(scene, occasion)

    def _occasions(self, scene: Scene) -> Iterator[Participant]:
        """Give the occasions that tokens name, or stand for if only one occasion can be meant."""
        for token, found in scene.meant():
            for p in found[:1]:
                if p.cls not in _OCCASIONS or (p.cls == "Forum" and scene.parsed.mention[token] < 0):
                    continue
                entity = scene.entities.get(p.entity)
                if self.meets(entity.label if entity is not None else ""):
                    yield p

    def _end(self, scene: Scene, token: int) -> int:
        """Give the token behind the name that a token is in."""
        inside = scene.parsed.inside
        at = token + 1
        while at < len(inside) and inside[token] >= 0 and inside[at] == inside[token]:
            at += 1
        return at

    def _name_at(self, scene: Scene, token: int) -> Participant | None:
        if token < 0 or token >= len(scene.parsed.words) or scene.parsed.inside[token] < 0:
            return None
        head = scene.parsed.token_of.get(scene.parsed.inside[token])
        return scene.named(head) if head is not None else None

    def _is_date(self, scene: Scene, token: int) -> bool:
        word = scene.parsed.lower[token]
        return word in self.dates or scene.parsed.tags[token] == "CD" or word[:1].isdigit()

    # -- behind the occasion -------------------------------------------------------------------------

    def _behind(self, scene: Scene, occasion: Participant) -> Iterator[Candidate]:
        """Read "X, hosted by A from 3 to 4 May in Lima" and "X took place on 3 May in Lima, Peru"."""
        parsed = scene.parsed
        at = self._end(scene, occasion.token)
        held = by = of = False
        for token in range(at, min(at + _FAR, len(parsed.words))):
            word = parsed.lower[token]
            if word in self.links and (place := self._place_behind(scene, token)) is not None:
                yield from self._held(scene, occasion, place, "venue-held" if held else "venue-beside", token)
                return
            named = self._name_at(scene, token)
            if named is not None:
                if named.entity == occasion.entity or (of and not by and named.cls in _SUBJECTS):
                    continue
                if not by or named.cls not in {"Person", "Country", "Organization"}:
                    return
            elif word in self.subject_links and not held and token <= at + 3:
                of = (
                    True  # "the summit of the Andean Community in Lima", "the workshop on mines held in Lima"
                )
            elif word in {"(", ")"} or (of and not held and parsed.tags[token] in _NOUNS):
                continue
            elif word in self.holding:
                held = True
            elif word in {"by", "under"}:
                by = held = True
            elif not (self._is_date(scene, token) or (by and word in self.by_glue)):
                return

    def _place_behind(self, scene: Scene, token: int) -> Participant | None:
        """Give the place that follows a preposition: "in the city of Lima", "in Lima"."""
        parsed = scene.parsed
        at = token + 1
        while at < len(parsed.words) and parsed.inside[at] < 0 and parsed.lower[at] in self.before_place:
            at += 1
        place = self._name_at(scene, at)
        return place if place is not None and place.cls in _AREAS else None

    def _held(
        self, scene: Scene, occasion: Participant, place: Participant, rule: str, cue: int
    ) -> Iterator[Candidate]:
        """Yield an occasion's place and the land that follows it: "Lima, Peru", "Lima (Peru)"."""
        if not self.seats(place.entity):
            return
        sure = {"venue-beside": 0.6, "venue-held": 0.75}.get(rule, 0.6)
        form = ("-forum" if occasion.cls == "Forum" else "") + (
            "-anaphor" if occasion.how == "anaphor" else ""
        )
        yield _claim(occasion, place, rule + form, cue, sure - (0.1 if form else 0.0))
        at = self._end(scene, place.token)
        if (
            place.cls == "Country"
            or at + 1 >= len(scene.parsed.words)
            or scene.parsed.words[at] not in {",", "("}
        ):
            return
        land = self._name_at(scene, at + 1)
        if land is not None and land.cls in _AREAS and (land.cls == "Country" or self.seats(land.entity)):
            behind = self._end(scene, land.token)
            follows = scene.parsed.lower[behind] if behind < len(scene.parsed.words) else "."
            if (
                follows != "and" and self._name_at(scene, behind + 1) is None
            ):  # "held in Lima, Chile and Peru agreed"
                yield _claim(occasion, land, rule + form + "-within", cue, sure - 0.1)

    def _aside(self, scene: Scene, occasion: Participant) -> Iterator[Candidate]:
        """Read "X (3 May 2016, Lima)" and, in a list or a heading, "X, Lima, 3 May"."""
        parsed = scene.parsed
        at = self._end(scene, occasion.token)
        if at >= len(parsed.words) or parsed.words[at] not in {"(", ","}:
            return
        opened = parsed.words[at] == "("
        for token in range(at + 1, min(at + _FAR, len(parsed.words))):
            place = self._name_at(scene, token)
            if place is not None:
                end = self._end(scene, place.token)
                follows = parsed.words[end] if end < len(parsed.words) else "."
                dated = end + 1 < len(parsed.words) and follows == "," and self._is_date(scene, end + 1)
                if place.cls in _AREAS and (opened or dated):
                    yield from self._held(scene, occasion, place, "venue-aside", at)
                return
            if not opened or not (self._is_date(scene, token) or parsed.lower[token] in self.links):
                return

    # -- before the occasion -------------------------------------------------------------------------

    def _before(self, scene: Scene, occasion: Participant) -> Iterator[Candidate]:
        """Read "met in Lima on 3 May for X" and "travelled to Lima to take part in X"."""
        parsed = scene.parsed
        start = occasion.token
        while start > 0 and parsed.inside[start] >= 0 and parsed.inside[start - 1] == parsed.inside[start]:
            start -= 1
        purpose = False
        for token in range(start - 1, max(-1, start - _PURPOSE), -1):
            place = self._name_at(scene, token)
            if place is not None and place.cls in _AREAS:
                first = place.token
                while first > 0 and parsed.inside[first - 1] == parsed.inside[first]:
                    first -= 1
                before = first - 1
                while before >= 0 and parsed.inside[before] < 0 and parsed.lower[before] in self.before_place:
                    before -= 1
                if before < 0 or parsed.lower[before] not in {*self.links, "to"}:
                    continue
                if not purpose and not self._attends(scene, before):
                    return
                rule = "venue-for" if purpose else "venue-attended"
                if purpose and parsed.lower[before - 1] in self.being:
                    yield from self._comers(scene, occasion, before)
                yield from self._held(scene, occasion, place, rule, before)
                return
            if place is not None:
                if not purpose and place.cls in _OCCASIONS:
                    return
                continue
            if parsed.words[token] in {".", ";", ":"}:
                return
            if any(parsed.lower[max(0, token - len(p) + 1) : token + 1] == p for p in self.purposes):
                purpose = True
            elif not self._passes(scene, token, purpose=purpose):
                return

    def _comers(self, scene: Scene, occasion: Participant, cue: int) -> Iterator[Candidate]:
        """Yield who is somewhere for an occasion: "A, who is in Lima for X"."""
        near = [p for p in scene.names("Person", "Country") if 0 < cue - p.token <= _PURPOSE]
        persons = [p for p in near if p.cls == "Person"]
        for p in (persons or near)[-1:]:
            yield Candidate(
                predicate="participatesIn", head=p, tail=occasion, rule="there-for", cue=cue, confidence=0.6,
                roles=("there-for", "cue"),
            )  # fmt: skip

    def _passes(self, scene: Scene, token: int, *, purpose: bool) -> bool:
        """Tell whether a word may stand between a place and the occasion, behind the purpose or before it."""
        word = scene.parsed.lower[token]
        if purpose:
            return scene.parsed.tags[token] not in {"VBD", "VBZ", "VBP"} or word in self.holding
        return self._is_date(scene, token) or word in self.purpose_glue or word in self.plain_links

    def _fronted(self, scene: Scene, occasion: Participant) -> Iterator[Candidate]:
        """Read "In Lima, A will attend X" and "went to Lima, where A took part in X"."""
        parsed = scene.parsed
        verb = next((t for t in parsed.path_up(occasion.token) if parsed.lower[t] in self.attending), -1)
        before = [p for p in scene.names("Place", "Country") if p.token < verb < occasion.token]
        behind = [p.token for p in scene.names("Place", "Country") if p.token > occasion.token]
        if not before or any(parsed.lower[parsed.heads[token]] in self.links for token in behind):
            return
        place = before[-1]
        end = self._end(scene, place.token)
        start = place.token
        while start > 0 and (
            parsed.inside[start - 1] == parsed.inside[place.token] or parsed.tags[start - 1] == "DT"
        ):
            start -= 1
        opens = start == 1 and parsed.lower[0] in self.links and parsed.words[end] == ","
        where = parsed.lower[end : end + 2] == (",", "where") or parsed.lower[end] == "where"
        if opens or where:
            yield from self._held(scene, occasion, place, "venue-fronted" if opens else "venue-where", verb)

    def _receiving(self, scene: Scene, occasion: Participant) -> Iterator[Candidate]:
        """Read "Lima is hosting X": a city hosts what is held in it."""
        parsed = scene.parsed
        verb = parsed.heads[occasion.token]
        if parsed.deps[occasion.token] == "dobj" and parsed.lower[verb] in self.hosting:
            for subject in parsed.child(verb, "nsubj"):
                place = scene.named(subject)
                if place is not None and place.cls == "Place":
                    yield from self._held(scene, occasion, place, "place-hosts", verb)

    def _attends(self, scene: Scene, before: int) -> bool:
        """Tell whether a verb of attending stands before a place: "attended in Lima the X"."""
        return any(scene.parsed.lower[t] in self.attending for t in range(max(0, before - _VERB), before))


def _claim(head: Participant, tail: Participant, rule: str, cue: int, sure: float) -> Candidate:
    return cued("heldIn", head, tail, rule, cue, sure)


def load_venues(folder: Path, *, meets: Callable[[str], bool], seats: Callable[[str], bool]) -> Venues:
    """Read ``venues.toml``; longer purposes are looked for first."""
    data = tomllib.loads((folder / "venues.toml").read_text(encoding="utf-8"))
    purposes = sorted({tuple(text.split()) for text in data["purposes"]}, key=lambda p: (-len(p), p))
    return Venues(
        meets=meets,
        seats=seats,
        links=frozenset(data["links"]),
        subject_links=frozenset(data["subject_links"]),
        before_place=frozenset(data["before_place"]),
        dates=frozenset(data["dates"]),
        holding=frozenset(data["holding"]),
        by_glue=frozenset(data["by_glue"]),
        purposes=tuple(purposes),
        purpose_glue=frozenset(data["purpose_glue"]),
        plain_links=frozenset(data["plain_links"]),
        attending=frozenset(data["attending"]),
        being=frozenset(data["being"]),
        hosting=frozenset(data["hosting"]),
    )
