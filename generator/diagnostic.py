"""What is wrong in somebody's portfolio, and where."""

from dataclasses import dataclass, field
from typing import Literal

Lang = Literal["ru", "en"]
Severity = Literal["error", "warning", "note"]
"""`error` has to be mended, `warning` to be looked at, `note` only tells."""
Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Text:
    """The same words in Russian and in English."""

    ru: str
    en: str

    def get(self, lang: Lang) -> str:
        """The words in one language."""
        return self.ru if lang == "ru" else self.en


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file: `keys` is known at once, line and column (from 1) after a second pass.

    `file` is a POSIX path relative to the folder of portfolios. `on_key` points at the key
    itself instead of its value (an unknown key is wrong, not what stands behind it).
    `width` is the length in characters of what stands there.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    keys: Key = field(default=(), compare=False)
    on_key: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Diagnostic:
    """One mistake: where, its kebab-case code, what is there, and how to mend it.

    The writer's own words stand in backticks in `message` and `fix`, and nowhere else: on a
    public log everything between backticks is left out.
    """

    place: Place
    code: str
    message: Text
    fix: Text
    severity: Severity = "error"

    @property
    def is_error(self) -> bool:
        """Whether the portfolios have to be mended before they can be published."""
        return self.severity == "error"


def quote(words: object, longest: int = 60) -> str:
    """The writer's own words in backticks: on one line, short, and with no backtick inside."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(words).replace("`", "'"))
    return f"`{text if len(text) <= longest else text[: longest - 1] + '…'}`"
