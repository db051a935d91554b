"""Say what pronouns and short noun phrases of a sentence stand for, sentence by sentence."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from diplograph.extract.arguments import all_forms
from diplograph.extract.issuers import Issuers, load_issuers
from diplograph.extract.parsing import Parsed
from diplograph.extract.pronouns import Pronouns, standing_for
from diplograph.extract.records import Document
from diplograph.extract.salience import (
    ACTORS,
    REFERENTS,
    Context,
    at_token,
    bound_in,
    introduced,
    is_main_subject,
    is_plural,
    main_subject_token,
    pair_of,
    subject_of,
    words_of,
)
from diplograph.extract.scene import Participant

__all__ = ["Discourse", "load_discourse"]

# What was named more sentences ago than this is no longer what a sentence silently speaks of.
_REACH = 5
# Words before the first place of a journey, and between two of them ("in Lima, Peru, from 3 to 4 May; Quito").
_TRIP_START = 5
_TRIP_GAP = 6
# A journey is spoken of for as many sentences.
_TRIP_REACH = 15
# A longer list of subjects is an enumeration rather than a group that acts together.
_LARGEST_CIRCLE = 8
# What a definite noun can stand for is remembered for so many names of a document.
_MEMORY = 60
# A text names in its first sentences those who met.
_OPENING = 8
# The vocabulary may have a forum as a body, and the other way round.
_BODIES = frozenset({"Organization", "Forum"})
# "A met B and his wife": a person named so few words before is meant sooner than who acts.
_CLOSE = 3
# "The programme", of another name, is the one named at most so many sentences ago.
_FRESH = 2
# Within so many words a sentence says whom it speaks of ("The two sides also …").
_OPENING_WORDS = 4
# Who can meet, and be "they".
_TOGETHER = frozenset({"Country", "Organization", "Forum", "Person"})


@dataclass(frozen=True, kw_only=True)
class Discourse:
    """The resolver: word lists fixed, a :class:`Context` passed along a document."""

    first_person: frozenset[str]
    alone: frozenset[str]
    offices: frozenset[str]
    third_single: frozenset[str]
    third_plural: frozenset[str]
    vague: frozenset[str]
    third_person: frozenset[str]
    pronouns: Pronouns
    bearers: frozenset[str]
    meeting: frozenset[str]
    pointing: frozenset[str]
    plain: frozenset[str]
    related: frozenset[str]
    pair_nouns: frozenset[str]
    pair_words: frozenset[str]
    circle_nouns: frozenset[str]
    own_nouns: frozenset[str]
    class_nouns: Mapping[str, tuple[str, ...]]
    generic_nouns: frozenset[str]
    nicknames: Mapping[str, tuple[str, ...]]
    leading_nouns: frozenset[str]
    issuers: Issuers
    other_ones: frozenset[str]
    unattended: frozenset[str]
    telling: frozenset[str]
    regimes: frozenset[str]
    travelling: frozenset[str]
    here: Mapping[str, str]
    here_texts: Mapping[str, str]
    capital_nouns: frozenset[str]
    here_name: str
    topic_openers: tuple[tuple[str, ...], ...]

    @cached_property
    def referring(self) -> frozenset[str]:
        """The words that may stand for somebody or something named elsewhere."""
        return self.first_person.union(
            self.third_single, self.third_person, self.third_plural, ["whose"], self.pair_nouns, self.pair_words,
            self.circle_nouns, self.leading_nouns, self.here, self.regimes, self.own_nouns, self.class_nouns,
        )  # fmt: skip

    def begin(self, document: Document) -> Context:
        """Give the context in which a document begins: who speaks in it, and who its head names."""
        return self.issuers.begin(document)

    def anaphors(
        self,
        parsed: Parsed,
        document: Document,
        context: Context,
        names: tuple[Participant, ...],
        titled: Mapping[int, tuple[Participant, ...]] = MappingProxyType({}),
    ) -> dict[int, tuple[Participant, ...]]:
        """Map tokens of a sentence to the participants that they stand for; ``titled`` are those told by title."""
        self.issuers.note(context, parsed, document, names)
        author = context.author
        found: dict[int, tuple[Participant, ...]] = {}
        topic_pair = pair_of(names)
        circle = context.circle if context.sentence - context.circle_at < _REACH else ()
        assembly = context.assembly if context.sentence - context.assembly_at < _TRIP_REACH else ()
        ourselves = context.ourselves
        stands = standing_for(parsed, {n.token: n for n in names}, found, self.bearers, self.related)
        telling = self.referring
        for token, word in enumerate(parsed.lower):
            if word not in telling or parsed.inside[token] >= 0:
                continue
            if word in self.first_person and parsed.words[token] != "US":  # "US dollars"
                ourselves = introduced(parsed, token, names) or ourselves  # one text may hold two statements
                if word in self.alone and len(ourselves or context.voice) > 1:
                    continue  # "I" is none of several who speak together
                if ourselves:
                    found[token] = tuple(at_token(p, token) for p in ourselves)
                elif context.voice:
                    found[token] = tuple(at_token(p, token) for p in context.voice)
                elif author:
                    found[token] = (at_token(author, token),)
                elif context.opening:  # "Leaders of X and Y met in Z. We support …", issued by nobody named
                    context.voice = context.opening
                    found[token] = tuple(at_token(p, token) for p in context.opening)
                elif context.pair:
                    found[token] = tuple(at_token(p, token) for p in context.pair)
            elif word in self.third_single:
                if meant := self.pronouns.single(parsed, token, stands, context):
                    found[token] = tuple(at_token(p, token) for p in meant)
            elif word in self.third_person:
                if holder := self._person(parsed, token, names, {**titled, **found}, context):
                    found[token] = (at_token(holder, token),)
            elif word in self.third_plural:
                if meant := self.pronouns.plural(parsed, token, stands, context):
                    found[token] = tuple(at_token(p, token) for p in meant)
            elif word == "whose":
                noun = next(
                    (parsed.heads[t] for t in parsed.path_up(token) if parsed.deps[t] == "relcl"), token
                )
                if noun != token and (meant := stands(noun)):
                    found[token] = tuple(at_token(p, token) for p in meant)
            elif word in self.pair_nouns and self._is_pair(parsed, token):
                told = pair_of(
                    tuple(n for n in names if n.token < token)
                )  # a name behind is what they speak of
                pair = (
                    told if len(told) == 2 else context.pair or (topic_pair if len(topic_pair) == 2 else ())
                )
                if len(circle) == 2 and word in self.circle_nouns and len(told) < 2:
                    pair = circle  # "both leaders": those who just spoke
                if len(circle) == 3 and any(parsed.lower[c] == "three" for c in parsed.children[token]):
                    pair = circle
                if len(told) == 1 and author and told[0].entity != author.entity:
                    pair = (author, told[0])
                elif not pair and len(topic_pair) == 1 and author and topic_pair[0].entity != author.entity:
                    pair = (author, topic_pair[0])
                if pair:
                    found[token] = tuple(at_token(p, token) for p in pair)
            elif word in self.pair_words and parsed.deps[token] == "nsubj" and len(circle) == 2:
                found[token] = tuple(at_token(p, token) for p in circle)  # "The two discussed …"
            elif context.bodily and context.voice and self._is_led(context, parsed, token, word):
                found[token] = tuple(at_token(p, token) for p in context.voice)
            elif (
                word in self.circle_nouns
                and (circle or assembly)
                and self._definite(parsed, token)
                and not self._named_below(parsed, token)
                and not self._placed(parsed, token)
            ):
                found[token] = tuple(at_token(p, token) for p in circle or assembly)
            elif self._is_led(context, parsed, token, word):
                found[token] = tuple(
                    at_token(p, token) for p in context.voice or ((author,) if author else ())
                )
            elif word in self.here and parsed.words[token] != word and self._is_here(parsed, token, document):
                found[token] = (
                    Participant(entity=self.here[word], cls="Organization", token=token, how="anaphor"),
                )
            elif (
                word in self.regimes
                and context.foreign
                and self._definite(parsed, token)
                and not self._named_below(parsed, token)
            ):
                if not self._owned(parsed, token):
                    found[token] = (at_token(context.foreign, token),)
            elif word in self.own_nouns and self._definite(parsed, token) and not self._owned(parsed, token):
                if state := self._state(parsed, token, context, names):
                    found[token] = (at_token(state, token),)
            elif (
                word in context.organs
                and word not in self.class_nouns
                and parsed.words[token] != word
                and self._definite(parsed, token)
                and not self._placed(parsed, token)
            ):
                found[token] = (at_token(context.organs[word], token),)
            elif (
                word in self.class_nouns
                and self._definite(parsed, token)
                and (one := self._by_noun(parsed, token, context))
            ):
                found[token] = (at_token(one, token),)
            elif word in self.here_texts and self._is_text_here(parsed, token, document):
                found[token] = (
                    Participant(entity=self.here_texts[word], cls="Agreement", token=token, how="anaphor"),
                )
        return found

    def _state(
        self, parsed: Parsed, token: int, context: Context, names: tuple[Participant, ...]
    ) -> Participant | None:
        """Give the state that "the Government" or "that country" means: the one other state just named, or the author."""
        author, lone = context.author, context.lone
        if any(parsed.lower[c] in self.pointing for c in parsed.child(token, "det")):
            earlier = [p for p in names if p.cls == "Country" and p.token < token]
            return earlier[-1] if earlier else lone
        foreign = lone is not None and (author is None or lone.entity != author.entity)
        if lone is not None and foreign and not any(p.cls == "Country" for p in names):
            if author is None or any(p.entity == lone.entity for p in context.subject):
                return lone
            if parsed.words[token] == parsed.lower[token]:
                return None  # "the country" after a sentence on another one may be either
        return author if author is not None and author.cls == "Country" else None

    def _person(
        self,
        parsed: Parsed,
        token: int,
        names: tuple[Participant, ...],
        found: Mapping[int, tuple[Participant, ...]],
        context: Context,
    ) -> Participant | None:
        """Give whom "he", "him" or "his" stands for: the person spoken of last; "him" is not who acts."""
        persons = [(n.token, n) for n in names if n.token < token and n.cls == "Person"]
        persons += [(t, who[0]) for t, who in found.items() if t < token and who and who[0].cls == "Person"]
        acting = subject_of(parsed, token)
        if parsed.deps[token] in {"dobj", "pobj", "dative"} and acting is not None and acting < token:
            actor = {p.entity for t, p in persons if t == acting}
            persons = [(t, p) for t, p in persons if p.entity not in actor]
            if not persons and context.person and context.person.entity in actor:
                return context.other_person
        elif acting is not None and acting < token:
            last = max(persons, key=lambda told: told[0], default=None)
            actors = [p for t, p in persons if t == acting]
            if actors and last is not None and token - last[0] > _CLOSE:
                return actors[0]  # "The Minister will see A and B on his first visit": who acts
        return max(persons, key=lambda told: told[0])[1] if persons else context.person

    def _by_noun(self, parsed: Parsed, token: int, context: Context) -> Participant | None:
        """Give what "the Council" or "this agreement" stands for: the last one so called, or the last of its class."""
        word = parsed.lower[token]
        classes = self.class_nouns.get(word, ())
        if not classes or (word in self.capital_nouns and parsed.words[token] == word):
            return None
        below = parsed.children[token]
        if any(parsed.lower[c] in self.other_ones or parsed.mention[c] >= 0 for c in below):
            return None  # "its first meeting", "the next session", "the Tokyo meeting"
        told_anew = any(
            parsed.lower[c] in self.telling if parsed.deps[c] == "prep" else parsed.deps[c] == "acl"
            for c in below
        )
        if self._placed(parsed, token):
            return None  # "the truth commission in Guatemala", "the foreign ministers of Peru and Chile"
        described = {parsed.lower[c] for c in parsed.child(token, "amod", "compound", "nmod")} - self.plain
        if not described and not told_anew and parsed.words[token] != word and word in context.organs:
            return context.organs[word]
        for p, words in reversed(context.recent):
            if not described <= words:
                continue  # "the preparatory commission" is not the Disarmament Commission
            fits = p.cls in classes or (p.cls in _BODIES and not _BODIES.isdisjoint(classes))
            if fits and word in words and not (told_anew and p.cls == "Event"):
                return p
        for entity in self.nicknames.get(word, ()):
            for p, _ in context.recent:
                if p.entity == entity:
                    return p
        if word not in self.generic_nouns or (described and classes != ("Programme",)):
            return None
        for cls in classes:
            fresh = cls in context.latest and context.sentence - context.named_at[cls] <= _FRESH
            if fresh and not told_anew:
                return context.latest[cls]
        return None

    def _is_led(self, context: Context, parsed: Parsed, token: int, word: str) -> bool:
        """Tell whether a subject such as "Ministers" or "the Heads of State" speaks for those who issue the text."""
        return (
            word in self.leading_nouns
            and (bool(context.voice) or (context.author is not None and context.author.cls != "Country"))
            and parsed.deps[token] in {"nsubj", "nsubjpass"}
            and not self._named_below(parsed, token)
            and (parsed.words[token] != word or self._definite(parsed, token))
        )

    def _is_here(self, parsed: Parsed, token: int, document: Document) -> bool:
        """Tell whether "this Organization" is said in the United Nations."""
        return (
            any(parsed.lower[c] in {"this", "our"} for c in parsed.child(token, "det", "poss"))
            and self.here_name in document.text
        )

    def _is_text_here(self, parsed: Parsed, token: int, document: Document) -> bool:
        """Tell whether "the Charter", with a capital and no name behind it, is said in the United Nations."""
        return (
            parsed.words[token] != parsed.lower[token]
            and self._definite(parsed, token)
            and not any(parsed.lower[c] in self.telling for c in parsed.child(token, "prep"))
            and self.here_name in document.text
        )

    def _is_pair(self, parsed: Parsed, token: int) -> bool:
        return any(parsed.lower[c] in self.pair_words for c in parsed.children[token])

    def _owned(self, parsed: Parsed, token: int) -> bool:
        """Tell whether a noun says whose it is ("the government and people of Fiji", "the Iraqi people")."""
        told = [
            c
            for noun in (token, *parsed.child(token, "conj"))
            for c in parsed.child(noun, "poss", "compound", "amod", "nmod")
        ]  # "the Government and the Mexican people"
        if any(parsed.mention[c] >= 0 or parsed.words[c] != parsed.lower[c] for c in told):
            return True
        return bool(parsed.child(token, "poss", "compound")) or any(
            parsed.lower[p] in {"of", "in", "from"}
            for noun in (token, *parsed.child(token, "conj"))
            for p in parsed.child(noun, "prep")
        )

    def _placed(self, parsed: Parsed, token: int) -> bool:
        """Tell whether a phrase behind a noun names whose it is or where ("of Peru", "in Cancun", "between X and Y")."""
        return any(
            parsed.mention[o] >= 0 and parsed.mentioned(o) != "IssueArea"
            for p in parsed.child(token, "prep")
            for o in parsed.child(p, "pobj")
        )

    def _named_below(self, parsed: Parsed, token: int) -> bool:
        return any(parsed.mention[c] >= 0 for c in parsed.children[token])

    def _definite(self, parsed: Parsed, token: int) -> bool:
        return any(
            parsed.lower[c] in {"the", "this", "that", "these", "those", "its", "their"}
            for c in parsed.child(token, "det", "poss")
        )

    def topic(self, parsed: Parsed, names: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Give the states or bodies that the opening of a sentence sets as its topic ("In relation to …")."""
        for opener in self.topic_openers:
            if parsed.lower[: len(opener)] == opener:
                end = next(
                    (i for i in range(len(opener), len(parsed.words)) if parsed.words[i] == ","),
                    len(parsed.words),
                )
                return tuple(p for p in names if len(opener) <= p.token < end and p.cls in ACTORS)
        return ()

    def advance(
        self,
        context: Context,
        names: tuple[Participant, ...],
        author: Participant | None,
        parsed: Parsed,
        speakers: Mapping[str, Participant],
        anaphors: Mapping[int, tuple[Participant, ...]],
    ) -> None:
        """Note what a sentence spoke of, for the sentences after it.

        Args:
            context: What is known so far; changed.
            names: The participants that the sentence names.
            author: Who speaks.
            parsed: The sentence.
            speakers: Persons with their states.
            anaphors: What other words of the sentence stand for.
        """
        states = list(dict.fromkeys(p.entity for p in names if p.cls == "Country"))
        by_id = {p.entity: p for p in names}
        bound = len(states) == 2 and bound_in(parsed, by_id[states[0]].token, by_id[states[1]].token)
        if len(states) == 2 and (bound or not context.bound):
            context.pair, context.bound = tuple(by_id[s] for s in states), bound
        elif len(states) == 1 and author and states[0] != author.entity and not context.bound:
            context.pair = (author, by_id[states[0]])
        self._note_subject(context, parsed, names, speakers, anaphors)
        context.lone = by_id[states[0]] if len(states) == 1 else None
        told = {
            p.entity: p for p in names if p.cls in REFERENTS and not (author and p.entity == author.entity)
        }
        context.sole = next(iter(told.values())) if len(told) == 1 else None
        ours = {p.entity for p in (*context.voice, *context.ourselves, *([author] if author else []))}
        context.foreign = next(
            (p for p in reversed(names) if p.cls == "Country" and p.entity not in ours), context.foreign
        )
        context.sentence += 1
        if len(names) > 1:
            for token in parsed.places(self.first_person):
                if ourselves := introduced(parsed, token, names):
                    context.ourselves = ourselves
                    context.voice = ourselves if context.voice else ()
        circle = {s.entity: s for p in names if p.cls == "Person" and (s := speakers.get(p.entity))}
        if len(circle) < 2:
            circle = {
                p.entity: p
                for p in names
                if p.cls in {"Country", "Organization"} and is_main_subject(parsed, p.token)
            }
        if 1 < len(circle) <= _LARGEST_CIRCLE:
            context.circle, context.circle_at = tuple(circle.values()), context.sentence
            if context.sentence < _OPENING and not context.opening:
                context.opening = context.circle
        for p in names:
            name = parsed.sentence.mentions[parsed.mention[p.token]].text.lower()
            if p.cls == "Event" and self.unattended & set(name.split()):
                continue  # "the meeting" is none of the wars spoken of
            context.latest[p.cls] = p
            context.recent.append((p, words_of(p, name)))
            context.named_at[p.cls] = context.sentence
        del context.recent[:-_MEMORY]
        self._note_trip(context, parsed, names)
        persons = [p for p in names if p.cls == "Person"]
        main = main_subject_token(parsed) if persons else None
        meant = [p for p in anaphors.get(main, ()) if p.cls == "Person"] if main is not None else []
        if persons:
            acting = meant or [p for p in persons if parsed.deps[p.token] in {"nsubj", "nsubjpass"}]
            before = context.person
            if acting or before is None or not self._is_of_one(parsed):
                context.person = (acting or persons[-1:])[0]
            others = [p for p in persons if context.person is None or p.entity != context.person.entity]
            if context.person and (others or (before and before.entity != context.person.entity)):
                context.other_person = others[-1] if others else before

    def _is_of_one(self, parsed: Parsed) -> bool:
        """Tell whether the main clause is about somebody it does not name ("He met A", "The Minister met A")."""
        main = main_subject_token(parsed)
        return (
            main is not None
            and parsed.inside[main] < 0
            and (
                parsed.lower[main] in self.third_person
                or (parsed.lower[main] in self.offices and self._definite(parsed, main))
            )
        )

    def _goes_on(self, text: str) -> bool:
        """Tell whether a sentence that names nobody, and is not parsed, speaks of the same ones ("The Ministers …")."""
        opening = text.lower().split(maxsplit=_OPENING_WORDS)[:_OPENING_WORDS]
        known = self.circle_nouns | self.pair_nouns | self.third_plural | self.third_single
        return not known.isdisjoint(opening)

    def _note_subject(
        self,
        context: Context,
        parsed: Parsed,
        names: tuple[Participant, ...],
        speakers: Mapping[str, Participant],
        anaphors: Mapping[int, tuple[Participant, ...]],
    ) -> None:
        """Note whom the main clause is about: one ("it"), or several, and those whom they met ("they")."""
        if not parsed.words and self._goes_on(parsed.sentence.text):
            return
        context.subject = context.chorus = ()
        main = main_subject_token(parsed)
        if main is None:
            own = {p.entity: p for p in names if p.cls in REFERENTS}
            alone = len(own) == 1 and self.first_person.isdisjoint(parsed.lower)
            context.subject = tuple(own.values()) if alone else ()  # a heading
            return
        if parsed.lower[main] in self.first_person:
            return
        stands = standing_for(parsed, {n.token: n for n in names}, anaphors, self.bearers, self.related)
        about = stands(main)
        plural = is_plural(parsed, main)
        verb = parsed.heads[main]
        if about and not plural and len(about) == 1 and about[0].cls in REFERENTS:
            context.subject = about
        met = [
            o
            for p in parsed.child(verb, "prep")
            if parsed.lower[p] == "with"
            for o in parsed.child(p, "pobj")
        ]
        met += parsed.child(verb, "dobj")
        if parsed.lower[verb] in self.meeting and about:
            about = (*about, *(p for o in met for p in stands(o) if p.cls in _TOGETHER))
        elif len(about) < 2 and not (plural and about):
            return
        for_whom = {s.entity: s for p in about if p.cls == "Person" and (s := speakers.get(p.entity))}
        if len(for_whom) > 1 and all(p.cls in _TOGETHER for p in about):
            about = (
                *for_whom.values(),
                *(p for p in about if p.cls != "Person" and p.entity not in for_whom),
            )
        if len(about) > 1 or plural:
            context.chorus = about
            if (
                any(
                    parsed.lower[t] in self.leading_nouns or parsed.lower[t] in self.circle_nouns
                    for t in (main, *parsed.child(main, "conj"))
                )
                and names
            ):
                context.assembly, context.assembly_at = about, context.sentence
                if context.sentence < _OPENING and not context.opening and len(about) > 1:
                    context.opening = about

    def _note_trip(self, context: Context, parsed: Parsed, names: tuple[Participant, ...]) -> None:
        """Note where a journey goes: the places and states behind "travel to", up to a word of another clause."""
        going = next(
            (i for i, w in enumerate(parsed.lower) if w in self.travelling and parsed.inside[i] < 0), -1
        )
        if going < 0:
            return
        found: list[Participant] = []
        for p in names:
            if p.token > going and p.cls in {"Country", "Place"}:
                between = parsed.lower[(found[-1].token if found else going) + 1 : p.token]
                if len(between) > (_TRIP_GAP if found else _TRIP_START):
                    break
                if parsed.deps[p.token] not in {"amod", "compound", "nmod", "poss"}:
                    found.append(p)
        if found:
            context.trip = tuple(
                Participant(entity=p.entity, cls=p.cls, token=-1, how="topic") for p in found
            )
            context.trip_at = context.sentence

    def trip(self, context: Context) -> tuple[Participant, ...]:
        """Give where the journey told last goes, if that was not long ago."""
        return context.trip if context.sentence - context.trip_at < _TRIP_REACH else ()

    def latest(self, context: Context) -> tuple[Participant, ...]:
        """Give the last participant of each class that the few sentences before named, the last named first."""
        return tuple(
            Participant(entity=p.entity, cls=p.cls, token=-1, how="topic")
            for cls, p in sorted(
                context.latest.items(), key=lambda item: (-context.named_at[item[0]], item[0])
            )
            if context.sentence - context.named_at[cls] < _REACH
        )


