"""A reader in Node, written from schema/seal-v2.md alone. Does the specification say it all?"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.opener import payload
from tests.sample import ROOT, Sample

NODE = shutil.which("node")
READER = Path(__file__).with_name("reader.mjs")
VECTORS = ROOT / "schema" / "vectors" / "seal-v2.json"
REFERENCE = re.compile(r' data-(?:sealed|screen|zoom|copy)="([^"#]+#[^"]+)"')

pytestmark = pytest.mark.skipif(NODE is None, reason="no node on this machine")


def told(*given: object) -> dict[str, Any]:
    """What the reader prints; it fails loudly when it cannot answer."""
    command = [NODE or "node", str(READER), *map(str, given)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def site_told(sample: Sample, level: str, code: str) -> dict[str, Any]:
    """What a code opens on one of the sample's sites."""
    folder = (sample.job.output / level).resolve()
    return told("site", folder, ROOT / "schema" / "words-ru.txt", code)


def test_every_vector_opens_and_is_made_anew_byte_for_byte() -> None:
    assert told("vectors", VECTORS) == {"objects": 4, "compartments": 3, "failed": []}


def test_a_vector_that_was_changed_is_noticed(tmp_path: Path) -> None:
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    vectors["epochs"]["staff"] = 2
    vectors["objects"][3]["bound_to"] = ["staff"]
    changed = tmp_path / "vectors.json"
    changed.write_text(json.dumps(vectors), encoding="utf-8")
    assert told("vectors", changed)["failed"] == ["key of staff", "42/picture: made anew"]


@pytest.mark.covers("R-134")
def test_one_card_of_every_kind_opens_in_node_what_it_opens_in_python(sample: Sample) -> None:
    tiers: dict[str, int] = {}
    pages = assets = 0
    for _, holder, card in sample.cards():
        if tiers.setdefault(holder.tier, 0):
            continue
        tiers[holder.tier] += 1
        code = card.code if holder.by_link else " ".join(card.words)
        found = site_told(sample, holder.level, code)
        reader = sample.reader(holder, card)
        opened = reader.pages()
        references = {one for html in opened.values() for one in REFERENCE.findall(html)}
        pictures = {one.partition("#")[0]: reader.open_asset(one) for one in references}
        assert found["refused"] == []
        assert found["pages"] == {oid: _digest(html.encode()) for oid, html in opened.items()}
        assert found["assets"] == {oid: _digest(raw) for oid, raw in pictures.items()}
        pages, assets = pages + len(opened), assets + len(pictures)
    print(f"\nindependent reader: cards {len(tiers)} ({', '.join(sorted(tiers))}), "
          f"pages {pages}, assets {assets}, differences 0")  # fmt: skip
    assert len(tiers) >= 5
    assert assets > 50


def test_a_strange_code_opens_nothing_and_an_older_page_is_refused(
    sample: Sample, tmp_path: Path
) -> None:
    holder, card = next((h, c) for _, h, c in sample.cards() if h.tier == "family")
    assert site_told(sample, holder.level, "A" * 22) == {"opens": False}
    folder = tmp_path / holder.level
    shutil.copytree((sample.job.output / holder.level).resolve(), folder)
    one, other = sorted(sample.reader(holder, card).pages())[:2]
    page = folder / "p" / f"{one}.html"
    old, new = payload(page), payload(folder / "p" / f"{other}.html")

    text = page.read_text(encoding="utf-8")
    text = text.replace(base64.b64encode(old).decode(), base64.b64encode(new).decode())
    page.write_text(text, encoding="utf-8")
    found = told("site", folder, ROOT / "schema" / "words-ru.txt", card.code)
    assert found["refused"] == [f"{one}: pin"]
    assert one not in found["pages"]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
