"""Libraries that only some users need, and what to say when one is missing."""

from diplograph.ontology.errors import DiplographError

__all__ = ["MissingExtra"]


class MissingExtra(DiplographError, ImportError):
    """Something needs a library that is an extra.

    Attributes:
        library: The library that is not installed.
        extra: The extra of Diplograph that brings it.
    """

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed; run: pip install 'diplograph[{extra}]'")
        self.library = library
        self.extra = extra
