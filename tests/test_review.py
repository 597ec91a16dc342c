"""What a change says to whoever decides: never text, always records."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent

import pytest

from generator.cli.parser import parser
from generator.flow.history import tell_history
from generator.flow.review import review_commits
from generator.flow.sides import open_commits
from generator.model.reviewed import Report
from generator.pages.decide import compose_review
from generator.review.pages import PAGES
from generator.review.written import to_json, to_markdown
from generator.say import Veil, say
from generator.trouble import Trouble
from tests.commits import Commits
from tests.golden import names, read_case
from tests.reviewed import bind, change, job_of, reviewed, said
from tests.sample import ROOT
from tests.town import TOWN
from tests.world import TODAY, world

EVIL = "Победа ::error file=a::b @director [x](javascript:y) ![z](//q) <img src=x onerror=y> `|"
FOLDER = "students/belova-anna/entries/leto-z1m4"
EVIL_ENTRY = f"{{kind: creative, id: z1m4, title: '{EVIL}', date: 2026-10-14, form: craft}}\n"


def cards_of(report: Report) -> list[str]:
    """What became of each entry, and whether it waits."""
    told = ((c, " waits" if c.waits else "") for c in report.cards)
    return [f"{c.what} {c.entry} {c.was}→{c.state}{waits}" for c, waits in told]


@pytest.mark.parametrize("name", names("review"))
def test_a_change_is_told_as_what_it_means(name: str, tmp_path: Path) -> None:
    case = read_case("review", name)
    report = reviewed(tmp_path, case["before"], case["after"]).report

    assert (said(report), cards_of(report)) == (case["says"], case["cards"])
    assert report.format_only == case.get("format_only", 0)
    changed = [
        f"{card.entry} {line.key}: {line.before.ru} → {line.after.ru}"
        for card in report.cards
        for line in card.lines
        if line.is_changed and card.what == "changed"
    ]
    assert changed == case.get("lines", [])
    seen = {
        f"{card.entry} {one.what} {one.tier} {one.group}".rstrip()
        for card in report.cards
        for one in card.glances
    }
    assert seen >= {*case.get("sees", [])}


def test_what_becomes_visible_beside_entries_is_named_for_what_it_is(tmp_path: Path) -> None:
    entry = "kind: creative\nid: m7k2\ntitle: Кот\nform: drawing\ndate: 2026-10-02\n"
    shown = {"students/belova-anna/entries/kot-m7k2/entry.yml": f"{entry}visibility: class\n"}
    report = reviewed(tmp_path, {}, shown).report

    told = [(name, title.ru, one.tier) for name, one, title in report.glances]
    assert told == [("Анна Белова", "имя", "class")]


def test_every_code_of_a_review_is_said_by_something_and_has_a_page() -> None:
    rooms = [
        path for room in ("review", "flow") for path in (ROOT / "generator" / room).glob("*.py")
    ]
    source = "".join(path.read_text("utf-8") for path in rooms if "pages" not in path.name)
    spelled = {f"scan-{fate}" for fate in ("added", "replaced", "removed")}

    assert [code for code in PAGES if f'"{code}"' not in source and code not in spelled] == []


@pytest.mark.parametrize("code", PAGES)
def test_a_page_says_what_why_and_how_in_russian_after_an_english_line(code: str) -> None:
    first, _, rest = PAGES[code].partition("\n\n")

    assert re.fullmatch("[A-Z][^\nА-Яа-я]*[.]", first)
    for part in ("Что это значит: ", "Почему важно: ", "Не так: ", "А так: "):
        assert re.search(f"^{part}.", rest, re.MULTILINE), part


def test_two_states_in_git_are_compared_as_two_folders_are(tmp_path: Path) -> None:
    case = read_case("review", "a-result-is-raised-after-it-was-confirmed")
    repository = Commits(tmp_path / "class")
    bind(world(repository.top / "portfolios", case["before"]))
    old = repository.commit()
    change(repository.top / "portfolios", case["after"])
    new = repository.commit()
    # What lies in the folder now is neither of the two.
    shutil.rmtree(repository.top / "portfolios" / "students")
    report = review_commits(job_of(repository.top / "portfolios"), old, new, {}).report

    told = [line for line in said(report) if "scan-" not in line]
    assert (told, cards_of(report)) == (case["says"], case["cards"])


def test_what_is_no_plain_file_is_told_in_a_review_and_never_followed(tmp_path: Path) -> None:
    repository = Commits(tmp_path / "class")
    world(repository.top / "portfolios", {f"{FOLDER}/entry.yml": EVIL_ENTRY})
    old = repository.commit()
    repository.put("120000", f"portfolios/{FOLDER}/scan.jpg", "/etc/hostname")
    repository.put("160000", f"portfolios/{FOLDER}/more", "f" * 40)
    repository.put("100644", f"portfolios/{FOLDER}/a.svg", "<svg>")
    # No disk here holds them; Git does.
    long, deep = f"{'d' * 300}.yml", f"{'d/' * 1200}e.yml"
    for name in (long, deep):
        repository.put("100644", f"portfolios/{FOLDER}/{name}", "title: x\n")
    report = review_commits(job_of(repository.top / "portfolios"), old, "main", {}).report

    assert {(one.code, one.place.file) for one in report.others} >= {
        ("not-a-file", f"{FOLDER}/scan.jpg"),
        ("submodule", f"{FOLDER}/more"),
        ("bad-type", f"{FOLDER}/a.svg"),
        ("odd-name", f"{FOLDER}/{long}"),
        ("odd-name", f"{FOLDER}/{deep}"),
    }


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A new entry whose title tries everything."""
    folder = tmp_path_factory.mktemp("evil")
    return reviewed(folder, {}, {f"{FOLDER}/entry.yml": EVIL_ENTRY}).report


