"""Showings of a school: who is in them, who is not and why, and what a folder holds."""

import datetime as dt
import re
import shlex
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from PIL import Image

from generator.cli.parser import parser
from generator.cli.present import asked_of, print_deck
from generator.decide import decide, find_floor
from generator.decide.occasion import arrange
from generator.decide.turns import MOST, share_out
from generator.flow.asked import Asked, occasion_of, told_of
from generator.flow.cards import cards_of
from generator.flow.extract import make_extract
from generator.flow.job import Job
from generator.flow.job import read_school as read_school_of
from generator.flow.present import Presented, make_deck
from generator.flow.sites import build_sites
from generator.flow.whom import refuse_absent
from generator.load import load
from generator.model.deck import Deck, Occasion, Theme
from generator.model.edition import Decision
from generator.model.school import LEVELS, School
from generator.pages import news
from generator.pages.deck import NOTICE, compose_deck
from generator.pages.slides import first_sentence
from generator.publish import read
from generator.seal.codes import to_qr
from generator.trouble import Trouble
from tests.golden import names, read_case
from tests.reviewed import bind
from tests.sample import ROOT, keyed
from tests.typed import Terminal
from tests.world import BASE, SCHEMA, TODAY, world

STUDENTS = {"belova-anna": "Белова Анна", "vlasov-boris": "Власов Борис"}
STUDENTS |= {"ivanova-vera": "Иванова Вера", "petrov-gleb": "Петров Глеб"}
FAMILY_ONLY = BASE["records/belova-anna/consent.yml"].replace(
    "audience: school", "audience: family"
)


def class_of_four() -> dict[str, str | bytes | None]:
    """Anna and Vera consent to all, Boris to the family alone, Gleb to nothing."""
    room = BASE["school/classes/2026-27.yml"]
    files: dict[str, str | bytes | None] = {
        "school/classes/2026-27.yml": room.replace("[belova-anna]", f"[{', '.join(STUDENTS)}]"),
    }
    for student, name in STUDENTS.items():
        surname, given = name.split()
        files[f"records/{student}/student.yml"] = (
            f"name: {{surname: {surname}, given: {given}}}\nborn: 2016-05-01\n"
        )
        files[f"records/{student}/consent.yml"] = BASE["records/belova-anna/consent.yml"]
    files["records/vlasov-boris/consent.yml"] = FAMILY_ONLY
    files["records/petrov-gleb/consent.yml"] = "consents: []\n"
    return files


def read_school(root: Path, files: dict[str, Any]) -> School:
    loaded = load(bind(world(root, class_of_four() | files)), SCHEMA)
    assert loaded.school and loaded.diagnostics == ()
    return loaded.school


def decided(school: School, occasion: Occasion) -> Deck:
    deck = arrange(tuple(find_floor(school, level, TODAY) for level in LEVELS), occasion)
    assert deck
    return deck


def occasion(words: dict[str, Any]) -> Occasion:
    theme: dict[str, Any] = {
        key: value if isinstance(value, dt.date) else tuple(value)
        for key, value in words.pop("theme", {}).items()
    }
    return Occasion(theme=Theme(**theme), **words)


@pytest.mark.parametrize("name", names("present"))
def test_who_is_shown_and_who_is_not_is_what_the_case_says(tmp_path: Path, name: str) -> None:
    case = read_case("present", name)

    deck = decided(read_school(tmp_path, case["files"]), occasion(case["occasion"]))

    shown = []
    for part in deck.parts:
        shown += [f"# {part.title.ru}"] if part.title.ru else []
        for turn in part.turns:
            titles = {entry.id: entry.title for entry in turn.edition.entries}
            shown.append(f"{turn.edition.name}: {', '.join(titles[id] for id in turn.works)}")
    assert shown == case["shows"]
    assert [f"{one.name}: {one.why}" for one in deck.absent] == case["absent"]
    assert deck.audience == case["audience"]
    if "sheets" in case:
        sheets = [
            (one.audience, sorted(e.title for e in one.edition.entries)) for one in deck.sheets
        ]
        assert [f"{who}: {', '.join(titles)}" for who, titles in sheets] == case["sheets"]
    assert [*deck.passed_over] == case.get("passed_over", [])
    if "keep" in case:
        assert deck.keep == case["keep"]
    if "goals" in case:
        assert [goal.statement for goal in deck.turns[0].edition.goals] == case["goals"]


