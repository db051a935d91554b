"""Find every name in a document and say whom it means: listed names, forms, persons, issue terms."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from diplograph.extract.amounts import AmountReader
from diplograph.extract.choosing import MONTHS, Chooser, Found, came_later, disjoint, joined
from diplograph.extract.folding import Folded, fold
from diplograph.extract.gazetteer import Gazetteer, Hit, build_gazetteer
from diplograph.extract.introduced import introduced_entries
from diplograph.extract.issues import IssueTerms, find_issue_terms
from diplograph.extract.name_forms import NameGrammar
from diplograph.extract.name_keys import resolution_key, slug
from diplograph.extract.name_patterns import NamePatterns
from diplograph.extract.name_proper import name_proper
from diplograph.extract.name_tokens import is_title_case, on_tokens, owners_of, towns
from diplograph.extract.persons import find_persons
from diplograph.extract.records import Document, Entity, Mention
from diplograph.extract.short_forms import FullNames, full_names
from diplograph.extract.single_sessions import SingleSessions
from diplograph.extract.titles import Titles
from diplograph.extract.tokens import Token, tokenize
from diplograph.ontology.model import ID_PREFIX
from diplograph.ontology.vocabulary import Vocabulary

__all__ = ["NameFinder", "Named", "slug"]

# "the [Peru-Chile ]FTA": the parties of an agreement before its kind.
_PARTIES_BEFORE = re.compile(
    r"(?<![\w-])(?!(?:The|An?|This|That|Its|Our) )[A-Z][\w.]*(?: [A-Z][\w.]*)?(?:[-\u2013/][A-Z][\w.]*(?: [A-Z][\w.]*)?)+ $"
)
_DATED_BEHIND = re.compile(rf" ?\((?:in |early |mid-|late )?(?:{MONTHS})\b")
# The finders whose names may be short forms of names given in full.
_SHORT_BY = ("form:", "pattern:joint-text", "pattern:following-statement", "pattern:war", "title:")
_SHORT_WORDS = ("pattern:war", "pattern:following-statement")
# Characters between an occasion and the place behind it, at most: "will be held next month in" fits.
_NEAR = 40
# The rest of an address of electronic mail behind what looks like a name.
_ADDRESS = re.compile(r"[\w.-]*@\w")
_OF = re.compile(r" of (?:the )?")
_OF_BODY = re.compile(r" of (?:the )?(?=[A-Z])")
_ANY = (" a ", " an ")
_DIGIT = re.compile(r"\d")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d ")
_WITH_DATE = "pattern:named-agreement-of-date"
# Names whose inside is remembered, at most; then all are forgotten.
_MOST_INSIDES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The names of one document: mentions sorted by place, entities sorted by id."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """What is the same in both passes over a sentence."""

    folded: Folded
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    fixed: tuple[Found, ...]
    sums: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Callable that reads a document and names what is in it; settings only, shared by all documents."""

    vocabulary: Vocabulary
    gazetteer: Gazetteer
    grammar: NameGrammar
    titles: Titles
    patterns: NamePatterns
    issue_terms: IssueTerms
    chooser: Chooser
    amounts: AmountReader
    sessions: SingleSessions
    families: Mapping[str, str]
    in_office: Callable[[Sequence[str], str, int | None], str]
    insides: dict[str, tuple[tuple[str, str, str], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __call__(self, document: Document) -> Named:
        """Give the mentions and entities of a document.

        Two passes: what the first introduces (abbreviations in parentheses, full names of persons,
        names found by form) is listed for the second.
        """
        sheets = self._sheets(document)
        folds = [sheet.folded for sheet in sheets]
        first = [self._sentence(sheet, (), frozenset(), document) for sheet in sheets]
        first = [self.sessions(names, folded.text) for folded, names in zip(folds, first, strict=True)]
        local = introduced_entries(folds, [sheet.hits for sheet in sheets], first, self.gazetteer)
        strong = {c.entity for s in sheets for hit in s.hits for c in hit.candidates if not c.weak}
        strong |= {e.id for e in local} | {
            f.entity for names in first for f in names if f.how.startswith("title:")
        }
        strong_names = frozenset(strong)
        local_gazetteer = build_gazetteer(Vocabulary(entries=tuple(local))) if local else None
        full = self._full_names(folds, first, document)
        mentions: list[Mention] = []
        entities: dict[str, Entity] = {}
        states: tuple[str, ...] = ()
        told: dict[str, Entity] = {}  # occasions told at length, by their short names
        for sheet, folded, before in zip(sheets, folds, first, strict=True):
            new = local_gazetteer(folded) if local_gazetteer else ()
            told_again = new or any(
                c.weak and c.entity in strong_names for h in sheet.hits for c in h.candidates
            )
            names = before
            if told_again:
                names = self._sentence(sheet, new, strong_names, document)
                names = self.sessions(names, folded.text)
            states = _states_of(names, document) or states
            for found in names:
                text = folded.text[found.start : found.end]
                span = folded.span(found.start, found.end)
                entity = (
                    self._of_pair(found, text, states)
                    or self._placed(found, names, folded.text)
                    or self._recased(found, text)
                    or self._turned(found, text)
                    or self._short(found, text, full)
                    or (told.get(text.lower()) if _repeats(found, text) else None)
                    or self._entity(found, text, document, local_gazetteer)
                )
                if found.label:
                    told.setdefault(text.lower(), entity)
                known = entities.get(entity.id)
                entities[entity.id] = (
                    _with_alias(known or entity, text) if found.cls != "IssueArea" else known or entity
                )
                mentions.append(
                    Mention(
                        document=document.id,
                        span=span,
                        text=document.text[span.start : span.end],
                        cls=entities[entity.id].cls,
                        entity=entity.id,
                        how=found.how,
                    )
                )
        return Named(mentions=tuple(mentions), entities=tuple(entities[k] for k in sorted(entities)))

    def inner_hits(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """Give the listed names inside a name, longest first from the left: (entity id, class, text)."""
        known = self.insides.get(text)
        if known is not None:
            return known
        folded = fold(text)
        chosen: list[tuple[str, str, str]] = []
        at = 0
        for hit in self.gazetteer(folded):
            if hit.start < at or (hit.start == 0 and hit.end == len(folded.text)):
                continue
            best = hit.candidates[0]
            chosen.append((best.entity, best.cls, folded.text[hit.start : hit.end]))
            at = hit.end
        if len(self.insides) > _MOST_INSIDES:
            self.insides.clear()
        self.insides[text] = tuple(chosen)
        return tuple(chosen)

    def _full_names(
        self, folds: Sequence[Folded], first: Sequence[Sequence[Found]], document: Document
    ) -> FullNames:
        """Collect the names that the document gives in full, by what the first pass found, and its publisher."""
        found_in_full = [
            (text, self._entity(one, text, document, None))
            for folded, found in zip(folds, first, strict=True)
            for one in found
            if one.cls not in {"IssueArea", "Country", "Place"} and one.how != "family"
            for text in (folded.text[one.start : one.end],)
        ]
        publishers = [
            (text, Entity(id=key, cls=cls, label=self.gazetteer.entries[key].label))
            for key, cls, text in self.inner_hits(f"{document.publisher} :")
            if cls in {"Organization", "Forum"}
        ]
        return full_names([*found_in_full, *publishers])

    def _listed_as(self, form: str, cls: str) -> Entity | None:
        """Give the listed entity of a class that has a form, whatever the case of its letters."""
        for _, candidate in self.gazetteer.forms.get(form.lower(), ()):
            if candidate.cls == cls:
                entry = self.gazetteer.entries[candidate.entity]
                return Entity(id=entry.id, cls=entry.cls, label=entry.label, same_as=entry.same_as)
        return None

    def _placed(self, found: Found, names: Sequence[Found], text: str) -> Entity | None:
        """Give the listed occasion that a series and the place behind it name ("the NATO Summit in Warsaw")."""
        if found.how != "form:meeting" or found.dated or " " not in text[found.start : found.end]:
            return None
        lead, head = text[found.start : found.end].rsplit(" ", 1)
        for place in names:
            near = place.cls == "Place" and 0 < place.start - found.end < _NEAR
            if near and text.endswith(" in ", 0, place.start):
                entity = self._listed_as(f"{lead} {text[place.start : place.end]} {head}", "Event")
                if entity is not None:
                    return entity
        return None

    def _recased(self, found: Found, text: str) -> Entity | None:
        """Give the listed entity that a name with a lower-case head means ("the Kyoto protocol")."""
        return self._listed_as(text, found.cls) if found.how.startswith("form:of-") else None

    def _turned(self, found: Found, text: str) -> Entity | None:
        """Give the listed body whose name says in turned order what stands here ("the Peace Fund of the African Union")."""
        joint = _OF_BODY.search(text)
        if joint is None or found.entity or not found.how.startswith("form:") or found.dated:
            return None
        for _, body in self.gazetteer.forms.get(text[joint.end() :].lower(), ()):
            for form in self.gazetteer.entries[body.entity].forms:
                entity = self._listed_as(f"{form.text} {text[: joint.start()]}", found.cls)
                if entity is not None:
                    return entity
        return None

    def _short(self, found: Found, text: str, full: FullNames) -> Entity | None:
        """Give the entity of a name by form that is a short form of one given in full elsewhere."""
        if found.entity or found.dated or not found.how.startswith(_SHORT_BY):
            return None
        if found.cls == "Person":
            key = full.person(text)
            entry = self.gazetteer.entries.get(key)
            return Entity(id=key, cls="Person", label=entry.label, same_as=entry.same_as) if entry else None
        return full(text, found.cls) if " " in text or found.how.startswith(_SHORT_WORDS) else None

    def _sheets(self, document: Document) -> list[_Sheet]:
        """Read the sentences one by one; the issue terms of each may look at the sentences beside it."""
        texts = ["", *(document.text[s.span.start : s.span.end] for s in document.sentences), ""]
        return [
            self._sheet(fold(document.text, s.span.start, s.span.end), f"{texts[at]} {texts[at + 2]}")
            for at, s in enumerate(document.sentences)
        ]

    def _sheet(self, folded: Folded, beside: str) -> _Sheet:
        """Read what does not depend on the names around: patterns, issue terms, sums, listed forms."""
        text = folded.text
        tokens = tuple(tokenize(text))
        fixed: list[Found] = []
        lower = folded.lower
        for pattern in self.patterns(lower):
            for m in pattern.regex.finditer(text):
                start, end = m.span("name")
                fixed.append(
                    Found(
                        start=start, end=end, cls=pattern.cls, entity="", how=f"pattern:{pattern.id}", rank=1,
                        label=pattern.label(text, m), dated=bool(pattern.known),
                    )
                )  # fmt: skip
        for issue in find_issue_terms(text, self.issue_terms, beside):
            fixed.append(
                Found(
                    start=issue.span.start, end=issue.span.end, cls="IssueArea",
                    entity=f"issue/{issue.issue}", how=f"issue:{issue.term}", rank=4,
                )
            )  # fmt: skip
        fixed += [self._of_kind(text, t.start, t.end, t.text) for t in tokens if t.text in self.families]
        sums = tuple((a.start, a.end) for a in self.amounts(text)) if _DIGIT.search(text) else ()
        return _Sheet(
            folded=folded, tokens=tokens, hits=tuple(self.gazetteer(folded)), fixed=tuple(fixed), sums=sums
        )

    def _sentence(
        self, sheet: _Sheet, local: Sequence[Hit], strong: frozenset[str], document: Document
    ) -> list[Found]:
        """Give the names of a sentence, in view of the forms and the strong names that its document introduces."""
        text, tokens = sheet.folded.text, sheet.tokens
        hits: Sequence[Hit] = sheet.hits
        if local:
            hits = sorted([*hits, *local], key=lambda h: (h.start, -h.end))
        found = [*self._listed(hits, strong, document, text), *sheet.fixed]
        found += towns(text, found, self.gazetteer.entries, (self.grammar.months, self.titles.first_words))
        solid, states, other, listed_persons = on_tokens(found, tokens)
        persons = find_persons(tokens, self.titles, other)
        stops = frozenset(p.title_first for p in persons) | frozenset(p.first for p in persons)
        headline = is_title_case(tokens)
        owners = {} if headline else owners_of(found, tokens, self.gazetteer.entries)
        stops |= listed_persons
        for name in self.grammar.find(tokens, solid, states, stops, owners, headline=headline):
            start, end = tokens[name.first].start, tokens[name.last - 1].end
            end -= text[end - 1] == "'"  # "the Bureau of Ports' divers"
            if text[start:end] not in self.chooser.bare_nouns and not self._dated_listed(text[start:end]):
                found.append(
                    Found(
                        start=start, end=end, cls=name.cls, entity="", how=name.rule, rank=3, dated=name.dated
                    )
                )  # fmt: skip
        for person in persons:
            start, end = tokens[person.first].start, tokens[person.last - 1].end
            end -= text[end - 1] == "'"  # "Porras' decision"
            title = [t.text for t in tokens[person.title_first : person.title_last]]
            entity = self.in_office(title, text[start:end], document.reference_year)
            found.append(
                Found(start=start, end=end, cls="Person", entity=entity, how=f"title:{person.kind}", rank=2)
            )
        found = _without_dates(found)
        if sheet.sums:
            found = [f for f in found if not any(s < f.end and f.start < e for s, e in sheet.sums)]
        kept = joined(disjoint(found), text)
        return [self._occasion(f, text, document) for f in kept]

    def _dated_listed(self, name: str) -> bool:
        """Tell whether a name is a year before the name of a listed agreement ("the 1991 Seoul Declaration")."""
        rest = name[5:] if _YEAR_BEFORE.match(name) else ""
        return any(c.cls == "Agreement" for _, c in self.gazetteer.forms.get(rest.lower(), ()))

    def _listed(
        self, hits: Sequence[Hit], strong: frozenset[str], document: Document, text: str
    ) -> list[Found]:
        """Say what each listed form means, nearest state first where several own it."""
        found: list[Found] = []
        nearby: list[str] = []
        spans = {(h.start, h.end) for h in hits}
        states = {h.start for h in hits if any(c.cls == "Country" for c in h.candidates)}
        cut: dict[str, int] = {}  # entity -> end of its last form that lost its beginning
        for hit in hits:
            behind, beside = self._state_behind(hit, hits, text), self._state_beside(found, hit, hits, text)
            candidate = self.chooser(hit, strong, document, text, nearby, behind=behind, beside=beside)
            if candidate is None or (candidate.cls == "Person" and self.titles.names_thing(text, hit.end)):
                continue
            if _ADDRESS.match(text, hit.end):
                continue  # "press-desk@example.org"
            if (
                text[hit.start].islower()
                and text.endswith(_ANY, 0, hit.start)
                and self._unlisted_case(text, hit)
            ):
                continue  # "a chemical weapons convention" is one to be made
            # What the document introduces wins over what the tables list ("the ITF" of this text).
            rank = -1 if candidate.file in {"introduced", "person"} else 0
            how = f"listed:{candidate.file}" if rank == 0 else candidate.file
            if candidate.cls == "Country":
                nearby.insert(0, candidate.entity.split("/", 1)[1])
            if cut.get(candidate.entity, 0) >= hit.end:
                continue  # "1951 Convention" of "1951 Convention relating to …", which is cut to its title
            entry = self.gazetteer.entries.get(candidate.entity)
            label = entry.label if entry else ""
            start, end = name_proper(text, hit, candidate.cls, spans, self.titles.first_words, label, states)
            if start > hit.start:
                cut[candidate.entity] = hit.end
            found.append(
                Found(start=start, end=end, cls=candidate.cls, entity=candidate.entity, how=how, rank=rank)
            )
        return found

    def _unlisted_case(self, text: str, hit: Hit) -> bool:
        """Tell whether a form stands here in letters of another case than any that is listed."""
        seen = text[hit.start : hit.end]
        return all(written != seen for written, _ in self.gazetteer.forms.get(seen.lower(), ()))

    def _state_behind(self, hit: Hit, hits: Sequence[Hit], text: str) -> str:
        """Give the ISO code of the state that follows a weak form with "of", or nothing."""
        if not hit.candidates[0].weak:
            return ""
        link = _OF.match(text, hit.end)
        for other in hits if link else ():
            if link and other.start == link.end():
                return next((c.entity.split("/", 1)[1] for c in other.candidates if c.cls == "Country"), "")
        return ""

    def _state_beside(self, found: Sequence[Found], hit: Hit, hits: Sequence[Hit], text: str) -> str:
        """Give the ISO code of the state that the neighbour of a city or province tells ("Austin, Texas"), or nothing."""
        if len(hit.candidates) < 2:
            return ""
        neighbour = ""
        if text[max(0, hit.start - 2) : hit.start] == ", ":
            neighbour = next(
                (f.entity for f in reversed(found) if f.cls == "Place" and f.end == hit.start - 2), ""
            )
        elif text[hit.end : hit.end + 2] == ", ":
            behind = (h for h in hits if h.start == hit.end + 2)
            neighbour = next(
                (c.entity for h in behind for c in h.candidates if c.cls == "Place" and not c.weak), ""
            )
        entry = self.gazetteer.entries.get(neighbour)
        states = entry.fact_list("country") if entry and entry.facts.get("kind") in {"city", "state"} else ()
        return states[0] if states else ""

    def _occasion(self, found: Found, text: str, document: Document) -> Found:
        """Turn a series with a month behind it into its one session of that date."""
        behind = _DATED_BEHIND.match(text, found.end)
        if found.cls != "Forum" or not behind or found.end - found.start < 6:
            return found
        return Found(
            start=found.start, end=found.end, cls="Event", entity="", how=found.how, rank=0, dated=False
        )

    def _of_kind(self, text: str, start: int, end: int, form: str) -> Found:
        """Give an agreement named by its kind: with its parties where they stand before it ("the Peru-Chile FTA")."""
        parties = _PARTIES_BEFORE.search(text, 0, start)
        if not parties:
            return Found(start=start, end=end, cls="Agreement", entity="", how="family", rank=0)
        return Found(
            start=parties.start(), end=end, cls="Agreement", entity="", how="family-of-parties", rank=0,
            label=f"{parties[0]}{self.families[form]}",
        )  # fmt: skip

    def _of_pair(self, found: Found, text: str, states: tuple[str, ...]) -> Entity | None:
        """Give the agreement of a pair of states that a text names by its kind alone ("an ACSA")."""
        if found.how != "family" or len(states) != 2:
            return None
        first, second = (self.gazetteer.entries[s].forms for s in states)
        for a in first:
            for b in second:
                for pair in (f"{a.text}-{b.text} {text}", f"{b.text}-{a.text} {text}"):
                    for _, candidate in self.gazetteer.forms.get(pair.lower(), ()):
                        entry = self.gazetteer.entries[candidate.entity]
                        return Entity(id=entry.id, cls=entry.cls, label=entry.label, same_as=entry.same_as)
        labels = [self.gazetteer.entries[s].label for s in states]
        label = f"{'-'.join(labels)} {self.families[text]}"
        return Entity(id=f"agreement/{slug(label)}", cls="Agreement", label=label)

    def _entity(self, found: Found, text: str, document: Document, local: Gazetteer | None) -> Entity:
        entry = self.gazetteer.entries.get(found.entity) or (
            local.entries.get(found.entity) if local else None
        )
        if entry is not None:
            return Entity(
                id=entry.id, cls=entry.cls, label=entry.label, iso3=entry.iso3, same_as=entry.same_as
            )
        if found.cls == "IssueArea":
            return Entity(
                id=found.entity, cls="IssueArea", label=found.entity.split("/", 1)[1].replace("-", " ")
            )
        return self.named_by_form(found.cls, found.label or text, document, dated=found.dated)

    def gazetteer_entity(self, key: str, label: str) -> Entity:
        """Give the listed entity of an id, or one of that id with the label seen."""
        entry = self.gazetteer.entries.get(key)
        if entry is None:
            return Entity(id=key, cls="Agreement", label=label)
        return Entity(id=entry.id, cls=entry.cls, label=entry.label, same_as=entry.same_as)

    def named_by_form(self, cls: str, text: str, document: Document, *, dated: bool = False) -> Entity:
        """Make the entity of a name that no table lists; its id follows from the name alone.

        The names of states inside it are brought to their usual form; an occasion that its name does
        not date gets the document's reference year, so that two years' meetings stay apart.
        """
        label = re.sub(r"\s+", " ", text).strip()
        key = resolution_key(label) if cls == "Agreement" else ""
        if key:
            return self.gazetteer_entity(f"agreement/{key}", label)
        key = slug(label)
        listed = self.gazetteer.entries.get(f"{ID_PREFIX[cls]}/{key}")
        if cls == "Agreement" and listed and came_later(listed, label, document):
            key = f"{key}-{document.reference_year}"
        if cls == "Event" and not dated and document.reference_year and not re.search(r"\d{4}", label):
            key = f"{key}-{document.reference_year}"
        return Entity(id=f"{ID_PREFIX[cls]}/{key}", cls=cls, label=label)


def _states_of(names: Sequence[Found], document: Document) -> tuple[str, ...]:
    """Give the pair of states that a sentence is about: the two it names, or the one and the author's own."""
    found = list(dict.fromkeys(n.entity for n in names if n.cls == "Country"))
    own = f"country/{document.country}" if document.country else ""
    if own and own not in found and len(found) == 1:
        found.insert(0, own)
    if own and len(found) > 2 and found[0] != own:
        found = [own, found[0]]
    return tuple(found) if len(found) == 2 else ()


def _without_dates(found: list[Found]) -> list[Found]:
    """Leave out the names with a date behind that a listed agreement begins ("Tegucigalpa Protocol of 13 December 1991")."""
    if all(one.how != _WITH_DATE for one in found):
        return found
    listed = {one.start for one in found if one.rank <= 0 and one.cls == "Agreement" and one.entity}
    return [one for one in found if one.how != _WITH_DATE or one.start not in listed]


def _repeats(found: Found, text: str) -> bool:
    """Tell whether a name may be one that was told at length before ("the graduation ceremony for …", then without)."""
    return found.how.startswith("pattern:") and not found.label and " " in text


def _with_alias(entity: Entity, text: str) -> Entity:
    alias = re.sub(r"\s+", " ", text)
    if alias == entity.label or alias in entity.aliases:
        return entity
    return replace(entity, aliases=tuple(sorted({*entity.aliases, alias})))
