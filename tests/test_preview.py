"""One student before anything is published: what each reader sees, and what is left of it."""

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from generator.flow.job import Job
from generator.flow.plain import read_doors
from generator.flow.preview import Preview, path_of
from generator.pages.preview import READERS
from generator.progress import NOBODY
from generator.trouble import Trouble
from tests.sample import ROOT
from tests.world import BASE, TODAY, world

ENTRY = "students/belova-anna/entries/kot/entry.yml"
PUBLIC = "ilyina-marta"
"""A student of the sample school, of whom something is shown to everybody."""
ANNA: dict[str, str | bytes | None] = {
    ENTRY: """\
        id: kot
        kind: creative
        title: Рыжий кот
        date: 2026-10-05
        form: drawing
        programme: noo
        visibility: class
        """,
    "students/belova-anna/entries/sad/entry.yml": """\
        id: sad
        kind: creative
        title: Тайный сад
        date: 2026-10-06
        form: drawing
        programme: noo
        """,
    "students/belova-anna/portfolio.yml": "called: Аня\n",
    "records/belova-anna/consent.yml": """\
        consents:
          - id: first
            purpose: processing
            audience: school
            covers: [surname, photos, papers, works, words, reviews]
            given_by: {name: Белова Ольга Петровна, relation: mother}
            signed: 2026-09-01
            until: 2027-08-31
            document: папка 4А, лист 1
        inclusions:
          - {entry: kot, by: both, on: 2026-10-06}
        """,
}
BORIS: dict[str, str | bytes | None] = {
    "records/orlov-boris/student.yml": "name: {surname: Орлов, given: Борис}\nborn: 2016-02-03\n",
    "students/orlov-boris/entries/more/entry.yml": "kind: creative\ntitle: [сломано\n",
    "school/classes/2026-27.yml": """\
        year: 2026-27
        classes:
          - id: 4a
            title: 4 «А»
            grade: 4
            teacher: orlova
            students: [belova-anna, orlov-boris]
        """,
}


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shells lie, made once for all tests here."""
    return tmp_path_factory.mktemp("engine")


@pytest.fixture
def job(tmp_path: Path, engine: Path) -> Job:
    """A school of two, Boris with a file that cannot be read; its cache knows the shells."""
    world(tmp_path / "portfolios", ANNA | BORIS)
    shell = tmp_path / "private" / "00c0ffee00c0ffee" / "cache" / "shell"
    shell.parent.mkdir(parents=True)
    shell.symlink_to(engine)
    return Job(
        portfolios=tmp_path / "portfolios",
        home=ROOT,
        output=tmp_path / "site",
        private=tmp_path / "private",
        now=dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC),
        date=TODAY,
        by="ci",
        progress=NOBODY,
        tell=lambda _: None,
    )


@pytest.fixture
def preview(job: Job) -> Preview:
    """Anna, looked at once."""
    made = Preview(lambda: job, "belova-anna")
    made.look()
    return made


def page(preview: Preview, name: str) -> str:
    """What a browser gets, spaces as one types them."""
    answer = preview.find(f"p/{name}.html")
    return answer.body.decode().replace("\N{NO-BREAK SPACE}", " ") if answer else ""


def save(preview: Preview, job: Job, **files: str | None) -> bool:
    """Writes files (None: takes them away) and looks; whether that counted."""
    names = {"entry": ENTRY, "portfolio": "students/belova-anna/portfolio.yml"}
    paths = {names.get(key, key): words for key, words in files.items()}
    for name, words in paths.items():
        if words is None:
            (job.portfolios / name).unlink()
        else:
            (job.portfolios / name).parent.mkdir(parents=True, exist_ok=True)
            (job.portfolios / name).write_text(dedent(words), encoding="utf-8")
    return preview.look({str((job.portfolios / name).absolute()) for name in paths})


def entry(**changed: str) -> str:
    """The cat, with other words."""
    words = str(ANNA[ENTRY])
    for key, value in changed.items():
        words = re.sub(f"{key}: .*", f"{key}: {value}", words)
    return words


def test_every_reader_sees_what_is_granted_to_them_and_nothing_else(preview: Preview) -> None:
    seen = {tier: [word for word in ("Рыжий кот", "Тайный сад") if word in page(preview, tier)]
            for tier in READERS}  # fmt: skip

    assert seen == {
        "family": ["Рыжий кот", "Тайный сад"],
        "class": ["Рыжий кот"],
        "level": [],
        "teacher": ["Рыжий кот", "Тайный сад"],
        "staff": ["Рыжий кот", "Тайный сад"],
        "commission": [],
        "public": [],
    }
    assert "Что видят все: ничего" in page(preview, "public")


def test_the_list_leads_to_every_reader(preview: Preview) -> None:
    shown = page(preview, "index")

    assert [tier for tier in READERS if f'href="{tier}.html"' in shown] == [*READERS]
    assert "Что видит класс" in shown
    moved = preview.find("")
    assert moved is not None
    assert moved.moved == "p/index.html"


def test_every_page_says_that_it_is_no_published_one(preview: Preview) -> None:
    names = ("index", *READERS, "family-seen", "about")

    assert [
        name for name in names if "не запечатана и не опубликована" not in page(preview, name)
    ] == []


def links(preview: Preview, name: str) -> set[str]:
    """Every path that a page names, below the root."""
    html = page(preview, name)
    assert not re.search('"(page|asset):', html)
    named = re.findall(r'(?:href|src|data-screen|data-zoom|data-copy)="([^"#:]+)["#]', html)
    return {n.removeprefix("/w/").removeprefix("../") if "/" in n else f"p/{n}" for n in named}


def test_no_link_of_a_page_leads_nowhere(preview: Preview) -> None:
    for name in ("index", *READERS, "family-seen", "about"):
        assert [one for one in links(preview, name) if preview.find(one) is None] == [], name


def test_scans_are_shown_light_and_clean_and_open_pages_lead_back_to_the_list(job: Job) -> None:
    public = Preview(lambda: replace(job, portfolios=ROOT / "portfolios"), PUBLIC)
    public.look()
    named = {name: links(public, name) for name in READERS}
    found = {one: public.find(one) for paths in named.values() for one in paths}

    assert [path for path, answer in found.items() if answer is None] == []
    pictures = {path: answer for path, answer in found.items() if answer and path[:2] == "a/"}
    assert len(pictures) > 2
    assert {answer.body[:4] for path, answer in pictures.items() if path.endswith("webp")} == {
        b"RIFF"
    }
    assert {path[:2] for path in named["public"]} >= {"a/", "p/"}
    originals = (ROOT / "portfolios" / "students" / PUBLIC).rglob("*.jpg")
    bodies = {answer.body for answer in pictures.values()}
    assert not bodies & {path.read_bytes() for path in originals}


def test_a_saved_entry_is_on_the_page_and_the_page_is_another(preview: Preview, job: Job) -> None:
    before = preview.version
    assert save(preview, job, entry=entry(title="Полосатый кот"))

    assert preview.version != before
    assert "Полосатый кот" in page(preview, "class")
    assert "Рыжий кот" not in page(preview, "class")


def test_saved_without_a_change_the_page_is_the_same(preview: Preview, job: Job) -> None:
    before = preview.version
    save(preview, job, entry=entry() + "# заметка\n")

    assert preview.version == before


def test_what_is_half_written_is_told_and_the_page_stands_until_it_is_mended(
    preview: Preview, job: Job
) -> None:
    before = page(preview, "class"), preview.version
    save(preview, job, entry='kind: creative\ntitle: "Полос')
    found = preview.find_mistakes()

    assert [one.code for one in found.diagnostics] == ["broken-yaml"]
    assert found.diagnostics[0].place.line > 0
    assert (page(preview, "class"), preview.version) == before
    save(preview, job, entry=entry(title="Полосатый кот"))
    assert preview.find_mistakes().diagnostics == ()
    assert "Полосатый кот" in page(preview, "class")


def test_a_mistake_of_sense_is_told_with_its_line_beside_the_newest_page(
    preview: Preview, job: Job
) -> None:
    save(preview, job, entry=entry(form="draving", title="Полосатый кот"))
    found = preview.find_mistakes().diagnostics

    assert [(one.code, one.place.line > 1) for one in found] == [("word-unknown", True)]


def test_of_other_students_files_nothing_is_told(preview: Preview) -> None:
    assert preview.find_mistakes().diagnostics == ()


def test_what_another_student_saves_is_looked_at_only_where_it_may_matter(
    preview: Preview, job: Job
) -> None:
    assert not save(preview, job, **{"students/orlov-boris/entries/more/entry.yml": "title: a\n"})
    assert save(preview, job, **{"students/orlov-boris/portfolio.yml": "called: Боря\n"})


def test_an_entry_that_is_deleted_is_gone(preview: Preview, job: Job) -> None:
    shutil.rmtree((job.portfolios / ENTRY).parent)
    preview.look({str((job.portfolios / ENTRY).parent.absolute())})

    assert "Рыжий кот" not in page(preview, "family")
    assert "Тайный сад" in page(preview, "family")


def test_a_consent_taken_back_leaves_the_family_alone(preview: Preview, job: Job) -> None:
    consent = str(ANNA["records/belova-anna/consent.yml"])
    given = "audience: school\n            covers"
    save(preview, job, **{
        "records/belova-anna/consent.yml": consent.replace(given, given.replace("school", "family"))
    })  # fmt: skip

    assert "Рыжий кот" in page(preview, "family")
    assert "Рыжий кот" not in page(preview, "class")


def test_a_student_who_is_deleted_is_shown_to_nobody(preview: Preview, job: Job) -> None:
    for top in ("records", "students"):
        shutil.rmtree(job.portfolios / top / "belova-anna")
    preview.look({str((job.portfolios / top / "belova-anna").absolute())
                  for top in ("records", "students")})  # fmt: skip

    assert "Сегодня об этом ученике никому ничего не показано" in page(preview, "index")
    assert "Рыжий кот" not in page(preview, "family")


def test_a_change_of_the_schools_files_makes_everything_anew(preview: Preview, job: Job) -> None:
    classes = str(BORIS["school/classes/2026-27.yml"]).replace("4 «А»", "4 «Я»")
    save(preview, job, **{"school/classes/2026-27.yml": classes})

    assert "4 «Я»" in page(preview, "class")


def test_a_new_theme_is_seen_at_once(job: Job, tmp_path: Path) -> None:
    for name in ("theme", "schema"):
        shutil.copytree(ROOT / name, tmp_path / "home" / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "home")
    own = replace(job, home=tmp_path / "home")
    preview = Preview(lambda: own, "belova-anna")
    preview.look()
    assert "Новый низ страницы" not in page(preview, "class")
    template = tmp_path / "home" / "theme" / "pages" / "edition.html"
    template.write_text(template.read_text("utf-8") + "<p>Новый низ страницы</p>", "utf-8")
    preview.look({str(template)})

    assert "Новый низ страницы" in page(preview, "class")


EDITS: list[dict[str, str | None]] = [
    {"entry": entry(title="Полосатый кот")},
    {"entry": entry(visibility="family")},
    {"portfolio": "called: Нюта\nabout: {motto: Я люблю море}\n"},
    {"entry": entry(visibility="school")},
    {"entry": 'title: "'},
    {"records/belova-anna/student.yml": "name: {surname: Белова, given: Анна}\nborn: 2016-05-02\n"},
    {"entry": entry(visibility="public", title="Море")},
    {"students/belova-anna/entries/sad/entry.yml": None},
    {"students/orlov-boris/portfolio.yml": "called: Боря\n"},
    {"entry": entry(title="Кот и Боря Орлов", visibility="class")},
    {"records/belova-anna/consent.yml": "consents: []\n"},
    {"portfolio": "called: Аня\n"},
    {"school/events.yml": "events: ["},
    {"entry": entry(title="Кот")},
    {"school/events.yml": "events: []\n"},
    {"school/school.yml": "name: ["},
    {"entry": entry(title="Ещё один кот")},
    {"school/school.yml": BASE["school/school.yml"]},
    {"records/belova-anna/consent.yml": str(ANNA["records/belova-anna/consent.yml"])},
]


def test_after_any_save_it_shows_what_a_first_look_would(preview: Preview, job: Job) -> None:
    broken = 0
    for edit in EDITS:
        save(preview, job, **edit)
        fresh = Preview(lambda: job, "belova-anna")
        fresh.look()
        said = [one.code for one in preview.find_mistakes().diagnostics]
        assert said == [one.code for one in fresh.find_mistakes().diagnostics], edit
        if "broken-yaml" in said:
            broken += 1
            continue  # there the page from before stands
        for name in ("index", *READERS, "family-seen"):
            now, then = (
                re.sub('data-version="[0-9]+"', "", page(p, name)) for p in (preview, fresh)
            )
            assert now == then, (edit, name)
    assert broken == 6  # each of three files, and whatever was saved before it was mended


def test_before_the_first_page_can_be_made_one_is_told_to_mend(job: Job) -> None:
    (job.portfolios / ENTRY).write_text("title: [", encoding="utf-8")
    preview = Preview(lambda: job, "belova-anna")
    preview.look()

    assert "Исправьте ошибки" in page(preview, "class")
    settings = job.portfolios / "school" / "school.yml"
    settings.write_text(settings.read_text("utf-8") + "language: en\n", encoding="utf-8")
    assert '<html lang="en">' in page(preview, "class")
    assert "Mend the mistakes" in page(preview, "class")
    settings.write_text(dedent(BASE["school/school.yml"]), encoding="utf-8")
    assert [one.code for one in preview.find_mistakes().diagnostics] == ["broken-yaml"]
    save(preview, job, entry=entry())
    assert "Рыжий кот" in page(preview, "class")


def test_the_way_to_the_levels_speaks_the_schools_language_or_that_of_the_terminal(
    job: Job, tmp_path: Path
) -> None:
    ways = {read_doors(job), read_doors(replace(job, portfolios=tmp_path / "none"), "en")}

    said = sorted(re.findall('lang="..">|href="[^>]+>[^<]+', way) for way in ways)
    english, russian = (" ".join(words).replace("\xa0", " ") for words in said)
    assert english == (
        'lang="en"> href="primary/">grades 1–4 href="basic/">grades 5–9 href="senior/">grades 10–11'
    )
    assert russian.startswith('lang="ru"> href="primary/">1–4 классы href="basic/">')


def test_a_student_or_a_reader_that_is_not_there_is_named_with_the_nearest(job: Job) -> None:
    with pytest.raises(Trouble) as student:
        Preview(lambda: job, "belova-ana").look()
    with pytest.raises(Trouble) as reader:
        path_of("clas")

    assert student.value.message.ru == "нет ученика `belova-ana`"
    assert student.value.hint.ru == "похоже на `belova-anna`"
    assert reader.value.hint.ru == "похоже на «class»"
    assert (path_of(None), path_of("public")) == ("p/index.html", "p/public.html")


def test_no_word_of_a_page_is_written_anywhere(preview: Preview, job: Job, tmp_path: Path) -> None:
    for name in ("index", *READERS, "family-seen"):
        page(preview, name)
    save(preview, job, entry=entry(title="Полосатый кот"))
    page(preview, "family")
    preview.find_mistakes()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    ours = [path for path in files if not path.is_relative_to(job.portfolios)]

    assert not job.output.exists()
    assert not job.register.exists()
    private = ("Рыжий", "Полосатый", "Белова", "Анна")
    assert [
        (path, word) for path in ours for word in private if word.encode() in path.read_bytes()
    ] == []


@pytest.mark.parametrize(
    "path",
    ["p/../p/family.html", "p/belova-anna.html", "p/.html", "a/", "a/../../master.key", "u/",
     "theme/x", "live/../locked.html", "live/other.js", "p/family", "portfolios/students"],
)  # fmt: skip
def test_nothing_but_the_pages_and_their_files_can_be_had(preview: Preview, path: str) -> None:
    assert preview.find(path) is None


def test_a_day_later_everything_is_decided_anew(job: Job) -> None:
    days = iter([TODAY, TODAY, dt.date(2027, 8, 31), dt.date(2027, 9, 1)])
    preview = Preview(lambda: replace(job, date=next(days)), "belova-anna")
    preview.look()
    assert "Рыжий кот" in page(preview, "class")
    for day in ("в последний день согласия", "после него"):
        save(preview, job, entry=entry(title=day))
    assert "Рыжий кот" not in page(preview, "class")
    assert "после него" not in page(preview, "class")
