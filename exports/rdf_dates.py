"""Read ISO 8601 / EDTF dates of any precision as the days between which they lie."""

import re
from calendar import monthrange
from functools import cache
from typing import Final

__all__ = ["bounds", "span_of"]

# Year, year and month, or full date, with EDTF's marks of doubt; the pattern is the format, not a rule.
DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?\Z")


@cache
def bounds(date: str) -> tuple[str, str] | None:
    """Give the first and the last day that ``date`` allows, or None where it is no such date.

    >>> bounds("2016-02")
    ('2016-02-01', '2016-02-29')
    >>> bounds("2016-11-04/2016-11")
    ('2016-11-04', '2016-11-30')
    >>> bounds("2016-13") is None
    True
    """
    first, slash, last = date.partition("/")
    if slash:
        start, end = bounds(first), bounds(last)
        return (start[0], end[1]) if start and end else None
    match = DATE.match(date)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if year == 0 or month > 12 or (match[2] and month == 0) or (match[3] and day == 0):
        return None
    if not month:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    length = monthrange(year, month)[1]
    if day > length:
        return None
    prefix = f"{year:04}-{month:02}-"
    return (f"{prefix}{day:02}", f"{prefix}{day:02}") if day else (f"{prefix}01", f"{prefix}{length:02}")


@cache
def span_of(date: str, start: str, end: str) -> tuple[str, str]:
    """Give the earliest and the latest day of a dated thing; an empty string where it has none.

    A date outranks a period; a period without a start has no earliest day, without an end no latest.
    """
    if date:
        return bounds(date) or ("", "")
    began, ended = bounds(start), bounds(end)
    return (began[0] if began else "", ended[1] if ended else "")
