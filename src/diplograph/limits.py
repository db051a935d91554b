"""Limits for one document, and sizes as people write them."""

import click

__all__ = ["MAX_SECONDS", "file_size", "read_size"]

# A document of a thousand pages takes a minute or two; what takes longer than this hangs.
MAX_SECONDS = 600.0

_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}


def read_size(text: str) -> int:
    """Read a size such as ``500kB``, ``1.5 GB`` or ``2000000`` into bytes; letter case does not matter.

    Raises:
        ValueError: It is no number above 0 with a known unit.
    """
    folded = text.strip().lower()
    digits = folded.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = folded[len(digits) :].strip()
    if unit not in _UNITS:
        raise ValueError(f"{text!r} has no unit that is known; write 500kB, 100MB or 2GB")
    try:
        size = int(float(digits) * _UNITS[unit])
    except (ValueError, OverflowError):
        size = 0
    if size < 1:
        raise ValueError(f"{text!r} is no size above 0; write 500kB, 100MB or 2GB")
    return size


def file_size(_context: click.Context, parameter: click.Parameter, text: str) -> int:
    """Read the value of an option that is a size."""
    try:
        return read_size(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param=parameter) from error
