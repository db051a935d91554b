"""Measure the page against pyvis's own, in one run of one browser: python tests/bench/bench_page.py [SECONDS]

Prints, for graphs of several sizes, the time to build the file, from opening it to the first drawing, of a
drag frame (95th percentile), and how many times sooner than pyvis's default page the first drawing comes.
Compare ratios of one run, never times of two. SECONDS is how long to wait for pyvis (default 60): where it
has drawn nothing by then, the ratio is a lower bound.
"""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from diplograph.exports.page import write_page
from diplograph.graph.knowledge import KnowledgeGraph
from page_factory import large_graph

# nodes, claims, what is added to the address: "show" draws all nodes at once
CASES = (
    (200, 600, ""),
    (2000, 6000, ""),
    (2000, 6000, "#show=2000"),
    (10_000, 30_000, ""),
    (50_000, 150_000, ""),
)
# pyvis is asked only where waiting for it can end.
PYVIS_NODES = 2000

FRAMES = """() => {
  window.frames_ = [];
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    frames_.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""

# Notes when vis-network has drawn for the first time after it has decided where the nodes stand.
NOTE_FIRST_DRAWING = """<script>
  const plain = vis.Network;
  vis.Network = function (...given) {
    const network = new plain(...given);
    const note = () => { if (!window.firstDrawing) window.firstDrawing = performance.now(); };
    if (given[2].physics && given[2].physics.enabled === false) network.once("afterDrawing", note);
    else network.once("stabilizationIterationsDone", () => network.once("afterDrawing", note));
    return network;
  };
</script>"""


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        sys.exit("no Chromium on the path: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def ours(browser: Any, kg: KnowledgeGraph, address: str, folder: Path) -> tuple[float, float, float, float]:
    """Give seconds to build and to the first drawing, the 95th percentile of drag frames in ms, and MB."""
    path = folder / "ours.html"
    start = time.perf_counter()
    write_page(kg, path)
    build = time.perf_counter() - start
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    page.goto(path.as_uri() + address)
    while not page.evaluate("performance.getEntriesByName('drawn').length"):
        page.wait_for_timeout(20)
    drawn = page.evaluate("performance.getEntriesByName('drawn')[0].startTime") / 1000
    page.wait_for_timeout(500)
    page.mouse.move(760, 130)  # an empty corner, so that the picture is dragged and not a node
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(80):
        page.mouse.move(760 - step * 2, 130 + step * 3)
        page.wait_for_timeout(12)
    frames = sorted(page.evaluate("frames_"))
    page.mouse.up()
    page.context.close()
    return build, drawn, frames[int(len(frames) * 0.95)], path.stat().st_size / 1e6


def pyvis_default(browser: Any, kg: KnowledgeGraph, folder: Path, patience: float) -> float | None:
    """Give seconds from opening pyvis's own page to its first drawing, None if it takes too long."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for id, entity in kg.entities.items():
        network.nodes.append({"id": id, "label": entity.label, "shape": "dot"})
    network.node_ids.extend(kg.entities)
    network.edges.extend({"from": c.subject, "to": c.object, "arrows": "to"} for c in kg.claims)
    text = network.generate_html()
    text = re.sub(r"<(?:link|script)[^>]*https?://[^>]*>(?:</script>)?", "", text)  # Bootstrap from a CDN
    at = text.index('<script type="text/javascript">', text.index("<body>"))
    path = folder / "pyvis.html"
    path.write_text(text[:at] + NOTE_FIRST_DRAWING + text[at:], encoding="utf-8")
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    page.set_default_timeout((patience + 30) * 1000)
    page.goto(path.as_uri(), wait_until="commit")
    start = time.monotonic()
    drawn = None
    while drawn is None and time.monotonic() - start < patience:
        page.wait_for_timeout(200)
        drawn = page.evaluate("window.firstDrawing || null")
    page.context.close()
    return None if drawn is None else drawn / 1000


def main(patience: float) -> None:
    """Print one row per case."""
    print("nodes   claims   address      build s   file MB   drawn s   p95 frame ms   pyvis s   times sooner")
    waited: dict[int, float | None] = {}
    with chromium() as browser, tempfile.TemporaryDirectory() as name:
        for nodes, claims, address in CASES:
            kg = large_graph(nodes, claims)
            build, drawn, frame, size = ours(browser, kg, address, Path(name))
            theirs, ratio = "", ""
            if nodes <= PYVIS_NODES:
                if nodes not in waited:
                    waited[nodes] = pyvis_default(browser, kg, Path(name), patience)
                seconds = waited[nodes]
                theirs = f"> {patience:.0f}" if seconds is None else f"{seconds:.1f}"
                ratio = f"{'> ' if seconds is None else ''}{(seconds or patience) / drawn:.0f}"
            print(
                f"{nodes:<7} {claims:<8} {address:<12} {build:<9.2f} {size:<9.1f} {drawn:<9.2f} "
                f"{frame:<14.0f} {theirs:<9} {ratio}",
                flush=True,
            )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