@pytest.mark.covers("R-110")
def test_everybody_shows_one_work_before_anybody_shows_a_second() -> None:
    many = {f"s{n}": [f"{n}a", f"{n}b"] for n in range(12)}
    few = {"a": [*"123456789xyz"], "b": ["1"], "c": ["1", "2"]}

    assert all(len(works) == 1 for works in share_out(many).values())
    assert sum(map(len, share_out(few).values())) == MOST
    assert [len(works) for works in share_out({"a": ["1", "2"]} | many).values()] == [1] * 13


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Я сама. Потом мама помогла.", "Я сама."),
        ("«Ура!» — сказала я. И всё.", "«Ура!» — сказала я."),
        ("В 2026 г. мы ездили. Было тепло", "В 2026 г. мы ездили."),
        ("Одно\n\nДругое", "Одно"),
        ("С чего начал? С чертежа. Потом пилил.", "С чертежа."),
        ("Что помогло?\n\n— Упорство.", "— Упорство."),
        ("«Зачем тебе это?» — спросил дед. Я не знал.", "«Зачем тебе это?» — спросил дед."),
        ("Кто я?", ""),
        ("", ""),
    ],
)
def test_a_slide_holds_the_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


ENTRY = "kind: creative\nform: drawing\ndate: 2026-10-01\n"
WORKS: dict[str, Any] = {
    "students/belova-anna/entries/kot-aa22/entry.yml": "id: aa22\ntitle: Рыжий кот\n"
    f"visibility: class\nwhy_it_matters: Кот живой. Он ждёт.\n{ENTRY}",
    "students/belova-anna/entries/tayna-bb33/entry.yml": "id: bb33\ntitle: Тайнопись\n"
    f"reflection: Никому не скажу\n{ENTRY}",
    "students/belova-anna/portfolio.yml": "about: {motto: Секретный девиз, visibility: family}\n"
    "goals: [{id: g1, year: 2026-27, statement: Скрытая цель, state: reached}]\n"
    "choices: {highlights: [bb33, aa22]}\n",
    "records/belova-anna/reviews.yml": "reviews: [{id: r1, kind: thanks, author: Мама, on: "
    "2026-10-02, text: Шёпот мамы, private: true}]\n",
}
SECRETS = ("Тайнопись", "Никому не скажу", "Секретный девиз", "Скрытая цель", "Шёпот мамы")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A class of four with its key, shown by its teacher."""
    folder = tmp_path_factory.mktemp("hall")
    more: dict[str, Any] = {
        "school/school.yml": dedent(BASE["school/school.yml"])
        + "hosting: {primary: https://a.example/p/}\n",
        "school/access.yml": "opened:\n"
        "  - {name: 'class:2026-27:4a', until: 2026-11-24, reason: классный час}\n",
    }
    job = keyed(folder, world(folder / "portfolios", class_of_four() | WORKS | more))
    return replace(job, by="orlova")


def shown(job: Job, folder: Path, **words: Any) -> Presented:
    done = make_deck(job, Asked(folder=folder, **words))
    assert done.found.is_fine and done.deck
    return done


@pytest.mark.covers("R-110")
@pytest.mark.parametrize("kind", ["student", "class", "meeting"])
def test_a_folder_holds_what_the_class_may_see_and_nothing_else(
    hall: Job, tmp_path: Path, kind: Any
) -> None:
    whom = "belova-anna" if kind == "student" else "4a"
    done = shown(hall, tmp_path / "stick", kind=kind, whom=whom, moving_up=True)

    files = {file.name: file for file in (tmp_path / "stick").iterdir()}
    assert set(files) == {
        "index.html", "script.html", "deck.css", "deck.js", "vision.js", "manrope.woff2", NOTICE,
    }  # fmt: skip
    texts = "".join(files[name].read_text("utf-8") for name in files if name != "manrope.woff2")
    assert "Рыжий\xa0кот" in texts or "Рыжий кот" in texts
    assert [word for word in (*SECRETS, "Борис", "Вера", "Глеб") if word in texts] == []
    assert "29\xa0ноября\xa02026" in texts
    # The hall looks at works; until when a copy may be kept is for whoever holds the stick.
    wall, words = (files[name].read_text("utf-8") for name in ("index.html", "script.html"))
    assert "Хранить до" in words and "Хранить" not in wall
    assert ".." not in re.sub(r"\.\.\.", "", files["script.html"].read_text("utf-8"))
    assert "font-display: block" in files["deck.css"].read_text("utf-8")
    assert "font-display: optional" not in files["deck.css"].read_text("utf-8")
    if kind == "meeting":
        assert done.sheets and done.sheets.stat().st_mode & 0o077 == 0
        sheets = done.sheets.read_text("utf-8")
        assert "Тайнопись" in sheets and "Секретный девиз" not in sheets
        assert "Шёпот мамы" not in sheets


@pytest.mark.covers("R-137")
def test_the_register_and_the_family_s_extract_tell_of_the_copy(hall: Job, tmp_path: Path) -> None:
    shown(hall, tmp_path / "stick", kind="class", whom="4a", title="Коты")

    (*_, line) = read(hall.register)
    assert (line.what, line.about, line.audiences) == (
        "export", ("belova-anna",), ("class:2026-27:4a",),
    )  # fmt: skip
    assert line.basis == "class@consent:belova-anna/first"
    assert line.details["keep"] == "2026-11-29"
    notice = (tmp_path / "stick" / NOTICE).read_text("utf-8")
    assert f"{line.details['copy']}" in notice and "29 ноября" in notice
    page = make_extract(hall, "belova-anna").read_text("utf-8")
    assert f"{line.details['copy']}" in page and "29\xa0ноября\xa02026" in page


def test_only_the_occasion_s_own_code_stands_on_the_last_slide_and_only_if_asked_for(
    hall: Job, tmp_path: Path
) -> None:
    school = read_school_of(hall)[0]
    issued = {holder.audience: card for holder, card in cards_of(hall, primary(school), TODAY)}
    own, family = issued["class:2026-27:4a"], issued["family:belova-anna"]

    plain = shown(hall, tmp_path / "plain", kind="class", whom="4a")
    coded = shown(hall, tmp_path / "coded", kind="class", whom="4a", code=True)

    (without, holding) = (
        (tmp_path / name / "index.html").read_text("utf-8") for name in ("plain", "coded")
    )
    assert own.qr_svg in holding and own.qr_svg not in without
    assert to_qr("https://a.example/p/") in without
    for page in (without, holding):
        assert not any(text in page for text in (family.qr_svg, family.code, own.code))
    # A copy that holds a code is kept no longer than the code opens anything.
    assert plain.deck and coded.deck
    assert (plain.deck.keep, coded.deck.keep) == (dt.date(2026, 11, 29), dt.date(2026, 11, 24))
    with pytest.raises(Trouble):  # the level has no code of its own
        shown(hall, tmp_path / "no", kind="ceremony", whom="primary", since=TODAY, code=True)


def primary(school: School) -> Decision:
    return decide(school, "primary", TODAY)


def test_a_folder_is_put_neither_in_a_site_nor_over_somebody_s_files(
    hall: Job, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "diary.txt").write_text("моё", encoding="utf-8")
    (mine / NOTICE).write_text("не наше", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("моё", encoding="utf-8")
    wanted = {"kind": "class", "whom": "4a"}
    for folder in (hall.output / "show", hall.portfolios / "show", ROOT / "show", mine, site):
        with pytest.raises(Trouble):
            shown(hall, folder, **wanted)
    assert (mine / "diary.txt").read_text(encoding="utf-8") == "моё"
    assert (site / "index.html").read_text(encoding="utf-8") == "моё"
    shown(hall, tmp_path / "again", **wanted)
    shown(hall, tmp_path / "again", **wanted)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["again", "mine", "site"]


def test_a_file_in_place_of_the_sites_is_told_before_anything_is_read(
    hall: Job, tmp_path: Path
) -> None:
    (tmp_path / "site").write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match="stands in the way"):
        build_sites(replace(hall, portfolios=tmp_path / "none", output=tmp_path / "site"))


def test_nothing_is_shown_as_of_a_day_gone_by(hall: Job, tmp_path: Path) -> None:
    """What a family has taken back since would be shown again."""
    late = replace(hall, now=hall.now + dt.timedelta(days=1))
    with pytest.raises(Trouble, match="gone by"):
        shown(late, tmp_path / "stick", kind="class", whom="4a")
    shown(replace(late, date=None), tmp_path / "stick", kind="class", whom="4a")


def test_nobody_who_waits_beside_the_folder_gets_a_copy(hall: Job, tmp_path: Path) -> None:
    """In a folder that many write to, the name of the draft may be a link to somebody's own."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / ".stick.new").symlink_to(tmp_path / "theirs", target_is_directory=True)

    with pytest.raises(Trouble, match="stands in the way"):
        shown(hall, tmp_path / "stick", kind="class", whom="4a")
    assert [*(tmp_path / "theirs").iterdir()] == []
    shown(hall, tmp_path / "own", kind="class", whom="4a")
    modes = {one.stat().st_mode & 0o777 for one in (tmp_path / "own").iterdir()}
    assert modes == {0o600} and (tmp_path / "own").stat().st_mode & 0o777 == 0o700


