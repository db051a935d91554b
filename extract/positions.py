"""Read the offices of persons from the titles beside their names: ``holdsPosition``.

Two questions for each person of a sentence: which words are the title (before the name, behind it, carried
on by a complement, told by a verb), and whose office it is. Rule ids say both: ``title-before-inside``.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from diplograph.extract.arguments import all_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.listed_offices import by_key, offices_of, parents_of, surnames_in_office
from diplograph.extract.office_holders import Holders, Title
from diplograph.extract.scene import Participant, Scene
from diplograph.extract.title_chains import turns
from diplograph.extract.titles import Titles
from diplograph.extract.tokens import Token, tokenize
from diplograph.ontology.vocabulary import Vocabulary, read_table

__all__ = ["Positions", "load_positions"]

# "Assistant Secretary of State for East Asian and Pacific Affairs": words that carry a title on.
_LINKS = frozenset({"of", "for", "to", "the", "and", ",", "at", "on", "&", "de", "with", "in"})
_CARRIERS = frozenset({"of", "for", "to", "at"})
_LONGEST_TITLE = 18  # tokens
# "was sworn in on Tuesday, May 31 as": so many words may stand between the verb and "as".
_LATEST_AS = 8
_LONGEST_BODY = 5  # tokens of the state or body between "as" and a title
_LONGEST_GAP = 14  # tokens between a name and "on his election as President"
_BEFORE_TITLE = frozenset({"in", "as", "to", "of", "the", "be", "its", "a", "an"})
_NO_TITLE = Title(first=0, last=0, rule="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A way to speak of an office without its title: "your predecessor"."""

    words: frozenset[str]
    holder: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """Callable on a scene: who holds which office of which state or body."""

    titles: Titles
    holders: Holders
    as_verbs: frozenset[str]
    ranks: frozenset[str]
    courtesies: frozenset[str]
    joining: frozenset[str]
    office_names: tuple[str, ...]
    offices_apart: tuple[str, ...]
    addresses: tuple[Address, ...]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the persons; one person may hold several offices."""
        persons = [i for i, m in enumerate(scene.mentions) if m.cls == "Person"]
        if not persons:
            return
        sentence = scene.parsed.sentence
        tokens = tokenize(sentence.text)
        bare: dict[int, str] = {}
        starts = [t.start for t in tokens]
        stands = [
            (bisect_left(starts, sentence.places[i][0]), bisect_left(starts, sentence.places[i][1]))
            for i in persons
        ]
        chain = turns(
            tokens,
            stands,
            self.titles,
            lambda n: any(t.rule for t in self._before(scene, tokens, stands[n][0])),
        )
        for number, index in enumerate(persons):
            at, behind = stands[number]
            token = scene.parsed.token_of.get(index)
            if at >= len(tokens) or token is None:
                continue
            person = Participant(entity=scene.mentions[index].entity, cls="Person", token=token)
            known: set[str] = set()
            led = not number or chain[number - 1] != "before"
            followed = number == len(chain) or chain[number] != "behind"
            for title in self._titles(scene, tokens, at, behind, led=led, followed=followed):
                found = self.holders(scene, tokens, title, behind, person)
                if found is None:
                    written = _as_written(scene, tokens, title)
                    if bare.get(token, written) in self.ranks | {written}:
                        bare[token] = written
                if found is not None and not (title.rule == "and" and found[0].entity in known):
                    known.add(found[0].entity)
                    holder, how, confidence = found
                    second = self._joint(scene, holder) if how == "inside" else None
                    for one, mark in ((holder, ""), (second, "-joint")):
                        if one is not None:
                            yield Candidate(
                                predicate="holdsPosition",
                                head=person,
                                tail=one,
                                rule=f"title-{title.rule}-{how}{mark}",
                                cue=token,
                                qualifiers=(("position", _as_written(scene, tokens, title)),),
                                confidence=confidence,
                                roles=("name", "name"),
                            )
            yield from self._office_named(scene, index, person)
            yield from self._addressed(scene, tokens, at, person)
        scene.parsed.remembered["titles of nobody"] = bare

    def title_of(self, scene: Scene, token: int) -> str:
        """Give the title of the person at a token that no state or body was found for, or an empty text."""
        key = "titles of nobody"
        if key not in scene.parsed.remembered:
            scene.parsed.remembered[key] = {}
            for _ in self(scene):
                pass
        told: dict[int, str] = scene.parsed.remembered[key]
        return told.get(token, "")

    # -- which words are the title -------------------------------------------------------------------

    def _titles(
        self, scene: Scene, tokens: list[Token], at: int, behind: int, *, led: bool, followed: bool
    ) -> Iterator[Title]:
        """Yield the titles of a person; without ``led`` what stands before a comma is not theirs, so ``followed``."""
        seen: set[tuple[int, int]] = set()
        found = [
            *(t for t in self._before(scene, tokens, at) if led or tokens[t.last].text != ","),
            self._behind(scene, tokens, behind) if followed else _NO_TITLE,
            self._as(tokens, behind),
        ]
        found += [self._and(tokens, title) for title in found if title.rule in {"behind", "carried"}]
        for title in found:
            if title.rule and (title.first, title.last) not in seen:
                seen.add((title.first, title.last))
                yield title

    def _before(self, scene: Scene, tokens: list[Token], at: int) -> Iterator[Title]:
        """Match titles that end at the name, or at the courtesy title or title before it."""
        end = at
        while True:
            bare = end
            while bare > 0 and tokens[bare - 1].text in {",", "-"}:
                bare -= 1
            direct = self.titles.ending_at(tokens, bare)
            if direct is None or direct[1] != "courtesy":
                break
            end = direct[0]
        if direct:
            first = direct[0]
            while (more := self.titles.ending_at(tokens, first)) and more[1] != "courtesy":
                first = more[0]
            yield Title(first=first, last=bare, rule="before")
            rank = " ".join(t.text for t in tokens[first:bare])
            if first > 1 and tokens[first - 1].text == "," and rank in self.ranks:
                yield self._carried(scene, tokens, first - 1)
        elif bare:
            yield self._carried(scene, tokens, bare)

    def _carried(self, scene: Scene, tokens: list[Token], end: int) -> Title:
        """Match a title with its complement: "Counselor of the Department of State"."""
        names = zip(scene.parsed.sentence.places, scene.mentions, strict=True)
        persons = [place for place, mention in names if mention.cls == "Person"]
        if end and tokens[end - 1].text == "and":  # the title before is that of the person before
            return _NO_TITLE
        for first in range(end - 2, max(-1, end - _LONGEST_TITLE), -1):
            if any(start <= tokens[first].start < stop for start, stop in persons):
                break
            match = self.titles.starting_at(tokens, first)
            if not match or match[1] == "courtesy" or match[0] >= end:
                continue
            if tokens[match[0]].text not in _CARRIERS:
                continue
            if not all(t.text in _LINKS or t.text[0].isupper() for t in tokens[match[0] : end]):
                continue
            for back in range(1, 4):
                longer = self.titles.starting_at(tokens, first - back) if first >= back else None
                if longer and longer[0] >= match[0]:
                    return Title(first=first - back, last=end, rule="carried")
            return Title(first=first, last=end, rule="carried")
        return _NO_TITLE

    def _behind(self, scene: Scene, tokens: list[Token], behind: int) -> Title:
        """Match ``Name, (the) (state) Title …``."""
        if behind >= len(tokens) or tokens[behind].text not in {",", "(", "-"}:
            return _NO_TITLE
        for first in range(behind + 1, min(behind + 5, len(tokens))):
            match = self.titles.starting_at(tokens, first)
            if match and match[1] != "courtesy":
                last = match[0]
                while last < len(tokens) and _carries_on(tokens, last):
                    last += 1
                # "X, German Foreign Minister Y": the title is that of the next person
                upto = tokens[last - 1].end + 1
                following = (
                    m.cls == "Person" and tokens[first].start < start <= upto
                    for (start, _), m in zip(scene.parsed.sentence.places, scene.mentions, strict=True)
                )
                return _NO_TITLE if any(following) else Title(first=first, last=last, rule="behind")
            word = tokens[first].text
            if not (word[0].isupper() or word in self.holders.modifiers | {"the", "'s", "a", "an"}):
                break
        return _NO_TITLE

    def _as(self, tokens: list[Token], behind: int) -> Title:
        """Match "X, on his election as President of …", "X was appointed Ambassador", "X serves as …"."""
        second = behind  # "Helga Konrad of Austria as Special Representative"
        if behind < len(tokens) and tokens[behind].text in {"of", "from"}:
            second = next(
                (i for i in range(behind + 1, min(behind + 6, len(tokens))) if tokens[i].text == "as"), behind
            )
        if second < len(tokens) and tokens[second].text == "as":
            found = self._starting(tokens, second + 1, "given")
            if found.rule:
                return found
        for index in range(behind, min(behind + _LONGEST_GAP, len(tokens))):
            word = tokens[index].text
            if word in {";", ":"} or (word[0].isupper() and index > behind and tokens[index - 1].text == ","):
                break
            if word.lower() not in self.as_verbs:
                continue
            first = index + 1
            if word in self.holders.modifiers and first < len(tokens) and tokens[first].text != "as":
                continue  # "the acting Foreign Minister"
            later = [t.text for t in tokens[first : first + _LATEST_AS]]
            if "as" in later:  # "was sworn in on 3 May as the Director"
                first += later.index("as") + 1
            found = self._starting(tokens, first, "as")
            if found.rule:
                return found
        return _NO_TITLE

    def _starting(self, tokens: list[Token], first: int, rule: str) -> Title:
        """Match the title that begins at a token, with its complement."""
        skipped = 0
        while first < len(tokens) and tokens[first].text in self.holders.modifiers | _BEFORE_TITLE:
            first += 1
        match = self.titles.starting_at(tokens, first)
        while (  # "as Commonwealth Secretary-General"
            rule == "given" and not match and skipped < _LONGEST_BODY and first < len(tokens)
        ) and (tokens[first].text[0].isupper() or tokens[first].text == "'s"):
            first, skipped = first + 1, skipped + 1
            match = self.titles.starting_at(tokens, first)
        if not match or match[1] == "courtesy":
            return _NO_TITLE
        last = match[0]
        while last < len(tokens) and _carries_on(tokens, last):
            last += 1
        return Title(first=first, last=last, rule=rule)

    def _and(self, tokens: list[Token], title: Title) -> Title:
        """Match the second office of one person: "President of Senegal and Chairperson of the African Union"."""
        for at in range(title.first + 1, min(title.last + 1, len(tokens))):
            if tokens[at].text == "and" and (second := self._starting(tokens, at + 1, "and")).rule:
                return second
        return _NO_TITLE

    def _joint(self, scene: Scene, holder: Participant) -> Participant | None:
        """Give the body that shares an envoy with the one named before: "of the United Nations and the OAS"."""
        text, places, mentions = scene.parsed.sentence.text, scene.parsed.sentence.places, scene.mentions
        for index, (one, other) in enumerate(pairwise(mentions)):
            between = text[places[index][1] : places[index + 1][0]].split()
            joined = between[:1] == ["and"] and set(between) <= self.joining
            if one.entity == holder.entity and one.cls == other.cls == "Organization" and joined:
                token = scene.parsed.token_of.get(index + 1, -1)
                return Participant(entity=other.entity, cls=other.cls, token=token)
        return None

    def _office_named(self, scene: Scene, index: int, person: Participant) -> Iterator[Candidate]:
        """Read "UN High Commissioner for Refugees Filippo Grandi", where the office is the body's name."""
        text, places = scene.parsed.sentence.text, scene.parsed.sentence.places
        if not index:
            return
        office = scene.mentions[index - 1]
        between = text[places[index - 1][1] : places[index][0]].replace(",", " ").replace(".", " ").split()
        if (
            office.cls == "Organization"
            and any(name in office.text for name in self.office_names)
            and not office.text.startswith(self.offices_apart)
            and set(between) <= self.ranks | self.courtesies
        ):
            body = Participant(
                entity=office.entity, cls=office.cls, token=scene.parsed.token_of.get(index - 1, -1)
            )
            yield Candidate(
                predicate="holdsPosition",
                head=person,
                tail=body,
                rule="title-office-name",
                cue=person.token,
                qualifiers=(("position", office.text),),
                confidence=0.8,
                roles=("name", "name"),
            )

    def _addressed(
        self, scene: Scene, tokens: list[Token], at: int, person: Participant
    ) -> Iterator[Candidate]:
        """Read "your predecessor, Mr. X" where the document names the body that is spoken to."""
        before = {t.text.lower() for t in tokens[max(0, at - 8) : at]}
        for address in self.addresses:
            if address.words & before and "your" in before and address.holder in scene.entities:
                entity = scene.entities[address.holder]
                yield Candidate(
                    predicate="holdsPosition",
                    head=person,
                    tail=Participant(entity=entity.id, cls=entity.cls, token=-1, how="inside"),
                    rule="address",
                    cue=person.token,
                    qualifiers=(("position", address.position),),
                    confidence=0.8,
                    roles=("name", "name"),
                )


