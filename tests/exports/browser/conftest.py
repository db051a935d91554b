"""A real browser for the page, with every way to a network refused and every attempt noted."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from diplograph.exports.page import write_page
from diplograph.graph.knowledge import KnowledgeGraph

OpenPage = Callable[..., Any]


def wait_for(page: Any, expression: str, seconds: float = 10) -> None:
    """Wait until an expression is true; Playwright's way needs ``eval``, which the page forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"not within {seconds} s: {expression}"
        page.wait_for_timeout(20)


@pytest.fixture(scope="session")
def wait() -> Callable[..., None]:
    """Give :func:`wait_for` to tests."""
    return wait_for


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[OpenPage]:
    """Open the page of a graph; at the end no request, script error or broken policy may have been seen."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def watch(request: Any) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            wrong.append(f"request for {request.url}")

    def listen(message: Any) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"console: {message.text}")

    def open_one(
        kg: KnowledgeGraph | None = None,
        address: str = "",
        *,
        size: tuple[int, int] = (1440, 900),
        path: Path | None = None,
        refusals: list[str] | None = None,
        **options: Any,
    ) -> Any:
        if path is None:
            assert kg is not None
            path = tmp_path / "graph.html"
            write_page(kg, path)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True, accept_downloads=True, **options
        )
        contexts.append(context)
        if refusals is None:
            context.on("request", watch)
        page = context.new_page()
        page.on("console", listen if refusals is None else lambda message: refusals.append(message.text))
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.goto(f"{path.as_uri()}{address}")
        if "view=table" not in address:
            wait_for(page, "performance.getEntriesByName('drawn').length > 0 || !window.diplograph")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert wrong == []
