"""The scripts of the page keep to their types: ``tsc --checkJs`` finds nothing wrong."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
TSC = FOLDER / "node_modules" / "typescript" / "bin" / "tsc"  # put there by .ci/run, ignored by git


def test_the_scripts_keep_to_their_types() -> None:
    node = shutil.which("node")
    if node is None or not TSC.exists():
        pytest.skip(f"TypeScript is not there: npm install --prefix {FOLDER} typescript@5")
    done = subprocess.run(
        [node, str(TSC), "--project", str(FOLDER / "tsconfig.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "" and done.returncode == 0
