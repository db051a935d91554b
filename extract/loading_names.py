"""Name documents after their files."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diplograph.extract.manifest import Source

__all__ = ["bare_name", "document_ids", "ending_of", "is_web_address"]

PACKED_ENDING = ".gz"
# An absolute address without what no IRI may hold (RFC 3987): blanks, controls, quotes and brackets.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f\"<>\\^`{|}\ud800-\udfff]+", re.IGNORECASE)
# What no name of a file may hold on one system or another, where a name is no name of a file yet.
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


def is_web_address(text: str) -> bool:
    """Tell whether a text is an absolute address on the web, fit to be written as it stands."""
    return _WEB_ADDRESS.fullmatch(text) is not None


def ending_of(name: str) -> str:
    """Give the ending that decides how a file is read, in lower case: ``.txt``, ``.txt.gz`` or nothing."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes[-2:]]
    if suffixes[-1:] == [PACKED_ENDING] and len(suffixes) == 2:
        return "".join(suffixes)
    return suffixes[-1] if suffixes and len(suffixes[-1]) > 1 else ""


def bare_name(name: str) -> str:
    """Give a file's name without the ending."""
    ending = ending_of(name)
    return name[: -len(ending)] if ending and len(ending) < len(name) else name


def document_ids(sources: Sequence["Source"]) -> tuple[str, ...]:
    """Name each source's document: its file name without the ending, in the order of ``sources``.

    Where names collide (also in letter case only), all who collide take more of their path: the folder's
    name before, the ending behind, and at last eight digits of a hash of the path below the common folder.
    The names do not depend on the order of ``sources``.
    """
    parts = _parts_below_common_folder(sources)
    names = [_WAYS_TO_NAME[0](p) for p in parts]
    for way in _WAYS_TO_NAME[1:]:
        counts = Counter(name.casefold() for name in names)
        names = [
            way(p) if counts[name.casefold()] > 1 else name for name, p in zip(names, parts, strict=True)
        ]
    return tuple(names)


def _parts_below_common_folder(sources: Sequence["Source"]) -> list[tuple[str, ...]]:
    """Cut each path to folder names and file name, from the deepest folder that all share."""
    paths = [(*s.path.resolve().parts, *_member_parts(s.member)) for s in sources]
    shared = 0
    if paths:
        shortest = min(len(p) for p in paths)
        while shared < shortest - 1 and len({p[shared] for p in paths}) == 1:
            shared += 1
    return [p[shared:] for p in paths]


def _member_parts(member: str) -> list[str]:
    """Cut the path of an archive's member, which anybody may have written, to names that any system can store."""
    return [_UNFIT.sub("-", part) for part in re.split(r"[/\\]+", member) if part]


def _folder(parts: tuple[str, ...]) -> str:
    return f"{parts[-2]}-" if len(parts) > 1 else ""


_WAYS_TO_NAME: tuple[Callable[[tuple[str, ...]], str], ...] = (
    lambda parts: bare_name(parts[-1]),
    lambda parts: _folder(parts) + bare_name(parts[-1]),
    lambda parts: f"{_folder(parts)}{bare_name(parts[-1])}-{ending_of(parts[-1])[1:]}",
    lambda parts: f"{bare_name(parts[-1])}-{hashlib.sha256('/'.join(parts).encode()).hexdigest()[:8]}",
)
