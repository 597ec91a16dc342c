"""A review -> one page on which a teacher decides. What is looked at, and what is asked?

The page is a file of its own: pictures, style and script are inside, and its policy allows nothing
from anywhere else.
"""

from base64 import b64encode
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup, escape

from generator.diagnostic import Lang
from generator.model.reviewed import Report
from generator.model.shown import ShownScan
from generator.model.site import Leaves
from generator.model.spoken import WHO
from generator.pages import read_templates


@dataclass(frozen=True)
class Inside:
    """A picture that stands in the page itself."""

    source: str
    width: int
    height: int


def compose_review(report: Report, leaves: Leaves, language: Lang, theme: Path) -> str:
    """A whole HTML file for staff, with names and scans in it; never published."""
    templates = read_templates(theme, language)
    style = (theme / "css" / "decide.css").read_text(encoding="utf-8")
    script = (theme / "js" / "decide.js").read_text(encoding="utf-8")
    engine = templates.engine.overlay()
    engine.filters = {**engine.filters, "spoken": _spoken}
    return engine.get_template("decide.html").render(
        report=report,
        shown=len(report.cards),
        waiting=sum(card.waits for card in report.cards),
        failing=sum(bool(card.errors) for card in report.cards),
        who=WHO,
        pictures=partial(_pictures, leaves),
        style=style,
        script=script,
        style_digest=_digest(style),
        script_digest=_digest(script),
    )


def _pictures(leaves: Leaves, scan: ShownScan) -> list[Inside]:
    return [
        Inside(_inside(leaf.screen.path), leaf.screen.width, leaf.screen.height)
        for leaf in leaves.get(scan.key, ())
    ]


def _inside(file: Path) -> str:
    return "data:image/webp;base64," + b64encode(file.read_bytes()).decode("ascii")


def _spoken(words: str) -> Markup:
    """A message, in which the writers' own words stand in backticks, as a page sets them."""
    return Markup("").join(
        Markup("<q>{}</q>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(words.split("`"))
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")
