"""Every kind of page, as it is opened, before the W3C's own checker. Is it valid HTML?"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sample import ROOT, Sample

VNU = ROOT / "tests" / "html" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command; its tests are skipped where there is no Java or no checker."""
    if not shutil.which("java") or not VNU.is_file():
        pytest.skip("no HTML checker: `sh tests/install-programs.sh` installs Java and vnu")
    # Its reading of our policy is wrong on files («'self'» has no origin there): warnings are left.
    return ["java", "-Xshare:auto", "-jar", str(VNU), "--errors-only", "--format", "json"]


def pages_of(sample: Sample) -> Iterator[tuple[str, str]]:
    """Name and HTML of the locked pages, and of one page of each audience's kind on each level."""
    for level in ("primary", "basic", "senior"):
        site = (sample.job.output / level).resolve()
        yield f"{level}-locked", (site / "index.html").read_text(encoding="utf-8")
        yield f"{level}-sealed", next((site / "p").glob("*.html")).read_text(encoding="utf-8")
        for file in sorted((site / "o").glob("*.html")):
            yield f"{level}-open-{file.stem}", file.read_text(encoding="utf-8")
    seen = set()
    for _, holder, card in sample.cards():
        kind = f"{holder.level}-{holder.tier}"
        if kind in seen:
            continue
        seen.add(kind)
        for oid, html in sample.reader(holder, card).granted().items():
            yield f"{kind}-{oid}", html


def test_every_kind_of_page_is_valid(sample: Sample, checker: list[str], tmp_path: Path) -> None:
    for name, html in pages_of(sample):
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    pages = sorted(tmp_path.glob("*.html"))
    assert any("-family-" in page.name for page in pages)
    done = subprocess.run([*checker, *map(str, pages)], capture_output=True, text=True, check=False)
    said = json.loads(done.stderr)["messages"]
    minded = [it for it in said if not _is_sealed_picture(it)]
    found = {f"{Path(it['url']).name}: {it['message']} {it.get('extract', '')}" for it in minded}
    assert sorted(found) == []


def _is_sealed_picture(said: dict[str, str]) -> bool:
    """A picture gets its `src` from the script that opens it: here no script has run."""
    lacks = said["message"].startswith("Element “img” is missing one or more of the following")
    return lacks and "data-sealed=" in said.get("extract", "")


def test_a_page_that_is_not_valid_would_be_found(checker: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=ru><title>т</title><p><div></p>", encoding="utf-8")
    done = subprocess.run([*checker, str(page)], capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "p" in done.stderr
