"""Fields of entries and of the portfolio -> collections. Where does each form write?"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.editor.widgets import ENTRIES, Config, Dress, widgets
from generator.model.fields import Field, entry_fields, portfolio_fields
from generator.model.kinds import KINDS
from generator.model.schemas import Wording

ICONS: Mapping[str, str] = {
    "contest": "emoji_events", "creative": "palette", "sport": "sports_soccer",
    "reward": "military_tech", "project": "science", "course": "school", "activity": "groups",
    "gto": "directions_run", "volunteering": "volunteer_activism", "practice": "work",
    "government": "campaign", "training": "construction", "study": "menu_book",
    "external": "corporate_fare", "series": "collections", "page": "article",
}  # fmt: skip
"""Kind -> a sign of the editor's own font; the most usual kinds first."""


@dataclass(frozen=True)
class Slugs:
    """How one editor names a new folder, so that our ids and names come out."""

    folder: str | Config
    more: Config
    """What else an editor is told of each collection."""


def collections(words: Wording, root: str, dress: Dress, slugs: Slugs) -> list[Config]:
    """A collection for each kind of entry, the portfolio itself, and all entries to choose from.

    `root` is the student's folder in the repository, empty or with a slash at its end.
    """
    asked, kinds = entry_fields(words), words.vocabularies["kinds"]
    made = [_about(words, root, dress)]
    for kind, icon in ICONS.items():
        term = kinds.term(kind)
        made.append(
            {
                "name": kind,
                "label": term.ru if term else kind,
                "label_singular": words.labels.record(KINDS[kind]).title,
                "icon": icon,
                **_entries(root),
                "filter": {"field": "kind", "value": kind},
                "slug": slugs.folder,
                "create": True,
                "delete": False,
                **slugs.more,
                "fields": widgets(asked[kind], dress),
            }
        )
    return [*made, _all(root, dress)]


def _entries(root: str) -> Config:
    """Where entries lie: a folder for each, its scans beside it."""
    return {
        "folder": f"{root}entries",
        "path": "{{slug}}/entry",
        "media_folder": "",
        "public_folder": "",
        "extension": "yml",
        "format": "yml",
        "identifier_field": "title",
        "summary": "{{title}}",
    }


def _about(words: Wording, root: str, dress: Dress) -> Config:
    label = words.labels.records["Portfolio"].title
    file = {
        "name": "portfolio",
        "label": label,
        "file": f"{root}portfolio.yml",
        "format": "yml",
        "fields": widgets(portfolio_fields(words), dress),
    }
    return {"name": "about", "label": "Обо мне", "icon": "person", "files": [file]}


def _all(root: str, dress: Dress) -> Config:
    shown = (Field("kind", "kept"), Field("id", "kept"), Field("title", "line", "Название"))
    return {
        "name": ENTRIES,
        "label": "Все записи",
        "hide": True,
        **_entries(root),
        "create": False,
        "delete": False,
        "fields": [
            {name: value for name, value in one.items() if name != "pattern"}
            for one in widgets(shown, dress)
        ],
    }
