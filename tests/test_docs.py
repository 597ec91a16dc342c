"""docs/ and the READMEs say what the product does."""

import ast
import datetime as dt
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from pydantic import ValidationError

from generator.check import codes
from generator.cli import arguments
from generator.cli.parser import parser
from generator.decide import decide
from generator.load import load
from generator.model.entry import EntryBase
from generator.model.kinds import ENTRY
from generator.model.policy import Access, Consent, Consents
from generator.model.portfolio import Portfolio
from generator.model.school import LEVELS, Staff
from generator.model.site import FACE
from generator.model.student import Confirmations, StudentRecord
from generator.shell.face import cut_face
from generator.source import Document, parse
from tests.reference import HOME, pages, written
from tests.reference.commands import EXITS, parsers
from tests.reference.fields import FILES
from tests.reference.sight import HOLDERS

DOCS = HOME / "docs"
FOLDERS = ("portfolios", "generator", "theme", "schema", "tests")
TEXTS = (
    *DOCS.rglob("*.md"),
    HOME / "README.md",
    *(HOME / name / "README.md" for name in FOLDERS),
    *(HOME / "schema" / "start").glob("*.md"),
)
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def yaml_in(name: str) -> Iterator[Document]:
    """Every YAML example of a page."""
    for language, text in FENCED.findall(read(name)):
        if language == "yaml":
            document = parse(name, text.encode())
            assert isinstance(document, Document), document
            yield document


class Built(HTMLParser):
    """What a built page names: its anchors, and every address in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        names = ("href", "src", "srcset", "action", "poster", "data", "formaction")
        self.addresses += [given[name] for name in names if given.get(name)]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook as `mkdocs build --strict` makes it."""
    site = tmp_path_factory.mktemp("handbook")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-d", str(site)]
    ran = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return site


def test_the_handbook_brings_the_face_of_all_pages_and_names_no_other(handbook: Path) -> None:
    style = (handbook / "css" / "handbook.css").read_text(encoding="utf-8")
    assert re.findall(r'src: url\("([^"]+)"\)', style) == [FACE]
    assert (handbook / "css" / FACE).read_bytes() == cut_face()


@pytest.fixture(scope="module")
def built(handbook: Path) -> dict[Path, Built]:
    return {path: Built(path) for path in handbook.rglob("*.html") if path.name != "404.html"}


