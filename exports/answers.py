"""Answers of the analysis commands as tables, and these as CSV, JSON or Markdown text."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from diplograph.graph.analysis import describe_network, project, rank_entities
from diplograph.graph.compare import Difference
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.lookup import resolve
from diplograph.graph.paths import tell
from diplograph.graph.summary import TellingClaim, summarize
from diplograph.graph.timeline import life_cycle, series

__all__ = [
    "Answer",
    "answer_analyze",
    "answer_diff",
    "answer_paths",
    "answer_stats",
    "answer_timeline",
    "render_answers",
]

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One table: a title, the names of its columns, and rows of as many cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def answer_stats(kg: KnowledgeGraph, *, limit: int = 5) -> tuple[Answer, ...]:
    """Tell what is in a graph, on one screen: see :func:`~diplograph.graph.summary.summarize`."""
    found = summarize(kg, limit=limit)
    totals = (
        ("documents", found.documents),
        ("mentions", found.mentions),
        ("entities", found.entities),
        ("claims", found.claims),
        ("pieces of evidence", found.evidence),
        ("claims that the text dates", found.dated),
    )
    return (
        Answer(title="In this graph", columns=("what", "number"), rows=totals),
        Answer(title="Entities", columns=("class", "number"), rows=tuple(found.classes.items())),
        Answer(title="Claims", columns=("relation", "number"), rows=tuple(found.relations.items())),
        Answer(title="Most connected", columns=("entity", "neighbours"), rows=tuple(found.connected.items())),
        _telling("Most recent", found.recent),
        _telling("Best supported", found.best),
        _telling("Least supported", found.worst),
    )


def _telling(title: str, items: Iterable[TellingClaim]) -> Answer:
    rows = tuple((item.words, item.pieces, item.claim.confidence, item.claim.id) for item in items)
    return Answer(title=title, columns=("claim", "evidence", "confidence", "id"), rows=rows)


def answer_analyze(
    kg: KnowledgeGraph, *, network: str = "all", measure: str = "degree", limit: int = 20, seed: int = 0
) -> tuple[Answer, ...]:
    """Rank the entities of a network by a measure, and describe the network as a whole.

    Raises:
        ValueError: If there is no such network or measure.
    """
    standings = rank_entities(kg, network=network, measure=measure, limit=limit, seed=seed)
    ranks = tuple((s.rank, s.label, s.cls, s.value, s.community, s.entity) for s in standings)
    figures = describe_network(project(kg, network), seed=seed)
    return (
        Answer(
            title=f"By {measure}", columns=("rank", "entity", "class", measure, "community", "id"), rows=ranks
        ),
        Answer(title=f"Network: {network}", columns=("figure", "value"), rows=tuple(figures.items())),
    )


def answer_paths(
    kg: KnowledgeGraph, source: str, target: str, *, hops: int = 4, limit: int = 5
) -> tuple[Answer, ...]:
    """Tell how two entities are connected, a table a chain, a row a link with its sentence.

    Raises:
        UnknownEntity: If a name means nothing in the graph.
    """
    chains = kg.paths(source, target, hops=hops, limit=limit)
    return tuple(
        Answer(
            title=f"Chain {number} (confidence {chain.confidence:g})",
            columns=("claim", "sentence", "document", "id"),
            rows=tuple(
                (
                    link.words,
                    " ".join(link.claim.evidence[0].text.split()),
                    link.claim.evidence[0].document,
                    link.claim.id,
                )
                for link in chain.links
            ),
        )
        for number, chain in enumerate(chains, start=1)
    )


def answer_timeline(
    kg: KnowledgeGraph,
    *,
    about: str = "",
    relation: str = "",
    issue: str = "",
    by: Literal["year", "month"] = "year",
) -> tuple[Answer, ...]:
    """Tell the life of an agreement, or count the claims about anything by year or month.

    An Agreement or Policy as ``about`` gives its milestones; anything else, or nothing, a series.

    Raises:
        UnknownEntity: If a name means nothing in the graph.
        ValueError: If the relation or unit of time does not exist.
    """
    if about and kg[about].cls in ("Agreement", "Policy"):
        life = life_cycle(kg, about)
        steps: list[tuple[Cell, ...]] = []
        for step in life.milestones:
            first, last, basis = ("", "", "")
            if step.period:
                first, last, basis = (
                    step.period.first.isoformat(),
                    step.period.last.isoformat(),
                    step.period.basis,
                )
            quote = " ".join(step.claim.evidence[0].text.split())
            party = kg.entities[step.party].label
            steps.append((first, last, basis, step.stage, party, step.claim.modality, quote))
        columns = ("first", "last", "dated by", "stage", "party", "modality", "sentence")
        return (Answer(title=kg.entities[life.agreement].label, columns=columns, rows=tuple(steps)),)
    counts = series(kg, by=by, entity=about, relation=relation, issue=issue)
    title = kg.entities[resolve(kg, about)].label if about else "All claims"
    return (Answer(title=title, columns=(by, "claims"), rows=tuple(counts.items())),)


def answer_diff(difference: Difference) -> tuple[Answer, ...]:
    """Tell what is new, gone and changed; sentences are in the reports of ``exports.comparison``."""
    before, after = difference.before, difference.after
    changed = tuple(
        (
            tell(before, item.before),
            tell(after, item.after),
            "; ".join(f"{name}: {old} → {new}" for name, old, new in item.changes),
        )
        for item in difference.changed_claims
    )
    return (
        Answer(
            title="Differences",
            columns=("what", "new", "gone", "changed"),
            rows=(
                (
                    "claims",
                    len(difference.new_claims),
                    len(difference.gone_claims),
                    len(difference.changed_claims),
                ),
                (
                    "entities",
                    len(difference.new_entities),
                    len(difference.gone_entities),
                    len(difference.changed_entities),
                ),
            ),
        ),
        Answer(title="Changed claims", columns=("before", "after", "changes"), rows=changed),
        Answer(
            title="New claims",
            columns=("claim", "id"),
            rows=tuple((tell(after, claim), claim.id) for claim in difference.new_claims),
        ),
        Answer(
            title="Claims no longer told",
            columns=("claim", "id"),
            rows=tuple((tell(before, claim), claim.id) for claim in difference.gone_claims),
        ),
    )


def render_answers(answers: Sequence[Answer], *, kind: Literal["csv", "json", "md"]) -> str:
    """Write tables as text: CSV with an empty line between tables, one JSON object by title, or Markdown.

    Raises:
        ValueError: If there is no such kind.
    """
    if kind == "csv":
        return "\n".join(_csv(answer) for answer in answers)
    if kind == "json":
        data = {
            answer.title: [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
            for answer in answers
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if kind == "md":
        return "\n".join(_markdown(answer) for answer in answers)
    msg = f"{kind!r} is no kind of text; choose csv, json or md"
    raise ValueError(msg)


def _csv(answer: Answer) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)
    return text.getvalue()


def _markdown(answer: Answer) -> str:
    lines = [
        f"## {answer.title}",
        "",
        f"| {' | '.join(answer.columns)} |",
        "| --- " * len(answer.columns) + "|",
    ]
    for row in answer.rows:
        cells = ("" if cell is None else str(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
