"""Say whose office a title is: of the state or body in it, beside it, listed, known, or the author's own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from diplograph.extract.records import Mention
from diplograph.extract.scene import Participant, Scene
from diplograph.extract.titles import Titles
from diplograph.extract.tokens import Token

__all__ = ["Holders", "Office", "Offices", "PersonsInOffice", "Title", "telling_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A listed office: who holds it, of what, the title in lower-case words, first and last year or empty, the title."""

    person: str
    holder: str
    words: frozenset[str]
    since: str
    until: str
    position: str = ""

    def runs_in(self, year: str) -> bool:
        """Tell whether the office may have been held in a year; an empty year or bound excludes nothing."""
        return not year or ((not self.since or self.since <= year) and (not self.until or year <= self.until))


Offices = Mapping[str, tuple[Office, ...]]

_HOLDERS = frozenset({"Country", "Organization", "Forum"})
_POSSESSIVE = re.compile(r"^\)?(?:'s|')?\s*")
_OF_STATE = re.compile(r"^\s*,? ?(?:of|from) (?:the )?$")
_SHORTEST = 3  # letters of the function words in a title: of, for, the, and
_LONGEST_OPENING = 2  # words: "And in Brunei, …"
_WORLD = "organization/united-nations"  # whose Secretary-General it is where no other body speaks
_MOST_WIDE = 2  # capitalised words between a body and a title: "JAXA Technical Counselor"
_NEXT_LINE = re.compile(r"^(?:,? ?(?:at |in )?(?:the )?)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsInOffice:
    """Callable that says who is meant by a title and a surname; ``surnames`` maps short forms to offices."""

    surnames: Offices

    def __call__(self, title: Sequence[str], surname: str, year: int | None) -> str:
        """Give the id of the one person of that name listed in such an office in that year, or an empty text."""
        alike = self.surnames.get(surname, ())
        words = telling_words(title) if alike else frozenset()
        people = {o.person for o in alike if words and words <= o.words and o.runs_in(str(year or ""))}
        return people.pop() if len(people) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The words of a title, tokens ``[first, last)``, and by what rule they were found."""

    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Callable that finds the state or body of a title; settings only.

    ``owners`` maps titles to the id of whose they always are, or ``-`` where the title alone never means
    the author's own state. ``offices`` maps persons, ``surnames`` the short forms of their names, and
    ``held_at`` states and bodies to the offices listed for them, ``parents`` organs to the bodies they are of.
    """

    titles: Titles
    offices: Offices
    surnames: Offices
    held_at: Offices
    parents: Mapping[str, str]
    owners: Mapping[str, str]
    targets: frozenset[str]
    modifiers: frozenset[str]
    seats: tuple[str, ...]
    own: frozenset[str]
    own_states: tuple[str, ...]
    delegations: frozenset[str]

    def __call__(
        self, scene: Scene, tokens: list[Token], title: Title, behind: int, person: Participant
    ) -> tuple[Participant, str, float] | None:
        """Give the holder, by what it was found, and how sure that is; None where nothing tells."""
        owner = self._owner(tokens, title)
        inside = self._inside(scene, tokens, title)
        if inside:
            return inside, "inside", 0.9
        beside = self._beside(scene, tokens, title)
        if beside:
            holder, how = beside
            return holder, how, 0.9 if how == "before" else 0.7
        following = self._following(scene, tokens, title, behind)
        if following:
            return following, "after", 0.85
        author = (
            scene.author if scene.author and scene.author.cls == "Country" else None
        )  # bodies hold no such offices
        if author and not owner and self._is_own(scene, tokens, title):
            return author, "own", 0.85
        if title.rule == "given" and "/" not in owner:
            return None  # an office newly given is not the one that the person is listed with
        body = self._of_author(scene, tokens, title) if owner in {"-", _WORLD} else None
        if body and not self.listed(scene, person.entity):
            return body, "body", 0.7
        listed = self.listed(scene, person.entity)
        alike = None if listed else self._by_surname(scene, tokens, title, person)
        known = scene.speakers.get(person.entity)
        own = author is not None and known is not None and known.entity == author.entity
        if known and not own and known.cls in _HOLDERS and known.entity not in _entities(listed, alike):
            return Participant(entity=known.entity, cls=known.cls, token=-1, how="inside"), "known", 0.85
        if listed:
            return listed, "listed", 0.9
        if alike:
            return alike, "surname", 0.8
        if "/" in owner:
            spoken_of = self._namesake(scene, owner, tokens[title.first].text.lower())
            return spoken_of or _implied(owner), "owner", 0.75
        delegation = self._delegation(scene, tokens, title)
        if delegation:
            return delegation, "delegation", 0.7
        if owner or author is None:
            return None
        local = self._locale(scene, tokens)
        if local and local.entity != author.entity:
            return local, "locale", 0.5
        if self._taken(scene, tokens, title):
            return None
        full = " " in scene.entities[person.entity].label if person.entity in scene.entities else False
        return author, "author-full" if full else "author-surname", 0.55 if full else 0.3

    def _owner(self, tokens: list[Token], title: Title) -> str:
        """Give whose office the longest title at the beginning of the words always is."""
        for first in range(title.first, title.last):
            match = self.titles.starting_at(tokens, first)
            if match and match[1] != "courtesy":
                # titles are listed as written; tokens drop the blanks around hyphens and dots
                words = " ".join(t.text for t in tokens[first : match[0]])
                return self.owners.get(words, "")
        return ""

    def _namesake(self, scene: Scene, owner: str, word: str) -> Participant | None:
        """Give the other body with the word of a title that the sentence names or that issues the text ("Council President")."""
        told = (scene.author, *scene.names("Organization"), *scene.names("Forum"))
        namesakes = {p.entity: p for p in told if p and word in p.entity.partition("/")[2].split("-")}
        return next(iter(namesakes.values())) if namesakes and owner not in namesakes else None

    def _of_author(self, scene: Scene, tokens: list[Token], title: Title) -> Participant | None:
        """Give the body that issues the text, where a title is one that only bodies have ("the Secretary General")."""
        author = scene.author
        if author is None or author.cls == "Country":
            return None
        for first in range(title.first, title.last):
            match = self.titles.starting_at(tokens, first)
            if match and match[1] != "courtesy":
                words = [t.text for t in tokens[first : match[0]]]
                if match[1] != "body" or not any(w.startswith(self.seats) for w in words):
                    return None
                above = self.parents.get(author.entity, "")
                return _implied(above) if above else _unsaid(author)
        return None

    # -- names in and around the title ---------------------------------------------------------------

    def _inside(self, scene: Scene, tokens: list[Token], title: Title) -> Participant | None:
        """Give the first state or body in the title that is no target: A in "Ambassador of A to B"."""
        link = ""
        low, high = tokens[title.first].start, tokens[title.last - 1].end
        places = enumerate(scene.parsed.sentence.places)
        starts = {start: i for i, (start, end) in places if low <= start and end <= high}
        for index in range(title.first, title.last):
            word = tokens[index].text
            if word[0].islower() and word not in {"the", "and"}:
                link = word
            mention = starts.get(tokens[index].start)
            if mention is not None and link not in self.targets:
                holder = _holder(scene, mention)
                if holder:
                    return holder
            if link == "of" and (match := self.titles.starting_at(tokens, index)):
                inner = self.owners.get(" ".join(t.text for t in tokens[index : match[0]]), "")
                if inner.startswith("organization/"):  # "Special Representative of the Secretary-General"
                    return _implied(inner)
        return None

    def _beside(self, scene: Scene, tokens: list[Token], title: Title) -> tuple[Participant, str] | None:
        """Give the state or body that stands before the title: "Japan's new", "Polish", "JAXA Technical"."""
        text, low = scene.parsed.sentence.text, tokens[title.first].start
        places = scene.parsed.sentence.places
        last = max((i for i, (_, end) in enumerate(places) if end <= low), default=None)
        holder = _holder(scene, last) if last is not None else None
        if last is None or holder is None:
            return None
        between = _POSSESSIVE.sub("", text[places[last][1] : low]).split()
        wide = [word for word in between if word not in self.modifiers]
        if not all(word.isalpha() and word[0].isupper() for word in wide) or len(wide) > _MOST_WIDE:
            return None
        return holder, "before-wide" if wide else "before"

    def _following(self, scene: Scene, tokens: list[Token], title: Title, behind: int) -> Participant | None:
        """Give the state behind the name ("X of Fiji"), or the body on the line after the title."""
        text = scene.parsed.sentence.text
        after_name = tokens[behind - 1].end if behind else 0
        after_title = tokens[title.last - 1].end
        for index, (start, _) in enumerate(scene.parsed.sentence.places):
            if (
                title.rule in {"before", "carried"}
                and start >= after_name
                and _OF_STATE.match(text[after_name:start])
            ):
                return _holder(scene, index)
            if title.rule == "behind" and start >= after_title and _NEXT_LINE.match(text[after_title:start]):
                holder = _holder(scene, index)
                return holder if holder and holder.cls == "Organization" else None
        return None

    def _is_own(self, scene: Scene, tokens: list[Token], title: Title) -> bool:
        """Tell whether the words claim the office for the author's state: "our President"."""
        if title.first and tokens[title.first - 1].text.lower() in self.own:
            return True
        words = scene.parsed.sentence.text[tokens[title.first].start : tokens[title.last - 1].end + 20]
        return any(re.search(rf"\b(?:of|for) {re.escape(own)}\b(?! of)", words) for own in self.own_states)

    # -- what is known otherwise ---------------------------------------------------------------------

    def listed(self, scene: Scene, person: str) -> Participant | None:
        """Give whose office the vocabulary lists for a person, of the document's year if it can be."""
        offices = self.offices.get(person, ())
        year = str(scene.document.reference_year or "")
        fitting = [o for o in offices if o.runs_in(year)]
        for office in fitting or offices:
            return _implied(office.holder)
        return None

    def _by_surname(
        self, scene: Scene, tokens: list[Token], title: Title, person: Participant
    ) -> Participant | None:
        """Give the state of the one listed holder of such a title in that year with that surname."""
        if person.entity not in scene.entities:
            return None
        words = _words(tokens, title)
        year = str(scene.document.reference_year or "")
        alike = self.surnames.get(scene.entities[person.entity].label, ())
        named = {o.holder for o in alike if words and words <= o.words and o.runs_in(year)}
        return _implied(named.pop()) if len(named) == 1 else None

    def _taken(self, scene: Scene, tokens: list[Token], title: Title) -> bool:
        """Tell whether somebody else is listed as holding that very office of the author's state."""
        year = str(scene.document.reference_year or "")
        if scene.author is None or not year:
            return False
        words = _words(tokens, title)
        listed = self.held_at.get(scene.author.entity, ())
        return any(o.words == words and o.since and o.runs_in(year) for o in listed)

    def _delegation(self, scene: Scene, tokens: list[Token], title: Title) -> Participant | None:
        """Give the state whose delegation the sentence speaks of before the title."""
        places = scene.parsed.sentence.places
        ends = {end: i for i, (_, end) in enumerate(places) if scene.mentions[i].cls == "Country"}
        for index in range(1, title.first):
            if tokens[index].text in self.delegations:
                before = tokens[index - 2] if tokens[index - 1].text == "'s" else tokens[index - 1]
                if before.end in ends:
                    return _holder(scene, ends[before.end])
        return None

    def _locale(self, scene: Scene, tokens: list[Token]) -> Participant | None:
        """Give the state that the sentence begins with: "And in Brunei, …"."""
        for index, (start, _) in enumerate(scene.parsed.sentence.places):
            before = scene.parsed.sentence.text[:start].lower().split()
            opened = before[-1:] in (["in"], ["from"]) and len(before) <= _LONGEST_OPENING
            return _holder(scene, index) if opened and scene.mentions[index].cls == "Country" else None
        return None


def _holder(scene: Scene, index: int) -> Participant | None:
    mention: Mention = scene.mentions[index]
    token = scene.parsed.token_of.get(index)
    if token is None:
        return None
    entity = scene.entities.get(mention.entity)
    state_like = mention.cls == "Place" and entity is not None and entity.iso3
    if mention.cls not in _HOLDERS and not state_like:
        return None
    return Participant(entity=mention.entity, cls=mention.cls, token=token)


def telling_words(title: Iterable[str]) -> frozenset[str]:
    """Give the words of a title that tell one office from another, in lower case."""
    return frozenset(word.lower() for word in title if len(word) > _SHORTEST)


def _words(tokens: list[Token], title: Title) -> frozenset[str]:
    return telling_words(t.text for t in tokens[title.first : title.last])


def _entities(*participants: Participant | None) -> set[str]:
    return {p.entity for p in participants if p is not None}


def _implied(key: str) -> Participant:
    cls = "Country" if key.startswith("country/") else "Organization"
    return Participant(entity=key, cls=cls, token=-1, how="inside")


def _unsaid(p: Participant) -> Participant:
    return Participant(entity=p.entity, cls=p.cls, token=-1, how="inside")
