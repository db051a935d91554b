"""From names to claims: read each sentence of a document with its rules and keep what they say."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from diplograph.extract.about import About
from diplograph.extract.candidates import Candidate
from diplograph.extract.counted import Counted, Lists
from diplograph.extract.dates import DateHit
from diplograph.extract.discourse import Discourse
from diplograph.extract.displacing import displaced, own_sittings
from diplograph.extract.folding import fold
from diplograph.extract.leads import Leads
from diplograph.extract.listed_facts import ListedFacts
from diplograph.extract.names import Named
from diplograph.extract.parsing import MaskedSentence, Parsed, mask, parse_all
from diplograph.extract.qualifying import FOUNDED, Qualifier, SceneFacts
from diplograph.extract.ranking import Ranked, Ranker
from diplograph.extract.records import (
    Claim,
    Document,
    Entity,
    Evidence,
    Mention,
    Qualifiers,
    Rejection,
    Sentence,
)
from diplograph.extract.refusals import Refusals
from diplograph.extract.respective import in_order
from diplograph.extract.salience import Context
from diplograph.extract.scene import NO_THEME, Participant, Scene
from diplograph.extract.speakers import Known, Speakers
from diplograph.extract.voices import Voices
from diplograph.ontology.model import ID_PREFIX, RELATION_CLASSES, Modality

__all__ = [
    "Reader",
    "Reading",
    "RelationReader",
    "masked_sentences",
    "mentions_by_sentence",
    "of_this_sentence",
]


# What looks at one sentence and proposes claims; each family of rules is one reader.
Reader = Callable[[Scene], Iterable[Candidate]]


# Without the ranker a candidate of a rule less sure than this is no claim.
LEAST_CONFIDENCE = 0.5


# A passage: so many sentences before and behind one speak of the same things.
_NEAR = 2


# "That Conference", with a capital: a body or thing named before.
_BODY_MEANT = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose) ([A-Z][a-z]+)\b")
_WORD = re.compile(r"[^\W\d_]+")

# Blocks whose words are no statement: they name, but they claim nothing.
SILENT_BLOCKS = frozenset({"contents", "junk", "table-row"})


def worth_parsing(
    sentence: MaskedSentence,
    referring: frozenset[str],
    *,
    vague: frozenset[str] = frozenset(),
    author: str = "",
) -> bool:
    """Tell whether a sentence can hold a claim: it names somebody or something other than issues.

    A claim needs two participants. Where only issues are named, the other one must be meant by a noun or
    pronoun of ``referring`` ("the Convention", "both sides"); "we" and "it" alone seldom make a claim of an
    issue, and are not worth the time (docs/performance.md has the figures). The ``author``'s own state is no
    second participant either: beside it a noun is asked for that is none of the ``vague`` ones ("they",
    "nations"). Without an author whoever is named counts.

    Args:
        sentence: The sentence, with what it names.
        referring: Nouns and pronouns, in lower case, that stand for what was named before.
        vague: Those of them that mean somebody named before only now and then.
        author: The id of who speaks, or an empty string.
    """
    if not sentence.mentions:
        return any(noun.lower() in referring for noun in _BODY_MEANT.findall(sentence.text))
    others = {m.entity for m in sentence.mentions if m.cls != "IssueArea"}
    if others == {author}:
        referring -= vague
        others.clear()
    return bool(others) or not referring.isdisjoint(_WORD.findall(sentence.text.lower()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the relations of one document gave: claims in the order of the text, entities by id, rejections."""

    claims: tuple[Claim, ...]
    entities: Mapping[str, Entity]
    rejections: tuple[Rejection, ...]


