"""Deck + pictures -> a folder's pages: slides, script, sheets for home. What does the hall see?

Slides and script are made of the same slides in the same order, so that a host never loses the way.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from generator.diagnostic import Lang, Text
from generator.model.deck import Deck, Part, Turn, Way
from generator.model.shown import ShownGoal
from generator.model.site import FACE, Leaves, Picture
from generator.pages import Templates, read_templates
from generator.pages.catalogue import Texts
from generator.pages.slides import Hanger, Slide, first_sentence, pictures_of
from generator.pages.words import set_date
from generator.pages.works import ShownWork, Wall

NOTICE = "ПРОЧТИТЕ.txt"
FILES = frozenset({"index.html", "script.html", "deck.css", "deck.js", "vision.js", NOTICE, FACE})
"""What lies in a folder beside its pictures; the notice says until when it may be kept."""
_STYLES, _SCRIPTS = ("deck.css", "vision.css"), ("deck.js", "vision.js")
_TOKENS = re.compile(r"/\* ---- tokens ---- \*/(.*?)/\* ---- ", re.DOTALL)
_LINES = 4
"""Things of one person on one slide; more go on to the next."""
_ON_COVER = 8
_CALLED_FOR = ("event", "result", "champion", "sign")


@dataclass(frozen=True)
class Bundle:
    """The files of a folder, but for the face."""

    texts: Mapping[str, str]
    pictures: Mapping[str, Picture]


@dataclass(frozen=True)
class Stage:
    """All that slides are made with."""

    deck: Deck
    leaves: Leaves
    texts: Texts
    hanger: Hanger = field(default_factory=Hanger)

    @property
    def language(self) -> Lang:
        """The language of the pages."""
        return self.deck.language

    def say(self, key: str, **words: str) -> str:
        """A text of the interface with its places filled."""
        said = self.texts[f"deck-{key}"]
        for place, word in words.items():
            said = said.replace(f"{{{place}}}", word)
        return said

    def works(self, turn: Turn) -> tuple[ShownWork, ...]:
        """The works of a turn, as pages show them, in its order."""
        hung = Wall(turn.edition, self.leaves, self.texts, self.language, "").show()
        known = {work.entry.id: work for work in hung}
        return tuple(known[id] for id in turn.works)


def compose_deck(
    deck: Deck, leaves: Leaves, how: tuple[Way | None, int, str], theme: Path
) -> Bundle:
    """The files of a showing; `how`: the way home, seconds for a slide, what the copy is called."""
    way, auto, copy = how
    templates = read_templates(theme, deck.language)
    stage = Stage(deck, leaves, templates.texts)
    slides = tuple(_slides(stage, way))
    kept = stage.say("keep", day=set_date(deck.keep, deck.language), copy=copy)
    render = partial(
        _render, templates, deck=deck, slides=slides, way=way, kept=kept, auto=auto,
        palette=_palette(deck),
    )  # fmt: skip
    tokens = _TOKENS.search((theme / "css" / "page.css").read_text(encoding="utf-8"))
    if tokens is None:
        raise ValueError("page.css does not begin with its tokens")
    # From a stick the face is there at once, and the wall shows no other one first.
    worn = tokens[1].replace("font-display: optional", "font-display: block")
    styles = ((theme / "css" / name).read_text(encoding="utf-8") for name in _STYLES)
    texts = {
        "index.html": render("deck.html"),
        "script.html": render("script.html"),
        "deck.css": worn + "".join(styles),
        **{name: (theme / "js" / name).read_text(encoding="utf-8") for name in _SCRIPTS},
        NOTICE: _notice(stage, kept, theme),
    }
    return Bundle(texts, stage.hanger.pictures)


def compose_home_sheets(deck: Deck, way: Way | None, theme: Path) -> str:
    """A whole HTML file with its style inside, a sheet for every home; private, never published."""
    templates = read_templates(theme, deck.language)
    style = (theme / "css" / "home-sheets.css").read_text(encoding="utf-8")
    walls = {
        sheet.audience: Wall(sheet.edition, {}, templates.texts, deck.language, "").show()
        for sheet in deck.sheets
    }
    return _render(templates, "home-sheets.html", deck=deck, way=way, style=style, walls=walls)


def _render(templates: Templates, name: str, **nouns: object) -> str:
    return templates.engine.get_template(name).render(nouns)


def _palette(deck: Deck) -> str:
    alone = deck.occasion.kind == "student"
    return deck.turns[0].edition.palette if alone else "school"


def _notice(stage: Stage, kept: str, theme: Path) -> str:
    """Plain words on what the folder is, as any old editor reads them."""
    text = (theme / "locale" / stage.language / "presentation.txt").read_text(encoding="utf-8")
    words = {"title": title_of(stage), "keep": kept, "school": stage.deck.school}
    for slot, said in words.items():
        text = text.replace(f"{{{slot}}}", said.replace("\N{NO-BREAK SPACE}", " "))
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + text.replace("\n", "\r\n")


def title_of(stage: Stage) -> str:
    """What stands above it all: what was typed, the only event, or what the occasion is."""
    deck = stage.deck
    if deck.occasion.title:
        return deck.occasion.title
    if deck.occasion.kind == "student":
        return deck.turns[0].edition.name
    events = [part.title.get(stage.language) for part in deck.parts if part.on]
    if deck.occasion.kind in ("ceremony", "news") and len(events) == len(deck.parts) == 1:
        return events[0]
    return stage.say(f"title-{deck.occasion.kind}")


def _slides(stage: Stage, way: Way | None) -> Iterator[Slide]:
    deck = stage.deck
    make = _called if deck.occasion.kind == "ceremony" else _told
    inner = [slide for part in deck.parts for slide in make(stage, part)]
    yield _first(stage, inner)
    yield from inner
    yield _thanks(stage, inner)
    if way:
        note = stage.say("notes-code" if way.until else "notes-card")
        yield Slide("way", title=stage.say("way"), does=(note,))


def _first(stage: Stage, inner: list[Slide]) -> Slide:
    deck = stage.deck
    alone = deck.occasion.kind == "student"
    edition = deck.turns[0].edition
    day = set_date(deck.day, stage.language)
    cover = pictures_of(stage.hanger, stage.leaves, edition.cover)
    others = tuple(slide.pictures[0] for slide in inner if slide.pictures)
    over = deck.school
    if alone and deck.occasion.moving_up:
        over = stage.say(f"moving-up-{deck.level}")
    return Slide(
        "title",
        over=over,
        title=title_of(stage),
        words=edition.motto if alone else "",
        under=(deck.where.get(stage.language), day),
        pictures=(cover or others[:1]) if alone else others[:_ON_COVER],
        does=(stage.say("notes-title"),),
    )


def _thanks(stage: Stage, inner: list[Slide]) -> Slide:
    """All that was shown once more: they are pictures of before, and need no words again."""
    deck = stage.deck
    alone = deck.occasion.kind == "student"
    day = set_date(deck.day, stage.language)
    shown = tuple(replace(slide.pictures[0], alt="", under="") for slide in inner if slide.pictures)
    return Slide(
        "thanks",
        over=deck.turns[0].edition.name if alone else deck.school,
        title=stage.say(f"thanks-{deck.occasion.kind}"),
        under=(_authors(deck),) if deck.occasion.kind in ("class", "meeting") else (),
        lines=(f"{deck.where.get(stage.language)}, {day}",),
        pictures=shown[:_ON_COVER],
        does=(stage.say("notes-thanks"),),
    )


def _told(stage: Stage, part: Part) -> Iterator[Slide]:
    """A slide for each work, then the way behind and the year, where one tells of them."""
    alone = stage.deck.occasion.kind == "student"
    for turn in part.turns:
        for work in stage.works(turn):
            yield _work(stage, work, "" if alone else turn.edition.name)
    if alone:
        yield from _way(stage, part.turns[0])


def _work(stage: Stage, work: ShownWork, name: str) -> Slide:
    entry, chief = work.entry, _chief(work, stage)
    said = tuple(fact.words.get(stage.language) for fact in entry.said)
    own = entry.why_it_matters or entry.reflection or next(iter(said), "")
    return Slide(
        "work",
        name=name,
        title=entry.title,
        words=first_sentence(own),
        under=(*chief, *filter(None, (work.when,))),
        pictures=stage.hanger.hang(work.pair or work.leaves[:1]),
        notes=tuple(filter(None, (entry.why_it_matters, entry.reflection, *said))),
    )


def _chief(work: ShownWork, stage: Stage) -> tuple[str, ...]:
    """«лауреат, региональный уровень», then the event; no level where the event begins with it."""
    told = {fact.field: fact.words.get(stage.language) for fact in work.chief}
    level = told.get("stage", "")
    if level:
        told["stage"] = stage.say("level", level=level)
    named = f"{told.get('event', '')}\n{work.entry.title}".casefold().splitlines()
    if level and any(name.startswith(level.casefold()[:-2]) for name in named):
        del told["stage"]
    event = told.pop("event", "")
    return tuple(filter(None, (", ".join(told.values()), event)))


def _way(stage: Stage, turn: Turn) -> Iterator[Slide]:
    goals: tuple[ShownGoal, ...] = turn.edition.goals
    for goal in goals[:3]:
        yield Slide(
            "words", over=stage.say("reached"), title=goal.statement,
            words=first_sentence(goal.outcome), notes=tuple(filter(None, (goal.outcome,))),
        )  # fmt: skip
    for year in turn.edition.years:
        for answer in year.answers[:1]:
            yield Slide(
                "words", over=answer.prompt.get(stage.language), words=first_sentence(answer.text),
                notes=(answer.text,),
            )  # fmt: skip


def _called(stage: Stage, part: Part) -> Iterator[Slide]:
    """The event, then everybody in the order of calling, each in the same size."""
    title = part.title.get(stage.language)
    called = []
    for turn in part.turns:
        works = stage.works(turn)
        while works:
            called.append(_call(stage, turn, works[:_LINES], part.title))
            works = works[_LINES:]
    if title and title != title_of(stage):
        day = set_date(part.on, stage.language) if part.on else ""
        called = [replace(one, over=", ".join(filter(None, (title, day)))) for one in called]
        does = (stage.say("notes-part", title=title),)
        if called[1:]:
            yield Slide("part", title=title, under=(day,) if day else (), does=does)
        else:  # for a single person the curtain does not rise twice
            called = [replace(one, does=does) for one in called]
    yield from called


def _call(stage: Stage, turn: Turn, works: tuple[ShownWork, ...], event: Text) -> Slide:
    edition = turn.edition
    told = [_told_of(work, event, stage.language) for work in works]
    named = event.get(stage.language)
    lines = [" — ".join(line if line[0] != named else line[1:]) for line in told]
    pictures = next((work.leaves[:1] for work in works if work.leaves), ())
    where = edition.class_title
    call = stage.say("notes-call", name=edition.name, title=where)
    return Slide(
        "call",
        name=edition.name,
        title=edition.name,
        under=(stage.texts["class-of"].replace("{title}", where),),
        lines=tuple(filter(None, lines)),
        pictures=stage.hanger.hang(pictures),
        notes=(call, *(f"{' — '.join(line)}." for line in told)),
    )


def _told_of(work: ShownWork, event: Text, language: Lang) -> tuple[str, ...]:
    """What somebody is called for: the work, where it was, and how it went, if anything says so."""
    title, known = work.entry.title, f"{event.get(language)} {work.entry.title}"
    told = [fact.words.get(language) for fact in work.chief if fact.field in _CALLED_FOR]
    return title, *(words for words in told if words not in known)


def _authors(deck: Deck) -> str:
    return ", ".join(dict.fromkeys(turn.edition.name for turn in deck.turns))
