"""Put the page together: one HTML file that needs nothing but a browser."""

import base64
import hashlib
import html
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplograph.exports.page_data import encode
from diplograph.exports.page_tables import load_appearance, page_text

if TYPE_CHECKING:
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["page_html", "write_page"]

# The drawing library as pyvis ships it; dual-licensed Apache-2.0 and MIT, notice included in the file.
VIS_NETWORK: Final = "lib/vis-9.1.2/vis-network.min.js"

# In the order in which they run; ``main.js`` starts the page.
SCRIPTS: Final = (
    "data.js",
    "state.js",
    "words.js",
    "settle.js",
    "labels.js",
    "picture.js",
    "search.js",
    "filters.js",
    "panel.js",
    "relate.js",
    "table.js",
    "time.js",
    "download.js",
    "address.js",
    "main.js",
)

SLOT: Final = re.compile(r"<!--slot:(\w+)-->")

# What could end a script block or be taken for markup, as JSON escapes that mean the same.
JSON_ESCAPES: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def write_page(kg: "KnowledgeGraph", path: Path, *, title: str = "") -> None:
    """Write the interactive page of a graph to ``path``, replacing what is there.

    See :func:`page_html`. The file is UTF-8 whatever the locale.
    """
    # A lone surrogate in a document becomes a JSON escape instead of stopping the build.
    path.write_bytes(page_html(kg, title=title).encode("utf-8", "backslashreplace"))


def page_html(kg: "KnowledgeGraph", *, title: str = "") -> str:
    """Give the interactive page of a graph: one document, complete in itself.

    It asks for nothing over a network, and its content security policy forbids it to. Equal graphs give
    equal strings. It may be shown in a frame with ``sandbox="allow-scripts allow-downloads allow-popups"``;
    it stores nothing. An empty ``title`` is replaced by one made from the documents' titles.
    """
    appearance = load_appearance()
    heading = title or _title(kg)
    script = '"use strict";\n(() => {\n' + "\n".join(page_text(name) for name in SCRIPTS) + "\n})();\n"
    library = _library()
    style = page_text("page.css")
    data = _json(encode(kg, appearance, title=heading))
    policy = (
        "default-src 'none'; "
        f"script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    slots = {
        "policy": f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        "title": f"<title>{html.escape(heading)}</title>",
        "style": f"<style>{style}</style>",
        "data": f'<script type="application/json" id="data">{data}</script>',
        "library": f"<script>{library}</script>",
        "script": f"<script>{script}</script>",
    }
    return SLOT.sub(lambda match: slots[match[1]], page_text("page.html"))


def _title(kg: "KnowledgeGraph") -> str:
    titles = [record.title for record in kg.documents.values() if record.title]
    if len(titles) == 1:
        return titles[0]
    publishers = {record.publisher for record in kg.documents.values()}
    if len(publishers) == 1 and (publisher := publishers.pop()):
        return f"{publisher}: {len(kg.documents)} documents"
    return "Diplomatic network"


def _library() -> str:
    """Read vis-network, without the pointer to a source map that is not there."""
    source = (files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", source)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(JSON_ESCAPES)


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
