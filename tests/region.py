"""A school of two levels with pictures -> machines that build it. What of them is the same?

A machine has folders of its own; of another one it may hold the master key.
"""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.diagnostic import Text
from generator.flow.job import Job, read_school
from generator.flow.sites import Built, build_sites
from generator.flow.studio import open_studio
from generator.progress import Event
from tests.media.making import jpeg
from tests.sample import keyed
from tests.town import TOWN
from tests.world import world

SITE = "00c0ffee00c0ffee"
ANNA = "students/belova-anna/entries/liniya-a1b2"
LADA = "students/kotova-lada/entries/liniya-c3d4"
CLASSES = "school/classes/2026-27.yml"
_ENTRY = """\
    id: {id}
    kind: creative
    title: {title}
    form: drawing
    date: 2026-10-01
    visibility: school
    scans:
    """


def _entry(folder: str, title: str, scans: Mapping[str, bytes]) -> dict[str, str | bytes]:
    listed = "".join(
        f"      - {{file: {n}, document: work, description: Рисунок}}\n" for n in scans
    )
    text = _ENTRY.format(id=folder[-4:], title=title).rstrip(" ") + listed
    return {f"{folder}/entry.yml": text} | {f"{folder}/{n}": scans[n] for n in scans}


def lay_school(folder: Path) -> Path:
    """The school's portfolios in `folder`: Anna and Petr in grade 4, Lada in grade 7."""
    pictures = {f"list-{n}.jpg": jpeg((90, 60), (40 * n, 90, 120)) for n in range(4)}
    anna = _entry(ANNA, "Тихая гавань", pictures)
    lada = _entry(LADA, "Шумный порт", {"plan.jpg": jpeg((70, 50))})
    old = "{id: 3b, title: 3 «Б», grade: 3,"
    classes = TOWN[CLASSES].replace(old, old.replace("3", "7"))
    return world(folder, {**TOWN, CLASSES: classes, **anna, **lada})


def first_machine(folder: Path) -> Job:
    """The machine in `folder` with the school and a new key; it knows the engine's pages, and has
    built nothing yet."""
    job = keyed(folder, lay_school(folder / "portfolios"))
    open_studio(job, read_school(job)[0].settings)
    return job


def another_machine(job: Job, folder: Path) -> Job:
    """A machine that has the same files and the same key, and has never built anything of them.

    The engine's pages it knows, where the other one does: they know no school, and cost a second.
    """
    shutil.copytree(job.portfolios, folder / "portfolios")
    room = folder / "private" / SITE
    room.mkdir(parents=True, mode=0o700)
    shutil.copy2(job.private / SITE / "master.key", room)
    if (shells := job.private / SITE / "cache" / "shell").is_dir():
        shutil.copytree(shells, room / "cache" / "shell")
    return replace(
        job,
        portfolios=folder / "portfolios",
        private=folder / "private",
        output=folder / "site",
    )


def build(job: Job) -> Built:
    """A build that must come to sites."""
    built = build_sites(job)
    assert built.sites, [(d.code, d.message.en) for d in built.diagnostics]
    return built


def published(job: Job) -> dict[str, bytes]:
    """Every byte that readers get, and what the school remembers of it."""
    found = {"register": job.register.read_bytes()}
    for level in (one for one in job.output.iterdir() if not one.name.startswith(".")):
        for path in (one for one in level.resolve().rglob("*") if one.is_file()):
            found[f"{level.name}/{path.relative_to(level.resolve())}"] = path.read_bytes()
    room = job.private / SITE
    for path in (room / "published.json", *sorted((room / "granted").rglob("*.*"))):
        found[f"private/{path.relative_to(room)}"] = path.read_bytes()
    return found


class Told:
    """Whoever watches: how many scans were announced, and every line."""

    every = 0.0

    def __init__(self) -> None:
        self.files = 0
        self.words: list[Text] = []

    def say(self, text: Text) -> None:
        """A line; those about stages are left out."""
        if "кэш" in text.ru:
            self.words.append(text)

    def tell(self, event: Event) -> None:
        """So many scans are not known here."""
        if event.kind == "begun" and event.stage == "scans":
            self.files += event.total