def test_in_markdown_nothing_that_people_wrote_can_act(evil: Report) -> None:
    told = to_markdown(evil, "ru")
    bare = re.sub("`[^`]*`", "", told)

    assert "Победа" in told
    assert [sign for sign in ("@", "](", "![", "<", "::", "javascript") if sign in bare] == []
    assert told.count("`") % 2 == 0
    assert not [line for line in told.splitlines() if line.startswith("::")]


def test_in_a_log_of_a_forge_no_title_is_taken_for_a_command(evil: Report) -> None:
    told = say(evil.findings, "github", "ru", lambda *_: "")

    assert all(re.match("::(error|warning|notice) file=", line) for line in told.splitlines())
    assert "::error file=a" not in told.replace("%3A", ":").splitlines()
    veiled = say(evil.findings, "github", "ru", lambda *_: "", Veil(b"x" * 32, lasting=False))
    assert "Победа" not in veiled
    assert "belova" not in veiled
    severities = {
        one["severity"] for one in json.loads(say(evil.findings, "gitlab", "en", lambda *_: ""))
    }
    assert severities == {"info", "minor"}


def test_on_the_page_nothing_that_people_wrote_can_act(evil: Report) -> None:
    inside: list[str] = []

    class Page(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            inside.append(tag)
            assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]

    html = compose_review(evil, {}, "ru", ROOT / "theme")
    page = Page()
    page.feed(html)
    assert "img" not in inside
    assert "&lt;img" in html
    assert re.search("default-src 'none'; img-src data:; font-src 'self'; style-src 'sha256-", html)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", html)


def test_a_program_gets_everything_with_what_a_decision_is_bound_to(evil: Report) -> None:
    told = json.loads(to_json(evil, "en"))

    assert told["format"] == "stupeni-review-1"
    assert [card["entry"] for card in told["cards"]] == ["z1m4"]
    assert {one["code"] for one in told["cards"][0]["findings"]} >= {"entry-added"}


def test_the_door_writes_a_page_for_the_owner_alone_and_names_nobody_on_a_public_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STUPENI_LOG", "public")
    old, new = world(tmp_path / "old"), world(tmp_path / "new", {f"{FOLDER}/entry.yml": EVIL_ENTRY})
    asked = ["review", f"{old}", f"{new}", "--private", f"{tmp_path / 'private'}"]

    def run(*more: str) -> int:
        arguments = parser().parse_args([*asked, "--date", f"{TODAY}", "--progress", "none", *more])
        return int(arguments.run(arguments))

    assert run() == 0
    told = capsys.readouterr().out
    (page,) = (tmp_path / "private").rglob("review-*.html")
    assert (page.stat().st_mode & 0o777, page.name in told) == (0o600, False)
    with pytest.raises(Trouble, match="strangers may read"):
        run("--format", "markdown")
    assert run("--format", "github") == 0
    assert "Победа" not in capsys.readouterr().out
    assert run("--format", "json", "--output", f"{tmp_path / 'a.json'}") == 0
    assert (tmp_path / "a.json").stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["cards"][0]["entry"] == "z1m4"


@pytest.mark.covers("R-070")
def test_a_portfolio_tells_what_happened_to_it_and_who_decided(tmp_path: Path) -> None:
    case = read_case("review", "a-result-is-raised-after-it-was-confirmed")
    repository = Commits(tmp_path / "class")
    root = bind(world(repository.top / "portfolios", case["before"]))
    repository.commit()
    change(root, case["after"])
    repository.commit()
    change(root, {f"{FOLDER}/entry.yml": EVIL_ENTRY.replace(EVIL, "Лето")})
    repository.commit()
    change(root, {f"{FOLDER}/entry.yml": None})
    repository.commit()

    told = tell_history(job_of(root), "belova-anna", {})
    assert [(f"{one.on:%d.%m}", one.title, one.what.ru) for one in told] == [
        ("20.11", "Олимпиада", "новая запись"),
        ("20.11", "Олимпиада", "подтверждение спадёт, изменено: результат конкурса"),
        ("20.11", "Лето", "новая запись"),
        ("20.11", "Лето", "убрана запись"),
        ("20.10", "Олимпиада", "подтверждено: Орлова Мария Ивановна, оригинал"),
    ]
    # The name in the commits is the director's; nobody has to believe it.
    assert "Лебедева" not in f"{told}"
    with pytest.raises(Trouble, match="no student"):
        tell_history(job_of(root), "nobody", {})