def test_whoever_makes_one_is_named_by_an_order(hall: Job, tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        shown(replace(hall, by="ci"), tmp_path / "stick", kind="class", whom="4a")
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ({"kind": "class", "whom": "4a", "kinds": ("риcунок",)}, ""),
        ({"kind": "class", "whom": "4a", "events": ("нет такого",)}, "`school/events.yml`"),
        ({"kind": "class", "whom": "4a", "tags": ("Опыд",)}, "`experience` (`опыт`)"),
        ({"kind": "class", "whom": "4a", "since": TODAY, "until": TODAY.replace(day=1)}, "--until"),
        ({"kind": "meeting", "whom": "4a", "until": TODAY.replace(month=8)}, "--until"),
        ({"kind": "ceremony", "whom": "4a"}, "--event"),
        ({"kind": "student", "whom": "belova-anna", "code": True}, "--code"),
        ({"kind": "class", "whom": "4a", "auto": 9, "code": True}, "--code"),
        ({"kind": "student", "whom": "belova-anna", "auto": 9, "before": "class"}, "--auto"),
    ],
)
def test_words_that_mean_nothing_or_contradict_are_refused(
    tmp_path: Path, words: dict[str, Any], advice: str
) -> None:
    school = read_school(tmp_path, WORKS)
    with pytest.raises(Trouble) as refused:
        occasion_of(school, TODAY, Asked(**words))
    assert advice in refused.value.hint.ru


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ({"kind": "student", "whom": "belova-anna"}, "class"),
        ({"kind": "student", "whom": "belova-anna", "before": "commission"}, "commission"),
        ({"kind": "student", "whom": "belova-anna", "auto": 9}, "level"),
        ({"kind": "class", "whom": "4a"}, "class"),
        ({"kind": "class", "whom": "4a", "auto": 9}, "level"),
        ({"kind": "ceremony", "whom": "4a", "since": TODAY}, "class"),
        ({"kind": "ceremony", "whom": "4a", "since": TODAY, "auto": 9}, "level"),
        ({"kind": "ceremony", "whom": "primary", "since": TODAY}, "level"),
    ],
)
def test_who_sits_in_the_hall_decides_and_past_a_screen_everybody_goes(
    tmp_path: Path, words: dict[str, Any], tier: str
) -> None:
    assert occasion_of(read_school(tmp_path, {}), TODAY, Asked(**words)).tier == tier


