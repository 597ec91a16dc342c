"""What a run came to -> words on the screen. What may be read there, and by whom?"""

import argparse
import os
import re
import secrets
import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.diagnostic import Diagnostic, Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.curate import Change
    from generator.flow.job import Found, Job
    from generator.flow.sites import Built
    from generator.model.school import Level
    from generator.say import Veil

GRADES: "dict[Level, Text]" = {
    "primary": Text("1–4 классы", "grades 1–4"),
    "basic": Text("5–9 классы", "grades 5–9"),
    "senior": Text("10–11 классы", "grades 10–11"),
}
"""What a level is called on the screen."""
# What forges set where their logs may be read by strangers; the first line names families of them.
_MARK = re.compile(
    r"(\w+_)?CI(_\w+)?|\w+_ACTIONS|\w+_PIPELINES?|CONTINUOUS_INTEGRATION|BUILD_NUMBER|JENKINS_URL"
    r"|TF_BUILD|TEAMCITY_VERSION|BUILDKITE|BITBUCKET_BUILD_NUMBER|CODEBUILD_BUILD_ID|DRONE|TRAVIS"
    r"|APPVEYOR|NETLIFY|VERCEL|CF_PAGES|RENDER",
    re.IGNORECASE,
)
_NO = ("", "0", "false", "no", "off")
_SIGNED = Text(
    "вместо имён стоят знаки: это могут прочитать чужие. С именами: `stupeni check` на своём "
    "компьютере",
    "signs stand for names: strangers may read this. With names: `stupeni check` on your own "
    "computer",
)
_LASTING = Text("; у одного ребёнка знак всегда один", "; a child's sign stays the same")
_PASSING = Text("; в следующий раз знаки будут другие", "; next time the signs will be others")


def print_mistakes(found: "Found | Built", arguments: argparse.Namespace) -> None:
    """Every mistake, and one line that counts them where a person reads."""
    from generator.say import count_reasons, summary

    print_diagnostics(found.diagnostics, arguments)
    if _form(arguments) in ("full", "concise", "github"):
        tell(summary(found.diagnostics, found.students, arguments.lang))
        if counted := count_reasons(found.diagnostics, arguments.lang):
            tell(counted)


def print_diagnostics(diagnostics: "tuple[Diagnostic, ...]", arguments: argparse.Namespace) -> None:
    """Every diagnostic in the form asked for."""
    from generator.say import say, to_sarif
    from generator.source import read_line

    form: Any = _form(arguments)
    veil = veil_of(arguments)
    # A path as one can click it from here; on a public log as short as it may be.
    folder = Path() if veil else arguments.path
    shown = [_below(folder, diagnostic) for diagnostic in diagnostics]
    if form == "sarif":
        told = to_sarif(shown, arguments.lang, page_of, veil)
    else:
        told = say(shown, form, arguments.lang, partial(read_line, Path()), veil)
    if told:
        print(told, end="" if form == "events" else "\n", flush=True)
    if veil and diagnostics:
        kept = _LASTING if veil.lasting else _PASSING
        tell(_SIGNED.get(arguments.lang) + kept.get(arguments.lang))


def page_of(code: str) -> str | None:
    """The page about a code, whoever says it; None for no such code."""
    from generator.check import explain
    from generator.review.pages import PAGES

    return explain(code) or PAGES.get(code)


def _form(arguments: argparse.Namespace) -> str:
    as_events = getattr(arguments, "json", False)
    return "events" if as_events else getattr(arguments, "format", "full")


def told_of(changes: "tuple[Change, ...]", arguments: argparse.Namespace) -> str:
    """A line for each file that was or would be changed."""
    from generator.say import say_of

    veil = veil_of(arguments)
    lines = []
    for change in changes:
        file = change.file if veil else (arguments.path / change.file).as_posix()
        words = change.lacks if arguments.check else change.done
        lines.append(say_of(file, words, arguments.lang, veil))
    # In the order of the names everybody could be found by counting.
    return "\n".join(sorted(lines) if veil else lines)


