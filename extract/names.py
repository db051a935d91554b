"""Find every name in a document and say whom it means: listed names, forms, persons, issue terms."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.extract.acronyms import introduced_forms
from diplograph.extract.folding import Folded, fold
from diplograph.extract.gazetteer import Candidate, Gazetteer, Hit, build_gazetteer
from diplograph.extract.issues import IssueTerms, find_issue_terms
from diplograph.extract.name_forms import NameGrammar
from diplograph.extract.persons import Titles, find_persons
from diplograph.extract.records import Document, Entity, Mention, Sentence, Span
from diplograph.extract.tokens import Token, tokenize
from diplograph.ontology.model import ID_PREFIX
from diplograph.ontology.vocabulary import Entry, Form, Vocabulary

__all__ = ["NameFinder", "Named", "NamePattern", "load_name_patterns", "slug"]

# Which candidate wins a stretch of text that several claim with the same length.
_RANK = {"listed": 0, "pattern": 1, "person": 2, "form": 3, "issue": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePattern:
    """A regular expression over folded text that tells a name of a class."""

    id: str
    cls: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The names of one document: mentions sorted by place, entities sorted by id."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    start: int  # in the folded sentence
    end: int
    cls: str
    entity: str  # id, or "" where the form alone is known
    how: str
    rank: int
    dated: bool = False


def slug(text: str) -> str:
    """Turn a name into the last part of an id: lower case, words joined by hyphens."""
    words = re.sub(r"[^\w\s-]+", "", text.lower().replace("&", " and ").replace("/", " "))
    return re.sub(r"[\s_-]+", "-", words).strip("-") or "unnamed"


def load_name_patterns(folder: Path) -> tuple[NamePattern, ...]:
    """Read ``name_patterns.toml`` in the order of the file."""
    data = tomllib.loads((folder / "name_patterns.toml").read_text(encoding="utf-8"))
    return tuple(
        NamePattern(id=row["id"], cls=row["class"], regex=re.compile(row["regex"])) for row in data["pattern"]
    )


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Callable that reads a document and names what is in it; settings only, shared by all documents."""

    vocabulary: Vocabulary
    gazetteer: Gazetteer
    grammar: NameGrammar
    titles: Titles
    patterns: tuple[NamePattern, ...]
    issue_terms: IssueTerms

    def __call__(self, document: Document) -> Named:
        """Give the mentions and entities of a document.

        Two passes: what the first introduces (abbreviations in parentheses, full names of persons,
        names found by form) is listed for the second.
        """
        folds = [fold(document.text, s.span.start, s.span.end) for s in document.sentences]
        first = [self._sentence(f, None, frozenset(), document) for f in folds]
        local = _local_entries(folds, first, self.gazetteer)
        strong = _strongly_named(folds, self.gazetteer) | {e.id for e in local}
        local_gazetteer = build_gazetteer(Vocabulary(entries=tuple(local))) if local else None
        mentions: list[Mention] = []
        entities: dict[str, Entity] = {}
        for folded in folds:
            for found in self._sentence(folded, local_gazetteer, frozenset(strong), document):
                text = folded.text[found.start : found.end]
                span = folded.span(found.start, found.end)
                entity = self._entity(found, text, document, local_gazetteer)
                known = entities.get(entity.id)
                entities[entity.id] = _with_alias(known or entity, text) if found.cls != "IssueArea" else known or entity
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
        folded = fold(text)
        chosen: list[tuple[str, str, str]] = []
        at = 0
        for hit in self.gazetteer(folded):
            if hit.start < at or (hit.start == 0 and hit.end == len(folded.text)):
                continue
            best = hit.candidates[0]
            chosen.append((best.entity, best.cls, folded.text[hit.start : hit.end]))
            at = hit.end
        return tuple(chosen)

    def _sentence(
        self, folded: Folded, local: Gazetteer | None, strong: frozenset[str], document: Document
    ) -> list[_Found]:
        hits = self.gazetteer(folded)
        if local:
            hits = sorted([*hits, *local(folded)], key=lambda h: (h.start, -h.end))
        tokens = tokenize(folded.text)
        starts = {t.start: i for i, t in enumerate(tokens)}
        ends = {t.end: i + 1 for i, t in enumerate(tokens)}
        solid: dict[int, int] = {}
        states: set[int] = set()
        other: set[int] = set()
        found: list[_Found] = []
        for hit in hits:
            candidate = _choose(hit, strong, document, folded.text)
            if candidate is None:
                continue
            how = f"listed:{candidate.file}"
            found.append(
                _Found(start=hit.start, end=hit.end, cls=candidate.cls, entity=candidate.entity, how=how, rank=0)
            )
            token = _token_at(tokens, hit.start)
            if candidate.cls == "Country" and token is not None:
                states.add(token)
            first, last = starts.get(hit.start), ends.get(hit.end)
            if first is not None and last is not None and candidate.kind != "demonym":
                if last > solid.get(first, first):
                    solid[first] = last
                if candidate.cls != "Person":
                    other.update(range(first, last))
        for pattern in self.patterns:
            for m in pattern.regex.finditer(folded.text):
                found.append(
                    _Found(
                        start=m.start("name"), end=m.end("name"), cls=pattern.cls, entity="",
                        how=f"pattern:{pattern.id}", rank=1,
                    )
                )  # fmt: skip
        for name in self.grammar.find(tokens, solid, frozenset(states)):
            start, end = tokens[name.first].start, tokens[name.last - 1].end
            found.append(
                _Found(start=start, end=end, cls=name.cls, entity="", how=name.rule, rank=3, dated=name.dated)
            )
        for person in find_persons(tokens, self.titles, frozenset(other)):
            start, end = tokens[person.first].start, tokens[person.last - 1].end
            found.append(_Found(start=start, end=end, cls="Person", entity="", how=f"title:{person.kind}", rank=2))
        for issue in find_issue_terms(folded.text, self.issue_terms):
            found.append(
                _Found(
                    start=issue.span.start, end=issue.span.end, cls="IssueArea",
                    entity=f"issue/{issue.issue}", how=f"issue:{issue.term}", rank=4,
                )
            )  # fmt: skip
        return _disjoint(found)

    def _entity(self, found: _Found, text: str, document: Document, local: Gazetteer | None) -> Entity:
        entry = self.gazetteer.entries.get(found.entity) or (local.entries.get(found.entity) if local else None)
        if entry is not None:
            iso3 = entry.id.rsplit("/", 1)[1] if entry.cls == "Country" or entry.alt_cls == "Country" else ""
            return Entity(id=entry.id, cls=entry.cls, label=entry.label, iso3=iso3, same_as=entry.same_as)
        if found.cls == "IssueArea":
            return Entity(id=found.entity, cls="IssueArea", label=found.entity.split("/", 1)[1].replace("-", " "))
        return self.named_by_form(found.cls, text, document, dated=found.dated)

    def named_by_form(self, cls: str, text: str, document: Document, *, dated: bool = False) -> Entity:
        """Make the entity of a name that no table lists; its id follows from the name alone.

        The names of states inside it are brought to their usual form; an occasion that its name does
        not date gets the document's reference year, so that two years' meetings stay apart.
        """
        label = re.sub(r"\s+", " ", text).strip()
        key = slug(label)
        if cls == "Event" and not dated and document.reference_year and not re.search(r"\d{4}", label):
            key = f"{key}-{document.reference_year}"
        return Entity(id=f"{ID_PREFIX[cls]}/{key}", cls=cls, label=label)