def test_kinds_and_events_may_be_called_as_people_call_them(tmp_path: Path) -> None:
    events = """\
        events:
          - {id: slovo-2025, title: Конкурс «Живое слово», date: 2025-10-01, stage: school,
             form: creative}
          - {id: slovo-2026, title: Конкурс «Живое слово», date: 2026-10-01, stage: school,
             form: creative}
        """
    school = read_school(tmp_path, WORKS | {"school/events.yml": events})
    words = school.vocabularies["kinds"].term("creative")
    assert words
    asked = Asked(kind="class", whom="4a", kinds=(words.ru.upper(),), events=("живое слово",))

    theme = occasion_of(school, TODAY, asked).theme

    assert (theme.kinds, theme.events) == (("creative",), ("slovo-2026",))
    with pytest.raises(Trouble) as refused:
        occasion_of(school, TODAY, replace(asked, events=("живой мир",)))
    assert "`school/events.yml`" in refused.value.hint.ru and "slovo-2026" in refused.value.hint.ru


@pytest.mark.covers("R-110")
@pytest.mark.parametrize(
    ("title", "more", "kinds", "told"),
    [
        ("Динозавры", {}, (), "только название"),
        ("Динозавры", {"since": TODAY}, (), None),
        ("ТВОРЧЕСТВО ", {}, ("creative",), "--kind creative"),
        ("Учеба", {}, ("study",), "--kind study"),
        ("Творчество", {"kinds": ("study",)}, ("study",), None),
    ],
)
def test_a_theme_that_the_school_knows_chooses_works_and_any_other_is_said_to_be_a_title(
    tmp_path: Path, title: str, more: dict[str, Any], kinds: tuple[str, ...], told: str | None
) -> None:
    school = read_school(tmp_path, {})
    asked = Asked(kind="class", whom="4a", title=title, **more)

    occasion = occasion_of(school, TODAY, asked)

    assert occasion.theme.kinds == kinds
    said = told_of(school, asked, occasion)
    assert (said is None) if told is None else (said and told in said.ru)
    assert occasion_of(school, TODAY, replace(asked, kind="meeting")).theme.kinds == asked.kinds


