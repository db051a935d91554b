"""Write what was read out of a document as JSON Lines, and read it back: the same values, nothing executed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from sys import intern
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from diplograph.extract.records import Claim, Document, Entity, Extraction, Mention, Rejection

__all__ = ["read_lines", "read_record", "write_lines", "write_record"]

# One line each, in this order: what the line holds, and the type of one item.
_PARTS: Mapping[str, type] = {
    "document": Document,
    "mentions": Mention,
    "entities": Entity,
    "claims": Claim,
    "rejections": Rejection,
}
# Longer strings are sentences and texts, which seldom come twice.
_INTERNED = 80

Reader = Callable[[Any], Any]
T = TypeVar("T")


def write_lines(extraction: Extraction) -> bytes:
    """Give an extraction as five lines of JSON in ASCII; equal extractions give equal bytes.

    A line is a list that begins with what it holds; a value is the list of its fields in their order.
    """
    rows: list[list[Any]] = [["document", _plain(extraction.document)]]
    rows += [[name, *map(_plain, getattr(extraction, name))] for name in list(_PARTS)[1:]]
    return b"".join(json.dumps(row, separators=(",", ":")).encode("ascii") + b"\n" for row in rows)


def read_lines(data: bytes) -> Extraction:
    """Give the extraction that :func:`write_lines` wrote. Equal short strings become one string in memory.

    Raises:
        ValueError: The lines hold something else, or values that the records refuse.
    """
    try:
        lines = data.splitlines()
        parts: dict[str, tuple[Any, ...]] = {}
        for (name, record), line in zip(_PARTS.items(), lines, strict=True):
            told, *items = json.loads(line)
            if told != name:
                raise ValueError(f"a line holds {told!r} instead of {name!r}")
            parts[name] = tuple(map(_reader(record), items))
        (document,) = parts.pop("document")
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"no extraction ({error})") from error
    return Extraction(document=document, **parts)


def write_record(record: object) -> str:
    """Give one record as a line of JSON in ASCII, without the line feed; equal records give equal lines."""
    return json.dumps(_plain(record), separators=(",", ":"))


def read_record(kind: type[T], line: str) -> T:
    """Give the record of a kind that :func:`write_record` wrote."""
    hint: Any = kind  # hashable, which the type of types does not promise
    record: T = _reader(hint)(json.loads(line))
    return record


def _plain(value: Any) -> Any:
    """Give a record as the list of its fields, a tuple as a list, anything else as it is."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    kind: Any = type(value)  # hashable, which the type of types does not promise
    names = _names(kind)
    return value if names is None else [_plain(getattr(value, name)) for name in names]


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else None


@cache
def _reader(hint: Any) -> Reader:
    """Give the function that makes a value of an annotated type of what JSON holds."""
    if hint is str or get_origin(hint) is Literal:
        return _string
    if hint in (int, float, bool):
        return _same
    if isinstance(hint, type) and is_dataclass(hint):
        return _record_reader(hint)
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType) and len(inner) == 2 and NoneType in inner:
        read = _reader(inner[0] if inner[1] is NoneType else inner[1])
        return lambda value: None if value is None else read(value)
    if get_origin(hint) is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        read = _reader(inner[0])
        return lambda values: tuple(map(read, values))
    if get_origin(hint) is tuple:
        each = tuple(map(_reader, inner))
        return lambda values: tuple(read(value) for read, value in zip(each, values, strict=True))
    raise NotImplementedError(f"no way to read {hint!r} from JSON; teach extraction_lines")


def _record_reader(kind: type) -> Reader:
    hints = get_type_hints(kind)
    each = tuple((f.name, _reader(hints[f.name])) for f in fields(kind))

    def read(values: Any) -> Any:
        return kind(**{name: part(value) for (name, part), value in zip(each, values, strict=True)})

    return read


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    return intern(value) if len(value) <= _INTERNED else value


def _same(value: Any) -> Any:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value
