"""What later stages do for a graph: show it, read it. This stage knows none of them; they are told to it.

The front door of the package names them when it is imported (``import diplograph``, which every import of a part
entails), as functions that load what they need when they are called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["HOOKS", "Hooks"]


@dataclass(slots=True, kw_only=True)
class Hooks:
    """Functions of later stages, each None until somebody names it."""

    show: "Callable[[KnowledgeGraph], str] | None" = None
    read: "Callable[[Path], KnowledgeGraph] | None" = None


HOOKS: Final = Hooks()