def test_a_theme_without_a_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["present", "class", "4a", "--theme", " "])
    assert "нужно хоть слово" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "whom", "message", "hint"),
    [
        ("student", "vlasov-boris", "не учится здесь с `2026-11-01`", "`belova-anna`"),
        ("student", "4a", "`4a` — класс", "present class 4a`; ученики в нём: `belova-anna`"),
        ("student", "belova-ana", "нет ученика", "похоже на `belova-anna`"),
        ("class", "belova-anna", "`belova-anna` — ученик", "present student belova-anna"),
        ("class", "primary", "нет класса `primary`", "есть: `4a`"),
        ("ceremony", "primari", "нет класса", "похоже на `primary`"),
    ],
)
def test_whoever_cannot_be_shown_is_named_for_what_they_are(
    tmp_path: Path, kind: Any, whom: str, message: str, hint: str
) -> None:
    gone = "name: {surname: Власов, given: Борис}\nborn: 2016-05-01\nleft: 2026-11-01\n"
    school = read_school(tmp_path, {"records/vlasov-boris/student.yml": gone})

    with pytest.raises(Trouble) as refused:
        refuse_absent(school, TODAY, Asked(kind=kind, whom=whom))

    assert message in refused.value.message.ru
    assert hint in refused.value.hint.ru
    refuse_absent(school, dt.date(2026, 10, 31), Asked(kind="student", whom="vlasov-boris"))


@pytest.fixture(scope="module")
def fictional() -> School:
    """The sample school."""
    school = load(ROOT / "portfolios", SCHEMA).school
    assert school
    return school


def test_the_examples_of_the_handbook_say_what_the_handbook_says(
    fictional: School, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs/how-to/present.md").read_text(encoding="utf-8")
    examples = re.findall(r"```\nstupeni ([^\n]*--dry-run)\n```\n\n```\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    for typed, said in examples:
        arguments = parser().parse_args(shlex.split(typed))
        asked = asked_of("class", arguments)
        occasion = occasion_of(fictional, TODAY, asked)
        print_deck(decided(fictional, occasion), "ru")
        if told := told_of(fictional, asked, occasion):
            print(told.ru)
        assert capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ") == said


def _pressed(folder: Path) -> Job:
    """The class of the golden case with a photograph, a drawing and a title full of markup."""
    files = read_case("present", "news-for-everybody")["files"]
    drawn = "students/belova-anna/entries/les-ab22"
    files[f"{drawn}/entry.yml"] = (
        "id: ab22\nkind: creative\ntitle: Лес <b>*и* [поле](https://a.example)\nform: drawing\n"
        "date: 2026-10-01\nvisibility: public\nwhy_it_matters: Скажу только дома\nscans:\n"
        "  - {file: les.jpg, document: drawing, description: Ели у реки}\n"
        "  - {file: list.jpg, document: diploma, description: Грамота Беловой}\n"
    )
    for name in ("les.jpg", "list.jpg"):
        files[f"{drawn}/{name}"] = _photograph(70 if name == "les.jpg" else 90)
    root = bind(world(folder / "portfolios", class_of_four() | files))
    return replace(keyed(folder, root), by="orlova")


def _photograph(shade: int) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Artist Belova"
    raw = BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 90)).save(raw, "JPEG", exif=exif)
    return raw.getvalue()