@pytest.mark.covers("R-165")
def test_the_reference_is_what_the_product_says_now(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STUPENI_PRIVATE", "STUPENI_BY"):
        monkeypatch.delenv(name, raising=False)
    found = {path.name: path.read_text(encoding="utf-8") for path in written()}

    assert found == pages(), "run: python -m tests.reference"


def test_every_option_in_the_source_of_the_door_is_in_the_reference() -> None:
    door = Path(arguments.__file__).parent.glob("*.py")
    sources = (ast.parse(path.read_text(encoding="utf-8")) for path in door)
    constants = (n.value for one in sources for n in ast.walk(one) if isinstance(n, ast.Constant))
    options = {one for one in constants if isinstance(one, str) and re.fullmatch("--[a-z-]+", one)}

    assert {"--lang", "--output", "--keep"} <= options
    assert [one for one in sorted(options) if f"`{one}" not in read("reference/commands.md")] == []


def test_every_command_and_every_number_it_ends_with_is_in_the_reference() -> None:
    headings = re.findall("^## `(.+)`$", read("reference/commands.md"), re.MULTILINE)

    assert headings == [name for name, _ in parsers(parser(), "stupeni")]
    assert {"stupeni check", "stupeni build", "stupeni keys init"} <= set(headings)
    assert [number for number, _ in EXITS] == [
        arguments.FINE,
        arguments.MISTAKES,
        arguments.STOPPED,
        128 + signal.SIGINT,
        128 + signal.SIGTERM,
    ]


def test_every_command_that_a_page_tells_to_type_exists() -> None:
    known = {name for name, _ in parsers(parser(), "stupeni")}
    for path in TEXTS:
        typed = re.findall(
            r"(?:^|`|bin/)(stupeni [a-z-]+(?: init)?)", path.read_text("utf-8"), re.M
        )
        assert set(typed) <= known, path


def test_every_file_of_the_layout_is_in_the_reference_of_fields() -> None:
    for model in FILES:
        for key in model.model_fields:
            assert f"| `{key}` |" in read("reference/fields.md"), f"{model.__name__}.{key}"


def test_the_page_of_cards_names_everybody_who_holds_one_in_the_sample_school() -> None:
    school = load(HOME / "portfolios", HOME / "schema").school
    assert school
    decisions = [decide(school, level, dt.date(2026, 11, 22)) for level in LEVELS]

    assert {h.tier for one in decisions for h in one.holders} == {tier for _, tier, _ in HOLDERS}


def test_the_examples_of_consents_and_of_other_people_are_such() -> None:
    consents, withdrawn, people, masked = (one.value for one in yaml_in("how-to/consent.md"))
    assert len(Consents.model_validate(consents).consents) == 2
    assert set(withdrawn) <= set(Consent.model_fields)
    for told in (people, masked):
        entry = {"id": "a", "title": "Поход", **told}
        assert EntryBase.model_validate(entry).people


def test_the_example_of_an_entry_is_an_entry() -> None:
    for document in yaml_in("how-to/add-an-entry.md"):
        entry = ENTRY.validate_python(document.value)

        assert entry.scans[0].description


def test_the_examples_of_a_lost_card_are_files_of_access() -> None:
    (one,) = [Access.model_validate(one.value) for one in yaml_in("how-to/lost-card.md")]

    assert (len(one.suspended), len(one.epochs)) == (1, 4)


def test_the_examples_of_leaving_and_of_a_withdrawn_consent_are_files_of_the_school() -> None:
    (student,) = yaml_in("how-to/family-leaves.md")
    (staff,) = yaml_in("how-to/teacher-leaves.md")
    (consents,) = yaml_in("how-to/withdraw-consent.md")

    assert StudentRecord.model_validate(student.value).left
    assert Staff.model_validate(staff.value).people[0].orders[0].until
    assert Consents.model_validate(consents.value).consents[0].withdrawn


def test_the_examples_of_a_package_and_of_an_open_page_are_files_of_the_layout() -> None:
    chosen, frozen, access = yaml_in("how-to/commission.md")
    assert Portfolio.model_validate(chosen.value).choices.carried
    package = Confirmations.model_validate(frozen.value).packages[0]
    assert package.entries
    assert package.decided
    assert Access.model_validate(access.value).commissions[0].members
    _, consents, closed = yaml_in("how-to/show-to-everybody.md")
    assert Consents.model_validate(consents.value).consents[0].purpose == "distribution"
    assert Access.model_validate(closed.value).suspended[0].name == "public"


def test_an_example_with_a_slip_would_be_seen() -> None:
    with pytest.raises(ValidationError):
        Access.model_validate({"epochs": [{"name": "family:belova-anna", "epok": "2"}]})


def test_every_proof_that_the_threat_model_names_is_a_test() -> None:
    page = read("explanation/threat-model-technical.md")
    named = set(re.findall(r"`(?:media/)?(test_\w+)`", page))
    modules = [*(HOME / "tests").rglob("test_*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in modules]
    known = {path.stem for path in modules}
    known |= {one.name for tree in trees for one in tree.body if isinstance(one, ast.FunctionDef)}
    assert named - known == set()
    assert [n for n in range(1, 9) if f"| N{n} |" not in page] == []
    assert [n for n in range(1, 11) if not re.search(rf"\| T{n} \|.*`test_\w+`", page)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(HOME).as_posix())
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    for address in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        target = unquote(address.partition("#")[0])
        if "://" not in target and not target.startswith("mailto:"):
            assert (path.parent / target).exists(), address


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_says_in_thirty_lines_what_lives_in_it(folder: str) -> None:
    lines = (HOME / folder / "README.md").read_text(encoding="utf-8").splitlines()

    assert 5 <= len(lines) <= 30


def test_every_page_stands_in_the_menu_of_the_handbook() -> None:
    menu = (HOME / "mkdocs.yml").read_text(encoding="utf-8")
    for path in DOCS.rglob("*.md"):
        assert f": {path.relative_to(DOCS).as_posix()}\n" in menu


def test_every_link_of_the_built_handbook_leads_to_a_page_and_a_place_on_it(
    built: dict[Path, Built],
) -> None:
    assert len(built) == len(list(DOCS.rglob("*.md")))
    for path, page in built.items():
        for address in page.addresses:
            name, _, anchor = unquote(address).partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.exists(), f"{path.name}: {address}"
            assert not anchor or anchor in built[target].ids, f"{path.name}: {address}"


def test_every_code_has_a_place_of_its_own_in_the_handbook(
    handbook: Path, built: dict[Path, Built]
) -> None:
    assert set(codes()) <= built[handbook / "reference" / "diagnostics.html"].ids


def test_no_page_of_the_handbook_calls_anybody(handbook: Path, built: dict[Path, Built]) -> None:
    outside = re.compile(r"^\s*(?:[a-z]+:)?//", re.IGNORECASE)
    for path in (*built, handbook / "404.html"):
        assert [one for one in Built(path).addresses if outside.match(one)] == [], path
    for path in handbook.rglob("*.css"):
        style = path.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", style), path
