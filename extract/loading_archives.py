"""Unpack compressed files within limits: a small file that unpacks to a huge one is refused."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from diplograph.ontology.errors import InputError

__all__ = ["MAX_UNPACKED_BYTES", "gunzip", "member_names", "open_zip", "read_member"]

MAX_UNPACKED_BYTES = 200_000_000  # more text than any document has; the Bible has 4 MB
MAX_RATIO = 200  # text packs to a third or a tenth; only a bomb packs to less than a hundredth
SMALL_BYTES = 1_000_000  # whatever the ratio, this much does no harm
MAX_MEMBERS = 100_000
_CHUNK = 1 << 20
# What zipfile raises on damaged archives; beside its own error it lets others through.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    struct.error,
    OverflowError,
)


def gunzip(data: bytes, name: str) -> bytes:
    """Unpack gzip data, several members one behind the other included.

    Raises:
        InputError: The data are broken, or grow beyond the limits.
    """
    parts: list[bytes] = []
    size = 0
    rest = data
    while rest:
        unpacker = zlib.decompressobj(wbits=31)
        pending = rest
        while not unpacker.eof:
            try:
                part = unpacker.decompress(pending, _CHUNK)
            except zlib.error as error:
                raise _broken(name, "gzip file") from error
            pending = unpacker.unconsumed_tail
            size += len(part)
            _check_size(size, len(data), name)
            parts.append(part)
            if not part and not pending and not unpacker.eof:
                raise _broken(name, "gzip file")
        rest = unpacker.unused_data.lstrip(b"\0")
    return b"".join(parts)


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """Open a zip archive that is wholly in memory.

    Raises:
        InputError: The data are no zip archive.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise _broken(name, "zip archive") from error
    if len(archive.filelist) > MAX_MEMBERS:
        raise InputError(name, f"holds more than {MAX_MEMBERS} files", "unpack it and give the folder")
    return archive


def read_member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """Unpack one file of an archive; what it claims of its size is not believed.

    Raises:
        InputError: There is no such file, it is encrypted or broken, or it grows beyond the limits.
    """
    try:
        info = archive.getinfo(member)
    except KeyError as error:
        raise InputError(name, f"holds no {member!r}", "check that the file is whole") from error
    if info.flag_bits & 1:
        raise InputError(name, "is encrypted", "remove the password and save it again")
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as file:
            while part := file.read(_CHUNK):
                size += len(part)
                _check_size(size, max(1, info.compress_size), name)
                parts.append(part)
    except InputError:
        raise
    except _DAMAGE as error:
        raise _broken(name, "zip archive") from error
    return b"".join(parts)


def member_names(path: Path, endings: Sequence[str]) -> tuple[str, ...]:
    """List the files with one of ``endings`` within an archive, sorted; none where it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except _DAMAGE:
        return ()
    wanted = [n for n in names if n.lower().endswith(tuple(endings)) and not _hidden(n)]
    return tuple(sorted(set(wanted)))


def _hidden(member: str) -> bool:
    """Tell whether a part of a member's path is hidden or belongs to the packer (macOS)."""
    parts = member.replace("\\", "/").split("/")
    return any(part.startswith((".", "__MACOSX")) for part in parts if part not in (".", ".."))


def _check_size(size: int, packed: int, name: str) -> None:
    if size > MAX_UNPACKED_BYTES:
        limit = MAX_UNPACKED_BYTES // 1_000_000
        raise InputError(name, f"unpacks to more than {limit} MB", "unpack it yourself and split it")
    if size > SMALL_BYTES and size > MAX_RATIO * packed:
        raise InputError(name, f"unpacks to more than {MAX_RATIO} times its size", "do not trust this file")


def _broken(name: str, what: str) -> InputError:
    return InputError(name, f"is a broken {what}", "fetch or save the file again")
