"""What a run came to -> JSON lines. What does a program read that ran us?

docs/reference/events.md tells every field; a program may rely on them.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.diagnostic import Diagnostic, Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.flow.sites import Site


def print_result(
    end: int, students: int, diagnostics: Sequence[Diagnostic], sites: "Iterable[Site]" = ()
) -> None:
    """The last event of a run that came to its end."""
    errors = sum(one.is_error for one in diagnostics)
    _print(
        event="result",
        exit=end,
        students=students,
        errors=errors,
        warnings=len(diagnostics) - errors,
        levels=[_level(site) for site in sites],
    )


def print_trouble(trouble: Trouble, end: int, lang: Lang, public: bool) -> None:
    """The last event of a run that could not go on."""
    from generator.say import bare, words_of

    texts = (trouble.message, trouble.hint)
    message, fix = (words_of(bare(text) if public else text, lang) for text in texts)
    _print(event="trouble", exit=end, message=message, fix=fix)


def print_stopped(end: int, left: Text, lang: Lang) -> None:
    """The last event of a run that somebody ended."""
    _print(event="stopped", exit=end, message=left.get(lang))


def _level(site: "Site") -> dict[str, str | int]:
    return {
        "level": site.level,
        "folder": site.release.folder.as_posix(),
        "release": site.release.digest,
        "files": site.swept.files,
        "changed": site.release.changed,
        "cards": site.holders,
    }


def _print(**fields: object) -> None:
    from generator.say.reports import dump

    print(dump(fields), end="", flush=True)
