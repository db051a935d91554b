"""Load the grammar of names from its tables of heads and words."""

import tomllib
from pathlib import Path

from diplograph.extract.name_forms import Head, NameGrammar
from diplograph.ontology.errors import TableError

__all__ = ["load_name_grammar"]


def load_name_grammar(folder: Path) -> NameGrammar:
    """Read ``name_heads.toml`` and ``name_words.toml``.

    Raises:
        TableError: A head lacks its examples.
    """
    path = folder / "name_heads.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    heads: dict[tuple[str, ...], Head] = {}
    for row in data["head"]:
        if not row.get("examples") or not row.get("counter_examples"):
            raise TableError(
                path, row["id"], "has no examples or counter_examples", "add at least one of each"
            )
        head = Head(
            id=row["id"],
            cls=row["class"],
            dated=row.get("dated", ""),
            connectors=frozenset(row["connectors"]),
        )
        for words in row["words"]:
            heads[tuple(words.split(" "))] = head
    words = tomllib.loads((folder / "name_words.toml").read_text(encoding="utf-8"))
    return NameGrammar(
        heads=heads,
        pair_heads={tuple(w.split(" ")): row["class"] for row in words["pair_head"] for w in row["words"]},
        sittings={tuple(w.split(" ")): row["class"] for row in words["sitting"] for w in row["words"]},
        not_first=frozenset(words["not_first"]),
        first_if_titled=frozenset(words["first_if_titled"]),
        joined_by_the=frozenset(words["joined_by_the"]),
        met_persons=frozenset(words["met_persons"]),
        ordinals=frozenset(words["ordinals"]) | frozenset(words["sitting_words"]),
        sitting_words=frozenset(words["sitting_words"]),
        months=frozenset(words["months"]),
        owned_heads={
            owner: {
                tuple(w.split(" ")): row["class"]
                for row in words["owned_head"]
                for w in row["words"]
                if owner in row["owners"]
            }
            for owner in sorted({owner for row in words["owned_head"] for owner in row["owners"]})
        },
        owned_between=frozenset(words["owned_between"]),
        particular=frozenset(words["particular"]),
        owners_apart=frozenset(words["owners_apart"]),
        offices=frozenset(words["offices"]),
        ranks=frozenset(words["ranks"]),
        sitting_bodies=frozenset(words["sitting_bodies"]),
        paired_bodies=frozenset(words["paired_bodies"]),
        sited=frozenset(words["sited"]),
        participles=frozenset(words["participles"]),
    )
