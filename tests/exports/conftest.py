"""One real browser for all tests that want one: two of Playwright's in one process get in each other's way."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")  # stopped with its file, so that other tests may run an event loop
def browser() -> Iterator[Any]:
    """Start Chromium, or skip and say why."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright's Python package is not installed")
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no Chromium on the path (looked for {', '.join(BROWSERS)}): apt-get install chromium")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()
