"""A small school, one change after another -> the same as if it were built from nothing?

Every change is what a family, a teacher or a deputy head does on an ordinary day.
"""

import io
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from PIL import Image

from generator.flow.access import raise_keys, resume, rotate, suspend
from generator.flow.job import Job
from generator.flow.sites import Built, build_sites
from generator.trouble import Trouble
from tests.town import Town, moved

ANNA, PETR, LADA = "belova-anna", "ivanov-petr", "kotova-lada"
CLASSES = "school/classes/2026-27.yml"
Edit = Callable[[Job], None]
_WORDS = "locale/ru/LC_MESSAGES/stupeni.po"


def _put(job: Job, file: str, text: str) -> None:
    path = job.portfolios / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _swap(job: Job, file: str, old: str, new: str) -> None:
    """Writes `new` for `old`, or back when it stands there already."""
    path = job.portfolios / file
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        old, new = (old, new) if old in text else (new, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _theme(job: Job, file: str, old: str, new: str) -> None:
    """One word of the theme changes."""
    path = job.home / "theme" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")


def _append(job: Job, file: str, text: str) -> None:
    """One line more in a file of the theme."""
    with (job.home / "theme" / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def _scan(job: Job, folder: str, shade: int) -> None:
    raw = io.BytesIO()
    Image.new("RGB", (90, 60), (shade, 120, 90)).save(raw, "PNG")
    path = job.portfolios / folder / "work.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw.getvalue())


def _entry(student: str, title: str, visibility: str, shade: int | None, more: str = "") -> Edit:
    def edit(job: Job) -> None:
        folder = f"students/{student}/entries/rabota-x7k2"
        shown = "scans:\n  - {file: work.png, document: work, description: Рисунок}\n"
        _put(
            job,
            f"{folder}/entry.yml",
            f"id: x7k2\nkind: creative\ntitle: {title}\nform: drawing\ndate: 2026-10-01\n"
            f"visibility: {visibility}\n{shown if shade is not None else ''}{more}",
        )
        (job.portfolios / folder / "work.png").unlink(missing_ok=True)
        if shade is not None:
            _scan(job, folder, shade)

    return edit


def _share(student: str, achievement: str) -> Edit:
    """What a group achieved is shown to the school, or not any more."""
    wish = f"shared: [{{achievement: {achievement}, visibility: school}}]\nabout:"
    return lambda job: _swap(job, f"students/{student}/portfolio.yml", "about:", wish)


def _rename(job: Job) -> None:
    for student in (ANNA, PETR, LADA):
        folder = job.portfolios / f"students/{student}/entries"
        for old in sorted(folder.glob("*-x7k2")):
            new = "novaya-x7k2" if old.name != "novaya-x7k2" else "rabota-x7k2"
            old.rename(folder / new)


def _delete(student: str) -> Edit:
    return lambda job: shutil.rmtree(job.portfolios / f"students/{student}/entries", True)


def _leave(job: Job) -> None:
    _swap(job, f"records/{LADA}/student.yml", "born: 2016-05-01\n",
          "born: 2016-05-01\nleft: 2026-11-20\n")  # fmt: skip


def _gone(job: Job) -> None:
    _swap(job, CLASSES, "students: [kotova-lada]", "students: []")
    for folder in ("students", "records"):
        shutil.rmtree(job.portfolios / folder / LADA, ignore_errors=True)


def _withdraw(student: str) -> Edit:
    return lambda job: _swap(
        job, f"records/{student}/consent.yml", "until: 2027-08-31", "until: 2026-11-01"
    )


def _staff(act: Callable[..., object], *given: str) -> Edit:
    def edit(job: Job) -> None:
        with suppress(Trouble):  # there may be nothing to rotate, to raise or to resume
            act(replace(job, by="lebedeva"), *given, "проверка")

    return edit


def _both(*edits: Edit) -> Edit:
    def edit(job: Job) -> None:
        for one in edits:
            one(job)

    return edit


EDITS: Mapping[str, Edit] = {
    "a work for the family": _entry(ANNA, "Тихий вечер", "family", None),
    "a work for the class with a picture": _entry(ANNA, "Шумный день", "class", 40),
    "the same work with another picture": _entry(ANNA, "Шумный день", "class", 90),
    "a work for the school": _entry(PETR, "Робот из коробок", "school", 40),
    "a work that names a classmate": _entry(
        PETR, "Вдвоём", "class", None, "people:\n  - {student: belova-anna, how: named}\n"
    ),
    "Petr and Lada are thanked": _both(
        lambda job: _put(
            job, "school/collectives.yml",
            "collectives:\n- id: hor\n  title: Хор\n  form: choir\n  achievements:\n"
            "  - {id: pesn-a1b2, title: Песня года, date: 2026-10-09, result: winner, basis: лист,"
            " entered_by: orlova, entered_on: 2026-10-10, members: [{student: ivanov-petr,"
            " role: голос}, {student: kotova-lada, role: флейта}]}\n",
        ),
        *(_share(one, "pesn-a1b2") for one in (PETR, LADA)),
    ),
    "a work of the other class": _entry(LADA, "Песня", "school", 70),
    "the folder of a work is renamed": _rename,
    "Anna's works are deleted": _delete(ANNA),
    "Petr's works are deleted": _delete(PETR),
    "another motto": lambda job: _swap(
        job, f"students/{ANNA}/portfolio.yml", "Девиз ученика Анна", "Вперёд"
    ),
    "Anna is called otherwise": lambda job: _swap(
        job, f"students/{ANNA}/portfolio.yml", "about:", "called: Аня\nabout:"
    ),
    "another surname": lambda job: _swap(
        job, f"records/{PETR}/student.yml", "surname: Иванов", "surname: Петров"
    ),
    "Anna's consent ends": _withdraw(ANNA),
    "Petr's consent ends": _withdraw(PETR),
    "Anna's consent covers less": lambda job: _swap(
        job, f"records/{ANNA}/consent.yml", "covers: [surname, photos,", "covers: [photos,"
    ),
    "Petr moves to the other class": _both(
        lambda job: _swap(job, CLASSES, "belova-anna, ivanov-petr]", "belova-anna]"),
        lambda job: _swap(job, CLASSES, "[kotova-lada]", "[kotova-lada, ivanov-petr]"),
    ),
    "the class gets another teacher": lambda job: _swap(
        job, CLASSES, "teacher: orlova", "teacher: gavrilova"
    ),
    "Lada leaves the school": _leave,
    "Lada's folder is deleted": _gone,
    "a home for two children": _both(
        lambda job: _swap(
            job, f"records/{LADA}/student.yml", "born: 2016-05-01\n",
            "born: 2016-05-01\nhouseholds: [{id: dom, title: Дом, home: dom-belovyh}]\n",
        ),
        lambda job: _swap(
            job, f"records/{ANNA}/student.yml", "{id: mama, title: Мама}",
            "{id: mama, title: Мама, home: dom-belovyh}",
        ),
    ),
    "a card is replaced": _staff(rotate, f"family:{PETR}"),
    "a family is suspended": _staff(suspend, f"family:{PETR}"),
    "a class is suspended": _staff(suspend, "class:2026-27:3b"),
    "a family is let in again": _staff(resume, f"family:{PETR}"),
    "a class is let in again": _staff(resume, "class:2026-27:3b"),
    "lost keys are raised": _staff(raise_keys),
    "the locked page is another": lambda job: _append(job, "locked.html", "<!-- another -->\n"),
    "the locked page says something else": lambda job: _theme(
        job, _WORDS, "не открывает", "НЕ открывает"
    ),
    "another template of an entry": lambda job: _append(job, "pages/about.html", "<p>more</p>\n"),
    "another text of the interface": lambda job: _theme(job, _WORDS, "Класс", "КЛАСС"),
    "another style": lambda job: _append(job, "css/page.css", ".other { color: inherit; }\n"),
    "a family is suspended by hand": lambda job: _swap(
        job, "school/access.yml", "# коды праздников\n",
        f"suspended: [{{name: 'family:{PETR}', since: 2026-11-20, reason: проверка}}]\n",
    ),
    "another name of the school": lambda job: _swap(
        job, "school/school.yml", "name: Школа № 7\n", "name: Гимназия № 7\n"
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One change, and whether the sites are built after it."""

    edit: str
    built: bool
    days: int = 0
    """How many days pass before it."""


def with_own_theme(job: Job, home: Path) -> Job:
    """The same with a program of its own to change."""
    for part in ("theme", "schema"):
        shutil.copytree(job.home / part, home / part)
    shutil.copy(job.home / "mkdocs.yml", home)
    return replace(job, home=home)


def run(town: Town, steps: Iterable[Step], folder: Path) -> list[str]:
    """Every difference between what stands after these steps and what is built from nothing."""
    job = with_own_theme(moved(town, folder / "warm").sample.job, folder / "home")
    for step in steps:
        assert job.date is not None
        job = replace(job, date=job.date + timedelta(days=step.days))
        EDITS[step.edit](job)
        if step.built:
            build_sites(job)
    # Whoever lost a right stops the build until the keys are raised, as they are on such a day.
    EDITS["lost keys are raised"](job)
    cold = from_nothing(job, folder / "cold")
    return list(differences(job, build_sites(job), cold, build_sites(cold)))


def from_nothing(job: Job, folder: Path) -> Job:
    """The same school in other folders, where nothing is remembered but keys and their numbers; one
    student after another is read."""
    shutil.copytree(job.portfolios, folder / "portfolios")
    kept = shutil.ignore_patterns("students", "last", "granted", "digests")
    shutil.copytree(job.private, folder / "private", ignore=kept)
    return replace(
        job,
        at_once=1,
        portfolios=folder / "portfolios",
        private=folder / "private",
        output=folder / "site",
    )


def differences(job: Job, warm: Built, other: Job, cold: Built) -> Iterable[str]:
    """Whatever one of the two builds made and the other did not, or made otherwise."""
    if warm.diagnostics != cold.diagnostics:
        missing = {*warm.diagnostics} ^ {*cold.diagnostics}
        yield f"diagnostics: {sorted(f'{d.place.file} {d.code}' for d in missing)}"
    if bool(warm.sites) != bool(cold.sites):
        yield "one was published and one was not"
    elif [site.swept.words for site in warm.sites] != [site.swept.words for site in cold.sites]:
        yield "other private words were sought"
    if warm.sites:
        pairs = ((job.output, other.output), (job.private, other.private))
        for here, there in pairs:
            one, two = _tree(here), _tree(there)
            yield from sorted(
                name for name in one.keys() | two.keys() if one.get(name) != two.get(name)
            )


def _tree(top: Path) -> dict[str, bytes]:
    """What readers get; of the private folder what was granted, and the numbers of keys."""
    found = {}
    for link in (one for one in top.iterdir() if not one.name.startswith(".") and one.is_dir()):
        for path in link.resolve().rglob("*"):
            name = f"{link.name}/{path.relative_to(link.resolve()).as_posix()}"
            if path.is_file() and "/cache/" not in name and link.name != "digests":
                found[name] = path.read_bytes()
    return found