@pytest.mark.covers("R-113", "R-137", "R-144")
def test_news_hold_what_everybody_may_know_and_a_note_that_nobody_publishes(
    tmp_path: Path,
) -> None:
    job = _pressed(tmp_path)
    done = shown(job, tmp_path / "news", kind="news", whom="school")

    files = {file.name: file for file in (tmp_path / "news").iterdir()}
    (picture,) = set(files) - news.FILES
    assert set(files) > news.FILES and picture.endswith(".webp")
    assert b"Belova" not in files[picture].read_bytes()
    assert {file.stat().st_mode & 0o777 for file in files.values()} == {0o600}
    marked, plain, note = (
        files[name].read_bytes().decode("utf-8-sig") for name in ("news.md", "news.txt", news.NOTE)
    )
    assert plain.split("\r\n\r\n") == [
        "Успехи наших учеников",
        "Живое слово",
        "20 октября 2026 г., школьный уровень. Анна Б. (4 класс): «Чтецы», победитель.",
        "Творческие работы",
        "Анна Б. (4 класс): «Лес <b>*и* [поле](https://a.example)», 1 октября 2026 г.",
        f"Картинка {picture}: Ели у реки\r\n",
    ]
    assert marked.startswith("# Успехи наших учеников\n\n## Живое слово\n\n20 октября")
    assert marked.endswith(f"\n![Ели у реки]({picture})\n")
    # What a child wrote is words on the school's site, and never a link or a tag.
    assert r"Лес \<b\>\*и\* \[поле\](https://a.example)" in marked
    kept = ("Белов", "4 «А»", "Орлова", "Борис", "Вера", "Глеб", "Певцы", "Дуэт", "дома", "Грамота")
    assert [word for word in kept if word in marked + plain] == []
    for words in (
        "Анна Б. (4 класс): до 25 ноября 2026 г. (лист 2)",
        "Борис Власов, 4 «А»: учитель ещё не подтвердил запись",
        "Вера Иванова, 4 «А»: нет согласия на показ этому кругу",
        "Глеб Петров, 4 «А»: назван тот, чьего согласия на это нет",
        "Хранить до 25 ноября 2026 г.",
    ):
        assert words in note
    (*_, line) = read(job.register)
    assert (line.what, line.about, line.audiences) == ("export", ("belova-anna",), ("public",))
    assert line.basis == "public@consent:belova-anna/all"
    assert (line.details["kind"], f"{line.details['copy']}" in note) == ("news", True)
    extract = make_extract(job, "belova-anna").read_text("utf-8").replace("\xa0", " ")
    assert "Собрана новость для сайта школы" in extract
    # Made anew it takes the place of the old one; no showing does.
    again = shown(job, tmp_path / "news", kind="news", whom="4a").deck
    assert done.deck and again and again.parts == done.deck.parts
    with pytest.raises(Trouble, match="something else"):
        shown(job, tmp_path / "news", kind="class", whom="4a")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "news.txt").write_text("моё", encoding="utf-8")
    with pytest.raises(Trouble, match="something else"):
        shown(job, tmp_path / "mine", kind="news", whom="school")


@pytest.mark.covers("R-113")
@pytest.mark.parametrize("stopped", [False, True])
def test_a_school_that_shows_nothing_to_everybody_makes_no_news(
    tmp_path: Path, stopped: bool
) -> None:
    files: dict[str, Any] = {}
    if stopped:
        settings = dedent(BASE["school/school.yml"])
        files["school/school.yml"] = f"{settings}switches: {{open_information: true}}\n"
        files["school/access.yml"] = (
            "suspended: [{name: public, since: 2026-11-01, reason: просьба семьи}]\n"
        )
    with pytest.raises(Trouble, match="without a code"):
        occasion_of(read_school(tmp_path, files), TODAY, Asked(kind="news", whom="school"))


