"""Read where things lie and what they belong to: ``locatedIn`` and ``partOf``.

The text says so by nearness ("Bogor, Indonesia"), by a preposition ("the Legal Subcommittee of
COPUOS"), by a possessive, or by a name that holds the place. What the tables know only decides
whether two names that stand together belong together.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments
from diplograph.extract.candidates import Candidate
from diplograph.extract.folding import fold
from diplograph.extract.names import NameFinder
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.vocabulary import Entry

__all__ = ["Belonging", "load_belonging"]

_PARTS = frozenset({"Organization", "Programme", "Agreement"})
_WHOLES = frozenset({"Organization", "Programme", "Agreement", "Forum"})
_AREAS = frozenset({"Place", "Country"})
# Kinds of places that one names together with the sea around them because they lie in it.
_WATERSIDE = frozenset({"island", "disputed-area", "strait"})
_WIDE = frozenset({"region", "continent"})
_SUBDIVISIONS = frozenset({"state", "province"})
_NEXT = re.compile(r" ?, ?(?:the )?| ?\( ?(?:the )?| - ")
# "Odesa in southern Ukraine"
_IN_AREA = re.compile(r" in (?:the )?(?:(?:far )?\w+ern |central )?(?:part of )?(?:the )?")
_LIST_ON = re.compile(r",? ?(?:and|or|,|&)? ?(?:the )?")
_LIST_BACK = re.compile(r", (?:the )?")
_MOST_STEPS = 6  # places nest a few levels deep; more is a loop in the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Callable on a scene: candidates for ``locatedIn`` and ``partOf``; settings only."""

    finder: NameFinder
    arguments: Arguments
    place_prepositions: frozenset[str]
    whole_prepositions: frozenset[str]
    area_nouns: frozenset[str]
    name_prepositions: frozenset[str]
    name_fields: frozenset[str]
    name_field_prepositions: frozenset[str]
    name_conjunctions: frozenset[str]
    part_nouns: frozenset[str]
    part_prepositions: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates: neighbours first, then what hangs together, then names and tables."""
        if not scene.mentions:
            return
        yield from self._neighbours(scene)
        yield from self._by_nouns(scene)
        for one in scene.names("Organization", "Programme", "Agreement", "Place"):
            yield from self._attached(scene, one)
            yield from self._by_name(scene, one)
        yield from self._listed(scene)

    # -- names that stand side by side ---------------------------------------------------------------

    def _neighbours(self, scene: Scene) -> Iterator[Candidate]:
        """Read "Bogor, Indonesia", "Nha Trang (Vietnam)" and "Secretariat, Cabinet Office"."""
        text, places = scene.parsed.sentence.text, scene.parsed.sentence.places
        for index in range(len(scene.mentions) - 1):
            between = text[places[index][1] : places[index + 1][0]]
            within = _IN_AREA.fullmatch(between)
            owned = between == " "
            if not within and not owned and not _NEXT.fullmatch(between):
                continue
            first, second = scene.mentions[index], scene.mentions[index + 1]
            here, there = self._participant(scene, index), self._participant(scene, index + 1)
            if here is None or there is None or first.entity == second.entity:
                continue
            if owned:  # "the Syrian Golan"
                if (
                    first.cls == "Country"
                    and second.cls == "Place"
                    and self.lies_in(second.entity, first.entity)
                ):
                    yield _claim("locatedIn", there, here, "place-of-state", 0.75)
                continue
            if within:
                if (
                    first.cls == "Place"
                    and second.cls in _AREAS
                    and self.lies_in(first.entity, second.entity)
                ):
                    yield _claim("locatedIn", here, there, "place-in-listed", 0.9)
                continue
            how = "paren" if "(" in between else "comma"
            if first.cls == "Place" and second.cls in _AREAS:
                told = self.lies_in(first.entity, second.entity)
                if told:
                    yield _claim("locatedIn", here, there, f"place-{how}", 0.9)
                elif told is None and second.cls == "Country" and not self._listing(scene, index + 1):
                    yield _claim("locatedIn", here, there, f"place-{how}-unlisted", 0.6)
            elif (
                first.cls == second.cls == "Organization"
                and not self._listing(scene, index + 1)
                # with an article the second is the next of a list: "the Court, the General Assembly"
                and (how == "paren" or " the" not in between)
                and not self._whole_of(second.entity, first.entity)
            ):
                yield _claim("partOf", here, there, f"part-{how}", 0.4)

    def _whole_of(self, inner: str, outer: str) -> bool:
        """Tell whether the tables list one body as the parent of another."""
        entry = self.finder.gazetteer.entries.get(inner)
        return entry is not None and entry.facts.get("parent", "") == outer.partition("/")[2]

    def _participant(self, scene: Scene, index: int) -> Participant | None:
        token = scene.parsed.token_of.get(index)
        if token is None:
            return None
        mention = scene.mentions[index]
        return Participant(entity=mention.entity, cls=mention.cls, token=token)

    def _listing(self, scene: Scene, index: int) -> bool:
        """Tell whether the pair that ends with a mention is part of a list of such names."""
        text, places, mentions = scene.parsed.sentence.text, scene.parsed.sentence.places, scene.mentions
        classes = {mentions[index].cls, mentions[index - 1].cls}
        for before, after, between in ((index, index + 1, _LIST_ON), (index - 2, index - 1, _LIST_BACK)):
            if before >= 0 and after < len(mentions):
                other = mentions[after] if before == index else mentions[before]
                if other.cls in classes and between.fullmatch(text[places[before][1] : places[after][0]]):
                    return True
        return False

    def lies_in(self, inner: str, outer: str) -> bool | None:
        """Tell by the tables whether one area lies in another; None where they do not list it."""
        entries = self.finder.gazetteer.entries
        entry, wider = entries.get(inner), entries.get(outer)
        if entry is None:
            return None
        around = self._around(entry)
        if outer in around:
            return True
        if wider is None or wider.facts.get("kind") not in _SUBDIVISIONS or entry.facts.get("kind") != "city":
            return False
        # the table gives cities no state: the same country is as much as it can confirm
        country = entry.facts.get("country")
        return country is not None and country == wider.facts.get("country")

    def _around(self, entry: Entry) -> tuple[str, ...]:
        """Give all that an area lies in, nearest first: areas by their table, then states."""
        entries = self.finder.gazetteer.entries
        found: dict[str, None] = {}
        at: Entry | None = entry
        for _ in range(_MOST_STEPS):
            if at is None:
                break
            if country := at.facts.get("country"):
                found[f"country/{country}"] = None
            parent = at.facts.get("parent", "")
            at = entries.get(f"place/{parent}") if parent else None
            if at is None or at.id in found:
                break
            found[at.id] = None
        return tuple(found)

    # -- prepositions and possessives ----------------------------------------------------------------

    def _attached(self, scene: Scene, one: Participant) -> Iterator[Candidate]:
        parsed = scene.parsed
        for prep in parsed.child(one.token, "prep"):
            word = parsed.lower[prep]
            for other in self._objects(scene, prep):
                if other.entity == one.entity:
                    continue
                area = other.cls in _AREAS and self._may_lie_in(one, other)
                if word in self.place_prepositions and area:
                    sure = {"Programme": 0.6, "Place": 0.5}.get(one.cls, 0.35)
                    yield _claim("locatedIn", one, other, f"{one.cls.lower()}-{word}", sure)
                elif word == "of" and area and (one.cls == "Place" or self._seated(one, other)):
                    sure = 0.6 if one.cls == "Place" else 0.3
                    yield _claim("locatedIn", one, other, f"{one.cls.lower()}-of", sure)
                elif word in self.whole_prepositions and one.cls in _PARTS and other.cls in _WHOLES:
                    yield _claim("partOf", one, other, f"part-{word}", 0.6)
        for owner in parsed.child(one.token, "poss"):
            whole = scene.named(owner)
            if whole is None or whole.entity == one.entity:
                continue
            if one.cls in _PARTS and whole.cls in _WHOLES:
                yield _claim("partOf", one, whole, "part-possessive", 0.6)
            elif one.cls == "Place" and whole.cls in _AREAS and self._may_lie_in(one, whole):
                yield _claim("locatedIn", one, whole, "place-possessive", 0.7)

    def _may_lie_in(self, one: Participant, other: Participant) -> bool:
        """Tell whether the tables allow that something lies in an area; they only speak of places."""
        return one.cls != "Agreement" and (
            one.cls != "Place" or self.lies_in(one.entity, other.entity) is not False
        )

    def _seated(self, one: Participant, other: Participant) -> bool:
        entry = self.finder.gazetteer.entries.get(one.entity)
        return entry is not None and entry.facts.get("country") == other.entity.partition("/")[2]

    def _by_nouns(self, scene: Scene) -> Iterator[Candidate]:
        """Read "the Malagasy islands of Glorieuses" and "Juba, the capital of South Sudan"."""
        parsed = scene.parsed
        for noun, word in enumerate(parsed.lower):
            if word not in self.area_nouns or parsed.inside[noun] >= 0:
                continue
            beside = list(parsed.child(noun, "appos"))
            if parsed.deps[noun] == "appos":
                beside.append(parsed.heads[noun])
            beside += [s for s in parsed.child(parsed.heads[noun], "nsubj") if parsed.deps[noun] == "attr"]
            if parsed.deps[noun] == "conj" and any(parsed.lower[c] == "other" for c in parsed.children[noun]):
                beside += _listed_before(parsed, noun)  # "Mariupol, Bucha and other Ukrainian cities"
            owners = [
                t for t in parsed.child(noun, "amod", "poss", "compound", "nmod") if self._owns(scene, t)
            ]
            of = [prep for prep in parsed.child(noun, "prep") if parsed.lower[prep] == "of"]
            below = [o for prep in of for o in parsed.child(prep, "pobj")]
            called = [t for t in parsed.child(noun, "compound", "nmod", "amod") if self._is_place(scene, t)]
            inner = beside if beside else below if owners else called
            outer = owners if owners else below
            for one in (p for t in inner for p in self.arguments.stand_for(scene, t)):
                for other in (p for t in outer for p in self.arguments.stand_for(scene, t)):
                    if one.cls == "Place" and other.cls in _AREAS and one.entity != other.entity:
                        rule = "area-noun-beside" if beside else "area-noun-of"
                        if inner is called and self._elsewhere(one.entity, other.entity):
                            continue
                        yield _claim("locatedIn", one, other, rule, 0.7)

    def _owns(self, scene: Scene, token: int) -> bool:
        named = scene.named(token)
        return named is not None and (named.cls == "Country" or scene.parsed.deps[token] == "poss")

    def _elsewhere(self, inner: str, outer: str) -> bool:
        """Tell whether the tables give an area to another state; disputed ones they give to none."""
        entry = self.finder.gazetteer.entries.get(inner)
        country = entry.facts.get("country") if entry else None
        return country is not None and outer != f"country/{country}" and not self.lies_in(inner, outer)

    def _is_place(self, scene: Scene, token: int) -> bool:
        named = scene.named(token)
        return named is not None and named.cls == "Place"

    def _objects(self, scene: Scene, prep: int) -> Iterator[Participant]:
        for token in scene.parsed.child(prep, "pobj"):
            yield from (p for p in self.arguments.stand_for(scene, token) if p.how == "name")

    # -- what a name holds ---------------------------------------------------------------------------

    def _by_name(self, scene: Scene, one: Participant) -> Iterator[Candidate]:
        """Read "UN Mission in South Sudan" and abbreviations of such names."""
        mention = next(m for m in scene.mentions if m.entity == one.entity)
        label = scene.entities[one.entity].label if one.entity in scene.entities else mention.text
        if one.cls == "Place":
            for entity in self._state_of(one.entity, fold(mention.text).text):
                state = Participant(entity=entity, cls="Country", token=-1, how="inside")
                yield _claim("locatedIn", one, state, "name-place-state", 0.6)
            return
        if one.cls == "Agreement":
            for entity in dict.fromkeys(
                self._wholes_of(fold(mention.text).text) or self._wholes_of(fold(label).text)
            ):
                if entity != one.entity:
                    whole = Participant(entity=entity, cls="Agreement", token=-1, how="inside")
                    yield _claim("partOf", one, whole, "name-protocol", 0.8)
            return
        for text, rule in ((mention.text, "name-place"), (label, "label-place")):
            found = self._place_of(fold(text).text)
            for entity, cls in found:
                yield _claim(
                    "locatedIn", one, Participant(entity=entity, cls=cls, token=-1, how="inside"), rule,
                    0.7 if rule == "name-place" else 0.5,
                )  # fmt: skip
            if found:
                return

    def _state_of(self, place: str, text: str) -> list[str]:
        """Give the state that stands before a place in its name: "the occupied Syrian Golan"."""
        hits = self.finder.inner_hits(text)
        if len(hits) == 1 and hits[0][0] == place:
            hits = self.finder.inner_hits(hits[0][2])
        if len(hits) > 1 and hits[0][1] == "Country" and hits[1][0] == place:
            return [] if self._elsewhere(place, hits[0][0]) else [hits[0][0]]
        return []

    def _wholes_of(self, text: str) -> list[str]:
        """Give the agreement that a name says its bearer belongs to: "Optional Protocol to the …"."""
        words = text.split(" ")
        for at, after in enumerate(words[1:]):
            if after in self.part_prepositions and self.part_nouns.intersection(words[: at + 1]):
                rest = " ".join(words[at + 2 :]).removeprefix("the ")
                whole = [c for _, c in self.finder.gazetteer.forms.get(rest.lower(), ())]
                inner = self.finder.inner_hits(rest)
                found = [c.entity for c in whole if c.cls == "Agreement"]
                return (
                    found or [e for e, cls, seen in inner if cls == "Agreement" and rest.startswith(seen)]
                )[:1]
        return []

    def _place_of(self, text: str) -> list[tuple[str, str]]:
        """Give the areas that a name says its bearer is in, with their class."""
        prepositions = self.name_prepositions
        if self.name_fields & set(text.split(" ")):
            prepositions = prepositions | self.name_field_prepositions
        found: list[tuple[str, str]] = []
        for entity, cls, seen in self.finder.inner_hits(text):
            before = text[: text.find(seen)].removesuffix("the ").rstrip().rsplit(" ", 1)[-1]
            entry = self.finder.gazetteer.entries.get(entity)
            wide = entry is not None and entry.facts.get("kind") in {"continent", "region"}
            joined = bool(found) and before in self.name_conjunctions
            if cls in _AREAS and (before in prepositions or joined) and not wide:
                found.append((entity, cls))
        return found

    # -- what the tables know of two names in one sentence -------------------------------------------

    def _listed(self, scene: Scene) -> Iterator[Candidate]:
        """Read what the tables know where both names stand in the sentence."""
        named: dict[str, Participant] = {}
        for p in scene.names("Place", "Country", "Organization", "Programme", "Agreement", "Forum"):
            named.setdefault(p.entity, p)
        entries = self.finder.gazetteer.entries
        for entity, one in named.items():
            entry = entries.get(entity)
            if entry is None:
                continue
            if one.cls == "Place":
                kind = entry.facts.get("kind", "").replace(" ", "-") or "place"
                for outer in self._around(entry):
                    if outer in named:
                        side = "state" if outer.startswith("country/") else "area"
                        if side == "area" and kind in _WIDE:
                            continue  # that the Balkans lie in Europe is no claim of a text that names both
                        if scene.author is not None and outer == scene.author.entity:
                            side = "own"
                        near = side == "area" and kind in _WATERSIDE
                        yield _claim(
                            "locatedIn", one, named[outer], f"beside-{kind}-{side}", 0.55 if near else 0.3
                        )
            elif one.cls in {"Organization", "Programme"}:
                parent = entry.facts.get("parent", "")
                for prefix in ("organization", "forum", "programme", "agreement"):
                    whole = named.get(f"{prefix}/{parent}") if parent else None
                    if whole is not None:
                        yield _claim("partOf", one, whole, "beside-parent", 0.4)


def _listed_before(parsed: Parsed, token: int) -> list[int]:
    """Give the words that a word is joined to by a list, up to the first of the list."""
    found: list[int] = []
    while parsed.deps[token] == "conj":
        token = parsed.heads[token]
        found.append(token)
    return found


def _claim(predicate: str, head: Participant, tail: Participant, rule: str, confidence: float) -> Candidate:
    return Candidate(
        predicate=predicate,
        head=head,
        tail=tail,
        rule=rule,
        cue=head.token,
        confidence=confidence,
        roles=("name", "name"),
    )


def load_belonging(folder: Path, finder: NameFinder, arguments: Arguments) -> Belonging:
    """Read ``belonging.toml``."""
    data = tomllib.loads((folder / "belonging.toml").read_text(encoding="utf-8"))
    return Belonging(
        finder=finder,
        arguments=arguments,
        place_prepositions=frozenset(data["place_prepositions"]),
        whole_prepositions=frozenset(data["whole_prepositions"]),
        area_nouns=frozenset(data["area_nouns"]),
        name_prepositions=frozenset(data["name_prepositions"]),
        name_fields=frozenset(data["name_fields"]),
        name_field_prepositions=frozenset(data["name_field_prepositions"]),
        name_conjunctions=frozenset(data["name_conjunctions"]),
        part_nouns=frozenset(data["part_nouns"]),
        part_prepositions=frozenset(data["part_prepositions"]),
    )
