"""The example script and the notebook run from documents to findings."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

pytest.importorskip("matplotlib")


def test_the_script_goes_from_documents_to_five_findings(tmp_path: Path) -> None:
    out = tmp_path / "findings"
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "five_findings.py"), str(ROOT / "samples"), str(out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert [line[0] for line in done.stdout.split("\n") if line[1:2] == "."] == list("12345")
    assert done.stdout.count("“") >= 3
    assert {path.name for path in out.iterdir()} == {
        "1-network.png",
        "2-agreement.png",
        "3-issues.png",
        "4-aid.png",
        "claims.csv",
        "dyad_years.csv",
        "events.csv",
    }


def test_the_script_says_how_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "five_findings.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "usage:" in done.stderr


def test_the_notebook_is_kept_without_outputs() -> None:
    """Outputs would grow stale with every rule; whoever runs it gets those of today, and CI runs it."""
    notebook = json.loads((EXAMPLES / "five_findings.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code and all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_the_notebook_runs(tmp_path: Path) -> None:
    for library in ("nbconvert", "ipykernel", "pandas"):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    command = [
        sys.executable,
        "-m",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--output-dir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(EXAMPLES / "five_findings.ipynb")], check=True, capture_output=True)
    notebook = json.loads((tmp_path / "five_findings.ipynb").read_text(encoding="utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output["output_type"] == "error"]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 4