def load_discourse(folder: Path, actors: Callable[[str], tuple[tuple[str, str, str], ...]]) -> Discourse:
    """Read ``discourse.toml``; ``actors`` gives the listed names inside a text as (entity id, class, words)."""
    data = tomllib.loads((folder / "discourse.toml").read_text(encoding="utf-8"))
    journeys = tomllib.loads((folder / "journeys.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((folder / "arguments.toml").read_text(encoding="utf-8"))
    nouns: dict[str, list[str]] = {}
    for cls, own in data["class_nouns"].items():
        for word in own:
            nouns.setdefault(word, []).append(cls)
    return Discourse(
        first_person=frozenset(data["first_person"]),
        alone=frozenset(data["alone"]),
        offices=frozenset(data["offices"]),
        third_single=frozenset(data["third_single"]),
        third_plural=frozenset(data["third_plural"]),
        vague=frozenset(data["vague"]),
        third_person=frozenset(data["third_person"]),
        pronouns=Pronouns(
            being=frozenset(data["being"]),
            acting_states=frozenset(data["acting_states"]),
            told_facts=frozenset(data["told_facts"]),
            thanking=all_forms(words["object_control"], words["irregular"]),
        ),
        bearers=frozenset([*words["bearers"], *data["leading_nouns"]]),
        meeting=frozenset(data["meeting"]),
        pointing=frozenset(data["pointing"]),
        plain=frozenset(data["plain"]),
        related=frozenset(data["related"]),
        pair_nouns=frozenset(data["pair_nouns"]),
        pair_words=frozenset(data["pair_words"]),
        circle_nouns=frozenset(data["circle_nouns"]),
        own_nouns=frozenset(data["own_nouns"]),
        class_nouns={word: tuple(classes) for word, classes in sorted(nouns.items())},
        generic_nouns=frozenset(data["generic_nouns"]),
        nicknames={word: tuple(ids) for word, ids in data["nicknames"].items()},
        leading_nouns=frozenset(data["leading_nouns"]),
        issuers=load_issuers(folder, actors),
        other_ones=frozenset(data["other_ones"]),
        unattended=frozenset(data["unattended"]),
        telling=frozenset(data["telling"]),
        regimes=frozenset(data["regimes"]),
        travelling=frozenset(journeys["travelling"]),
        here=dict(data["here"]),
        here_texts=dict(data["here_texts"]),
        capital_nouns=frozenset(data["capital_nouns"]),
        here_name=data["here_name"],
        topic_openers=tuple(
            sorted((tuple(o.split(" ")) for o in data["topic_openers"]), key=len, reverse=True)
        ),
    )
