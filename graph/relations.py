"""What the graph's measures need to know of each relation: family, sign, duration, words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from diplograph.ontology.errors import TableError
from diplograph.ontology.model import RELATIONS

__all__ = ["RelationTraits", "Stage", "families", "relation_traits", "relations_of", "stages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationTraits:
    """How a relation counts.

    ``sign`` is 1 for friendly, -1 for hostile, 0 for neither; ``lasting`` tells states of affairs (party to
    a treaty) from happenings (a visit); ``states`` is true where it can join two states directly; ``phrase``
    and ``inverse`` are verbs that read from subject to object and back; ``plover`` and ``mode`` are the
    PLOVER event type, empty where none fits honestly.
    """

    name: str
    family: str
    sign: int
    lasting: bool
    states: bool
    phrase: str
    inverse: str
    plover: str
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage in the life of an agreement that a ``status`` tells of; ``rank`` grows with its life."""

    status: str
    name: str
    rank: int


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    head, *lines = text.split("\n")
    keys = head.split("\t")
    for line in filter(None, lines):
        cells = line.split("\t")
        if len(cells) != len(keys):
            problem = f"has {len(cells)} columns instead of {len(keys)}"
            raise TableError(name, cells[0], problem, "separate the columns by tabs")
        yield dict(zip(keys, cells, strict=True))


@cache
def relation_traits() -> Mapping[str, RelationTraits]:
    """Read ``relations.tsv``: relation name to traits, in the order of the ontology's relations.

    Raises:
        TableError: If the table lacks a relation, or knows one that the ontology does not.
    """
    signs = {"+": 1, "": 0, "-": -1}
    found = {}
    for row in _rows("relations.tsv"):
        if row["relation"] not in RELATIONS or row["sign"] not in signs:
            raise TableError("relations.tsv", row["relation"], "is unknown or has no sign", "correct the row")
        found[row["relation"]] = RelationTraits(
            name=row["relation"],
            family=row["family"],
            sign=signs[row["sign"]],
            lasting=row["lasting"] == "yes",
            states=row["states"] == "yes",
            phrase=row["phrase"],
            inverse=row["inverse"],
            plover=row["plover"],
            mode=row["mode"],
        )
    for name in RELATIONS:
        if name not in found:
            raise TableError("relations.tsv", name, "is missing", "add a row for the relation")
    return MappingProxyType({name: found[name] for name in RELATIONS})


def families() -> tuple[str, ...]:
    """Give the names of the relation families, sorted."""
    return tuple(sorted({traits.family for traits in relation_traits().values()}))


def relations_of(*names: str) -> tuple[str, ...]:
    """Turn names of relations and families into names of relations, in the order of the ontology.

    Raises:
        ValueError: If a name is neither a relation nor a family.
    """
    traits = relation_traits()
    for name in names:
        if name not in traits and name not in families():
            known = ", ".join((*traits, *families()))
            msg = f"{name!r} is neither a relation nor a family of relations; choose among {known}"
            raise ValueError(msg)
    return tuple(key for key, item in traits.items() if key in names or item.family in names)


@cache
def stages() -> Mapping[str, Stage]:
    """Read ``stages.tsv``: status to the stage in an agreement's life, from the first to the last."""
    made = [Stage(status=r["status"], name=r["stage"], rank=int(r["rank"])) for r in _rows("stages.tsv")]
    return MappingProxyType({stage.status: stage for stage in made})
