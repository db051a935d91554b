"""Read claims out of tables: the head says what each column holds, every row below it makes its claims."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from diplograph.extract.amounts import load_amount_reader
from diplograph.extract.dates import load_date_reader
from diplograph.extract.name_keys import slug
from diplograph.extract.names import Named
from diplograph.extract.records import Claim, Document, Entity, Evidence, Mention, Qualifiers, Span
from diplograph.extract.table_cells import Row, Table, tables_of
from diplograph.extract.table_rules import AUTHOR, TableRule, TableRules, load_table_rules
from diplograph.extract.table_values import TableValues, bare_words, is_number, unnoted
from diplograph.ontology.model import ID_PREFIX, RELATION_CLASSES

__all__ = ["TableReader", "Tabled", "load_tables"]

FEWEST_HEADS = 2  # columns that the head must name: one word alone is too often a row of its own
LONGEST_HEAD = 80
LEAST_COVERED = 0.6  # of a cell's letters: a name with more beside it is part of something else
MOST_NAMES = 12  # a cell that lists more is a paragraph set in a table
LONGEST_TEXT = 120  # of a purpose or a title; a longer cell is a paragraph set in a table
# Classes whose names stand in cells among other words: "countering piracy and smuggling".
_LOOSE = frozenset({"IssueArea"})

# Gives the words of the first filled column of some roles, and the unit of its head.
_Cell = Callable[[Sequence[str]], tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """What the tables of a document gave: claims in the order of the text, and persons that no list names."""

    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """Where a role stands in the rows, and the unit that its head gives."""

    place: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReader:
    """Callable that reads the tables of a document; settings only."""

    rules: TableRules
    values: TableValues

    def __call__(self, document: Document, named: Named) -> Tabled:
        """Give the claims of all tables whose head is known; rows of another width than the head say nothing."""
        tables = tuple(tables_of(document))
        if not tables:
            return Tabled()
        names = _Names(document=document, mentions=named.mentions, rules=self.rules)
        claims = [claim for table in tables for claim in self._table(names, table)]
        used = {end for claim in claims for end in (claim.subject, claim.object)}
        coined = [m for table in tables for m in names.coined(table) if m.entity in used]
        persons = {m.entity: Entity(id=m.entity, cls=m.cls, label=m.text) for m in coined}
        return Tabled(
            claims=tuple(claims), mentions=tuple(coined), entities=tuple(persons[k] for k in sorted(persons))
        )

    def _table(self, names: "_Names", table: Table) -> Iterator[Claim]:
        if table.above and self.rules.unless_above.search(names.text(table.above)):
            return
        heads: Mapping[str, _Column] = {}
        width = 0
        for row in table.rows:
            if found := self._heads(names, row):
                heads, width = found, len(row.cells)
            elif heads and len(row.cells) == width:
                for rule in self.rules.tables:
                    yield from self._row(names, rule, row, heads, table.above)

    def _heads(self, names: "_Names", row: Row) -> Mapping[str, _Column]:
        """Give the columns by their roles where a row is the head of a table, else nothing."""
        heads: dict[str, _Column] = {}
        known = 0
        for place, cell in enumerate(row.cells):
            words = names.text(cell) if cell else ""
            if len(words) > LONGEST_HEAD or is_number(words):
                return {}
            roles, unit = self.rules.roles(words) if words else ((), "")
            known += bool(roles)
            for role in roles:
                heads.setdefault(role, _Column(place=place, unit=unit))
        return heads if known >= FEWEST_HEADS else {}

    def _row(
        self, names: "_Names", rule: TableRule, row: Row, heads: Mapping[str, _Column], above: Span | None
    ) -> Iterator[Claim]:
        """Give what a rule reads in a row."""

        def cell(roles: Sequence[str]) -> tuple[str, str]:
            """Give the words of the first filled column of some roles, and the unit of its head."""
            for role in roles:
                if role in heads and (span := row.cells[heads[role].place]):
                    return names.text(span), heads[role].unit
            return "", ""

        if (rule.needs and not heads.keys() & set(rule.needs)) or cell(rule.unless)[0]:
            return
        head_classes, tail_classes = RELATION_CLASSES[rule.predicate]
        subjects = self._ends(names, rule.subject, head_classes, row, heads)
        objects = self._ends(names, rule.object, tail_classes, row, heads)
        if not objects and rule.above and above and not heads.keys() & set(rule.object):
            objects = names.of(above, tail_classes, alone=False)
            objects = objects if len(objects) == 1 else ()
        if not subjects or not objects or len(subjects) * len(objects) > MOST_NAMES:
            return
        if len(subjects) > 1 < len(objects):
            return
        shared = self._qualifiers(rule, cell, names.document.reference_year)
        if rule.position and not shared.position:
            return
        evidence = Evidence(
            document=names.document.id, start=row.span.start, end=row.span.end, text=names.text(row.span)
        )
        for qualifiers in self._dated(rule, cell, heads, shared, names.document.reference_year):
            for subject, target in product(subjects, objects):
                if subject != target:
                    yield Claim(
                        subject=subject,
                        predicate=rule.predicate,
                        object=target,
                        qualifiers=qualifiers,
                        confidence=rule.confidence,
                        rule=rule.id,
                        evidence=(evidence,),
                    )

    def _ends(
        self,
        names: "_Names",
        roles: Sequence[str],
        classes: Sequence[str],
        row: Row,
        heads: Mapping[str, _Column],
    ) -> tuple[str, ...]:
        """Give the entities of the first column of some roles that names any of these classes."""
        for role in roles:
            if role == AUTHOR and names.document.country:
                return (f"country/{names.document.country}",)
            span = row.cells[heads[role].place] if role in heads else None
            if span and (found := names.of(span, classes, alone=True)):
                return found
        return ()

    def _qualifiers(self, rule: TableRule, cell: _Cell, reference_year: int | None) -> Qualifiers:
        """Read what all claims of a row share."""
        date = self.values.date(cell(rule.date)[0], reference_year)
        amount = self.values.amount(*cell(rule.amount))
        purpose = " ".join(cell(rule.purpose)[0].split())
        position = " ".join(cell((rule.position,))[0].split()) if rule.position else ""
        status = self.rules.statuses.get(cell((rule.status,))[0].lower(), "") if rule.status else ""
        return Qualifiers(
            date=date.date,
            start=date.since,
            end=date.until,
            amount=amount[0],
            currency=amount[1],
            purpose=purpose if len(purpose) <= LONGEST_TEXT else "",
            position=position if len(position) <= LONGEST_TEXT else "",
            status=status,
            date_text=(date.words,) if date.words else (),
        )

    def _dated(
        self,
        rule: TableRule,
        cell: _Cell,
        heads: Mapping[str, _Column],
        shared: Qualifiers,
        reference_year: int | None,
    ) -> Iterator[Qualifiers]:
        """Give the qualifiers of each claim: one for each act whose column is filled, or those that all share.

        Where the head names acts and a row fills none of them, nothing has been done.
        """
        if not any(role in heads for role in rule.dated):
            yield shared
            return
        for role, status in rule.dated.items():
            words = cell((role,))[0]
            if words.lower() in self.rules.ticks:
                yield replace(shared, status=status)
                continue
            bare, mark = self.values.marked(words, self.rules.marks)
            date = self.values.date(bare, reference_year)
            if date.date:
                told = self.rules.marks[mark] if mark else status
                yield replace(shared, status=told, date=date.date, date_text=(date.words,))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The names of a document, by where they stand."""

    document: Document
    mentions: Sequence[Mention]
    rules: TableRules

    def text(self, span: Span) -> str:
        return self.document.text[span.start : span.end]

    def within(self, span: Span) -> list[Mention]:
        """Give the mentions that lie wholly inside a span, in order."""
        first = bisect_left(self.mentions, span.start, key=lambda m: m.span.start)
        found = []
        for mention in self.mentions[first:]:
            if mention.span.start >= span.end:
                break
            if mention.span.end <= span.end:
                found.append(mention)
        return found

    def of(self, span: Span, classes: Sequence[str], *, alone: bool) -> tuple[str, ...]:
        """Give the entities of some classes that a cell names, in order, each once.

        With ``alone``, a name must fill the cell, but for words such as "Government of"; a list of names too.
        """
        mentions = self.within(span)
        fitting = [m for m in mentions if m.cls in classes]
        if not mentions and "Person" in classes and (coined := self._person(span)):
            return (coined.entity,)
        if alone and not all(m.cls in _LOOSE for m in fitting):
            letters = sum(map(len, bare_words(self.text(span), self.rules.beside)))
            named = sum(len(w) for m in fitting for w in bare_words(m.text, self.rules.beside))
            if named < LEAST_COVERED * letters:
                return ()
        return tuple(dict.fromkeys(m.entity for m in fitting))

    def coined(self, table: Table) -> Iterator[Mention]:
        """Give the persons of a table whom nothing but its cells names."""
        for row in table.rows:
            for cell in row.cells:
                if cell and not self.within(cell) and (found := self._person(cell)):
                    yield found

    def _person(self, span: Span) -> Mention | None:
        words = unnoted(self.text(span))
        key = slug(words)
        if not key or not self.rules.person.fullmatch(words):
            return None
        return Mention(
            document=self.document.id,
            span=Span(span.start, span.start + len(words)),
            text=words,
            cls="Person",
            entity=f"{ID_PREFIX['Person']}/{key}",
            how="table",
        )


def load_tables(folder: Path) -> TableReader:
    """Read the rules for tables and the words of dates and sums.

    Raises:
        TableError: A file says something that cannot be obeyed.
    """
    values = TableValues(dates=load_date_reader(folder), amounts=load_amount_reader(folder))
    return TableReader(rules=load_table_rules(folder), values=values)
