"""Every row of the name rules finds its examples as marked and leaves its counter-examples."""

import re
import tomllib
from typing import Any

import pytest
from diplograph.extract.extractor import Extractor, rules_folder
from diplograph.ontology.model import ENTITY_CLASSES
from prose import prose

_MARKED = re.compile(r"\[([^\]]+)\]")


def rows(file: str, key: str) -> list[dict[str, Any]]:
    """Read the rows of a rule file."""
    data = tomllib.loads((rules_folder() / file).read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = data[key]
    return found


HEADS = rows("name_heads.toml", "head")
PATTERNS = rows("name_patterns.toml", "pattern")
RULES = [(f"form:{r['id']}", r) for r in HEADS] + [(f"pattern:{r['id']}", r) for r in PATTERNS]
EXAMPLES = [
    pytest.param(how, r["class"], t, id=f"{how}-{n}") for how, r in RULES for n, t in enumerate(r["examples"])
]
COUNTER = [
    pytest.param(how, t, id=f"{how}-{n}") for how, r in RULES for n, t in enumerate(r["counter_examples"])
]


def found(extractor: Extractor, text: str) -> list[tuple[str, str, str]]:
    """Give class, words and finder of every name in a text."""
    return [(m.cls, m.text, m.how) for m in extractor.names(prose(text)).mentions]


@pytest.mark.parametrize(("how", "cls", "marked"), EXAMPLES)
def test_rule_finds_its_examples(extractor: Extractor, how: str, cls: str, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    names = [(c, words) for c, words, _ in found(extractor, text)]
    assert [name for name in _MARKED.findall(marked) if (cls, name) not in names] == []


@pytest.mark.parametrize(("how", "cls", "marked"), EXAMPLES)
def test_the_rule_itself_is_what_finds_them(extractor: Extractor, how: str, cls: str, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    assert how in {finder for _, _, finder in found(extractor, text)}


@pytest.mark.parametrize(("how", "text"), COUNTER)
def test_rule_leaves_its_counter_examples(extractor: Extractor, how: str, text: str) -> None:
    assert [name for name in found(extractor, text) if name[2] == how] == []


@pytest.mark.parametrize(("how", "rule"), RULES, ids=[how for how, _ in RULES])
def test_rule_is_whole(how: str, rule: dict[str, Any]) -> None:
    assert rule["examples"] and rule["counter_examples"]
    assert all(_MARKED.search(example) for example in rule["examples"])
    assert rule["class"] in ENTITY_CLASSES
    assert rule.get("dated", "Event") in ENTITY_CLASSES


def test_no_id_and_no_head_word_stands_twice() -> None:
    ids = [how for how, _ in RULES]
    words = [word for row in HEADS for word in row["words"]]
    assert sorted(ids) == sorted(set(ids))
    assert sorted({word for word in words if words.count(word) > 1}) == []
