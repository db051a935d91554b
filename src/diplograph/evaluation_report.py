"""An evaluation as text for the terminal and as one HTML page without scripts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from diplograph.calibration import Calibration
from diplograph.evaluate import Change, Evaluation
from diplograph.extract.scoring import Mistake, Tally

__all__ = ["render_evaluation_html", "render_evaluation_text"]

# How many mistakes of a kind, and changes, the text shows; the page shows all.
SHOWN = 10
_WIDEST = 160  # characters of a sentence in the text

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1c2733 }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; width: 100% }
th, td { border-bottom: 1px solid #d5dde5; padding: .25rem .6rem; text-align: left; vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
caption, h2 { text-align: left; font-size: 1.15rem; font-weight: 600; margin-top: 1.5rem }
summary { cursor: pointer; font-weight: 600 }
.right { color: #14663a } .wrong { color: #9b1c1c }
""".strip()


def render_evaluation_text(evaluation: Evaluation, *, shown: int = SHOWN) -> str:
    """Tell an evaluation in plain text, tables first; ``shown`` mistakes of each kind, 0 for none."""
    return "\n".join(_text(evaluation, shown)).rstrip("\n") + "\n"


def _text(evaluation: Evaluation, shown: int) -> Iterator[str]:
    yield f"{len(evaluation.documents)} labelled documents"
    if evaluation.missing:
        yield f"not in the build, counted as missed: {', '.join(evaluation.missing)}"
    for title, table in _tables(evaluation):
        yield ""
        yield from _text_table(title, table)
    yield ""
    yield "confidence     claims  right  share  mean confidence   at least: claims  share"
    for cells in _bins(evaluation.calibration):
        name, claims, right, share, mean, kept, kept_share = cells
        yield f"{name:12s} {claims:>8s} {right:>6s} {share:>6s} {mean:>16s} {kept:>18s} {kept_share:>6s}"
    yield _error(evaluation.calibration)
    if evaluation.rules:
        yield ""
        yield "rule                             relation                 right  fired  share"
        for r in evaluation.rules:
            yield f"{r.rule:32s} {r.predicate:24s} {r.right:5d}  {r.fired:5d}  {r.right / r.fired:5.2f}"
    for kind, number in evaluation.kinds():
        yield ""
        yield f"{kind}: {number}"
        of_kind = [m for m in evaluation.mistakes if m.kind == kind]
        for mistake in of_kind[:shown]:
            yield f"  {mistake.document}  {mistake.what}" + (f"  [{mistake.rule}]" if mistake.rule else "")
            yield f"      {_short(mistake.sentence)}"
    if evaluation.comparison is not None:
        for title, changes in _changes(evaluation):
            agreed = sum(c.right for c in changes)
            yield ""
            yield f"{title} {evaluation.comparison.folder}: {len(changes)}, {agreed} of them right"
            for c in changes[:shown]:
                mark = "right" if c.right else "wrong"
                yield f"  {mark}  {c.document}  {c.predicate} {c.subject} {c.object}  [{c.rule}]"
                yield f"      {_short(c.sentence)}"


def _tables(evaluation: Evaluation) -> Iterator[tuple[str, Mapping[str, Tally]]]:
    yield "figure", evaluation.figures
    if evaluation.comparison is not None:
        yield f"figure of {evaluation.comparison.folder}", evaluation.comparison.figures
    yield "class (mentions)", evaluation.classes
    yield "relation", evaluation.relations
    yield "qualifier (of relations found)", {"all": evaluation.qualifier, **evaluation.qualifiers}


def _bins(calibration: Calibration) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """Give the cells of a row for each bin: its claims, then all that are at least as sure."""
    for b in calibration.bins:
        kept, share = calibration.at_least(b.low)
        mean = f"{b.confidence:.2f}" if b.claims else "-"
        own = f"{b.share:.2f}" if b.claims else "-"
        yield b.name, str(b.claims), str(b.right), own, mean, str(kept), f"{share:.2f}" if kept else "-"


def _error(calibration: Calibration) -> str:
    return f"expected calibration error {calibration.expected_error:.3f}, over {calibration.claims} claims"


