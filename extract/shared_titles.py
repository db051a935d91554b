"""Read the title that several persons share: "Prime Ministers A of Fiji and B of Samoa", "her Thai counterpart, C".

A list is read off the words, since parsers err on long ones: the title in the plural, the states it is of, the
members with the states behind them. Words: ``shared_titles.toml``; titles: ``titles.tsv``.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from diplograph.extract.candidates import Candidate
from diplograph.extract.office_holders import Holders
from diplograph.extract.scene import Participant, Scene
from diplograph.extract.sketch import HOLDER, OTHER, PERSON, index_of, meant, sketch
from diplograph.extract.titles import Titles
from diplograph.extract.tokens import tokenize

__all__ = ["SharedTitles", "load_shared_titles"]

# So many words may stand in a title before its noun: "First Deputy Prime Ministers".
_LONGEST_BEFORE = 4
_STATES = re.compile(
    rf" (?:of|for|from) (?:the )?(?P<states>{HOLDER}(?:(?:, and |, | and )(?:of )?(?:the )?{HOLDER})*)"
)
# "The Presidents of the three Baltic states, A and B".
_WHOLE = re.compile(rf" of (?:[\w{OTHER}]+ ){{1,4}}[\w{OTHER}]+(?=, )")
_GAP = r"(?:,|:|;| -)? ?"
_HOLDER = re.compile(HOLDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of a list: the character of the person and of the state told beside the name, or an empty text."""

    person: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A title with those who share it: the title in the singular, the states it is of, the list.

    With ``each`` every member has a state told before, with ``peer`` the title is but "counterpart".
    """

    position: str
    states: tuple[str, ...]
    members: tuple[Member, ...]
    each: bool = False
    peer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTitles:
    """Callable on a scene: candidates for ``holdsPosition``; settings only."""

    titles: Titles
    holders: Holders
    singulars: Mapping[str, str]
    peers: Mapping[str, str]
    papers: frozenset[str]
    paper_position: str
    cue: re.Pattern[str] = field(repr=False)
    member: re.Pattern[str] = field(repr=False)
    each: re.Pattern[str] = field(repr=False)
    joint: re.Pattern[str] = field(repr=False)
    gap: re.Pattern[str] = field(repr=False)
    adjectives: re.Pattern[str] = field(repr=False)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the titles, then of the persons."""
        for shared in self.shared(scene):
            for place, member in enumerate(shared.members):
                person = meant(scene, member.person)
                found = self._holder(scene, shared, place, member)
                if person is None or found is None or found[0].entity == person.entity:
                    continue
                holder, how, sure = found
                yield Candidate(
                    predicate="holdsPosition",
                    head=person,
                    tail=holder,
                    rule=f"title-shared-{how}",
                    cue=person.token,
                    qualifiers=(("position", shared.position),),
                    confidence=sure,
                    roles=("name", "name"),
                )

    def position_of(self, scene: Scene, token: int) -> str:
        """Give the shared title of the person at a token, or an empty text."""
        for shared in self.shared(scene):
            for member in () if shared.peer else shared.members:
                if scene.parsed.token_of.get(index_of(member.person)) == token:
                    return shared.position
        return ""

    def shared(self, scene: Scene) -> tuple[Shared, ...]:
        """Give the titles of a sentence that are told of a list of persons, in order."""
        known: tuple[Shared, ...] | None = scene.parsed.remembered.get("shared titles")
        if known is None:
            persons = any(m.cls == "Person" for m in scene.mentions)
            known = tuple(self._read(scene)) if persons else ()
            scene.parsed.remembered["shared titles"] = known
        return known

    def _read(self, scene: Scene) -> Iterator[Shared]:
        text = scene.parsed.sentence.text
        for cue in self.cue.finditer(text):
            word = cue[0]
            first, last, position = cue.start(), cue.end(), ""
            if word in self.peers:
                position = self._told_before(text[:first]) or self.peers[word]
            elif word in self.papers:
                position = self.paper_position
            else:
                first, last, position = self._title(text, *cue.span())
            if position:
                shared = self._list(scene, first, last, position)
                if shared is not None and not (word in self.papers and shared.states):
                    yield replace(shared, peer=position == self.peers.get(word))

    def _title(self, text: str, start: int, end: int) -> tuple[int, int, str]:
        """Give where a title in the plural begins and ends, and its singular; an empty text where it is none."""
        tokens = tokenize(text)
        at = next((i for i, t in enumerate(tokens) if t.end > start), len(tokens))
        noun = text[start:end]
        plain = noun[0].upper() + noun[1:]
        part = tokens[at].text.replace(noun, self.singulars[plain])
        low = noun[0].islower()
        alike = list(tokens)
        alike[at] = tokens[at]._replace(text=part)
        if low:  # "foreign ministers" are Foreign Ministers
            for i in range(max(0, at - _LONGEST_BEFORE), min(len(tokens), at + 1)):
                alike[i] = alike[i]._replace(text=alike[i].text[0].upper() + alike[i].text[1:])
        for first in range(max(0, at - _LONGEST_BEFORE), at + 1):
            match = self.titles.starting_at(alike, first)
            if match and match[0] > at and match[1] != "courtesy":
                low_end, high = tokens[first].start, tokens[match[0] - 1].end
                singular = self.singulars[plain]
                singular = singular.lower() if low else singular
                return low_end, high, text[low_end:start] + singular + text[end:high]
        return start, end, ""

    def _told_before(self, text: str) -> str:
        """Give the last title of an office before some place, as written."""
        tokens = tokenize(text)
        for first in range(len(tokens) - 1, -1, -1):
            match = self.titles.starting_at(tokens, first)
            if match and match[1] != "courtesy":
                while first and (longer := self.titles.starting_at(tokens, first - 1)):
                    if longer[1] == "courtesy" or longer[0] < match[0]:
                        break
                    first, match = first - 1, longer
                return text[tokens[first].start : tokens[match[0] - 1].end]
        return ""

    def _list(self, scene: Scene, first: int, last: int, position: str) -> Shared | None:
        """Read the list behind a title that stands between two places of the text."""
        line = sketch(scene)
        text = line.text
        start, end = line.at(first), line.at(last - 1) + 1
        states: tuple[str, ...] = ()
        told = _STATES.match(text, end)
        if told:
            states, end = tuple(_HOLDER.findall(told["states"])), told.end()
        elif adjectives := self.adjectives.search(text, 0, start):
            states = tuple(_HOLDER.findall(adjectives["states"]))
        if whole := _WHOLE.match(text, end):
            end = whole.end()
        elif text.startswith((" of ", " from "), end):
            end = text.index(" ", end + 1)
        gap = self.gap.match(text, end)
        at = gap.end() if gap else end
        members: list[Member] = []
        each = False
        while match := self.member.match(text, at):
            own = match["own"] or match["inner"] or ""
            members.append(Member(person=match["person"], own=own))
            joint = self.joint.match(text, match.end())
            if joint is None:
                break
            at = joint.end()
        if len(states) == 1 and len(members) == 1 and not members[0].own:
            while match := self.each.match(text, at):  # "of Chile, A; of Peru, B"
                each = True
                members.append(Member(person=match["person"], own=match["own"]))
                joint = self.joint.match(text, match.end())
                if joint is None:
                    break
                at = joint.end()
        if not members:
            return None
        return Shared(position=position, states=states, members=tuple(members), each=each)

    def _holder(
        self, scene: Scene, shared: Shared, place: int, member: Member
    ) -> tuple[Participant, str, float] | None:
        """Give whose office a member holds, by what it was told, and how sure that is."""
        if member.own:
            own = meant(scene, member.own)
            return (own, "each" if shared.each else "own", 0.9) if own else None
        if len(shared.states) == len(shared.members) > 1:
            mine = meant(scene, shared.states[place])
            return (mine, "order", 0.9) if mine else None
        if len(shared.states) == 1:
            whose = meant(scene, shared.states[0])
            if whose is not None and whose.cls in {"Country", "Place"}:
                return whose, "each" if shared.each else "all", 0.85
        mention = scene.mentions[index_of(member.person)]
        listed = self.holders.listed(scene, mention.entity)
        if listed is not None:
            return listed, "listed", 0.8
        known = scene.speakers.get(mention.entity)
        if known is not None:
            return Participant(entity=known.entity, cls=known.cls, token=-1, how="inside"), "known", 0.7
        return None