def veil_of(arguments: argparse.Namespace) -> "Veil | None":
    """What a public log may show; None where nobody but us reads.

    With the private folder at hand signs last; without it they mean nothing outside this run.
    """
    from generator.flow.private import read_log_key
    from generator.say import Veil

    if not is_public():
        return None
    key = read_log_key(arguments.path, getattr(arguments, "private", None))
    return Veil(key or _chance(), lasting=key is not None)


@cache
def _chance() -> bytes:
    return secrets.token_bytes(32)


def _below(folder: Path, diagnostic: Diagnostic) -> Diagnostic:
    place = replace(diagnostic.place, file=(folder / diagnostic.place.file).as_posix())
    return replace(diagnostic, place=place)


def print_sites(built: "Built", arguments: argparse.Namespace) -> None:
    """What was published, and where to see the remarks."""
    lang: Lang = arguments.lang
    for site in built.sites:
        swept = site.swept
        words = Text(
            f"файлов {swept.files}, изменилось {site.release.changed}; карточек {site.holders}; "
            f"искали {swept.words} личных слов в {swept.size / 1e6:.1f} МБ, нашли 0",
            f"{swept.files} files, {site.release.changed} changed; {site.holders} cards; "
            f"{swept.words} private words sought in {swept.size / 1e6:.1f} MB, 0 found",
        )
        print(f"{site.release.folder}: {words.get(lang)}")
    warnings = len(built.diagnostics)
    if warnings:
        see = Text(f"Замечаний: {warnings}. Показать:", f"{warnings} warnings. To see them:")
        print(f"{see.get(lang)} {checked_by(arguments)}")


def checked_by(arguments: argparse.Namespace) -> str:
    """The command that shows what there is to mend, of the same school on the same day."""
    day = ["--date", f"{arguments.date}"] if arguments.date else []
    return shlex.join([sys.argv[0], "check", f"{arguments.path}", *day])


def print_sample(job: "Job", arguments: argparse.Namespace) -> None:
    """Of a fictional school: what to open, and with which code."""
    from generator.flow.cards import sample_cards
    from generator.progress import NOBODY

    cards = sample_cards(replace(job, progress=NOBODY))
    if not cards:
        return
    opened = Text(
        "Откройте в браузере (школа вымышленная, коды для пробы):",
        "Open in a browser (a fictional school, codes to try):",
    )
    words = Text("12 слов", "12 words").get(arguments.lang)
    served = Text("после `make serve`", "after `make serve`").get(arguments.lang)
    print(f"\n{opened.get(arguments.lang)}")
    for holder, card in cards:
        page = (arguments.output / holder.level / "index.html").absolute().as_uri()
        print(f"\n  {card.title}\n    {page}#k={card.code}\n    {words}: {' '.join(card.words)}")
        if card.link:
            print(f"    {served}: {card.link}")


def tell_trouble(trouble: Trouble, lang: Lang) -> None:
    """Why the run cannot go on, and what to do."""
    from generator.say import bare, words_of

    # A path may name a child: on a public log what stands in backticks is left out.
    said = (bare(text) if is_public() else text for text in (trouble.message, trouble.hint))
    message, advice = (words_of(text, lang) for text in said)
    go_on = Text("не могу продолжить", "cannot go on").get(lang)
    hint = Text("что делать", "hint").get(lang)
    tell(f"stupeni: {go_on}: {message}\n  {hint}: {advice}")


def show(*lines: str) -> None:
    """Lines for the screen that hold people's words: none of those can steer a terminal."""
    from generator.say import clean

    for line in lines:
        print(clean(line))


def is_public(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether what we print can be read by strangers: a log of a forge.

    Not asked of the terminal: `stupeni check > file` at home is private, too. `STUPENI_LOG` says
    it outright, `private` or `public`.
    """
    said = environment.get("STUPENI_LOG", "").strip().lower()
    if said:
        return said != "private"
    return any(
        is_mark(one) and value.strip().lower() not in _NO for one, value in environment.items()
    )


def is_mark(name: str) -> bool:
    """Whether a variable of this name tells a forge."""
    return _MARK.fullmatch(name) is not None


def tell(text: str) -> None:
    """A line for the person at the terminal, apart from what a program may read."""
    print(text, file=sys.stderr, flush=True)