def _repository(tmp_path: Path) -> Commits:
    """A school of two classes in Git; Anna's entry names an event."""
    there = Commits(tmp_path / "school")
    entry = "kind: creative\nid: {id}\ntitle: {id}\nform: drawing\ndate: 2026-10-01\n"
    files = {
        **TOWN,
        "school/events.yml": "events: [{id: osen, title: Осень, date: 2026-10-01, stage: school, "
        "form: contest}]\n",
        "students/belova-anna/entries/shtorm-x7k2/entry.yml": entry.format(id="x7k2")
        + "event: osen\n",
        "students/kotova-lada/entries/leto-l3t2/entry.yml": entry.format(id="l3t2"),
    }
    world(there.top / "portfolios", files)
    there.commit()
    return there


def _changed(there: Commits, files: dict[str, str]) -> tuple[set[str] | None, set[str]]:
    """Whom a change concerns, and whose entries were taken out of Git for it."""
    there.commit({f"portfolios/{name}": text for name, text in files.items()})
    with open_commits(job_of(there.top / "portfolios"), "main~1", "main", {}) as sides:
        folders = sides.after.glob("students/*/entries/*/entry.yml")
        students = None if sides.students is None else {*sides.students}
        return students, {path.parts[-4] for path in folders}


def test_of_a_changed_register_only_those_are_looked_at_whom_it_concerns(tmp_path: Path) -> None:
    there = _repository(tmp_path)
    more = "{id: zima, title: Зима, date: 2026-11-01, stage: school, form: contest}"
    osen = "{id: osen, title: Осень золотая, date: 2026-10-01, stage: school, form: contest}"
    classes = dedent(TOWN["school/classes/2026-27.yml"])

    assert _changed(there, {"school/events.yml": f"events: [{osen}]\n"}) == (
        {"belova-anna"}, {"belova-anna"},
    )  # fmt: skip
    assert _changed(there, {"school/events.yml": f"events: [{osen}, {more}]\n"}) == (set(), set())
    moved = classes.replace(", ivanov-petr", "").replace("[kotova", "[ivanov-petr, kotova")
    assert _changed(there, {"school/classes/2026-27.yml": moved})[0] == {"ivanov-petr"}
    led = moved.replace("teacher: gavrilova", "teacher: orlova")
    assert _changed(there, {"school/classes/2026-27.yml": led}) == (
        {"ivanov-petr", "kotova-lada"}, {"kotova-lada"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("school/school.yml", "name:", "switches: {open_information: true}\nname:"),
        ("school/people.yml", "42-о", "43-о"),
    ],
)
def test_of_a_changed_rule_everybody_is_looked_at(
    tmp_path: Path, file: str, before: str, after: str
) -> None:
    there = _repository(tmp_path)
    text = (there.top / "portfolios" / file).read_text("utf-8")

    assert _changed(there, {file: text.replace(before, after, 1)}) == (
        None, {"belova-anna", "kotova-lada"},
    )  # fmt: skip


def test_what_is_wrong_in_a_register_is_told_though_it_concerns_nobody(tmp_path: Path) -> None:
    there = _repository(tmp_path)
    twice = "{id: zima, title: Зима, date: 2026-11-01, stage: school, form: contest}"
    there.commit({"portfolios/school/events.yml": f"events: [{twice}, {twice}]\n"})
    report = review_commits(job_of(there.top / "portfolios"), "main~1", "main", {}).report

    assert {"event-twice", "event-unknown"} <= {one.code for one in report.findings}


def test_a_class_teacher_sees_the_own_class_alone(tmp_path: Path) -> None:
    there = _repository(tmp_path)
    entry = "kind: creative\nid: {id}\ntitle: {id}\nform: drawing\ndate: 2026-10-02\n"
    there.commit({
        f"portfolios/students/{who}/entries/more-{id}/entry.yml": entry.format(id=id)
        for who, id in (("belova-anna", "m7k2"), ("kotova-lada", "m3t2"))
    } | {"portfolios/students/kotova-lada/portfolio.yml": "about: {moto: a}\n"})  # fmt: skip
    job = job_of(there.top / "portfolios")

    report = review_commits(job, "main~1", "main", {}, "4a").report
    assert [card.entry for card in report.cards] == ["m7k2"]
    assert report.head == "main, 4 «А»"
    assert {one.place.file.split("/")[1] for one in report.findings} == {"belova-anna"}
    everybody = review_commits(job, "main~1", "main", {}).report
    assert [card.entry for card in everybody.cards] == ["m3t2", "m7k2"]
    with pytest.raises(Trouble, match="no class"):
        review_commits(job, "main~1", "main", {}, "9z")
