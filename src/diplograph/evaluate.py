"""Judge a build by hand-labelled documents: figures, rules, mistakes, changes since another build."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from diplograph.calibration import Calibration, calibrate
from diplograph.exports.jsonl import read_jsonl
from diplograph.extract.gold import GoldDocument
from diplograph.extract.gold_brat import read_gold
from diplograph.extract.records import Claim, Mention
from diplograph.extract.scoring import SCORED_QUALIFIERS, DocumentScore, Mistake, Tally, score_document
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.errors import InputError
from diplograph.ontology.model import ENTITY_CLASSES, RELATIONS

__all__ = ["Change", "Comparison", "Evaluation", "RuleTally", "Tally", "evaluate", "read_gold_folder"]

K = TypeVar("K")

FIGURES = ("mention", "mention~", "entity", "relation", "pair")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTally:
    """How often a rule made a distinct claim of a relation, and how often that was right."""

    predicate: str
    rule: str
    fired: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Change:
    """A claim that only one of two builds makes of a document; ``right`` by that build's own match."""

    document: str
    predicate: str
    subject: str
    object: str
    right: bool
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Another build on the same documents: its figures, and the claims gained over it and lost."""

    folder: str
    figures: Mapping[str, Tally]
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What the labelled documents say about a build.

    ``figures`` maps ``mention`` (span and class), ``mention~`` (overlapping span), ``entity``, ``relation``
    and ``pair`` to their counts over all documents; ``classes`` and ``relations`` are in the order of the
    ontology; ``qualifiers`` counts labelled values on the relations that were found; ``rules`` are sorted by
    relation and rule; ``mistakes`` by kind, document and words. ``missing`` are labelled documents that the
    build does not hold: all of their labels count as missed. ``calibration`` tells what confidences are worth.
    """

    documents: tuple[str, ...]
    missing: tuple[str, ...]
    figures: Mapping[str, Tally]
    classes: Mapping[str, Tally]
    relations: Mapping[str, Tally]
    qualifiers: Mapping[str, Tally]
    rules: tuple[RuleTally, ...]
    mistakes: tuple[Mistake, ...]
    calibration: Calibration
    comparison: Comparison | None = None

    @property
    def qualifier(self) -> Tally:
        """All qualifiers together."""
        return sum(self.qualifiers.values(), Tally())

    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Give the kinds of mistakes with their numbers, the most frequent first."""
        return tuple(sorted(Counter(m.kind for m in self.mistakes).items(), key=lambda kv: (-kv[1], kv[0])))


def evaluate(gold_folder: Path, build_folder: Path, *, compare: Path | None = None) -> Evaluation:
    """Score the documents of a build that are labelled in ``gold_folder``.

    Args:
        gold_folder: Labelled documents (``*.ann``), in the format of the labelling guide or of brat; a
            document's name without its ending is its id in the build.
        build_folder: What ``diplograph build`` wrote.
        compare: Another build of the same documents, to tell claims gained and lost.

    Raises:
        InputError: There is no labelled document, one cannot be read, or a folder holds no build.
    """
    golds = read_gold_folder(gold_folder)
    kg = read_jsonl(build_folder)
    scores = _scores(golds, kg)
    comparison = None
    if compare is not None:
        others = _scores(golds, read_jsonl(compare))
        comparison = Comparison(
            folder=str(compare),
            figures=_sum(s.figures for s in others),
            gained=_only_in(scores, others),
            lost=_only_in(others, scores),
        )
    rules = _sum(s.rules for s in scores)
    figures = _sum(s.figures for s in scores)
    return Evaluation(
        documents=tuple(s.document for s in scores),
        missing=tuple(s.document for s in scores if s.document not in kg.documents),
        figures={name: figures[name] for name in FIGURES},
        classes=_ordered(_sum(s.classes for s in scores), ENTITY_CLASSES),
        relations=_ordered(_sum(s.relations for s in scores), RELATIONS),
        qualifiers=_ordered(_sum(s.qualifiers for s in scores), SCORED_QUALIFIERS),
        rules=tuple(
            RuleTally(predicate=predicate, rule=rule, fired=tally.found, right=tally.right)
            for (predicate, rule), tally in sorted(rules.items())
        ),
        mistakes=tuple(sorted(m for s in scores for m in s.mistakes)),
        calibration=calibrate(one for s in scores for one in s.sureties),
        comparison=comparison,
    )


def read_gold_folder(folder: Path) -> tuple[GoldDocument, ...]:
    """Read every labelled document of a folder in the order of their names, or one file.

    Raises:
        InputError: There is none, or one cannot be read.
    """
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.ann"))
    if not paths:
        problem = "holds no labelled document" if folder.is_dir() else "does not exist"
        raise InputError(folder, problem, "give a folder with .ann files")
    return tuple(read_gold(path) for path in paths)


def _scores(golds: Sequence[GoldDocument], kg: KnowledgeGraph) -> list[DocumentScore]:
    mentions: dict[str, list[Mention]] = {}
    for mention in kg.mentions:
        mentions.setdefault(mention.document, []).append(mention)
    claims: dict[str, list[Claim]] = {}
    for claim in kg.claims:
        for document in sorted({piece.document for piece in claim.evidence}):
            claims.setdefault(document, []).append(claim)
    return [
        score_document(gold, mentions.get(key, ()), claims.get(key, ()), kg.entities)
        for gold in golds
        for key in (gold.document.id,)
    ]


def _sum(tables: Iterable[Mapping[K, Tally]]) -> dict[K, Tally]:
    total: dict[K, Tally] = {}
    for table in tables:
        for key, tally in table.items():
            total[key] = total.get(key, Tally()) + tally
    return total


def _ordered(table: Mapping[str, Tally], order: Iterable[str]) -> dict[str, Tally]:
    return {name: table[name] for name in order if name in table}


def _only_in(ones: Sequence[DocumentScore], others: Sequence[DocumentScore]) -> tuple[Change, ...]:
    changes = []
    for one, other in zip(ones, others, strict=True):
        for (predicate, subject, target), (claim, right) in one.found.items():
            if (predicate, subject, target) not in other.found:
                text = next((e.text for e in claim.evidence if e.document == one.document), "")
                changes.append(
                    Change(
                        document=one.document,
                        predicate=predicate,
                        subject=subject,
                        object=target,
                        right=right,
                        rule=claim.rule,
                        sentence=text,
                    )
                )
    return tuple(sorted(changes))
