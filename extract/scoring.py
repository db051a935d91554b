"""Count what was found in a labelled document against what was labelled: mentions, entities, relations.

The counts follow the project's labelling guide: mentions by span and class, entities once a document by
class and identity, relations by (predicate, head, tail) once a document, pairs whatever the predicate, and
the labelled dates, amounts and statuses of the relations that were found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diplograph.extract.gold import GoldDocument, GoldMention, align, relation_key
from diplograph.extract.records import Claim, Entity, Mention, Span

__all__ = ["SCORED_QUALIFIERS", "DocumentScore", "Mistake", "Tally", "score_document"]

SCORED_QUALIFIERS = ("date", "amount", "status")
# Amounts this close (share of the labelled one) are the same: texts round.
_CLOSE = 0.005

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many were found, labelled, and right; precision, recall and F1 are 0 where nothing is counted."""

    found: int = 0
    labelled: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was labelled that was found."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            found=self.found + other.found,
            labelled=self.labelled + other.labelled,
            right=self.right + other.right,
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mistake:
    """One thing found wrongly or missed: its kind, where, what, by which rule, and the sentence."""

    kind: str
    document: str
    what: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScore:
    """The counts of one document.

    ``figures`` has the keys ``mention``, ``mention~`` (overlapping span), ``entity``, ``relation`` and
    ``pair``; ``classes`` and ``relations`` split the first and the fourth; ``qualifiers`` counts, over the
    labelled relations that were found, the labelled values of each qualifier and those that claims give;
    ``rules`` counts, for each
    (predicate, rule), the distinct claims it made and those that are right; ``right`` holds the claims found
    that are right and ``found`` all of them, each with its claim's ids before the match; ``sureties`` gives
    for each distinct claim its highest confidence and whether it is right.
    """

    document: str
    figures: Mapping[str, Tally]
    classes: Mapping[str, Tally]
    relations: Mapping[str, Tally]
    qualifiers: Mapping[str, Tally]
    rules: Mapping[tuple[str, str], Tally]
    mistakes: tuple[Mistake, ...]
    found: Mapping[Key, tuple[Claim, bool]]
    sureties: tuple[tuple[float, bool], ...]


def score_document(
    gold: GoldDocument, mentions: Sequence[Mention], claims: Sequence[Claim], entities: Mapping[str, Entity]
) -> DocumentScore:
    """Count one document.

    Args:
        gold: What was labelled.
        mentions: The mentions found in that document.
        claims: The claims with evidence in that document.
        entities: All entities, by id.
    """
    outer = _outermost(mentions)
    used = {m.entity for m in mentions} | {e for c in claims for e in (c.subject, c.object)}
    same = align(gold, mentions, entities, used)
    mention, loose, classes, mistakes = _mentions(gold, outer)
    sides = _Relations(gold=gold, claims=claims, same=same)
    return DocumentScore(
        document=gold.document.id,
        figures={
            "mention": mention,
            "mention~": loose,
            "entity": _entities(gold, outer, same, entities),
            "relation": sides.tally(),
            "pair": sides.pairs(),
        },
        classes=classes,
        relations=sides.by_predicate(),
        qualifiers=sides.qualifiers(),
        rules=sides.by_rule(),
        mistakes=tuple(sorted([*mistakes, *sides.mistakes()])),
        found=sides.found(),
        sureties=sides.sureties(),
    )


