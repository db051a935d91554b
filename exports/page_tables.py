"""Read the tables beside the page: the words for relations, the look of classes and relation families."""

import csv
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from diplograph.ontology.errors import TableError
from diplograph.ontology.model import ENTITY_CLASSES, RELATIONS

__all__ = ["Appearance", "ClassLook", "FamilyLook", "RelationWords", "load_appearance", "page_text"]

PARTS = "diplograph.exports.page"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLook:
    """How entities of one class are drawn; colours are ``#rrggbb``."""

    name: str
    plural: str
    shape: str
    hollow: bool
    light: str
    dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLook:
    """How a family of relations is drawn; ``dash`` holds lengths in pixels, none for a full line."""

    name: str
    label: str
    dash: tuple[int, ...]
    light: str
    dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationWords:
    """How a relation is said from its subject, and from its object."""

    name: str
    family: str
    forward: str
    backward: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """The look of everything, in the order of the legend; ``light`` and ``dark`` are backgrounds."""

    classes: tuple[ClassLook, ...]
    families: tuple[FamilyLook, ...]
    relations: tuple[RelationWords, ...]
    light: str
    dark: str


def page_text(name: str) -> str:
    """Read one part of the page, by file name."""
    return (files(PARTS) / name).read_text(encoding="utf-8")


def load_appearance() -> Appearance:
    """Read both tables.

    Raises:
        TableError: If a class or relation of the ontology is missing, or a family is not described.
    """
    looks = tomllib.loads(page_text("appearance.toml"))
    classes = tuple(
        ClassLook(
            name=name,
            plural=look["plural"],
            shape=look["shape"],
            hollow=look.get("hollow", False),
            light=look["light"],
            dark=look["dark"],
        )
        for name, look in looks["class"].items()
    )
    families = tuple(
        FamilyLook(
            name=name,
            label=look["label"],
            dash=tuple(look["dash"]),
            light=look["light"],
            dark=look["dark"],
        )
        for name, look in looks["family"].items()
    )
    rows = csv.DictReader(page_text("relations.tsv").splitlines(), delimiter="\t")
    relations = tuple(
        RelationWords(
            name=row["relation"], family=row["family"], forward=row["forward"], backward=row["backward"]
        )
        for row in rows
    )
    _require("appearance.toml", ENTITY_CLASSES, [look.name for look in classes])
    _require("relations.tsv", RELATIONS, [words.name for words in relations])
    _require("appearance.toml", [words.family for words in relations], [look.name for look in families])
    background = looks["background"]
    return Appearance(
        classes=classes,
        families=families,
        relations=relations,
        light=background["light"],
        dark=background["dark"],
    )


def _require(table: str, needed: tuple[str, ...] | list[str], present: list[str]) -> None:
    for name in needed:
        if name not in present:
            raise TableError(table, name, "is missing", "add a row for it")
