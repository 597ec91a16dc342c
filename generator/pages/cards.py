"""Access cards -> pages to print and one for the projector. What does one hold in one's hands?"""

from pathlib import Path
from typing import Literal

from generator.model.edition import Decision
from generator.model.site import Card
from generator.pages import read_templates

Sheet = Literal["cards", "invitation", "projector"]


def compose_sheet(sheet: Sheet, cards: tuple[Card, ...], decision: Decision, theme: Path) -> str:
    """A whole HTML file with its style inside; secret, never published.

    `cards`: to be cut and handed over; `invitation`: two alike of an event's card; `projector`:
    that card over the whole screen.
    """
    templates = read_templates(theme, decision.language)
    return templates.engine.get_template(f"{sheet}.html").render(
        school=decision.school,
        cards=cards,
        style=(theme / "css" / f"{sheet}.css").read_text(encoding="utf-8"),
    )
