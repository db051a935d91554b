"""Hold an output folder alone, prepare its next content beside it, and put that in place in one step."""

import ctypes
import errno
import json
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from diplograph.ontology.errors import DiplographError

__all__ = ["FolderInUse", "Workplace", "claim_folder", "put_in_place"]

_AT_FDCWD = -100  # Linux: paths are taken as they are
_RENAME_EXCHANGE = 2  # Linux, renameat2(2)
_RENAME_SWAP = 2  # macOS, renamex_np(2)


class FolderInUse(DiplographError, RuntimeError):
    """Another build works on the same output folder.

    Attributes:
        folder: The output folder.
        holder: Who holds it, in words.
    """

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"{folder}: is being built by {holder}; wait until it is done, or name another folder"
        )
        self.folder = folder
        self.holder = holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """The hidden folder beside an output folder in which a build works; both lie on one file system.

    ``cache`` outlives a build that fails, so that the next one continues; ``fresh`` does not.
    """

    output: Path
    root: Path

    @property
    def cache(self) -> Path:
        """What has been read out of documents in this build, and in earlier ones that did not end."""
        return self.root / "cache"

    @property
    def fresh(self) -> Path:
        """The folder that will take the place of the output folder."""
        return self.root / "fresh"

    @property
    def old(self) -> Path:
        """The former output folder, where it cannot be exchanged in one step."""
        return self.root / "old"


@contextmanager
def claim_folder(output: Path) -> Iterator[Workplace]:
    """Hold ``output`` alone while the block runs, and clean up behind it and behind those that were killed.

    The lock belongs to the process and ends with it, however that ends.

    Raises:
        FolderInUse: Another process holds it.
        OSError: The folder in which ``output`` lies cannot be written.
    """
    output = output.resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    place = Workplace(output=output, root=output.with_name(f".{output.name}.build"))
    lock = _lock(place)
    try:
        _clean(place)
        yield place
        shutil.rmtree(place.cache, ignore_errors=True)
    finally:
        _clean(place)
        with suppress(OSError):
            place.cache.rmdir()  # only if it is empty
        (place.root / "lock").unlink(missing_ok=True)
        with suppress(OSError):
            place.root.rmdir()
        lock.close()


def _clean(place: Workplace) -> None:
    """Remove what a build leaves behind, but not the cache; give back an output folder that was set aside."""
    if place.old.is_dir() and not place.output.exists():
        place.old.rename(place.output)
    for folder in (place.fresh, place.old):
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)
    for part in place.cache.glob("??/*.part"):
        part.unlink(missing_ok=True)


def _lock(place: Workplace) -> IO[str]:
    """Take the lock: a file that says who holds it, locked as long as that process lives."""
    path = place.root / "lock"
    while True:
        place.root.mkdir(exist_ok=True)
        try:
            file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8")
        except FileNotFoundError:  # the one before us has just cleaned up
            continue
        try:
            _lock_file(file)
        except BlockingIOError:
            told = file.read()
            file.close()
            raise FolderInUse(place.output, _holder(told)) from None
        except BaseException:
            file.close()
            raise
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                break
        file.close()  # it was removed between opening and locking
    file.truncate(0)
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": since}, file)
    file.flush()
    return file


def _lock_file(file: IO[str]) -> None:
    """Lock an open file or raise BlockingIOError; the system unlocks it when the process ends."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(1 << 20)  # beyond what is written, which others shall read
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        finally:
            file.seek(0)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(told: str) -> str:
    try:
        holder = json.loads(told)
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"


def put_in_place(place: Workplace) -> None:
    """Let ``fresh`` take the place of the output folder.

    On Linux and macOS the two are exchanged in one step, so that there is a whole result at any moment.
    Elsewhere, and on file systems that cannot do that, the former result is set aside first, and the next
    build gives it back if this one is killed in between.

    Raises:
        OSError: The output folder cannot be renamed, for example because it is a mount point.
    """
    _flush(place.fresh)
    if not place.output.exists():
        place.fresh.rename(place.output)
    elif not _exchange(place.fresh, place.output):
        place.output.rename(place.old)
        try:
            place.fresh.rename(place.output)
        except BaseException:
            place.old.rename(place.output)
            raise


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two paths in one step; tell whether the system could."""
    if sys.platform not in ("linux", "darwin"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    one, other = os.fsencode(first), os.fsencode(second)
    if hasattr(library, "renameat2"):
        status = library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
    elif hasattr(library, "renamex_np"):
        status = library.renamex_np(one, other, _RENAME_SWAP)
    else:
        return False
    if status == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV):
        return False
    raise OSError(number, os.strerror(number), str(second))


def _flush(folder: Path) -> None:
    """Have the files of a result written to the disk before they replace the former ones."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