def _changes(evaluation: Evaluation) -> Iterator[tuple[str, tuple[Change, ...]]]:
    if evaluation.comparison is not None:
        yield "gained over", evaluation.comparison.gained
        yield "lost against", evaluation.comparison.lost


def _text_table(title: str, table: Mapping[str, Tally]) -> Iterator[str]:
    yield f"{title:32s} precision  recall     F1   right  found  labelled"
    for name, t in table.items():
        shares = f"{t.precision:9.3f} {t.recall:7.3f} {t.f1:6.3f}"
        yield f"{name:32s} {shares} {t.right:7d} {t.found:6d} {t.labelled:9d}"


def _short(sentence: str) -> str:
    flat = " ".join(sentence.split())
    return flat if len(flat) <= _WIDEST else flat[: _WIDEST - 1] + "…"


def render_evaluation_html(evaluation: Evaluation, *, title: str = "Evaluation") -> str:
    """Tell an evaluation as one HTML page: all mistakes with their sentences, everything escaped."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{len(evaluation.documents)} labelled documents.</p>",
    ]
    if evaluation.missing:
        named = ", ".join(map(escape, evaluation.missing))
        parts.append(f'<p class="wrong">Not in the build, counted as missed: {named}.</p>')
    for name, table in _tables(evaluation):
        parts.append(_html_tallies(name, table))
    head = ("confidence", "claims", "right", "share", "mean confidence", "at least: claims", "share")
    parts.append(_html_table("What a confidence is worth", head, _bins(evaluation.calibration)))
    parts.append(f"<p>{_error(evaluation.calibration).capitalize()}.</p>")
    rules = (
        (r.rule, r.predicate, str(r.right), str(r.fired), f"{r.right / r.fired:.2f}")
        for r in evaluation.rules
    )
    parts.append(_html_table("Rules", ("rule", "relation", "right", "fired", "share"), rules))
    parts.append("<h2>Mistakes by kind</h2>")
    for kind, number in evaluation.kinds():
        rows = (m for m in evaluation.mistakes if m.kind == kind)
        parts.append(f"<details><summary>{escape(kind)}: {number}</summary>{_html_mistakes(rows)}</details>")
    for name, changes in _changes(evaluation):
        folder = evaluation.comparison.folder if evaluation.comparison else ""
        right = sum(c.right for c in changes)
        heading = f"{name} {folder}: {len(changes)}, {right} of them right"
        parts.append(f"<details><summary>{escape(heading)}</summary>{_html_changes(changes)}</details>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _html_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table; cells that are numbers stand to the right."""

    def cell(tag: str, text: str, *, number: bool) -> str:
        return f'<{tag} class="number">{escape(text)}</{tag}>' if number else f"<{tag}>{escape(text)}</{tag}>"

    body = "\n".join(
        "<tr>" + "".join(cell("td", c, number=c.replace(".", "", 1).isdigit()) for c in row) + "</tr>"
        for row in rows
    )
    top = "".join(cell("th", name, number=False) for name in head)
    return f"<table><caption>{escape(caption)}</caption><tr>{top}</tr>\n{body}</table>"


def _html_tallies(title: str, table: Mapping[str, Tally]) -> str:
    rows = (
        (
            name,
            f"{t.precision:.3f}",
            f"{t.recall:.3f}",
            f"{t.f1:.3f}",
            str(t.right),
            str(t.found),
            str(t.labelled),
        )
        for name, t in table.items()
    )
    return _html_table(title, ("", "precision", "recall", "F1", "right", "found", "labelled"), rows)


def _html_mistakes(mistakes: Iterable[Mistake]) -> str:
    rows = ((m.document, m.what, m.rule, m.sentence) for m in mistakes)
    return _html_table("", ("document", "what", "rule", "sentence"), rows)


def _html_changes(changes: Iterable[Change]) -> str:
    rows = (
        (
            "right" if c.right else "wrong",
            c.document,
            f"{c.predicate} {c.subject} {c.object}",
            c.rule,
            c.sentence,
        )
        for c in changes
    )
    return _html_table("", ("", "document", "claim", "rule", "sentence"), rows)
