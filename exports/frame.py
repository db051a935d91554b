"""Show a graph in a notebook: the interactive page in a frame that can reach nothing outside itself."""

import html
from typing import TYPE_CHECKING, Final

from diplograph.exports.page_document import page_html

if TYPE_CHECKING:
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["LARGEST", "page_frame"]

# Claims up to which a graph is put into the notebook: its file keeps what a cell shows, and ten times
# as many make it tens of megabytes.
LARGEST: Final = 20_000

HEIGHT: Final = 640  # pixels


def page_frame(kg: "KnowledgeGraph") -> str:
    """Give HTML that shows the page of a graph; nothing is written, nothing loaded, nothing stored.

    The frame is sandboxed, without the origin of the notebook: what stands in documents cannot act there. A
    graph of more than :data:`LARGEST` claims is told in words instead.
    """
    if len(kg.claims) > LARGEST:
        return (
            f"<p>{html.escape(repr(kg))}. It is too large to show here: write it with "
            "<code>diplograph.exports.page.write_page(kg, path)</code>, or show a view of it, such as "
            "<code>kg.around(name)</code>.</p>"
        )
    return (
        '<iframe sandbox="allow-scripts allow-downloads allow-popups" title="Explorer of the graph" '
        f'style="width: 100%; height: {HEIGHT}px; border: 1px solid #8888" '
        f'srcdoc="{html.escape(page_html(kg))}"></iframe>'
    )
