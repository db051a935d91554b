"""Give claims their qualifiers: the date, amount and modality that belong to the words that make them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from diplograph.extract.act_dates import ActDates
from diplograph.extract.amounts import AmountHit, AmountReader
from diplograph.extract.candidates import BY_FEATURES, Candidate
from diplograph.extract.carrying import SceneFacts, SumCarrier
from diplograph.extract.dates import DateHit, DateReader
from diplograph.extract.modality import ModalityReader
from diplograph.extract.purposes import purpose
from diplograph.extract.records import Document, Qualifiers
from diplograph.extract.scene import Scene
from diplograph.extract.statuses import StatusReader
from diplograph.ontology.model import ID_PREFIX, Modality

__all__ = ["FOUNDED", "Qualifier", "SceneFacts"]

# A date farther from the cue in the tree belongs to something else.
_FARTHEST = 5
# Nearer still for the date of an occasion: "the Summit held in May", "the Summit (May)".
_NEAR_OCCASION = 5
# A series has many dates: only one that stands right at it is that of the session spoken of.
_NEAR_SERIES = 3
# Only an event has a date for itself; that of a session of a forum may be that of the act, too.
_EVENTS = ID_PREFIX["Event"] + "/"
_OCCASIONS = frozenset({"Event", "Forum"})
# What may stand between an occasion and its date.
_JOINS = frozenset({"(", ", (", "held in", "held on", "in", "on", ",", "(in", "of"})
_COORDINATED = re.compile(r",?(?: and)?(?: the)? ?")
_YEAR_IN_NAME = re.compile(r"\b(?:19|20)\d\d\b")
# The length of a month in ISO 8601.
_MONTH = len("2016-05")
# Farther from the cue than this a sum belongs to another clause.
_FARTHEST_AMOUNT = 8
# "30 million to Kenya and 20 million to Rwanda": a sum on the other side of a name is likely another's.
_WRONG_SIDE = 3
# What begins once: an anniversary tells when.
_BEGINNINGS = frozenset({"hasDiplomaticRelationsWith", "establishes", "memberOf", "partyTo"})
# The status of those who were there when a body began.
_FOUNDING = "founding"
# Before the id of a body, among the dates known of a document: when the body was founded.
FOUNDED = "founding of "
# The roles of a pair that only the ranker proposes.
_GUESSED = ("pair", "pair")
# What an occasion does, it does when it is held.
_DOINGS = frozenset({"adopts", "establishes"})
# An agreement's own date is that of these relations with it.
_ISSUING = frozenset({"adopts", "partyTo"})
_TEXTS = frozenset({"Agreement", "Policy"})
# What joins a title to the body it is held in.
_OF_BODY = (" of the ", " of ")
_NO_DATE = frozenset({"locatedIn", "partOf", "addresses", "holdsPosition"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """Callable parts that qualify candidates; settings only; ``offices`` tells the office of a person without one."""

    dates: DateReader
    amounts: AmountReader
    modality: ModalityReader
    status: StatusReader
    sums: SumCarrier
    acts: ActDates
    offices: Callable[[Scene, Candidate], str] | None = None

    def facts_of(self, document: Document, scenes: Sequence[Scene]) -> list[SceneFacts]:
        """Read the dates and sums of all sentences of a document, in order, in view of the day it was written."""
        day = self.dates.day_of(document)
        month = int(day[5:7]) if day else self.dates.month_of(document)
        return self.sums(scenes, [self.facts(scene, month, day) for scene in scenes])

    def facts(self, scene: Scene, month: int = 0, day: str = "") -> SceneFacts:
        """Read the dates and sums of a sentence and say which date belongs to which name.

        Args:
            scene: The sentence.
            month: The month its document was written in, 0 if unknown.
            day: The ISO date of the day it was issued, empty if unknown.
        """
        parsed, text = scene.parsed, scene.parsed.sentence.text
        amounts = tuple((parsed.token_at(a.start), a) for a in self.amounts(text))
        if not parsed.words:  # not parsed: no claim will ask for its dates, and it names no occasion
            return SceneFacts(amounts=amounts)
        year = scene.document.reference_year
        dates = self._placed(scene, self.dates(text, year, month, day))
        if day and not dates and (place := self.acts.present(text)) >= 0:
            dates = ((parsed.token_at(place), DateHit(start=place, end=place, date=day)),)
        return SceneFacts(
            dates=dates,
            amounts=amounts,
            occasions=self._occasions(scene, dates),
            texts=self._texts(scene, dates),
            anniversaries=self._placed(scene, self.dates.anniversaries(text, year)),
            foundings=self.acts.foundings(scene, dates),
        )

    def _placed(self, scene: Scene, hits: tuple[DateHit, ...]) -> tuple[tuple[int, DateHit], ...]:
        return tuple((scene.parsed.token_at(d.start), self._worded(scene, d)) for d in hits)

    def _texts(self, scene: Scene, dates: tuple[tuple[int, DateHit], ...]) -> dict[str, DateHit]:
        """Say which date belongs to the name of which agreement: "the 1991 Charter", "resolution 60 (1946)"."""
        text, year = scene.parsed.sentence.text, scene.document.reference_year
        found: dict[str, DateHit] = {}
        for mention, (start, end) in zip(scene.mentions, scene.parsed.sentence.places, strict=True):
            if mention.cls not in _TEXTS:
                continue
            own = next(
                (d for _, d in dates if d.start >= end and self.dates.joins(text[end : d.start])), None
            )
            own = own or next((d for _, d in dates if d.end <= start and text[d.end : start] == " "), None)
            own = own or next(
                (d for _, d in dates if d.end <= start and self.dates.issued(text, d, start)), None
            )
            name = " ".join(
                mention.text.split()
            )  # the sentence is masked: the name itself is not in its text
            if own is None and (named := self.dates.named_year(name + text[end : end + 8], len(name), year)):
                own = DateHit(start=start, end=end, date=named, words=named)
            if own and own.date:
                found.setdefault(mention.entity, own)
        return found

    def _worded(self, scene: Scene, hit: DateHit) -> DateHit:
        """Give a date with its words as the document has them, line breaks apart."""
        sentence = scene.parsed.sentence
        first = sentence.starts[self.dates.begins(sentence.text, hit)]
        words = scene.document.text[first : sentence.starts[hit.end - 1] + 1]
        return replace(hit, words=" ".join(words.split()).rstrip("."))

    def _occasions(self, scene: Scene, dates: tuple[tuple[int, DateHit], ...]) -> dict[str, DateHit]:
        """Say which date belongs to which occasion: in parentheses behind it, before it, or near in the tree."""
        parsed, text = scene.parsed, scene.parsed.sentence.text
        places = parsed.sentence.places
        found: dict[str, DateHit] = {}
        shared: DateHit | None = None
        for index in reversed(range(len(scene.mentions))):  # "the first … and the second … (December)"
            mention = scene.mentions[index]
            if mention.cls not in _OCCASIONS:
                continue
            start, end = places[index]
            own = next(
                (d for _, d in dates if d.start >= end and text[end : d.start].strip() in _JOINS), None
            )
            own = own or next(
                (d for _, d in dates if d.end <= start and text[d.end : start].strip() in {"", "'s"}), None
            )
            year = _YEAR_IN_NAME.search(mention.text)
            if own and year and year.start() == 0 and not own.exact and len(own.date) == _MONTH:
                own = replace(own, date=year[0] + own.date[4:], exact=True)  # "the May [2021 Summit]"
            if own is None and year and mention.cls == "Event":
                name = " ".join(mention.text.split())
                inner = next((d for d in self.dates(name, int(year[0])) if d.date), None)
                told = inner.date if inner else year[0]  # "the [December 2021 Summit]"
                words = name[inner.start : inner.end] if inner else year[0]
                own = DateHit(start=start, end=end, date=told, words=words)
            if own is None and shared and index + 1 < len(places):
                between = text[end : places[index + 1][0]]
                own = shared if _COORDINATED.fullmatch(between) else None
            if own is None and (token := parsed.token_of.get(index)) is not None:
                near = [(parsed.distance(token, t), t, d) for t, d in dates]
                near = [
                    n for n in near if n[0] <= (_NEAR_OCCASION if mention.cls == "Event" else _NEAR_SERIES)
                ]
                own = min(near, key=lambda n: (n[0], n[1]))[2] if near else None
            shared = own if own and text[end : end + 2] == " (" else None
            if own:
                found[mention.entity] = own
        return found

    def __call__(
        self, scene: Scene, candidate: Candidate, facts: SceneFacts, known: Mapping[str, DateHit]
    ) -> tuple[Qualifiers, Modality]:
        """Give the qualifiers and the modality of a candidate.

        Args:
            scene: The sentence.
            candidate: What is claimed.
            facts: The sentence's dates and sums.
            known: Dates of occasions, and behind :data:`FOUNDED` of foundings, told elsewhere in the document.
        """
        values = dict(candidate.qualifiers)
        words: tuple[str, ...] = ()
        verb = -1
        if (
            candidate.predicate == "partyTo"
            and "status" not in values
            and candidate.roles in {("name", "name"), _GUESSED}
        ):
            status, verb = self.status(scene, candidate.tail.token)
            if status:
                values["status"] = status
        if candidate.predicate == "memberOf" and "status" not in values:
            values["status"] = self.status.membership(scene, candidate.tail.token, candidate.head.token)
        date = self._date(scene, candidate, facts, known, verb)
        if values.get("status") == _FOUNDING and date is None:
            date = facts.foundings.get(candidate.tail.entity) or known.get(FOUNDED + candidate.tail.entity)
        if date and not {"date", "start", "end"} & values.keys():
            if date.date:
                values["date"] = date.date
            if date.since:
                values["start"] = date.since
            if date.until:
                values["end"] = date.until
            words = (date.words,) if date.words else ()
        if candidate.predicate == "hasDiplomaticRelationsWith" and any(
            d is date for _, d in facts.anniversaries
        ):
            values.setdefault("status", "established")
        if candidate.predicate == "holdsPosition" and "position" not in values and self.offices is not None:
            values["position"] = self.offices(scene, candidate)
        if title := values.get("position"):
            values["position"] = _without_body(title, scene, candidate)
        if candidate.predicate == "providesAssistanceTo" and "amount" not in values:
            amount = self._amount(scene, candidate, facts)
            if amount:
                values["amount"], values["currency"] = amount.value, amount.currency
        if candidate.predicate == "providesAssistanceTo" and "purpose" not in values:
            values["purpose"] = purpose(scene, candidate, _tokens_of_sums(scene, facts))
        return Qualifiers.from_dict(values).worded(words), self._modality(scene, candidate, verb)

    def _modality(self, scene: Scene, candidate: Candidate, verb: int) -> Modality:
        """Tell how a candidate is meant; an attitude is taken back only by what is said of its bearer's own act.

        Args:
            scene: The sentence.
            candidate: What is claimed. What a name says is meant as the occasion that it names is.
            verb: The token that tells the status of an agreement, -1 if none.
        """
        if candidate.modality:
            return cast(Modality, candidate.modality)
        parsed, cue = scene.parsed, candidate.cue
        if candidate.roles == ("name", "name"):
            if candidate.predicate == "heldIn" and candidate.head.token >= 0:
                return self.modality.ahead(parsed, candidate.head.token)
            cue = verb
            if candidate.predicate == "holdsPosition" and candidate.head.token >= 0:
                cue = self._office_verb(scene, candidate)
        if cue < 0 or (candidate.predicate == "locatedIn" and candidate.head.cls == "Place"):
            return "asserted"  # where a place lies is never wished for
        found = self.modality(parsed, cue, courtesy=candidate.predicate in self.modality.stances)
        if found == "conditional" and candidate.predicate == "addresses":
            return "asserted"  # what a body deals with does not hang on the wish that is told beside it
        if found == "denied" and self.modality.needs(parsed, cue):
            return "called-for"
        standing = candidate.predicate in self.modality.standing and found in {"planned", "called-for"}
        if standing and self.modality.goes_on(parsed, cue):
            return "asserted"  # "will continue to work with"
        if found == "asserted" or candidate.predicate not in self.modality.stances:
            return found
        if candidate.predicate == "criticizes" and found == "denied" and candidate.rule == BY_FEATURES:
            return "asserted"  # "we cannot accept": no word of blame is there to be denied
        if candidate.predicate != "supports" and self.modality.acts(parsed, cue, candidate.tail.token):
            return (
                found if found == "conditional" else "asserted"
            )  # "if Russia invades", "Russia must withdraw"
        return found if self.modality.acts(parsed, cue, candidate.head.token) else "asserted"

    def _office_verb(self, scene: Scene, candidate: Candidate) -> int:
        """Give the verb that says a person will hold an office told behind it, -1 if none."""
        verb = self.modality.serves(scene.parsed, candidate.head.token)
        title = dict(candidate.qualifiers).get("position", "")
        behind = scene.parsed.sentence.text[scene.parsed.idx[verb] :] if verb >= 0 else ""
        return verb if title and title in behind else -1

    def _date(
        self, scene: Scene, candidate: Candidate, facts: SceneFacts, known: Mapping[str, DateHit], verb: int
    ) -> DateHit | None:
        if candidate.predicate in _NO_DATE:
            return None
        for side in (candidate.tail, candidate.head):
            if side.cls in _OCCASIONS and candidate.predicate not in {
                "supports",
                "adopts",
                "establishes",
                "memberOf",
            }:
                own = facts.occasions.get(side.entity) or known.get(side.entity)
                if own:
                    return own
        if candidate.predicate in _BEGINNINGS and facts.anniversaries:
            token, date = min(facts.anniversaries, key=lambda d: scene.parsed.distance(candidate.cue, d[0]))
            if scene.parsed.distance(candidate.cue, token) <= _FARTHEST:
                return date
        own = facts.texts.get(candidate.tail.entity) if candidate.predicate in _ISSUING else None
        if own is None and candidate.predicate in _DOINGS and candidate.head.cls == "Event":
            own = facts.occasions.get(candidate.head.entity) or known.get(candidate.head.entity)
        cue = candidate.cue if verb < 0 else verb
        if candidate.predicate == "adopts" and candidate.roles in {("name", "name"), _GUESSED}:
            verb = self.acts.issuing_word(scene.parsed, candidate.tail.token)
            cue = verb if verb >= 0 else cue
        if candidate.roles == ("name", "name") and verb < 0:
            return own
        near = [(scene.parsed.distance(cue, token), token, date) for token, date in facts.dates]
        mine = {candidate.head.entity, candidate.tail.entity}
        taken = {
            id(d)
            for entity, d in facts.occasions.items()
            if entity not in mine and entity.startswith(_EVENTS)
        }
        near = [n for n in near if n[0] <= _FARTHEST and id(n[2]) not in taken]
        if near:
            return min(near, key=lambda n: (n[0], n[1]))[2]
        return own or self.acts.occasion(scene, cue, {**known, **facts.occasions})

    def _amount(self, scene: Scene, candidate: Candidate, facts: SceneFacts) -> AmountHit | None:
        """Give the sum nearest to the cue; of several, the one beside who receives (or, behind "from", who gives)."""
        parsed = scene.parsed
        if facts.carried:
            return facts.carried.get(candidate.head.entity) or facts.carried[""]
        near = [(parsed.distance(candidate.cue, token), token, amount) for token, amount in facts.amounts]
        near = [n for n in near if n[0] <= _FARTHEST_AMOUNT]
        head, tail = candidate.head.token, candidate.tail.token
        side = head if head > candidate.cue or tail < 0 else tail
        if len(near) > 1 and side >= 0:
            near = [(self._apart(scene, token, amount, side), token, amount) for _, token, amount in near]
        return min(near, key=lambda n: (n[0], n[1]))[2] if near else None

    def _apart(self, scene: Scene, token: int, amount: AmountHit, side: int) -> int:
        """Tell how far a sum stands from a name: a sum comes before its name, one in brackets behind it."""
        bracketed = scene.parsed.sentence.text[: amount.start].endswith("(")
        wrong_side = token > side if not bracketed else token < side
        return abs(token - side) * (_WRONG_SIDE if wrong_side else 1)


def _without_body(title: str, scene: Scene, candidate: Candidate) -> str:
    """Give a title without the state or body it is held in: "President of the Republic of Korea" is "President"."""
    entity = scene.entities.get(candidate.tail.entity)
    names = [entity.label, *entity.aliases] if entity else []
    names += [" ".join(m.text.split()) for m in scene.mentions if m.entity == candidate.tail.entity]
    for name in sorted(names, key=len, reverse=True):  # "of the Republic of Fiji" before "of Fiji"
        for joint in _OF_BODY:
            if title.endswith(joint + name):
                return title.removesuffix(joint + name)
    return title


def _tokens_of_sums(scene: Scene, facts: SceneFacts) -> frozenset[int]:
    """Give the tokens that the sums of a sentence stand at."""
    parsed = scene.parsed
    return frozenset(
        token
        for _, amount in facts.amounts
        for token in range(parsed.token_at(amount.start), parsed.token_at(amount.end - 1) + 1)
    )
