"""What a teacher asks for -> a folder to show from a flash drive. Who is in it, where may it lie?

Nothing in it is sealed: it goes to one room on one day, and says until when it may be kept.
"""

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from generator.decide import decide, find_floor
from generator.decide.occasion import arrange
from generator.diagnostic import Text, quote
from generator.flow.asked import Asked, occasion_of, told_of
from generator.flow.cards import cards_of
from generator.flow.job import Found, Job, find_mistakes
from generator.flow.private import private_room, published_by, write_private
from generator.flow.register import begin, note, refuse_broken, regulation_of, require_person
from generator.flow.scans import scans_in, with_scans
from generator.flow.turn import in_turn
from generator.flow.whom import refuse_absent
from generator.media import Means
from generator.model.deck import Deck, Way
from generator.model.school import LEVELS, School
from generator.model.site import FACE
from generator.pages import news
from generator.pages.deck import (
    FILES,
    NOTICE,
    Bundle,
    compose_deck,
    compose_home_sheets,
)
from generator.pages.slides import PICTURE
from generator.publish import stamp
from generator.seal.codes import to_qr
from generator.seal.master import refuse_public
from generator.shell.face import cut_face
from generator.trouble import Trouble
from generator.whole import clearing, refuse_file, write_folder, writing


@dataclass(frozen=True)
class Presented:
    """The mistakes that stand in the way, or what is shown, and where it lies."""

    found: Found
    deck: Deck | None = None
    folder: Path | None = None
    sheets: Path | None = None
    """Of a meeting: a page to print for every home."""
    said: Text | None = None
    """What became of the words of a theme."""


def foresee_deck(job: Job, asked: Asked) -> Presented:
    """Who would be shown and who would not; nothing is written."""
    found = find_mistakes(job)
    if not found.is_fine or found.school is None:
        return Presented(found)
    deck = _decide(found.school, found.today, asked)
    return Presented(found, deck, said=told_of(found.school, asked, deck.occasion))


@in_turn
def make_deck(job: Job, asked: Asked) -> Presented:
    """The folder of one occasion, and its line in the register (002 §7.5.4, R-110 … R-115)."""
    found = find_mistakes(job)
    school = found.school
    if not found.is_fine or school is None:
        return Presented(found)
    require_person(job, school, found.today)
    refuse_broken(job)
    _refuse_past(job, school)
    deck = _decide(school, found.today, asked)
    if not deck.turns:
        raise Trouble(
            Text("показать нечего: этому кругу на эту тему ничего не показано",
                 "there is nothing to show: nothing on this theme is shown to this audience"),
            Text("посмотрите, кого нет и почему: та же команда с `--dry-run`",
                 "see who is missing and why: the same command with `--dry-run`"),
        )  # fmt: skip
    folder = asked.folder or _own_folder(job, school, deck)
    refuse_public(folder / NOTICE, published_by(job), "--to")
    _refuse_foreign(folder, news.FILES if asked.kind == "news" else frozenset({FACE}))
    refuse_file(folder.parent)
    deck, way = _with_way(job, school, deck, asked)
    found, bundle = _compose(job, found, deck, (way, asked.auto))
    if not found.is_fine:
        return Presented(found)
    _hand_over(job, school, deck, (folder, bundle))
    sheets = _write_sheets(job, school, deck) if deck.sheets else None
    return Presented(found, deck, folder, sheets, told_of(school, asked, deck.occasion))


def _refuse_past(job: Job, school: School) -> None:
    """Raises `Trouble` for a day gone by: what a family has taken back since would be shown. A
    fictional school lives on days of its own."""
    day, now = (one.today(school.settings) for one in (job, replace(job, date=None)))
    if day < now and not school.settings.sample:
        raise Trouble(
            Text(f"день прошёл: {quote(day)}", f"the day has gone by: {quote(day)}"),
            Text("показ делают на сегодня или на день вперёд: уберите `--date`",
                 "a showing is made for today or a day to come: leave out `--date`"),
        )  # fmt: skip


def _decide(school: School, today: dt.date, asked: Asked) -> Deck:
    refuse_absent(school, today, asked)
    occasion = occasion_of(school, today, asked)
    floors = tuple(find_floor(school, level, today) for level in LEVELS)
    deck = arrange(floors, occasion)
    if deck is None:
        whom = quote(asked.whom)
        raise Trouble(
            Text(f"некого показать: {whom}", f"nobody to show: {whom}"),
            Text("назовите id класса или ученика этого года, например 4a; для торжества — класс "
                 "или ступень: `primary`, `basic`, `senior`",
                 "name the id of a class or student of this year, e.g. 4a; for a ceremony a "
                 "class or a level: `primary`, `basic`, `senior`"),
        )  # fmt: skip
    return deck


