"""The stages import only what stands before them, and data stays out of the code's way."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
STAGES = ("ontology", "extract", "graph", "exports")  # each may import itself and those before it


def imported(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def test_every_import_points_backwards() -> None:
    wrong = []
    for rank, stage in enumerate(STAGES):
        files = sorted((ROOT / stage).rglob("*.py"))
        assert files, f"no files in {stage}"
        for path in files:
            for name in imported(path):
                head, _, rest = name.partition(".")
                later = head == "diplograph" and rest.split(".")[0] in STAGES[rank + 1 :]
                front = head == "diplograph" and rest.split(".")[0] in {"pipeline", "cli"}
                if later or front or head in STAGES:  # a bare "graph.build" works only from the checkout
                    wrong.append(f"{path.relative_to(ROOT)}: {name}")
    assert not wrong


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils", "helpers", "common", "misc"}
    assert not [p for stage in STAGES for p in (ROOT / stage).rglob("*.py") if p.stem in vague]
