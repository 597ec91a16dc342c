"""Deck + pictures -> words for a school's own site. What may everybody read, and what not? (R-113)

All of it is of editions for everybody; only the note, which nobody publishes, names who is missing.
"""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from generator.model.deck import WHY, Deck, Part, Turn
from generator.model.site import Leaves
from generator.pages import read_templates
from generator.pages.deck import Bundle, Stage, title_of
from generator.pages.slides import Shot
from generator.pages.words import set_date
from generator.pages.works import ShownWork

NOTE = "НЕ-ПУБЛИКОВАТЬ.txt"
FILES = frozenset({"news.md", "news.txt", NOTE})
"""What lies in a folder of news beside its pictures."""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!])")

Line = str | Shot
"""A paragraph, or a picture."""


def compose_news(deck: Deck, leaves: Leaves, copy: str, theme: Path) -> Bundle:
    """The files of a folder of news; `copy`: what it is called in the register."""
    stage = Stage(deck, leaves, read_templates(theme, deck.language).texts)
    told = [(_heading(stage, part), tuple(_lines(stage, part))) for part in deck.parts]
    texts = {
        "news.md": "".join(_marked(stage, told)),
        "news.txt": _plain("".join(_unmarked(stage, told))),
        NOTE: _plain(_note(stage, copy, theme)),
    }
    texts = {name: text.replace("\N{NO-BREAK SPACE}", " ") for name, text in texts.items()}
    return Bundle(texts, stage.hanger.pictures)


def _heading(stage: Stage, part: Part) -> str:
    title = part.title.get(stage.language)
    return title if title != title_of(stage) else ""


def _lines(stage: Stage, part: Part) -> Iterator[Line]:
    """A paragraph for an event with all who were there; of what belongs to none, one for each."""
    said = tuple((turn, work) for turn in part.turns for work in stage.works(turn))
    if part.on:
        told = (_of_event(stage, part, turn) for turn in part.turns)
        yield " ".join((_when(stage, part.on, [work for _, work in said]), *told))
    for turn, work in said:
        if not part.on:
            yield _sentence(f"{_who(stage, turn)}: {_work(stage, work, '')}")
        yield from stage.hanger.hang(work.pair or work.leaves)


def _when(stage: Stage, on: dt.date, works: list[ShownWork]) -> str:
    """The day, and the stage where all were at the same one."""
    day = set_date(on, stage.language)
    stages = {words for work in works for words in _told(stage, work, ("stage",))}
    if len(stages) != 1:
        return _sentence(day)
    return _sentence(f"{day}, {stage.say('news-stage', stage=stages.pop())}")


def _of_event(stage: Stage, part: Part, turn: Turn) -> str:
    event = part.title.get(stage.language)
    works = (_work(stage, work, event) for work in stage.works(turn))
    done = "; ".join(filter(None, works))
    return _sentence(f"{_who(stage, turn)}: {done}" if done else _who(stage, turn))


def _who(stage: Stage, turn: Turn) -> str:
    """As everybody may know them: the first letter of the surname, the grade and no class."""
    grade = stage.texts["grade"].replace("{grade}", turn.edition.class_title)
    return f"{turn.edition.name} ({grade})"


def _work(stage: Stage, work: ShownWork, event: str) -> str:
    """What it was, how it went and when; nothing that the heading says already."""
    title, quoted = work.entry.title, "" if work.entry.title in event else _quoted(work.entry.title)
    fields = ("organisation", "round", "result", "champion", "sign")
    told = (words for words in _told(stage, work, fields) if words not in event and words != title)
    return ", ".join(filter(None, (quoted, *told, "" if event else work.when)))


def _told(stage: Stage, work: ShownWork, fields: tuple[str, ...]) -> Iterator[str]:
    return (one.words.get(stage.language) for one in work.chief if one.field in fields)


def _quoted(title: str) -> str:
    return title if "«" in title else f"«{title}»"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _marked(stage: Stage, told: list[tuple[str, tuple[Line, ...]]]) -> Iterator[str]:
    """As Markdown; what people wrote is words in it and never markup."""
    yield f"# {_escaped(title_of(stage))}\n"
    for heading, lines in told:
        yield f"\n## {_escaped(heading)}\n" if heading else ""
        for one in lines:
            words = one if isinstance(one, str) else one.alt
            picture = "" if isinstance(one, str) else f"({one.file})"
            yield f"\n![{_escaped(words)}]{picture}\n" if picture else f"\n{_escaped(words)}\n"


def _unmarked(stage: Stage, told: list[tuple[str, tuple[Line, ...]]]) -> Iterator[str]:
    yield f"{title_of(stage)}\n"
    for heading, lines in told:
        yield f"\n{heading}\n" if heading else ""
        for one in lines:
            if isinstance(one, str):
                yield f"\n{one}\n"
            else:
                yield f"\n{stage.say('news-picture', file=one.file, alt=one.alt)}\n"


def _escaped(words: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))


def _note(stage: Stage, copy: str, theme: Path) -> str:
    """For whoever publishes it: until when each consent lasts, who is missing and why."""
    deck, language = stage.deck, stage.language
    text = (theme / "locale" / language / "news.txt").read_text(encoding="utf-8")
    missing = (f"{one.name}, {one.class_title}: {WHY[one.why].get(language)}"
               for one in deck.absent)  # fmt: skip
    words = {
        "title": title_of(stage),
        "school": deck.school,
        "keep": stage.say("keep", day=set_date(deck.keep, language), copy=copy),
        "until": "\n".join(dict.fromkeys(_terms(stage))),
        "missing": "\n".join(missing) or stage.say("news-nobody"),
    }
    for slot, said in words.items():
        text = text.replace(f"{{{slot}}}", said)
    return text


def _terms(stage: Stage) -> Iterator[str]:
    for turn in stage.deck.turns:
        for reason in dict.fromkeys(entry.reason for entry in turn.edition.entries):
            day = set_date(reason.until, stage.language) if reason.until else ""
            yield stage.say("news-until", who=_who(stage, turn), day=day, paper=reason.paper)


def _plain(text: str) -> str:
    """As any old editor reads it."""
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + text.replace("\n", "\r\n")
