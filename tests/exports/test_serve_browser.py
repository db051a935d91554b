"""The query page in a real browser: it asks this server, and nobody else."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from diplograph.exports.serve import make_server
from diplograph.exports.turtle import write_turtle
from question_facts import question_graph

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    write_turtle(question_graph(), tmp_path / "graph.ttl")
    server, pool = make_server(tmp_path, workers=1)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    wrong: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda r: None if r.url.startswith((address, "data:")) else wrong.append(r.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/query")
    page.wait_for_selector(".yasqe")
    yield page
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    pool.close()
    assert wrong == []


def test_a_question_is_answered_at_a_click(page: Any) -> None:
    page.click("button[data-name=agreements-of]")
    page.wait_for_selector(".yasr table tbody tr")
    assert page.locator(".yasr table tbody tr").count() == 3
    assert "Japan-UK ACSA" in page.inner_text(".yasr table")


def test_questions_are_found_by_their_words(page: Any) -> None:
    page.fill("#find", "negotiated")
    shown = page.locator("#questions li:visible")
    assert shown.count() == 1
    assert "being negotiated" in shown.inner_text()


def test_a_wrong_query_shows_its_place(page: Any) -> None:
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?s foo:bar ?o }')")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr .errorResult")
    assert "foo:bar is not declared" in page.inner_text(".yasr .errorResult")
