"""Serve a graph on this machine: SPARQL 1.1 Protocol, the explorer page, and a page to write queries on.

Read-only: there is no update, no LOAD, no SERVICE. Every query has a time limit and a row limit.
"""

import json
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qs, parse_qsl, urlencode

from diplograph.exports.iris import prefixes
from diplograph.exports.query_results import ROW_WRITERS, TRIPLE_FORMATS
from diplograph.exports.serve_worker import Answer, Job, Workers

__all__ = ["Limits", "make_server", "serve"]

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})

# Pages are ours alone: nothing may be loaded from, or sent to, another address.
PAGE_POLICY: Final = (
    "default-src 'self' 'unsafe-inline' data: blob:; connect-src 'self'; frame-ancestors 'none'"
)
ASSETS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "/query": ("query.html", "text/html; charset=utf-8"),
        "/yasgui.min.js": ("yasgui.min.js", "text/javascript; charset=utf-8"),
        "/yasgui.min.css": ("yasgui.min.css", "text/css; charset=utf-8"),
        "/query.js": ("query.js", "text/javascript; charset=utf-8"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost.

    ``seconds`` a query may take, the wait for a free worker included; ``rows`` its answer may have;
    ``request_bytes`` of a body; ``idle_seconds`` a connection may stay silent.
    """

    seconds: float = 30.0
    rows: int = 100_000
    request_bytes: int = 1_000_000
    idle_seconds: float = 30.0


def serve(
    target: Path,
    *,
    port: int = 8765,
    workers: int = 2,
    limits: Limits | None = None,
    allow_origin: str = "",
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve ``target``, a folder that a build wrote or an RDF file, on 127.0.0.1 until interrupted.

    Args:
        target: What to serve; the explorer page needs a folder.
        port: The port, or 0 for any that is free.
        workers: How many queries are answered at the same time.
        limits: What one request may cost.
        allow_origin: The one web origin whose pages may ask (CORS), or ``*``; by default none.
        ready: Called with the address once requests are answered.

    Raises:
        InputError: If there is nothing to serve.
        OSError: If the port is taken.
    """
    server, pool = make_server(target, port=port, workers=workers, limits=limits, allow_origin=allow_origin)
    try:
        if ready:
            ready(f"http://127.0.0.1:{server.server_address[1]}/")
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        pool.close()


def make_server(
    target: Path,
    *,
    port: int = 0,
    workers: int = 2,
    limits: Limits | None = None,
    allow_origin: str = "",
) -> tuple[ThreadingHTTPServer, Workers]:
    """Make a server that does not run yet, and its workers; see :func:`serve`."""
    pool = Workers(target, count=workers)
    chosen = limits or Limits()
    explorer = target / "graph.html" if target.is_dir() else None

    class Handler(_Endpoint):
        timeout = chosen.idle_seconds

    Handler.pool, Handler.limits = pool, chosen
    Handler.explorer, Handler.allow_origin = explorer, allow_origin
    try:
        server = _Server(("127.0.0.1", port), Handler)
    except OSError:
        pool.close()
        raise
    return server, pool


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Leave the clients who hang up unmentioned, and log our own errors; the library prints nothing."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            logging.getLogger(__name__).exception("a request failed")


class _Endpoint(BaseHTTPRequestHandler):
    """Answer one connection; the attributes are set by :func:`make_server`."""

    protocol_version = "HTTP/1.1"
    pool: Workers
    limits: Limits
    explorer: Path | None
    allow_origin: str

    def version_string(self) -> str:
        """Name the program; its version is nobody's business."""
        return "Diplograph"

    def do_GET(self) -> None:
        """Answer a page, a file of one, or a query in the address."""
        path, _, text = self.path.partition("?")
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body that nobody reads would be taken for the next request
        if not self._is_local():
            return
        if path == "/sparql":
            if not text:
                self._send(200, "text/turtle", _description().encode())
                return
            self._query(text)
        elif path in ("/", "/index.html"):
            self._explorer()
        elif path == "/questions.json":
            self._send(200, "application/json", _questions().encode())
        elif path in ASSETS:
            name, media = ASSETS[path]
            page = files("diplograph.exports.query_page").joinpath(name)
            if not page.is_file():
                self._tell(404, f"{name} is not part of this installation")
                return
            self._send(200, media, page.read_bytes(), page=True)
        else:
            self._tell(404, f"there is nothing at {path}; queries go to /sparql")

    do_HEAD = do_GET  # noqa: N815 -- the name is the interface of http.server

    def do_POST(self) -> None:
        """Answer a query in the body."""
        path, _, text = self.path.partition("?")
        body = self._body()
        if body is None or not self._is_local():
            return
        if path != "/sparql":
            self._tell(404, "queries go to /sparql")
            return
        media = self.headers.get_content_type()
        if media == FORM:
            self._query("&".join(filter(None, (text, body))))
        elif media == QUERY:
            self._query("&".join(filter(None, (text, urlencode({"query": body})))))
        elif media == "application/sparql-update":
            self._tell(403, "this endpoint only reads; updates are refused")
        else:
            self._tell(415, f"a query comes as {FORM} or {QUERY}, not as {media}")

    def do_OPTIONS(self) -> None:
        """Tell a browser which requests another origin may make, if any."""
        self._send(204, "", b"")

    def _refuse_method(self) -> None:
        self.close_connection = True
        self._tell(405, "only GET, HEAD, POST and OPTIONS are answered")

    do_PUT = do_DELETE = do_PATCH = do_TRACE = do_CONNECT = _refuse_method  # noqa: N815

    def _is_local(self) -> bool:
        """Refuse requests that reached us under another name: a web page may have pointed its own here."""
        host = self.headers.get("Host", "127.0.0.1")
        if host.rsplit(":", 1)[0] in LOCAL_NAMES or host in LOCAL_NAMES:
            return True
        self._tell(403, "ask under the name 127.0.0.1 or localhost")
        return False

    def _body(self) -> str | None:
        """Read the body of a request, or answer why not and give None."""
        given = self.headers.get("Content-Length", "")
        if not (given.isascii() and given.isdecimal()) or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._tell(411, "say the length of the request in Content-Length")
            return None
        if int(given) > self.limits.request_bytes:
            self.close_connection = True
            self._tell(413, f"a request may have {self.limits.request_bytes} bytes")
            return None
        try:
            return self.rfile.read(int(given)).decode("utf-8")
        except UnicodeDecodeError:
            self._tell(400, "the request is not UTF-8")
            return None

    def _query(self, text: str) -> None:
        try:
            given = parse_qs(
                text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=50
            )
        except ValueError:
            self._tell(400, "the parameters are not well formed")
            return
        if "update" in given:
            self._tell(403, "this endpoint only reads; updates are refused")
            return
        if len(given.get("query", ())) != 1:
            self._tell(400, "give one query; graphs, limit and offset are optional")
            return
        numbers = {name: given[name][0] for name in ("limit", "offset") if name in given}
        if not all(number.isdecimal() and len(number) < 10 for number in numbers.values()):
            self._tell(400, "limit and offset are whole numbers")
            return
        limit = min(int(numbers["limit"]), self.limits.rows) if "limit" in numbers else None
        job = Job(
            query=given["query"][0],
            accept=_accepted(self.headers.get("Accept", "*/*")),
            default_graphs=tuple(given.get("default-graph-uri", ())),
            named_graphs=tuple(given.get("named-graph-uri", ())),
            offset=int(numbers.get("offset", "0")),
            limit=limit,
            max_rows=self.limits.rows,
        )
        answer = self.pool.answer(job, seconds=self.limits.seconds)
        self._send(answer.status, _typed(answer.media), answer.body, link=self._link(text, job, answer))

    def _link(self, text: str, job: Job, answer: Answer) -> str:
        """Point at the page before and the page after, as RFC 8288 has it."""
        if job.limit is None or self.command == "POST":
            return ""
        kept = [(name, value) for name, value in parse_qsl(text) if name not in ("limit", "offset")]

        def at(offset: int, relation: str) -> str:
            query = urlencode([*kept, ("limit", str(job.limit)), ("offset", str(offset))])
            return f'</sparql?{query}>; rel="{relation}"'

        links = [at(job.offset + job.limit, "next")] if answer.more else []
        if job.offset and answer.status == 200:
            links.append(at(max(0, job.offset - job.limit), "prev"))
        return ", ".join(links)

    def _explorer(self) -> None:
        if self.explorer is None or not self.explorer.is_file():
            self._tell(404, "there is no explorer page here: serve a folder that a build wrote; see /query")
            return
        self._send(200, "text/html; charset=utf-8", self.explorer.read_bytes(), page=True)

    def _tell(self, status: int, problem: str) -> None:
        self._send(status, "text/plain; charset=utf-8", f"{problem}\n".encode())

    def _send(self, status: int, media: str, body: bytes, *, link: str = "", page: bool = False) -> None:
        self.send_response(status)
        if media:
            self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Vary", "Accept, Origin")
        if page:
            self.send_header("Content-Security-Policy", PAGE_POLICY)
        if link:
            self.send_header("Link", link)
        if status in (204, 405):
            self.send_header("Allow", "GET, HEAD, POST, OPTIONS")
        if status == 503:
            self.send_header("Retry-After", "5")
        if self.allow_origin:
            self.send_header("Access-Control-Allow-Origin", self.allow_origin)
            self.send_header("Access-Control-Allow-Headers", "Accept, Content-Type")
            self.send_header("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
            self.send_header("Access-Control-Expose-Headers", "Link")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing: queries may be confidential, and a library does not print."""


def _accepted(header: str) -> tuple[str, ...]:
    """Give the media types of an Accept header, the most wanted first; those refused (q=0) are left out."""
    wanted = []
    for place, part in enumerate(header.split(",")):
        media, *options = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for option in options:
            name, _, value = option.partition("=")
            if name.strip().lower() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
        if media and quality > 0:
            wanted.append((-quality, media == "*/*", place, media.lower()))
    return tuple(media for *_, media in sorted(wanted))


def _typed(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _description() -> str:
    """Describe the service, as SPARQL 1.1 Service Description has it."""
    formats = "".join(f' ;\n    sd:resultFormat "{media}"' for media in (*ROW_WRITERS, *TRIPLE_FORMATS))
    return (
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n\n"
        "</sparql#service> a sd:Service ;\n    sd:endpoint </sparql> ;\n"
        f"    sd:supportedLanguage sd:SPARQL11Query{formats} .\n"
    )


def _questions() -> str:
    """Give the shipped questions and the prefixes, for the query page."""
    from diplograph.exports.ask import questions

    found = [
        {"name": question.name, "sentence": question.sentence, "query": question.query}
        for question in questions().values()
    ]
    return json.dumps({"prefixes": dict(prefixes()), "questions": found}, ensure_ascii=False)
