"""Whatever is written does not depend on the hash seed."""

import os
import subprocess
import sys
from pathlib import Path

CODE = """
import sys
from importlib.util import find_spec
from pathlib import Path
from factories import sample_extractions, sample_graph
from diplograph.exports.answers import answer_analyze, answer_stats, render_answers
from diplograph.exports.comparison import write_comparison
from diplograph.exports.formats import FORMATS, export
from diplograph.exports.report import measure_coverage, render_report
from diplograph.graph.compare import diff
kg, out = sample_graph(), Path(sys.argv[1])
for kind in FORMATS:
    if kind != "parquet" or find_spec("pyarrow"):
        export(kg, out / kind, kind=kind)
write_comparison(diff(kg.edition("yearbook-2016"), kg.edition("yearbook-2017")), out)
read = sample_extractions()
dropped = [rejection for item in read for rejection in item.rejections]
report = render_report(kg, coverage=[measure_coverage(item) for item in read], rejections=dropped)
(out / "report.md").write_text(report, encoding="utf-8")
text = render_answers((*answer_stats(kg), *answer_analyze(kg, measure="betweenness")), kind="json")
(out / "answers.json").write_text(text, encoding="utf-8")
if find_spec("matplotlib"):
    from diplograph.exports.figures import save_figure
    from diplograph.exports.plots import draw
    for kind in ("network", "matrix", "issues", "flows"):
        save_figure(draw(kg, kind=kind), out / f"{kind}.svg")
"""


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    written: list[dict[str, bytes]] = []
    for seed in ("0", "1", "8"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        subprocess.run([sys.executable, "-c", CODE, str(folder)], check=True, env=environment)
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        written.append({str(path.relative_to(folder)): path.read_bytes() for path in found})
    first, *others = written
    assert len(first) >= 20
    for other in others:
        assert list(first) == list(other)
        assert [name for name in first if first[name] != other[name]] == []
