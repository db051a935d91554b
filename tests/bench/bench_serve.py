"""Load `diplograph serve` and watch its memory: python tests/bench/bench_serve.py [TARGET] [SECONDS] [CONNECTIONS]

Starts the server on a free port, lets wrk (`apt-get install wrk`) ask all shipped questions, the pages and some
wrong queries by turns over 32 connections for 60 s, and prints what was answered, how quickly, and how much memory
the server and its workers held from second to second. TARGET is a folder that a build wrote (default: a build of the
samples). Exit status: 0 no error and no growth, 1 otherwise.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from diplograph.exports.ask import questions

PAGE = 4096  # bytes
# Memory is compared after this share of the time: before it caches fill, and the allocator settles.
WARM = 0.5
# Growth, in bytes of all processes together from the middle to the end, that counts as none.
STEADY = 8_000_000
WORKERS = 2

SCRIPT = """
local paths = {{{paths}}}
local turn = 0
request = function()
  turn = turn + 1
  local chosen = paths[turn % #paths + 1]
  return wrk.format(chosen[1], chosen[2], {{["Accept"] = "text/csv, */*;q=0.5", ["Content-Type"] = chosen[3]}}, chosen[4])
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('\\nRESULT {{"requests": %d, "microseconds": %d, "bytes": %d, "connect": %d, "read": %d,' ..
    ' "write": %d, "status": %d, "timeout": %d, "p50": %d, "p99": %d, "slowest": %d}}\\n',
    summary.requests, summary.duration, summary.bytes, e.connect, e.read, e.write, e.status, e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
"""


def script() -> str:
    """Write the requests that wrk makes by turns: questions by GET and POST, and the pages."""
    queries = [question.query for question in questions().values()]
    calls = [("GET", f"/sparql?query={quote(query)}", "text/plain", "") for query in queries]
    calls += [("POST", "/sparql", "application/sparql-query", query) for query in queries]
    calls += [("GET", path, "text/plain", "") for path in ("/", "/query", "/questions.json", "/sparql")]
    rows = (", ".join(json.dumps(part, ensure_ascii=False) for part in call) for call in calls)
    return SCRIPT.format(paths=", ".join(f"{{{row}}}" for row in rows))


def family(process: int) -> list[int]:
    """Give the process and all that it started."""
    found = [process]
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            found += family(int(child))
    return found


def memory(process: int) -> int:
    """Give the resident memory of a server and its workers, in bytes."""
    total = 0
    for one in family(process):
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * PAGE
        except OSError:
            continue  # it has just ended
    return total


def main(target: Path, seconds: int, connections: int) -> int:
    """Measure and print; see the module."""
    if shutil.which("wrk") is None:
        sys.exit("no wrk on the path: apt-get install wrk")
    program = [str(Path(sys.executable).with_name("diplograph")), "serve", str(target), "--port", "0"]
    server = subprocess.Popen([*program, "--workers", str(WORKERS)], stdout=subprocess.PIPE, text=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requests.lua"
        path.write_text(script(), encoding="utf-8")
        try:
            assert server.stdout is not None
            found = re.search(r"http://[\d.]+:\d+", server.stdout.readline())
            assert found, "the server did not say where it is"
            at_rest = memory(server.pid)
            load = subprocess.Popen(
                ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", str(path), found[0]],
                stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            seen = []
            while load.poll() is None:
                time.sleep(1)
                seen.append(memory(server.pid))
            output = load.communicate()[0]
        finally:
            server.terminate()
            server.wait()
    line = re.search(r"^RESULT (.*)$", output, re.MULTILINE)
    assert line, output
    told = json.loads(line[1])
    wrong = {name: told[name] for name in ("connect", "read", "write", "status", "timeout") if told[name]}
    settled = seen[int(len(seen) * WARM) :]
    half = len(settled) // 2
    growth = sum(settled[half:]) // len(settled[half:]) - sum(settled[:half]) // half
    print(f"{told['requests']} requests in {told['microseconds'] / 1e6:.0f} s over {connections} connections, "
          f"{told['requests'] / (told['microseconds'] / 1e6):.0f} a second; errors: {wrong or 'none'}")  # fmt: skip
    print(f"latency: median {told['p50'] / 1000:.0f} ms, 99 in 100 under {told['p99'] / 1000:.0f} ms")
    print(f"memory of all {WORKERS + 1} processes in MB: at rest {at_rest / 1e6:.0f}, every 5 s "
          f"{' '.join(f'{value / 1e6:.0f}' for value in seen[::5])}; growth in the last half {growth / 1e6:.1f}")  # fmt: skip
    return int(bool(wrong) or growth > STEADY)


if __name__ == "__main__":
    rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as made:
        place = Path(rest[0]) if rest else Path(made) / "out"
        if not rest:
            samples = Path(__file__).parents[2] / "samples"
            subprocess.run(
                [Path(sys.executable).with_name("diplograph"), "build", samples, "-o", place], check=True
            )
        sys.exit(main(place, int(rest[1]) if len(rest) > 1 else 60, int(rest[2]) if len(rest) > 2 else 32))
