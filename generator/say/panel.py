"""Diagnostics -> what a page on this computer shows beside itself. What is there to mend?"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from generator.diagnostic import Diagnostic, Lang, Text
from generator.say.shown import Shown, show

MOST = 40
"""So many are shown in the page; the terminal has them all."""
_LABEL = Text("Что исправить", "What to mend")
_BEHIND = Text("Пока это не исправлено, страница прежняя.",
               "Until this is mended, the page stays as it was.")  # fmt: skip
_OPEN = Text("Показать", "Show")
_CLOSE = Text("Закрыть", "Close")
_FIX = Text("Как исправить", "How to mend it")
_MORE = Text("И ещё {more}: все они в окне, где запущена команда.",
             "And {more} more: all of them stand where the command was started.")  # fmt: skip
_ENDED = Text("Предпросмотр остановлен. Закройте эту вкладку.",
              "The preview has stopped. Close this tab.")  # fmt: skip
_KINDS = {
    "error": Text("Ошибка", "Error"),
    "warning": Text("Замечание", "Warning"),
    "note": Text("К сведению", "Note"),
}


@dataclass(frozen=True)
class Panel:
    """What is told of a page: its newest version, whether files have overtaken it that cannot be
    shown, and a line that counts what there is to mend."""

    version: str
    is_behind: bool
    title: str
    word: str
    """That nobody guesses: whoever does not know it learns nothing from a mark."""


def to_panel(panel: Panel, diagnostics: Iterable[Diagnostic], lang: Lang) -> str:
    """One line of JSON for the script of the page; errors first."""
    shown = sorted(show(diagnostics, lang), key=lambda one: one.severity != "error")
    more = len(shown) - MOST
    found = [_told(one, lang) for one in shown[:MOST]]
    return json.dumps(
        {
            "version": panel.version,
            "label": _LABEL.get(lang),
            "title": panel.title,
            "behind": _BEHIND.get(lang) if panel.is_behind else "",
            "open": _OPEN.get(lang),
            "close": _CLOSE.get(lang),
            "fix": _FIX.get(lang),
            "more": _MORE.get(lang).replace("{more}", str(more)) if more > 0 else "",
            "ended": _ENDED.get(lang),
            "mark": _mark(found, panel.word),
            "found": found,
        },
        ensure_ascii=False,
    )


def _mark(found: list[dict[str, str]], word: str) -> str:
    """Another one whenever there is something else to mend. A browser remembers it in place of the
    words, which it would keep."""
    return blake2b(json.dumps(found).encode(), key=word.encode(), digest_size=16).hexdigest()


def _told(one: Shown, lang: Lang) -> dict[str, str]:
    where = f"{one.file}:{one.line}" if one.line else one.file
    return {
        "severity": one.severity,
        "kind": _KINDS[one.severity].get(lang),
        "place": where,
        "message": one.message,
        "fix": one.fix,
    }