def load_shared_titles(folder: Path, titles: Titles, holders: Holders) -> SharedTitles:
    """Read ``shared_titles.toml``."""
    data = tomllib.loads((folder / "shared_titles.toml").read_text(encoding="utf-8"))
    lists, papers = data["lists"], data["papers"]["words"]
    singulars: dict[str, str] = data["plurals"]
    peers: dict[str, str] = data["peers"]
    courtesies = [" ".join(words) for words, kind in titles.kinds.items() if kind == "courtesy"]
    honours = _any([*lists["honours"], *(c.replace(" .", ".") for c in courtesies)])
    before = rf"(?:(?:{honours})\.?,? )*"
    low = [word[0].lower() + word[1:] for word in singulars]
    openings = _any(lists["openings"])
    return SharedTitles(
        titles=titles,
        holders=holders,
        singulars=singulars,
        peers=peers,
        papers=frozenset(papers),
        paper_position=data["papers"]["position"],
        cue=re.compile(rf"\b(?:{_any([*singulars, *low, *peers, *papers])})\b"),
        member=re.compile(
            rf"{before}(?P<person>{PERSON})"
            rf"(?:,? (?:of|from) (?:the )?(?P<own>{HOLDER})| ?\((?:of )?(?:the )?(?P<inner>{HOLDER})\))?"
        ),
        each=re.compile(rf"of (?:the )?(?P<own>{HOLDER}),? {before}(?P<person>{PERSON})"),
        joint=re.compile(_any(lists["joints"])),
        adjectives=re.compile(
            rf"(?P<states>{HOLDER}(?:(?:, and |, | and ){HOLDER})*)(?:'s?)? (?:(?:{_any(lists['adjectives'])}) )?$"
        ),
        gap=re.compile(rf"{_GAP}(?:{_GAP}(?:{openings}),? )*"),
    )


def _any(words: list[str]) -> str:
    """Give a pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(dict.fromkeys(words), key=lambda w: (-len(w), w))))
