"""A review -> Markdown for a pull request, JSON for a program. How is it told without a page?

Whatever people wrote stands between backticks in Markdown: there no forge calls anybody, follows a
link, loads a picture or takes a sign for HTML. `quote` lets no backtick through.
"""

import json
from collections.abc import Iterator

from generator.diagnostic import Diagnostic, Lang, Text, quote
from generator.model.reviewed import Card, Glance, Report
from generator.model.spoken import WHO

_LONGEST = 200
_SIGNS = {"error": "⛔", "warning": "⚠️", "note": "ℹ️"}
_WHAT = {
    "added": Text("новая запись", "new entry"),
    "changed": Text("изменена", "changed"),
    "moved": Text("переименована папка", "folder renamed"),
    "removed": Text("убрана", "removed"),
}
_FATE = {
    "added": Text("новый скан", "new scan"),
    "replaced": Text("скан заменён", "scan replaced"),
    "removed": Text("скан убран", "scan removed"),
    "same": Text("скан прежний", "scan as before"),
}
_GLANCES = {
    "appears": Text("увидит", "comes to see it"),
    "changes": Text("увидит новое", "sees it anew"),
    "disappears": Text("больше не увидит", "sees it no more"),
}
_COUNTED = Text(
    "Записей: {cards}, ждут решения: {waiting}, с ошибками: {errors}",
    "Entries: {cards}, waiting for a decision: {waiting}, with errors: {errors}",
)
_OTHERS = Text("Не о записях", "Not about entries")
_FORMAT = Text("Только переписано иначе, файлов", "Only written otherwise, files")


def to_markdown(report: Report, lang: Lang) -> str:
    """The report as a list, errors first."""
    span = f"{quote(report.base)} → {quote(report.head)}"
    return "\n".join((f"## {span}", "", counted(report, lang), "", *_body(report, lang), ""))


def counted(report: Report, lang: Lang) -> str:
    """How many entries there are, and how many of them want something."""
    numbers = {
        "cards": len(report.cards),
        "waiting": sum(card.waits for card in report.cards),
        "errors": sum(bool(card.errors) for card in report.cards),
    }
    return _COUNTED.get(lang).format(**numbers)


def to_json(report: Report, lang: Lang) -> str:
    """The report as one object with our own words for keys."""
    told = {
        "format": "stupeni-review-1",
        "site": report.site,
        "base": report.base,
        "head": report.head,
        "day": f"{report.day}",
        "format_only": report.format_only,
        "cards": [_card(card, lang) for card in report.cards],
        "others": [_finding(one, lang) for one in report.others],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _body(report: Report, lang: Lang) -> Iterator[str]:
    for card in report.cards:
        group = f", {quote(card.class_title)}" if card.class_title else ""
        yield f"### {quote(card.name)}{group}: {quote(card.title, _LONGEST)}"
        yield ""
        yield f"*{_WHAT[card.what].get(lang)}*, {quote(card.kind.get(lang))}"
        yield ""
        yield from _lines(card, lang)
        yield ""
    if report.others:
        yield f"### {_OTHERS.get(lang)}"
        yield ""
        yield from (f"{_told(one, lang)} ({quote(one.place.file, 300)})" for one in report.others)
        yield ""
    if report.format_only:
        yield f"{_FORMAT.get(lang)}: {report.format_only}"


def _lines(card: Card, lang: Lang) -> Iterator[str]:
    yield from (_told(one, lang) for one in card.findings)
    for line in card.lines:
        if line.is_changed and card.what == "changed":
            old, new = (
                quote(words.get(lang) or "—", _LONGEST) for words in (line.before, line.after)
            )
            yield f"- {quote(line.label.get(lang))}: {old} → {new}"
    for scan in card.scans:
        yield f"- {_FATE[scan.fate].get(lang)} {quote(scan.file, _LONGEST)}"
    for glance in card.glances:
        yield f"- {who(glance, lang)}: {_GLANCES[glance.what].get(lang)}"


def who(glance: Glance, lang: Lang) -> str:
    """An audience in words."""
    group = f" {quote(glance.group)}" if glance.group else ""
    return f"{WHO[glance.tier].get(lang)}{group}"


def _told(one: Diagnostic, lang: Lang) -> str:
    return f"- {_SIGNS[one.severity]} {one.message.get(lang)} · {one.code}"


def _card(card: Card, lang: Lang) -> dict[str, object]:
    return {
        "student": card.student,
        "entry": card.entry,
        "what": card.what,
        "title": card.title,
        "state": card.state,
        "was": card.was,
        "digest": card.digest,
        "waits": card.waits,
        "fields": [
            {"key": x.key, "before": x.before.get(lang), "after": x.after.get(lang)}
            for x in card.lines
        ],
        "scans": [{"file": one.file, "what": one.fate} for one in card.scans],
        "becomes_visible": [
            {"to": one.tier, "class": one.group, "what": one.what} for one in card.glances
        ],
        "findings": [_finding(one, lang) for one in card.findings],
    }


def _finding(one: Diagnostic, lang: Lang) -> dict[str, str | int]:
    return {
        "file": one.place.file,
        "line": one.place.line,
        "severity": one.severity,
        "code": one.code,
        "message": one.message.get(lang),
        "fix": one.fix.get(lang),
    }