def mentions_by_sentence(document: Document, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Sort mentions into the sentences they stand in; both are in order of place."""
    groups: list[list[Mention]] = [[] for _ in document.sentences]
    at = 0
    for mention in mentions:
        while at < len(document.sentences) and document.sentences[at].span.end <= mention.span.start:
            at += 1
        if at < len(document.sentences):
            groups[at].append(mention)
    return groups


def masked_sentences(document: Document, groups: Sequence[Sequence[Mention]]) -> list[MaskedSentence]:
    """Mask every sentence of a document, those without names too."""
    return [
        mask(fold(document.text, s.span.start, s.span.end), group)
        for s, group in zip(document.sentences, groups, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationReader:
    """Callable that turns a document and its names into claims; settings only."""

    readers: tuple[Reader, ...]
    discourse: Discourse
    qualifier: Qualifier
    ranker: Ranker | None = None
    speakers: Speakers | None = None
    voices: Voices | None = None
    refusals: Refusals | None = None
    leads: Leads | None = None
    listed: ListedFacts | None = None
    about: About | None = None
    counted: Counted | None = None

    def scenes(
        self, document: Document, named: Named, parsed: Iterable[Parsed]
    ) -> Iterator[tuple[Sentence, Scene]]:
        """Yield a scene for each sentence, with what its pronouns stand for."""
        entities = {e.id: e for e in named.entities}
        body = context = self.discourse.begin(document)
        persons = Known()
        author = context.author
        voices = self.voices(document, named.mentions) if self.voices else ()
        whole, turn = document, 0
        asides: dict[int, Context] = {}
        topic: tuple[Participant, ...] = ()
        heading_issues: tuple[str, ...] = ()
        groups = mentions_by_sentence(whole, named.mentions)
        issues = [frozenset([m.entity for m in group if m.cls == "IssueArea"]) for group in groups]
        themes = self.about(whole, groups) if self.about else ()
        lists = Lists()
        for number, (sentence, one) in enumerate(zip(whole.sentences, parsed, strict=True)):
            if voices:
                voice = voices[sentence.block]
                if voice.turn != turn:  # "it" of one speaker is nothing that another one named
                    body, turn = self.discourse.begin(voice.document), voice.turn
                if voice.document is not document:
                    document, author = voice.document, self.discourse.begin(voice.document).author
                if voice.aside and sentence.block not in asides:
                    asides[sentence.block] = self.discourse.begin(document)
                context = asides[sentence.block] if voice.aside else body
                context.author = author
                if voice.parties:
                    context.circle, context.circle_at = voice.parties, context.sentence
            bare = Scene(document=document, parsed=one, entities=entities, anaphors={}, author=author)
            names = bare.names()
            own_topic = self.discourse.topic(one, names)
            if own_topic:  # carried on to later sentences, where its tokens mean nothing
                topic = tuple(replace(p, token=-1, how="topic") for p in own_topic)
            if document.blocks and document.blocks[sentence.block].kind in {"heading", "title"}:
                heading_issues = tuple(m.entity for m in bare.mentions if m.cls == "IssueArea")
            titled = self.speakers(bare, persons) if self.speakers else {}
            anaphors = (
                {**titled, **self.discourse.anaphors(one, document, context, names, titled)}
                if one.words
                else {}
            )
            author = context.author
            theme = themes[number] if themes else NO_THEME
            if self.about and one.words:
                anaphors = {**anaphors, **self.about.anaphors(one, theme, anaphors)}
            if self.counted and one.words:
                anaphors = {**anaphors, **self.counted.anaphors(one, number, lists, anaphors, author)}
            if self.counted:
                self.counted.note(lists, whole, number, groups[number])
            scene = Scene(
                document=document,
                parsed=one,
                entities=entities,
                anaphors=anaphors,
                author=author,
                topic=own_topic or topic,
                heading_issues=heading_issues,
                near_issues=frozenset().union(*issues[max(0, number - _NEAR) : number + _NEAR + 1]),
                speakers=dict(persons.states),
                latest=theme.after(self.discourse.latest(context)) if one.words else (),
                theme=theme,
                trip=self.discourse.trip(context),
                foreign=context.foreign,
                voice=of_this_sentence(context.voice or context.ourselves, names),
                listed=self.listed,
                issuer=context.issuer,
            )
            yield sentence, scene
            self.discourse.advance(context, names, author, one, persons.states, anaphors)

    def candidates(self, scene: Scene) -> list[Candidate]:
        """Give all that the rules propose for a sentence, in a fixed order."""
        own = scene.parsed.borrowed
        proposed = [c for reader in self.readers for c in reader(scene)]
        less = displaced(proposed, scene.speakers)
        return [
            c
            for c in in_order(scene.parsed, proposed)
            if not (own and _borrowed(c, own)) and not self._refused(scene, c) and _key(c) not in less
        ]

    def _refused(self, scene: Scene, candidate: Candidate) -> str:
        return self.refusals(candidate, scene.speakers) if self.refusals else ""

    def read_scenes(
        self, document: Document, named: Named
    ) -> Iterator[tuple[Sentence, Scene, list[Candidate]]]:
        """Yield each sentence of a document with its scene and what the rules propose for it."""
        groups = mentions_by_sentence(document, named.mentions)
        referring = self.discourse.pair_nouns.union(
            self.discourse.circle_nouns,
            self.discourse.class_nouns,
            self.discourse.third_plural,
            self.discourse.pair_words - self.discourse.first_person,
        )
        speaker = self.discourse.begin(document).author
        author = speaker.entity if speaker else ""
        vague = self.discourse.vague
        masked = masked_sentences(document, groups)
        if self.leads is not None:
            masked = self.leads(document, masked)
        parsed = parse_all(
            masked,
            wanted=lambda s: (
                worth_parsing(s, referring, vague=vague, author=author)
                or self.qualifier.amounts.tells(s.text)
            ),
        )
        for sentence, scene in self.scenes(document, named, parsed):
            told = scene.parsed.words and not self._is_silent(document, sentence)
            yield sentence, scene, self.candidates(scene) if told else []

    def __call__(self, document: Document, named: Named) -> Reading:
        """Give the claims of a document, the entities it speaks of, and the candidates that were rejected."""
        entities = {e.id: e for e in named.entities}
        rows = list(self.read_scenes(document, named))
        facts = self.qualifier.facts_of(document, [scene for _, scene, _ in rows])
        known = _known_dates(facts)
        claims: list[Claim] = []
        rejections: list[Rejection] = []
        for (sentence, scene, candidates), fact in zip(rows, facts, strict=True):
            if not scene.parsed.words or self._is_silent(document, sentence):
                continue
            said: list[tuple[Candidate, Qualifiers, Modality]] = []
            for ranked in self._ranked(scene, candidates):
                candidate = ranked.candidate
                if scene.parsed.borrowed and _borrowed(candidate, scene.parsed.borrowed):
                    continue
                why = (
                    _unfit(candidate)
                    or self._refused(scene, candidate)
                    or ("" if ranked.accepted else f"{candidate.predicate} too unlikely")
                )
                if why:
                    rejections.append(_rejection(document, sentence, candidate, why))
                    continue
                qualifiers, modality = self.qualifier(scene, candidate, fact, known)
                if candidate.predicate == "holdsPosition" and not qualifiers.position:
                    rejections.append(
                        _rejection(document, sentence, candidate, "holdsPosition tells no office")
                    )
                    continue
                said.append((candidate, qualifiers, modality))
            less = displaced((candidate for candidate, _, _ in said), scene.speakers)
            said = [one for one in said if _key(one[0]) not in less]
            claims += [_claim(document, sentence, *one) for one in _agreeing(_shared_status(said))]
            entities.update(scene.entities)
        return Reading(claims=tuple(own_sittings(claims)), entities=entities, rejections=tuple(rejections))

    def _is_silent(self, document: Document, sentence: Sentence) -> bool:
        """Tell whether a sentence states nothing, by its block or its form; the ranker must not guess there either."""
        if document.blocks and document.blocks[sentence.block].kind in SILENT_BLOCKS:
            return True
        words = document.text[sentence.span.start : sentence.span.end]
        return self.voices is not None and self.voices.silent(words)

    def _ranked(self, scene: Scene, candidates: Sequence[Candidate]) -> Iterator[Ranked]:
        if self.ranker is not None:
            yield from self.ranker(scene, candidates)
        else:
            for c in candidates:
                yield Ranked(candidate=c, probability=c.confidence, accepted=c.confidence >= LEAST_CONFIDENCE)


def of_this_sentence(told: tuple[Participant, ...], names: Sequence[Participant]) -> tuple[Participant, ...]:
    """Give participants without the tokens that other sentences have them at, which mean nothing here."""
    here = {(name.entity, name.token) for name in names}
    return tuple(p if (p.entity, p.token) in here else replace(p, token=-1) for p in told)


_FORUMS = ID_PREFIX["Forum"] + "/"
# The length of a date with its day in ISO 8601.
_DAY = len("2016-05-01")


_CLASS_OF_PREFIX = {prefix: cls for cls, prefix in ID_PREFIX.items()}


def _key(candidate: Candidate) -> tuple[str, str, str]:
    return candidate.predicate, candidate.head.entity, candidate.tail.entity


def _borrowed(candidate: Candidate, borrowed: int) -> bool:
    """Tell whether both ends of a claim stand in the clause above, or an item makes an issue of the body's work."""
    if candidate.predicate == "addresses" and candidate.head.token < borrowed:
        return True
    return max(candidate.head.token, candidate.tail.token) < borrowed


def _unfit(candidate: Candidate) -> str:
    """Say why the classes of a candidate forbid it, or give an empty string."""
    head, tail = (_CLASS_OF_PREFIX[p.entity.split("/", 1)[0]] for p in (candidate.head, candidate.tail))
    heads, tails = RELATION_CLASSES[candidate.predicate]
    if head not in heads or tail not in tails:
        return f"{candidate.predicate} joins no {head} to a {tail}"
    if candidate.head.entity == candidate.tail.entity:
        return f"{candidate.predicate} joins nothing to itself"
    if candidate.predicate == "partOf" and head != tail and tail != "Organization":
        return f"partOf joins no {head} to a {tail}"
    return ""


def _shared_status(
    said: Sequence[tuple[Candidate, Qualifiers, Modality]],
) -> list[tuple[Candidate, Qualifiers, Modality]]:
    """Give parties that an agreement's name tells the status that the sentence tells of another party."""
    told = {
        candidate.tail.entity: (qualifiers, modality)
        for candidate, qualifiers, modality in reversed(said)
        if candidate.predicate == "partyTo" and qualifiers.status
    }
    return [
        (candidate, *told[candidate.tail.entity])
        if candidate.predicate == "partyTo" and not qualifiers.status and candidate.tail.entity in told
        else (candidate, qualifiers, modality)
        for candidate, qualifiers, modality in said
    ]


def _agreeing(
    said: Sequence[tuple[Candidate, Qualifiers, Modality]],
) -> Iterator[tuple[Candidate, Qualifiers, Modality]]:
    """Let several rules that read one claim in one sentence agree: the surest decides the modality.

    A reading whose qualifiers another one has too adds nothing and is left out.
    """
    groups: dict[tuple[str, str, str], list[tuple[Candidate, Qualifiers, Modality]]] = {}
    for one in said:
        candidate = one[0]
        groups.setdefault((candidate.predicate, candidate.head.entity, candidate.tail.entity), []).append(one)
    for group in groups.values():
        group.sort(key=lambda one: -one[0].confidence)  # stable: the order of the rules decides ties
        modality = group[0][2]
        kept: list[dict[str, str]] = []
        for candidate, qualifiers, _ in sorted(group, key=lambda one: -len(one[1].as_dict())):
            values = qualifiers.as_dict()
            if not any(values.items() <= other.items() for other in kept):
                kept.append(values)
                yield candidate, qualifiers, modality


def _known_dates(facts: Sequence[SceneFacts]) -> dict[str, DateHit]:
    """Collect the dates of occasions and foundings over a document; the most exact one told of an occasion counts.

    A forum meets often: its date counts only where the document tells one day and no other.
    """
    told: dict[str, list[DateHit]] = {}
    for fact in facts:
        for entity, date in fact.occasions.items():
            told.setdefault(entity, []).append(date)
    known = {entity: max(dates, key=lambda d: len(d.date or d.since)) for entity, dates in told.items()}
    kept = {
        entity: date
        for entity, date in known.items()
        if not entity.startswith(_FORUMS)
        or (len(date.date or date.since) == _DAY and all(_agree(date, d) for d in told[entity]))
    }
    return kept | {FOUNDED + entity: date for fact in facts for entity, date in fact.foundings.items()}


def _agree(exact: DateHit, date: DateHit) -> bool:
    return (exact.date or exact.since).startswith(date.date or date.since)


def _rejection(document: Document, sentence: Sentence, candidate: Candidate, why: str) -> Rejection:
    return Rejection(
        document=document.id,
        span=sentence.span,
        rule=candidate.rule,
        reason=why,
        subject=candidate.head.entity,
        predicate=candidate.predicate,
        object=candidate.tail.entity,
    )


def _claim(
    document: Document, sentence: Sentence, candidate: Candidate, qualifiers: Qualifiers, modality: Modality
) -> Claim:
    start, end = sentence.span.start, sentence.span.end
    quote = Evidence(document=document.id, start=start, end=end, text=document.text[start:end])
    claim = Claim(
        subject=candidate.head.entity,
        predicate=candidate.predicate,
        object=candidate.tail.entity,
        qualifiers=qualifiers,
        modality=modality,
        confidence=candidate.confidence,
        rule=candidate.rule,
        evidence=(quote,),
    )
    return claim.quoting((quote,))