def _carries_on(tokens: list[Token], index: int) -> bool:
    word = tokens[index].text
    if word[0].isupper():
        return True
    if word not in _LINKS - {","} or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1].text
    return following[0].isupper() or following == "the"


def _as_written(scene: Scene, tokens: list[Token], title: Title) -> str:
    """Give the words of a title as the document has them, names unmasked."""
    sentence = scene.parsed.sentence
    low, high = tokens[title.first].start, tokens[title.last - 1].end
    parts: list[str] = []
    for (start, end), mention in zip(sentence.places, sentence.mentions, strict=True):
        if low <= start and end <= high:
            parts += [sentence.text[low:start], mention.text]
            low = end
    text = "".join([*parts, sentence.text[low:high]])
    return " ".join(text.split()).strip(" ,")


def load_positions(
    folder: Path, titles: Titles, vocabulary: Vocabulary, irregular: Mapping[str, list[str]]
) -> Positions:
    """Read ``positions.toml`` and whose office a title is from ``titles.tsv``."""
    data = tomllib.loads((folder / "positions.toml").read_text(encoding="utf-8"))
    owners: dict[str, str] = {}
    for row in read_table(folder / "titles.tsv"):
        if row["of"]:
            owners[row["title"]] = row["of"]
            owners.setdefault(row["title"].upper(), row["of"])
            owners.setdefault(row["title"].lower(), row["of"])
    offices = offices_of(vocabulary)
    return Positions(
        titles=titles,
        holders=Holders(
            titles=titles,
            offices=by_key((o.person, o) for o in offices),
            surnames=surnames_in_office(vocabulary).surnames,
            held_at=by_key((o.holder, o) for o in offices),
            parents=parents_of(vocabulary),
            owners=owners,
            targets=frozenset(data["targets"]),
            modifiers=frozenset(data["modifiers"]),
            own=frozenset(data["own"]),
            seats=tuple(data["seats"]),
            own_states=tuple(data["own_states"]),
            delegations=frozenset(data["delegations"]),
        ),
        as_verbs=all_forms(data["as_verbs"], irregular),
        ranks=frozenset(data["ranks"]),
        courtesies=frozenset(data["courtesies"]),
        joining=frozenset(data["joining"]),
        office_names=tuple(data["office_names"]),
        offices_apart=tuple(data["offices_apart"]),
        addresses=tuple(
            Address(words=frozenset(row["words"]), holder=row["holder"], position=row["position"])
            for row in data["address"]
        ),
    )