def test_news_of_one_event_are_called_as_it_is_and_ask_for_no_day(tmp_path: Path) -> None:
    files = read_case("present", "news-for-everybody")["files"]
    school = read_school(tmp_path, files)
    asked = Asked(kind="news", whom="primary", events=("слово",))
    one = occasion_of(school, TODAY, asked)
    assert (one.theme.events, one.theme.since, one.tier) == (("slovo",), None, "public")
    whole = occasion_of(school, TODAY, replace(asked, events=()))
    assert whole.theme.since == dt.date(2026, 9, 1)
    deck = decided(school, one)
    assert [part.title.ru for part in deck.parts] == ["Живое слово"]
    texts = news.compose_news(deck, {}, "a1", ROOT / "theme").texts
    assert texts["news.md"].startswith("# Живое слово\n\n20 октября")


def test_a_dry_run_of_news_names_the_reasons(terminal: Terminal) -> None:
    files = read_case("present", "news-for-everybody")["files"]
    bind(world(terminal.folder / "portfolios", class_of_four() | files))

    said = terminal("present", "news", "school", "--dry-run", "--progress", "none")

    assert said.splitlines()[:5] == [
        "Показываем: 1",
        "  Анна Б., 4 — Чтецы; Лес",
        "Не показываем: 3",
        "  Борис Власов, 4 «А» — учитель ещё не подтвердил запись",
        "  Вера Иванова, 4 «А» — нет согласия на показ этому кругу",
    ]
    # Nobody is called, and no slide is missing: there are none.
    assert [words for words in ("Не вызываем", "QR") if words in said] == []
    assert not [*terminal.folder.rglob("news.md")]


@pytest.mark.covers("R-114")
def test_the_commission_is_shown_the_package_and_nothing_else(fictional: School) -> None:
    deck = decided(fictional, Occasion(kind="student", whom="belova-anna", tier="commission"))

    (anna,) = deck.turns
    assert anna.works == ("g4em", "tq7d", "kf42")
    assert (anna.edition.motto, anna.edition.goals) == ("", ())


def test_a_slide_names_the_event_unless_it_is_called_as_the_work_is(fictional: School) -> None:
    deck = decided(fictional, Occasion(kind="student", whom="kravtsov-ilya", tier="class"))
    works = {work.id: work for turn in deck.turns for work in turn.edition.entries}
    named = [works[id] for turn in deck.turns for id in turn.works]
    events = {
        work.title: fact.words.ru for work in named for fact in work.facts if fact.field == "event"
    }
    told = compose_deck(deck, {}, (None, 0, ""), ROOT / "theme").texts["index.html"]
    lines = [one.replace("\xa0", " ") for one in re.findall(r'<p class="under">(.*?)</p>', told)]
    longer = {title: event for title, event in events.items() if event != title}
    assert "Первенство области по шахматам" in longer  # its event says more than its title
    assert [event for event in longer.values() if event not in lines] == []
    assert set(lines) & (set(events.values()) - set(longer.values())) == set()
    assert "призёр, региональный уровень" in lines


def test_a_dry_run_names_everybody_to_the_teacher_and_nobody_to_a_log(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(terminal.folder / "portfolios", class_of_four() | WORKS)
    asked = ("present", "class", "4a", "--theme", "Коты", "--dry-run", "--progress", "none")

    said = terminal(*asked)

    assert said.splitlines()[:5] == [
        "Показываем: 1",
        "  Анна Белова, 4 «А» — Рыжий кот",
        "Не показываем: 3",
        "  Борис Власов, 4 «А» — нет согласия на показ этому кругу",
        "  Вера Иванова, 4 «А» — этому кругу такого ничего не показано",
    ]
    assert not any(secret in said for secret in SECRETS)
    assert "Тема — только название" in said
    assert "Слайда с адресом и QR не будет" in said
    monkeypatch.setenv("STUPENI_LOG", "public")
    told = terminal(*asked)
    assert "Не показываем: 3" in told
    assert [name for name in ("Анна", "Борис", "Вера", "Глеб", "кот") if name in told] == []
    assert not [*terminal.folder.rglob("index.html")]