def _with_way(job: Job, school: School, deck: Deck, asked: Asked) -> tuple[Deck, Way | None]:
    """The way home: the plain address, for which everybody has a card of their own; with `code` the
    occasion's own code, which ends on a day of its own. A family's code never stands on a wall."""
    if not asked.code:
        return deck, _plain(deck)
    opened = {one.name: one.until for one in school.access.opened if one.until >= deck.day}
    decision = decide(school, deck.level, deck.day)
    cards = {holder.audience: card for holder, card in cards_of(job, decision, deck.day)}
    card, until = cards.get(deck.audience), opened.get(deck.audience)
    if card is None or until is None or not card.link:
        audience = quote(deck.audience)
        raise Trouble(
            Text(f"у {audience} сейчас нет своего кода события",
                 f"{audience} has no code of its own now"),
            Text("откройте его: `stupeni access issue`, или покажите без `--code`",
                 "open one: `stupeni access issue`, or go without `--code`"),
        )  # fmt: skip
    return replace(deck, keep=min(deck.keep, until)), Way(deck.address, card.qr_svg, until)


def _plain(deck: Deck) -> Way | None:
    return Way(deck.address, to_qr(deck.address)) if deck.address else None


def _compose(
    job: Job, found: Found, deck: Deck, how: tuple[Way | None, int]
) -> tuple[Found, Bundle]:
    scans = scans_in(turn.edition for turn in deck.turns)
    found, leaves = with_scans(job, found, scans, Means(all_of_them=False))
    theme, copy = job.home / "theme", _copy_of(job, deck)
    if deck.occasion.kind == "news":
        return found, news.compose_news(deck, leaves, copy, theme)
    return found, compose_deck(deck, leaves, (*how, copy), theme)


def _copy_of(job: Job, deck: Deck) -> str:
    """What a copy is called on its last slide and in the register: eight digits, no name."""
    return sha256(repr((stamp(job.now), deck.audience, deck.students)).encode()).hexdigest()[:8]


def _own_folder(job: Job, school: School, deck: Deck) -> Path:
    kind, whom = deck.occasion.kind, deck.occasion.whom
    return private_room(job, school.settings) / "presentations" / f"{kind}-{whom}-{deck.day}"


def _refuse_foreign(folder: Path, signs: frozenset[str]) -> None:
    """Raises `Trouble` when anything lies there that we would not put there ourselves; by these
    signs we know what we put there."""
    lying = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    ours = signs <= lying and all(re.fullmatch(PICTURE, one) for one in lying - FILES - signs)
    known = ours or not lying
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and known)):
        raise Trouble(
            Text(f"в `{folder}` лежит что-то чужое", f"`{folder}` holds something else"),
            Text("назовите новую папку: `--to ПАПКА`", "name a new one: `--to FOLDER`"),
        )


def _hand_over(job: Job, school: School, deck: Deck, into: tuple[Path, Bundle]) -> None:
    """All of it written aside, told in the register, then put in its place in one step."""
    folder, bundle = into
    draft = folder.with_name(f".{folder.name}.new")
    with writing(folder), clearing(draft):
        shutil.rmtree(draft, ignore_errors=True)
        write_folder(draft, _files(bundle))
        _register(job, school, deck)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)


def _files(bundle: Bundle) -> Iterator[tuple[str, bytes | Path]]:
    yield from ((name, text.encode()) for name, text in bundle.texts.items())
    yield from ((name, picture.path) for name, picture in bundle.pictures.items())
    if "index.html" in bundle.texts:
        yield FACE, cut_face()


def _register(job: Job, school: School, deck: Deck) -> None:
    given = replace(
        begin(job, "export"),
        about=tuple(sorted(deck.students)),
        audiences=(deck.audience,),
        basis=" ".join(sorted(set(_grounds(deck, school)))),
        details={
            "kind": "news" if deck.occasion.kind == "news" else "presentation",
            "copy": _copy_of(job, deck),
            "keep": deck.keep.isoformat(),
        },
    )
    note(job, school, given)


def _grounds(deck: Deck, school: School) -> Iterator[str]:
    """Every consent that anything in it rests on: `class@consent:belova-anna/first`."""
    for turn in deck.turns:
        edition = turn.edition
        for reason in (edition.reason, *(entry.reason for entry in edition.entries)):
            own = f"consent:{edition.student}/{reason.consent}" if reason.consent else ""
            yield f"{deck.occasion.tier}@{own or regulation_of(school)}"


def _write_sheets(job: Job, school: School, deck: Deck) -> Path:
    """A page to print with a sheet for every home; private, like cards."""
    folder = private_room(job, school.settings) / "presentations"
    refuse_public(folder, published_by(job))
    file = folder / f"home-{deck.occasion.whom}-{deck.day}.html"
    written = write_private(file, compose_home_sheets(deck, _plain(deck), job.home / "theme"))
    given = replace(
        begin(job, "export"),
        about=tuple(sorted({sheet.edition.student for sheet in deck.sheets})),
        audiences=tuple(sheet.audience for sheet in deck.sheets),
        basis=regulation_of(school),
        details={"kind": "home-sheets"},
    )
    note(job, school, given)
    return written
