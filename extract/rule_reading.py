"""Tell what is wrong with a rule file, whatever a damaged one makes its reader trip over."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from diplograph.ontology.errors import DiplographError, TableError

__all__ = ["read_examined", "told_of"]


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn the errors of a reader of rules into one that names the file, or the folder if it reads several.

    Raises:
        TableError: The reader met a file that is no TOML or no UTF-8, lacks a key, or holds a value of another
            kind than it needs.
    """
    try:
        yield
    except DiplographError:
        raise
    except KeyError as error:
        raise TableError(
            path, str(error.args[0]), "is missing", "add it, or take the shipped file"
        ) from error
    except re.error as error:
        raise TableError(path, "pattern", f"is no pattern ({error})", "correct the pattern") from error
    except OSError as error:
        raise TableError(
            path, "file", f"cannot be read ({error.strerror})", "take the shipped file"
        ) from error
    except (TypeError, ValueError, AttributeError, IndexError, ArithmeticError, RecursionError) as error:
        problem = f"cannot be read ({_first_line(error)})"
        raise TableError(_culprit(path), "file", problem, "correct it, or take the shipped file") from error


def read_examined(path: Path) -> dict[str, Any]:
    """Read a rule file that tells by examples and counter-examples what its rules read.

    Raises:
        TableError: The file has none of either kind.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if not data.get("examples") or not data.get("counter_examples"):
        raise TableError(path, path.stem, "has no examples or counter_examples", "add at least one of each")
    return data


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}"


def _culprit(path: Path) -> Path:
    """Give the file of a folder that cannot even be parsed, if there is one."""
    for file in sorted(path.rglob("*.toml")) if path.is_dir() else ():
        try:
            tomllib.loads(file.read_text(encoding="utf-8"))
        except (ValueError, RecursionError, OSError):
            return file
    return path
