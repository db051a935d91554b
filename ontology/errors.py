"""The error family: every message says what is wrong, where, and what to do."""

from pathlib import Path

__all__ = ["DiplographError", "InputError", "TableError"]


class DiplographError(Exception):
    """Anything Diplograph refuses to do; the parent of all its errors."""


class InputError(DiplographError, ValueError):
    """A file, folder or manifest given by the user cannot be read as asked.

    Attributes:
        path: What could not be read.
        problem: What is wrong with it.
        remedy: What the user can do about it.
    """

    def __init__(self, path: Path | str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}; {remedy}")
        self.path = path
        self.problem = problem
        self.remedy = remedy


class TableError(DiplographError, ValueError):
    """A vocabulary or rule file of the package says something the program cannot obey.

    Attributes:
        path: The offending file.
        row: The ``id`` or line of the offending row.
        problem: What is wrong with it.
        remedy: What the analyst can do about it.
    """

    def __init__(self, path: Path | str, row: str, problem: str, remedy: str) -> None:
        name = path.name if isinstance(path, Path) else path
        super().__init__(f"{name}: row {row!r} {problem}; {remedy}")
        self.path = path
        self.row = row
        self.problem = problem
        self.remedy = remedy
