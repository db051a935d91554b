"""When a claim holds: ISO dates of any precision as periods of days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from diplograph.extract.records import Claim
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["Basis", "Period", "claim_period", "parse_period"]

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

Basis = Literal["claim", "event", "document"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both included; ``basis`` tells what dates it.

    ``claim``: the claim's own date, start or end. ``event``: the date of the event it is about. ``document``:
    only the year that the document reports on.
    """

    first: date
    last: date
    basis: Basis = "claim"

    def __post_init__(self) -> None:
        if self.last < self.first:
            msg = f"a period needs first <= last, got {self.first} to {self.last}"
            raise ValueError(msg)

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


def parse_period(text: str | int, until: str | int | None = None) -> Period:
    """Turn ``2016``, ``2016-11`` or ``2016-11-01`` into its days; with ``until``, from the one to the other.

    Raises:
        ValueError: If the text is no ISO 8601 date of these precisions, or names a day that does not exist.
    """
    first = _parse(str(text))
    if until is None:
        return first
    return Period(first.first, _parse(str(until)).last)


def _parse(text: str) -> Period:
    match = _ISO.fullmatch(text)
    if match is None:
        msg = f"{text!r} is no date; write 2016, 2016-11 or 2016-11-01"
        raise ValueError(msg)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not month:
        return Period(date(year, 1, 1), date(year, 12, 31))
    if not day:
        start = date(year, month, 1)
        return Period(start, start.replace(day=monthrange(year, month)[1]))
    return Period(date(year, month, day), date(year, month, day))


def claim_period(kg: KnowledgeGraph, claim: Claim) -> Period | None:
    """Say when a claim holds, by the best that is known, or None if nothing is.

    In this order: its ``date``; its ``start`` and ``end`` (one alone counts as a date); the ``date``
    attribute of an Event among its subject and object; the reference years of the documents that make it,
    from the first to the last. A date that is not ISO is passed over.
    """
    said = claim.qualifiers
    for start, end in ((said.date, said.date), (said.start or said.end, said.end or said.start)):
        if start and (period := _try(start, end, "claim")):
            return period
    for key in (claim.subject, claim.object):
        entity = kg.entities[key]
        if entity.cls == "Event":
            for name, value in entity.attributes:
                if name == "date" and (period := _try(value, value, "event")):
                    return period
    years = [
        record.reference_year
        for piece in claim.evidence
        if (record := kg.documents.get(piece.document)) and record.reference_year is not None
    ]
    return _try(f"{min(years):04d}", f"{max(years):04d}", "document") if years else None


def _try(start: str, end: str, basis: Basis) -> Period | None:
    try:
        period = parse_period(start, end)
    except ValueError:
        return None
    return Period(period.first, period.last, basis)