def sentence_of(gold: GoldDocument, start: int) -> str:
    """Give the sentence of a labelled document that covers a place, or an empty string."""
    for sentence in gold.document.sentences:
        if sentence.span.start <= start < sentence.span.end:
            return gold.document.text[sentence.span.start : sentence.span.end]
    return ""


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out mentions inside longer ones, and repetitions of a span with its class."""

    def inside(one: Mention) -> bool:
        width = one.span.end - one.span.start
        return any(o.span.covers(one.span) and o.span.end - o.span.start > width for o in mentions)

    kept = {(m.span.start, m.span.end, m.cls): m for m in mentions if not inside(m)}
    return list(kept.values())


def _mentions(
    gold: GoldDocument, outer: Sequence[Mention]
) -> tuple[Tally, Tally, dict[str, Tally], list[Mistake]]:
    exact = {(g.start, g.end): g for g in gold.mentions}
    hit: set[tuple[int, int]] = set()
    right, loose = 0, 0
    found_by: list[str] = []
    right_by: list[str] = []
    mistakes: list[Mistake] = []

    def mistake(kind: str, what: str, start: int, how: str = "") -> Mistake:
        return Mistake(
            kind=kind, document=gold.document.id, what=what, rule=how, sentence=sentence_of(gold, start)
        )

    for m in outer:
        label = exact.get((m.span.start, m.span.end))
        if label is not None and m.cls in gold.entities[label.entity].classes:
            right += 1
            found_by.append(label.cls)
            right_by.append(label.cls)
        else:
            found_by.append(m.cls)
        over = next((g for g in _fitting(gold, m) if (g.start, g.end) not in hit), None)
        if over is not None:
            loose += 1
            hit.add((over.start, over.end))
            if (over.start, over.end) != (m.span.start, m.span.end):
                mistakes.append(
                    mistake(
                        "mention: other span", f"{m.cls} {m.text!r} for {over.text!r}", m.span.start, m.how
                    )
                )
        elif label is not None:
            mistakes.append(
                mistake("mention: other class", f"{m.cls} {m.text!r} for {label.cls}", m.span.start, m.how)
            )
        else:
            mistakes.append(mistake("mention: not labelled", f"{m.cls} {m.text!r}", m.span.start, m.how))
    for g in gold.mentions:
        if (g.start, g.end) not in hit:
            mistakes.append(mistake("mention: missed", f"{g.cls} {g.text!r}", g.start))
    labelled = [g.cls for g in gold.mentions]
    whole = Tally(found=len(outer), labelled=len(labelled), right=right)
    classes = {
        cls: Tally(found=found_by.count(cls), labelled=labelled.count(cls), right=right_by.count(cls))
        for cls in sorted({*found_by, *labelled})
    }
    return whole, Tally(found=len(outer), labelled=len(labelled), right=loose), classes, mistakes


def _fitting(gold: GoldDocument, mention: Mention) -> Iterator[GoldMention]:
    for g in gold.mentions:
        if mention.span.overlaps(Span(g.start, g.end)) and mention.cls in gold.entities[g.entity].classes:
            yield g


def _entities(
    gold: GoldDocument, outer: Iterable[Mention], same: Mapping[str, str], entities: Mapping[str, Entity]
) -> Tally:
    labelled = {g.entity for g in gold.mentions}
    found = {m.entity for m in outer}
    right = 0
    for key in found:
        label = same.get(key)
        if label in labelled and key in entities and entities[key].cls in gold.entities[label].classes:
            right += 1
    return Tally(found=len(found), labelled=len(labelled), right=right)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relations:
    """The labelled relations and the claims of one document, side by side."""

    gold: GoldDocument
    claims: Sequence[Claim]
    same: Mapping[str, str]

    def labelled(self) -> dict[Key, list[int]]:
        """Map what identifies a labelled relation to the places where it is labelled."""
        rows: dict[Key, list[int]] = {}
        for index, r in enumerate(self.gold.relations):
            rows.setdefault(relation_key(r.predicate, r.head, r.tail), []).append(index)
        return rows

    def key(self, claim: Claim) -> Key:
        """Give what identifies a claim, in labelled ids; an id without a match begins with "?"."""
        head, tail = (self.same.get(e, f"?{e}") for e in (claim.subject, claim.object))
        return relation_key(claim.predicate, head, tail)

    def made(self) -> dict[Key, list[Claim]]:
        """Map what identifies a claim to the claims that say so."""
        rows: dict[Key, list[Claim]] = {}
        for claim in self.claims:
            rows.setdefault(self.key(claim), []).append(claim)
        return rows

    def tally(self) -> Tally:
        labelled, made = self.labelled(), self.made()
        return Tally(found=len(made), labelled=len(labelled), right=len(made.keys() & labelled.keys()))

    def pairs(self) -> Tally:
        labelled = {frozenset(key[1:]) for key in self.labelled()}
        made = {frozenset(key[1:]) for key in self.made()}
        return Tally(found=len(made), labelled=len(labelled), right=len(made & labelled))

    def by_predicate(self) -> dict[str, Tally]:
        labelled, made = self.labelled(), self.made()
        names = sorted({key[0] for key in (*labelled, *made)})
        return {
            name: Tally(
                found=sum(key[0] == name for key in made),
                labelled=sum(key[0] == name for key in labelled),
                right=sum(key[0] == name for key in made if key in labelled),
            )
            for name in names
        }

    def by_rule(self) -> dict[tuple[str, str], Tally]:
        labelled = self.labelled()
        made = {(claim.predicate, claim.rule, self.key(claim)) for claim in self.claims}
        rows: dict[tuple[str, str], Tally] = {}
        for predicate, rule, key in sorted(made):
            one = Tally(found=1, right=int(key in labelled))
            rows[predicate, rule] = rows.get((predicate, rule), Tally()) + one
        return rows

    def qualifiers(self) -> dict[str, Tally]:
        counts = {name: Tally() for name in SCORED_QUALIFIERS}
        for name, _, value, given in self._values():
            right = bool(value) and any(_same_value(name, value, one) for one in given)
            counts[name] += Tally(found=int(bool(given)), labelled=int(bool(value)), right=int(right))
        return counts

    def _values(self) -> Iterator[tuple[str, int, str, tuple[str, ...]]]:
        """Yield (qualifier, labelled relation, labelled value or "", values that claims give) where there is either.

        What claims give beyond the labels counts once a relation, on the first place where it is labelled.
        """
        made = self.made()
        for key, places in self.labelled().items():
            told = [_told(c.qualifiers.as_dict()) for c in made.get(key, ())]
            for name in SCORED_QUALIFIERS if told else ():
                given = tuple(dict.fromkeys(values[name] for values in told if name in values))
                labels = [
                    (index, dict(self.gold.relations[index].qualifiers).get(name, "")) for index in places
                ]
                labels = [one for one in labels if one[1]] or [(places[0], "")]
                for index, value in labels if given or labels[0][1] else ():
                    yield name, index, value, given

    def found(self) -> dict[Key, tuple[Claim, bool]]:
        """Map (predicate, subject, object) as found to the surest claim, and whether it is right."""
        labelled = self.labelled()
        rows: dict[Key, tuple[Claim, bool]] = {}
        for claim in sorted(self.claims, key=lambda c: (-c.confidence, c.id)):
            rows.setdefault(
                (claim.predicate, claim.subject, claim.object), (claim, self.key(claim) in labelled)
            )
        return dict(sorted(rows.items()))

    def sureties(self) -> tuple[tuple[float, bool], ...]:
        """Give each distinct claim's highest confidence, and whether it is right, in the order of the claims."""
        labelled = self.labelled()
        return tuple((max(c.confidence for c in made), key in labelled) for key, made in self.made().items())

    def mistakes(self) -> Iterator[Mistake]:
        """Tell claims that are not labelled and relations that were missed, each with its kind."""
        labelled, made = self.labelled(), self.made()
        labelled_pairs = {frozenset(key[1:]) for key in labelled}
        made_pairs = {frozenset(key[1:]) for key in made}
        matched = set(self.same.values())
        document = self.gold.document
        for key, claims in made.items():
            if key not in labelled:
                predicate, head, tail = key
                if (predicate, tail, head) in labelled:
                    kind = "relation: other direction"
                elif frozenset((head, tail)) in labelled_pairs:
                    kind = "relation: another relation of the pair"
                elif head.startswith("?") or tail.startswith("?"):
                    kind = "relation: of an entity that is not labelled"
                else:
                    kind = "relation: not labelled"
                claim = max(claims, key=lambda c: (c.confidence, c.id))
                text = next((e.text for e in claim.evidence if e.document == document.id), "")
                yield Mistake(
                    kind=kind, document=document.id, what=" ".join(key), rule=claim.rule, sentence=text
                )
        for key, places in labelled.items():
            if key not in made:
                if frozenset(key[1:]) in made_pairs:
                    kind = "relation: missed, another found for the pair"
                elif not {key[1], key[2]} <= matched:
                    kind = "relation: missed, an entity was not found"
                else:
                    kind = "relation: missed"
                span = document.sentences[self.gold.relations[places[0]].sentence].span
                text = document.text[span.start : span.end]
                yield Mistake(kind=kind, document=document.id, what=" ".join(key), rule="", sentence=text)
        for name, index, value, given in self._values():
            if value and not any(_same_value(name, value, one) for one in given):
                relation = self.gold.relations[index]
                span = document.sentences[relation.sentence].span
                yield Mistake(
                    kind=f"qualifier: {name} other" if given else f"qualifier: {name} missed",
                    document=document.id,
                    what=f"{relation.predicate} {relation.head} {relation.tail}: {', '.join(given) or 'none'} for {value}",
                    rule="",
                    sentence=document.text[span.start : span.end],
                )


def _told(qualifiers: Mapping[str, str]) -> dict[str, str]:
    """Give a claim's qualifiers with its start as date where it has none, as the labels do."""
    return ({"date": qualifiers["start"]} if "start" in qualifiers else {}) | dict(qualifiers)


def _same_value(name: str, labelled: str, value: str) -> bool:
    if name == "amount":
        try:
            return abs(float(value) - float(labelled)) <= _CLOSE * abs(float(labelled))
        except ValueError:
            return False
    return value.lower() == labelled.lower()
