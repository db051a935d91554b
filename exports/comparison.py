"""The difference of two graphs as a report that a reader understands, and what is new as a graph."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from diplograph.exports.turtle import write_turtle
from diplograph.extract.records import Claim
from diplograph.graph.compare import ChangedClaim, Difference, added
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.paths import tell
from diplograph.graph.relations import relation_traits
from diplograph.ontology.model import ENTITY_CLASSES

__all__ = ["render_comparison_html", "render_comparison_markdown", "write_comparison"]


# What a report shows where one side says nothing.
NOTHING: Final = "not told"


@dataclass(frozen=True, slots=True)
class _Side:
    """A claim in words with its first sentence and where that stands."""

    words: str
    sentence: str
    place: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A chapter of the report: a heading and rows of an old side, a new side (or None), and a note."""

    heading: str
    rows: tuple[tuple[_Side | None, _Side | None, str], ...]


def write_comparison(difference: Difference, folder: Path) -> tuple[Path, ...]:
    """Write diff.md, diff.html and added.ttl (what is new, as triples) into an existing folder."""
    markdown, page, turtle = (folder / name for name in ("diff.md", "diff.html", "added.ttl"))
    markdown.write_text(render_comparison_markdown(difference), encoding="utf-8", newline="\n")
    page.write_text(render_comparison_html(difference), encoding="utf-8", newline="\n")
    write_turtle(added(difference), turtle)
    return (markdown, page, turtle)


def _name(kg: KnowledgeGraph) -> str:
    titles = [record.title or record.id for record in kg.documents.values()]
    if not titles:
        return "an empty graph"
    return titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"


def _summary(difference: Difference) -> tuple[str, ...]:
    if difference.empty:
        return ("The two say the same.",)
    moved = sum(item.progress > 0 for item in difference.changed_claims)
    return (
        f"Claims: {len(difference.new_claims):,} new, {len(difference.gone_claims):,} gone, "
        f"{len(difference.changed_claims):,} changed ({moved:,} moved on to a later stage), "
        f"{difference.same_claims:,} the same.",
        f"Entities: {len(difference.new_entities):,} new, {len(difference.gone_entities):,} gone, "
        f"{len(difference.changed_entities):,} described differently.",
    )


def _side(kg: KnowledgeGraph, claim: Claim) -> _Side:
    piece = claim.evidence[0]
    record = kg.documents.get(piece.document)
    place = record.title or record.id if record else piece.document
    return _Side(words=tell(kg, claim), sentence=" ".join(piece.text.split()), place=place)


def _parts(difference: Difference) -> Iterator[_Part]:
    before, after = difference.before, difference.after
    moved = [item for item in difference.changed_claims if item.progress]
    other = [item for item in difference.changed_claims if not item.progress]

    def changes(items: Iterable[ChangedClaim]) -> tuple[tuple[_Side, _Side, str], ...]:
        return tuple(
            (
                _side(before, item.before),
                _side(after, item.after),
                "; ".join(
                    f"{name}: {_value(before, old)} → {_value(after, new)}" for name, old, new in item.changes
                ),
            )
            for item in items
        )

    yield _Part("Agreements and states that moved on", changes(moved))
    yield _Part("Other changes", changes(other))
    for name, claims in _by_family(difference.new_claims):
        yield _Part(f"New: {name}", tuple((None, _side(after, claim), "") for claim in claims))
    for name, claims in _by_family(difference.gone_claims):
        yield _Part(f"No longer told: {name}", tuple((_side(before, claim), None, "") for claim in claims))


def _value(kg: KnowledgeGraph, value: str) -> str:
    return kg.entities[value].label if value in kg.entities else value or NOTHING


def _by_family(claims: Sequence[Claim]) -> Iterator[tuple[str, list[Claim]]]:
    traits = relation_traits()
    groups: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: (c.subject, c.predicate, c.object, c.id)):
        groups.setdefault(traits[claim.predicate].family, []).append(claim)
    yield from sorted(groups.items())


def _entity_lists(difference: Difference) -> Iterator[tuple[str, list[str]]]:
    for what, entities in (("New", difference.new_entities), ("Gone", difference.gone_entities)):
        counts = Counter(entity.cls for entity in entities)
        for cls in ENTITY_CLASSES:
            if counts[cls]:
                yield f"{what}: {cls}", sorted(e.label for e in entities if e.cls == cls)
    changed = [
        f"{item.after.label} ({', '.join(item.changes)})"
        for item in difference.changed_entities
        if set(item.changes) - {"aliases"}
    ]
    if changed:
        yield "Described differently", changed


def render_comparison_markdown(difference: Difference) -> str:
    """Tell a difference in Markdown: a summary, then each change with the sentences of both sides."""
    lines = [f"# From {_name(difference.before)} to {_name(difference.after)}", ""]
    lines += [f"* {sentence}" for sentence in _summary(difference)]
    for part in _parts(difference):
        if part.rows:
            lines += ["", f"## {part.heading}"]
            for old, new, note in part.rows:
                lines += _markdown_row(old, new, note)
    lists = list(_entity_lists(difference))
    if lists:
        lines += ["", "## Entities", ""]
        lines += [f"* **{heading}** ({len(names)}): {', '.join(names)}" for heading, names in lists]
    return "\n".join(lines) + "\n"


def _markdown_row(old: _Side | None, new: _Side | None, note: str) -> Iterator[str]:
    told = new or old
    assert told is not None
    yield ""
    yield f"* **{told.words}**{f' ({note})' if note else ''}"
    for side in (old, new):
        if side is not None:
            yield f"  * {side.place}: “{side.sentence}”"


def render_comparison_html(difference: Difference) -> str:
    """Tell a difference as one HTML file without scripts or addresses outside it, both sides in columns."""
    title = escape(f"From {_name(difference.before)} to {_name(difference.after)}")
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
        "<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;"
        "max-width:72rem;padding:0 1rem}table{border-collapse:collapse;width:100%;table-layout:fixed}"
        "td,th{border-top:1px solid #8886;padding:.5rem;text-align:left;vertical-align:top;"
        "overflow-wrap:anywhere}q{display:block;font-style:italic}small{opacity:.75}</style></head><body>",
        f"<h1>{title}</h1>",
        *(f"<p>{escape(sentence)}</p>" for sentence in _summary(difference)),
    ]
    for part in _parts(difference):
        if part.rows:
            lines += [
                f"<h2>{escape(part.heading)}</h2>",
                "<table><thead><tr><th>before</th><th>after</th></tr></thead><tbody>",
            ]
            for old, new, note in part.rows:
                remark = f"<p><strong>{escape(note)}</strong></p>" if note else ""
                lines.append(f"<tr><td>{_html_side(old)}</td><td>{_html_side(new)}{remark}</td></tr>")
            lines.append("</tbody></table>")
    lists = list(_entity_lists(difference))
    if lists:
        lines.append("<h2>Entities</h2><ul>")
        for heading, names in lists:
            lines.append(
                f"<li><strong>{escape(heading)}</strong> ({len(names)}): {escape(', '.join(names))}</li>"
            )
        lines.append("</ul>")
    lines.append("</body></html>")
    return "\n".join(lines) + "\n"


def _html_side(side: _Side | None) -> str:
    if side is None:
        return f"<small>{NOTHING}</small>"
    quote = f"<q>{escape(side.sentence)}</q><small>{escape(side.place)}</small>"
    return f"<p>{escape(side.words)}</p>{quote}"
