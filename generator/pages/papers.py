"""What staff print and keep in a safe or sign -> a page. What stands on the paper?"""

from pathlib import Path

from generator.diagnostic import Lang
from generator.model.site import IncidentForm, KeyPaper, Memo
from generator.pages import read_templates


def compose_key_paper(paper: KeyPaper, language: Lang, theme: Path) -> str:
    """A whole HTML file: the master key as words and as a QR code; secret, never published."""
    return _compose("key-paper.html", paper, language, theme)


def compose_incident(form: IncidentForm, language: Lang, theme: Path) -> str:
    """A whole HTML file: what is known of an incident, and lines for what is not (R-138)."""
    return _compose("incident.html", form, language, theme)


def compose_memo(memo: Memo, language: Lang, theme: Path) -> str:
    """A whole HTML file: what one role does, whom it asks, what it never does; no secret on it."""
    return _compose("memo.html", memo, language, theme)


def _compose(name: str, paper: KeyPaper | IncidentForm | Memo, language: Lang, theme: Path) -> str:
    templates = read_templates(theme, language)
    style = (theme / "css" / "paper.css").read_text(encoding="utf-8")
    return templates.engine.get_template(name).render(paper=paper, style=style)
