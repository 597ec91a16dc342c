"""Access cards -> one printable page. What does a family hold in its hands?"""

from pathlib import Path

from generator.model.edition import Decision
from generator.model.site import Card
from generator.pages import read_templates


def compose_cards(cards: tuple[Card, ...], decision: Decision, theme: Path) -> str:
    """A whole HTML file with its style inside, to be printed and cut; secret, never published."""
    templates = read_templates(theme, decision.language)
    return templates.engine.get_template("cards.html").render(
        school=decision.school,
        cards=cards,
        style=(theme / "css" / "cards.css").read_text(encoding="utf-8"),
    )