def _token_at(tokens: Sequence[Token], offset: int) -> int | None:
    for index, token in enumerate(tokens):
        if token.start <= offset < token.end:
            return index
    return None


def _choose(hit: Hit, strong: frozenset[str], document: Document, text: str) -> Candidate | None:
    """Choose what a listed form means: strong before weak, the only candidate of its kind first."""
    usable = [c for c in hit.candidates if not c.weak or c.entity in strong]
    if not usable:
        return None
    usable.sort(key=lambda c: (c.weak, c.kind != "name", c.file == "persons.tsv", c.entity))
    return usable[0]


def _disjoint(found: Iterable[_Found]) -> list[_Found]:
    """Keep the longest of overlapping candidates; ties by rank; result in the order of place."""
    chosen: list[_Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.rank, f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda f: f.start)


def _strongly_named(folds: Sequence[Folded], gazetteer: Gazetteer) -> set[str]:
    return {c.entity for f in folds for hit in gazetteer(f) for c in hit.candidates if not c.weak}


def _local_entries(
    folds: Sequence[Folded], first: Sequence[Sequence[_Found]], gazetteer: Gazetteer
) -> list[Entry]:
    """List what the document itself introduces: abbreviations, and surnames of persons named in full."""
    entries: dict[tuple[str, str], Entry] = {}
    for folded, found in zip(folds, first, strict=True):
        spans = [(f.start, f.end) for f in found if f.cls != "IssueArea"]
        for start, end, form in introduced_forms(folded.text, spans):
            one = next(f for f in found if (f.start, f.end) == (start, end))
            entity = one.entity or f"{ID_PREFIX[one.cls]}/{slug(folded.text[start:end])}"
            known = gazetteer.entries.get(entity)
            label = known.label if known else folded.text[start:end]
            entries[entity, form] = Entry(
                id=entity, cls=one.cls, label=label, forms=(Form(text=form), Form(text=folded.text[start:end])),
                same_as=known.same_as if known else (), file="introduced",
            )  # fmt: skip
        for one in found:
            if one.cls == "Person":
                name = folded.text[one.start : one.end]
                parts = name.split(" ")
                if one.entity:
                    continue
                entity = f"person/{slug(name)}"
                forms = [Form(text=name)] + ([Form(text=parts[-1])] if len(parts) > 1 and len(parts[-1]) > 2 else [])
                entries[entity, name] = Entry(id=entity, cls="Person", label=name, forms=tuple(forms), file="person")
    return [entries[key] for key in sorted(entries)]


def _with_alias(entity: Entity, text: str) -> Entity:
    alias = re.sub(r"\s+", " ", text)
    if alias == entity.label or alias in entity.aliases:
        return entity
    return replace(entity, aliases=tuple(sorted({*entity.aliases, alias})))


Finder = Callable[[Document], Named]
Facts = Mapping[str, Entry]
