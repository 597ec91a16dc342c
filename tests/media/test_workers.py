"""A worker may die; it costs its own file only."""

import math
import os
import subprocess
import sys
from collections import deque
from contextlib import closing
from functools import partial
from pathlib import Path

from PIL import Image

from generator.media.answer import Drawn, Reading, from_bytes, to_bytes
from generator.media.clean import Clean
from generator.media.derive import read
from generator.media.pdf_copy import copy_pages
from generator.media.proof import run_proven
from generator.media.recipe import STANDARD
from generator.media.refusals import Refused
from generator.media.workers import Task, _kill_or_wait, _read_worked, _Worker, run_apart
from tests.media.hostile import catalog
from tests.media.making import (
    assert_no_child_is_left,
    exif,
    jpeg,
    lay,
    nested_pdf,
    pdf,
    saved,
)


def test_two_kilobytes_that_fill_all_memory_cost_themselves_only(tmp_path: Path) -> None:
    files = {"bottomless.pdf": nested_pdf(), "good.jpg": jpeg()}
    digests = {name: scan.digest for name, scan in zip(files, lay(tmp_path, files), strict=True)}
    # In a process that may have little memory itself: filling 1.5 GB would take seconds.
    program = f"""
import resource
from pathlib import Path
from generator.diagnostic import Text
from generator.media import prepare
from generator.model.shown import ShownScan
from generator.trouble import Trouble
from generator.progress import NOBODY
import sys
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
scans = [ShownScan(name, digest, "", Text("", "")) for name, digest in {digests!r}.items()]
found = prepare(scans, Path(), Path("cache"), NOBODY)
print([(d.place.file, d.code) for d in found.diagnostics], len(found.leaves))
"""
    said = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert said.stdout == "[('bottomless.pdf', 'scan-costly')] 1\n"
    assert said.stderr == ""


def endless() -> bytes:
    while True:
        pass


def test_a_worker_that_dies_costs_its_own_answer_only() -> None:
    tasks = [
        Task("memory", lambda: bytes(3_000_000_000), 20),
        Task("abort", lambda: os.abort() or b"", 20),
        Task("endless", endless, 0.3),
        Task("error", lambda: b"%d" % (1 // 0), 20),
        Task("flood", lambda: bytes(70_000_000), 20),
        Task("large", lambda: b"x" * 5_000_000, 20),
        Task("fine", lambda: b"fine", 20),
    ]
    with closing(run_apart(deque(tasks), 2)) as answers:
        heard = {task.name: answer for task, answer in answers}
    assert heard.pop("large") == b"x" * 5_000_000
    assert heard.pop("fine") == b"fine"
    assert heard == dict.fromkeys(("memory", "abort", "endless", "error", "flood"))
    assert_no_child_is_left()


def test_a_late_worker_is_asked_how_much_it_worked() -> None:
    pipe, ours = os.pipe()
    sleeper = os.fork()
    if sleeper == 0:
        os.read(pipe, 1)
        os._exit(0)
    try:
        while Path(f"/proc/{sleeper}/stat").read_text().rpartition(")")[2].split()[0] != "S":
            pass
        assert _read_worked(sleeper) == math.inf
        assert 0 < _read_worked(os.getpid()) < 9_999
        starved = _Worker(Task("", bytes, 1e6), os.getpid(), -1, deadline=0.0)
        _kill_or_wait(starved)
        assert starved.deadline > 1e5
    finally:
        os.write(ours, b"x")
        os.waitpid(sleeper, 0)


def test_a_worker_has_no_environment_and_cannot_write_a_file(tmp_path: Path) -> None:
    def work() -> bytes:
        return repr(dict(os.environ)).encode()

    def write() -> bytes:
        (tmp_path / "file").write_bytes(b"x")
        return b"written"

    os.environ["STUPENI_TEST_WORD"] = "secret"
    try:
        answers = dict(run_apart(deque([Task("a", work, 9), Task("b", write, 9)]), 2))
    finally:
        del os.environ["STUPENI_TEST_WORD"]
    assert {task.name: answer for task, answer in answers.items()} == {"a": b"{}", "b": None}
    assert (tmp_path / "file").read_bytes() == b""


def test_a_pdf_is_believed_only_when_a_second_worker_can_make_the_same_of_it() -> None:
    honest = copy_pages(pdf(["1 0 0 rg 0 0 9 9 re f"], []))
    plain = catalog(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")
    later = honest + b"\n% a word behind\n"
    said = {"honest": honest, "script": plain, "later": later, "none": b"", "torn": honest[:200]}
    tasks = [Task(name, partial(bytes, content), 20) for name, content in said.items()]

    def understand(raw: bytes | None) -> Clean | Refused:
        return Clean(raw, "pdf") if raw else Refused("scan-empty")

    def clean_of(answer: Clean | Refused) -> Clean | None:
        return answer if isinstance(answer, Clean) else None

    with closing(run_proven(tasks, 2, understand, clean_of)) as answers:
        heard = dict(answers)
    assert heard.pop("honest") == Clean(honest, "pdf")
    refused = {name: one.code for name, one in heard.items() if isinstance(one, Refused)}
    costly = dict.fromkeys(("script", "later", "torn"), "scan-costly")
    assert refused == costly | {"none": "scan-empty"}
    assert_no_child_is_left()


def test_an_answer_with_more_than_a_bare_picture_is_not_believed() -> None:
    (page,) = read(jpeg(), STANDARD).pages
    said = Reading((page,), (("scan-attachment", 0),))
    assert from_bytes(to_bytes(said)) == said
    rich = saved(Image.new("RGB", (9, 9)), "WEBP", exif=exif())
    forged = Drawn(page.thumb, type(page.screen)(rich, 9, 9), page.colour)
    canvas = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(10)
    empty = Drawn(page.thumb, type(page.screen)(canvas, 1, 1), page.colour)
    honest = to_bytes(Reading((page,)))
    for raw in (
        to_bytes(Reading((forged,))),
        to_bytes(Reading((empty,))),
        honest + b"more",
        honest[:-3],
        b"",
        b"[]\n",
        b'{"pages":[],"remarks":[],"copy":0}\n',
        honest.replace(b'"remarks": []', b'"remarks": [["scan-cut", 0]]'),
        honest.replace(b'"remarks": []', b'"remarks": [["scan-attachment", 1e9]]'),
        honest.replace(b'"remarks": []', b'"remarks": [[[], 1]]'),
        b'["?","x"]\n',
    ):
        answer = from_bytes(raw)
        assert isinstance(answer, Refused)
        assert answer.code == "scan-costly"
