"""Shells are cut from real pages of MkDocs. Are they what MkDocs would have made?"""

import base64
import difflib
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from generator import shell
from generator.model.site import Shells
from generator.shell.face import cut_face
from generator.trouble import Trouble

HOME = Path(__file__).parent.parent
WORDS = {
    "title": "Анна &amp; «Кот» &lt;b&gt;",
    "school": "Школа №&nbsp;7",
    "level": "primary",
    "palette": "berry",
    "vision": "",
    "tools": '<nav id="menu" hidden></nav>',
    "content": '<section class="st-cover"><h1>Анна</h1></section>\n<p>«Я рисую»</p>',
    "foot": "Портфолио ученика.",
}
OURS = re.compile(r"\.\./u/[0-9a-f]{16}/(page|vision|viewer|story|find)\.(css|js)")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def shells(work: Path) -> Shells:
    return shell.build(HOME, work, "ru")


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of MkDocs as it is before anything is cut."""
    root = tmp_path_factory.mktemp("probe")
    shell.write_page(root / "docs" / "p" / "probe.md", {s: shell.token(s) for s in shell.SLOTS})
    return (shell.run_mkdocs(HOME, root, "ru") / "p" / "probe.html").read_text(encoding="utf-8")


def copy_home(root: Path) -> Path:
    """A home of its own, to change something in it."""
    shutil.copytree(HOME / "theme", root / "theme")
    shutil.copyfile(HOME / "mkdocs.yml", root / "mkdocs.yml")
    return root


def tags_of(html: str) -> list[str]:
    """The page tag by tag (a script is one), whitespace between them left out."""
    pieces = re.findall(r"<script\b.*?</script>|<[^>]*>|[^<]+", html, re.DOTALL)
    return [piece.strip() for piece in pieces if piece.strip()]


def test_a_filled_shell_is_the_page_that_mkdocs_makes_itself(
    shells: Shells, tmp_path: Path
) -> None:
    shell.write_page(tmp_path / "docs" / "p" / "probe.md", WORDS)
    site = shell.run_mkdocs(HOME, tmp_path, "ru")
    made = tags_of((site / "p" / "probe.html").read_text(encoding="utf-8"))
    ours = tags_of(OURS.sub(r"../\2/\1.\2", shells.page.fill(WORDS)))
    diff = list(difflib.ndiff(made, ours))
    assert [line[2:] for line in diff if line.startswith("+")] == [
        '<body data-level="primary" data-palette="berry" dir="ltr" data-md-color-scheme="default" '
        'data-md-color-primary="custom" data-md-color-accent="custom">'
    ]
    # What we take away, in full: switches of a drawer and a search, empty frames, two scripts.
    gone = [line[2:] for line in diff if line.startswith("-")]
    kinds = ("<body ", "<input ", "<label ", "</label>", "<div", "</div>", "<script>")
    assert [tag for tag in gone if not tag.startswith(kinds)] == []
    assert sum(tag.startswith("<script>") for tag in gone) == 2
    assert sum(tag.startswith("<input ") for tag in gone) == 2
    # Three empty frames, one of them double, and the box in which the probe holds its content.
    assert sum(tag.startswith("<div") for tag in gone) == gone.count("</div>") == 5


def test_a_page_has_each_slot_once(shells: Shells) -> None:
    assert sorted(shells.page.pieces[1::2]) == sorted(shell.SLOTS)


@pytest.mark.parametrize("slot", shell.SLOTS)
def test_a_lost_or_doubled_slot_is_trouble(shells: Shells, slot: str) -> None:
    probe = shells.page.fill({name: shell.token(name) for name in shell.SLOTS})
    assert shell.cut(probe) == shells.page
    for damaged in (probe.replace(shell.token(slot), ""), probe + shell.token(slot)):
        with pytest.raises(Trouble, match=slot):
            shell.cut(damaged)


def test_a_theme_that_lost_a_slot_is_trouble_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home = copy_home(tmp_path / "home")
    frame = home / "theme" / "portfolio.html"
    frame.write_text(frame.read_text(encoding="utf-8").replace("{{ page.meta.school }}", ""))
    with pytest.raises(Trouble, match="school × 0"):
        shell.build(home, tmp_path / "work", "ru")
    assert [one.name for one in (tmp_path / "work").iterdir()] == [".lock"]


def test_a_broken_template_is_trouble_with_the_engines_own_words(tmp_path: Path) -> None:
    home = copy_home(tmp_path / "home")
    (home / "theme" / "portfolio.html").write_text("{% extends 'nowhere.html' %}")
    with pytest.raises(Trouble) as caught:
        shell.build(home, tmp_path / "work", "ru")
    assert "nowhere.html" in caught.value.message.ru


@pytest.mark.parametrize(
    "stowaway",
    [
        '<link rel="canonical" href="../p/probe.html">',
        '<nav class="md-nav">Белова Анна</nav>',
        "<style>p{}</style>",
        '<p style="color:red">',
        '<script src="https://example.org/count.js"></script>',
    ],
)
def test_what_a_page_must_not_carry_is_trouble(probe: str, stowaway: str) -> None:
    shell.trim(probe)
    with pytest.raises(Trouble):
        shell.trim(probe.replace("</main>", f"{stowaway}</main>"))


def test_a_frame_without_its_known_parts_is_trouble() -> None:
    with pytest.raises(Trouble, match="body"):
        shell.trim("<!doctype html><html><head></head></html>")


@pytest.mark.covers("R-130")
def test_no_file_and_no_page_names_another_site(shells: Shells) -> None:
    text = "".join(shells.page.pieces[::2])
    words = (file.content for file in shells.files if not file.path.endswith(".woff2"))
    text += "".join(content.decode() for content in words)
    # The name of a format, and a licence note inside a drawing: nobody asks them for anything.
    known = {"www.w3.org", "fontawesome.com"}
    assert set(re.findall(r"(?:https?:)?//([\w-]+(?:\.[\w-]+)+)", text)) <= known
    assert "sourceMappingURL" not in text
    assert "@import" not in text


def test_every_file_a_page_names_is_there_and_nothing_lies_elsewhere(shells: Shells) -> None:
    page = "".join(shells.page.pieces[::2])
    named = {name[3:] for name in re.findall(r'(?:href|src)="(\.\./[^"]+)"', page)}
    assert named <= {file.path for file in shells.files}
    assert all(file.path.startswith(("assets/", "u/")) for file in shells.files)
    # The list of code words and the face know no school either: they are the same in every one.
    spared = {Path(file.path).name for file in shells.files if file.vendor}
    ours = {name for name in spared if not name.endswith(".min.css")}
    assert ours == {"words.js", "manrope.woff2"}


def test_the_face_has_every_letter_of_the_alphabet_in_every_weight() -> None:
    face = TTFont(io.BytesIO(cut_face()))
    letters = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
    assert {ord(one) for one in letters + letters.lower() + "«»—№…"} <= face.getBestCmap().keys()
    assert [(axis.axisTag, axis.maxValue) for axis in face["fvar"].axes] == [("wght", 800)]
    assert cut_face() == cut_face()


def test_vendor_means_the_very_bytes_of_the_installed_theme(shells: Shells) -> None:
    package = find_spec("material")
    assert package is not None and package.origin is not None
    installed = Path(package.origin).parent / "templates"
    engine = [file for file in shells.files if file.path.startswith("assets/")]
    assert engine
    for file in engine:
        assert file.vendor is ((installed / file.path).read_bytes() == file.content)


def test_a_patched_engine_file_is_not_called_vendor(tmp_path: Path) -> None:
    name = next(path.name for path in _styles() if path.name.startswith("main."))
    (tmp_path / "assets" / "stylesheets").mkdir(parents=True)
    (tmp_path / "assets" / "stylesheets" / name).write_text("p{color:red}")
    (file,) = shell.read_engine_files(tmp_path, [f"assets/stylesheets/{name}"])
    assert not file.vendor


def test_a_style_brings_what_it_names_and_nothing_from_outside(tmp_path: Path) -> None:
    (tmp_path / "assets" / "fonts").mkdir(parents=True)
    (tmp_path / "assets" / "fonts" / "a.woff2").write_bytes(b"font")
    style = tmp_path / "assets" / "a.css"
    style.write_text("@font-face{src:url('fonts/a.woff2')}p{mask:url(data:image/svg+xml,x)}")
    files = shell.read_engine_files(tmp_path, ["assets/a.css"])
    assert [file.path for file in files] == ["assets/a.css", "assets/fonts/a.woff2"]
    for outside in ("url(https://example.org/a.woff2)", "url(../../etc/passwd)", "url(//e.org/a)"):
        style.write_text(f"p{{src:{outside}}}")
        with pytest.raises(Trouble):
            shell.read_engine_files(tmp_path, ["assets/a.css"])


def test_the_script_of_the_locked_page_is_whole_and_in_order(shells: Shells) -> None:
    unlock = next(file for file in shells.files if file.path.endswith("/unlock.js"))
    parts = [(HOME / "theme" / "seal" / name).read_bytes() for name in shell.SEAL_PARTS]
    assert unlock.content == b"\n".join(parts)


def test_words_of_codes_become_a_script(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("аист\nберёза\n", encoding="utf-8")
    script = shell.read_words(tmp_path / "words.txt").decode()
    assert script == 'var Stupeni=Stupeni||{};Stupeni.words="аист берёза".split(" ");\n'


def test_our_files_move_when_one_of_them_changes(shells: Shells, tmp_path: Path) -> None:
    home = copy_home(tmp_path / "home")
    with (home / "theme" / "css" / "locked.css").open("a") as style:
        style.write("p{}")
    changed = shell.build(home, tmp_path / "work", "ru")
    before = {file.path for file in shells.files if not file.vendor}
    assert before.isdisjoint(file.path for file in changed.files if not file.vendor)


def test_inline_scripts_are_named_by_their_digest() -> None:
    # The first pair stands in the text of the Content Security Policy itself, as an example.
    html = "<script>alert('Hello, world.');</script><script src=a.js></script>"
    html += '<script type="application/json">{}</script>'
    known = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    assert shell.hashes_of_inline_scripts(html) == (known,)


def test_the_scripts_of_material_are_gone(shells: Shells) -> None:
    assert shells.inline_scripts == ()
    assert not any("javascripts" in file.path for file in shells.files)


def test_a_second_build_asks_no_engine(shells: Shells, work: Path) -> None:
    (kept,) = work.glob("shells-*.json")
    assert shell.build(HOME, work, "ru") == shells
    content = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps(content | {"inline_scripts": ["sha256-kept"]}))
    assert shell.build(HOME, work, "ru").inline_scripts == ("sha256-kept",)
    for damage in (b"", b"{", b"[]", b'{"files": 1}', b"\xff"):
        kept.write_bytes(damage)
        assert shell.read_kept(kept) is None
    assert shell.build(HOME, work, "ru") == shells


def test_whatever_changes_the_page_changes_the_key(tmp_path: Path) -> None:
    home = copy_home(tmp_path)
    keys = {shell.read_key(home, "ru"), shell.read_key(home, "en")}
    for name in ("mkdocs.yml", "theme/portfolio.html", "theme/seal/cipher.js"):
        (home / name).write_text((home / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
        keys.add(shell.read_key(home, "ru"))
    assert len(keys) == 5
    assert shell.read_key(HOME, "ru") == shell.read_key(HOME, "ru")


def test_the_language_reaches_the_page(tmp_path: Path) -> None:
    page = "".join(shell.build(HOME, tmp_path, "en").page.pieces[::2])
    assert '<html lang="en"' in page
    assert "Skip to content" in page


def test_the_page_script_stays_small(shells: Shells) -> None:
    script = next(file for file in shells.files if file.path.endswith("/page.js"))
    assert len(script.content) <= 10496


def test_the_scripts_of_works_stay_small(shells: Shells) -> None:
    scripts = [f.content for f in shells.files if f.path.endswith(("/viewer.js", "/story.js"))]
    assert len(scripts) == 2
    assert len(gzip.compress(b"".join(scripts))) <= 4864


def test_the_finding_script_stays_small(shells: Shells) -> None:
    script = next(file for file in shells.files if file.path.endswith("/find.js"))
    assert len(gzip.compress(script.content)) <= 4608
    for forbidden in ("fetch(", "eval(", "innerHTML", "Storage", "pushState", "replaceState"):
        assert forbidden.encode() not in script.content


def test_the_true_configuration_alone_builds_the_handbook(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:script|link rel="(?:stylesheet|icon|preconnect)|img)[^>]*', html)
    assert loaded
    assert not [tag for tag in loaded if re.search(r'="(?:https?:)?//', tag)]
    assert "css/handbook.css" in html


def _styles() -> Iterator[Path]:
    package = find_spec("material")
    assert package is not None and package.origin is not None
    yield from (Path(package.origin).parent / "templates" / "assets" / "stylesheets").glob("*.css")


def test_digests_are_base64_of_sha256() -> None:
    (found,) = shell.hashes_of_inline_scripts("<script>1</script>")
    assert found == "sha256-" + base64.b64encode(hashlib.sha256(b"1").digest()).decode()
