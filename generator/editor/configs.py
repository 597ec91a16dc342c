"""Where a repository lies + the words -> the configuration of an editor. Which one, told what?"""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from generator.editor.forms import Slugs, collections
from generator.editor.widgets import Config
from generator.model.fields import Field
from generator.model.schemas import Wording

Program = Literal["sveltia", "decap"]
Forge = Literal["forgejo", "gitlab", "github"]
STUDENT = "{student}"
"""Stands for a student's id; the link to the editor tells which, so that no file names a child."""
_EDGE = 2000
"""Pixels: enough to read the smallest print of a diploma."""
_MOST_BYTES = 20_000_000
_QUALITY = 80


@dataclass(frozen=True)
class Desk:
    """Where families write."""

    forge: Forge
    address: str
    """Of the forge, without a slash at its end."""
    repository: str
    """Owner and name; with `{student}` in it every student has one of their own."""
    branch: str = "main"
    app: str = ""
    """The number of the editor at the forge, for signing in with a password there."""

    @property
    def is_own(self) -> bool:
        """Whether a student's repository holds nobody else: then whatever is saved stands there at
        once, and a teacher approves it elsewhere. Else every change is proposed."""
        return STUDENT in self.repository

    @property
    def program(self) -> Program:
        """Only one of the two can propose changes at Forgejo and Gitea."""
        return "decap" if self.forge == "forgejo" and not self.is_own else "sveltia"

    @property
    def root(self) -> str:
        """The student's folder in the repository."""
        return "" if self.is_own else f"portfolios/students/{STUDENT}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Whom the page may ask; nobody else."""
        parts = (urlsplit(self.address), urlsplit(self.api))
        return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))

    @property
    def api(self) -> str:
        """Where the forge answers programs."""
        if self.forge == "github":
            scheme, _, host = self.address.partition("://")
            return f"{scheme}://api.{host}" if host == "github.com" else f"{self.address}/api/v3"
        return f"{self.address}/api/{'v4' if self.forge == 'gitlab' else 'v1'}"


def config_of(desk: Desk, words: Wording, title: str) -> Config:
    """All an editor is told."""
    return _decap(desk, words, title) if desk.program == "decap" else _sveltia(desk, words, title)


def _sveltia(desk: Desk, words: Wording, title: str) -> Config:
    # A long title is cut before the id is put behind it: a limit of the whole would cut the id off.
    template = "{{fields.title | truncate(30, '-')}}-{{fields.id}}"
    slugs = Slugs({"template": template, "editable": False}, {"duplicate": False})
    picture = {"format": "webp", "quality": _QUALITY, "width": _EDGE, "height": _EDGE}
    files = {
        "max_file_size": _MOST_BYTES,
        "slugify_filename": True,
        "transformations": {"raster_image": picture},
    }
    # A change of a class's repository is proposed, and who proposes it does not accept it.
    proposed = {"publish_mode": "editorial_workflow"}
    made = collections(words, desk.root, _in_sveltia, slugs)
    return {
        "backend": _backend(desk),
        **({} if desk.is_own else proposed),
        **_common(title),
        "logo": {"src": "logo.svg", "show_in_header": False},
        "media_libraries": {
            "default": {"config": files},
            "stock_assets": {"providers": []},
        },
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 75, "timezone": "local"},
        "output": {
            "omit_empty_optional_fields": True,
            "yaml": {"quote": "none", "indent_size": 2, "indent_sequences": True},
        },
        "collections": made if desk.is_own else [one | {"publish": False} for one in made],
    }


def _decap(desk: Desk, words: Wording, title: str) -> Config:
    # The kind and the id alone: this editor strips Cyrillic letters instead of spelling them.
    slugs = Slugs("{{fields.kind}}-{{fields.id}}", {"publish": False})
    made = collections(words, desk.root, _in_decap, slugs)
    return {
        "backend": _backend(desk),
        "publish_mode": "editorial_workflow",
        "locale": "ru",
        **_common(title),
        "logo": {"src": "logo.svg", "show_in_header": False},
        "show_preview_links": False,
        "slug": {"encoding": "unicode", "clean_accents": False, "sanitize_replacement": "-"},
        "collections": [one | {"publish": False, "editor": {"preview": False}} for one in made],
    }


def _common(title: str) -> Config:
    return {
        "app_title": title,
        # Scans lie beside their entries; an editor wants a folder for others all the same.
        "media_folder": "media",
        "public_folder": "media",
        "editor": {"preview": False},
    }


def _backend(desk: Desk) -> Config:
    name = {"forgejo": "gitea", "gitlab": "gitlab", "github": "github"}[desk.forge]
    made: Config = {
        "name": "forgejo" if desk.program == "decap" else name,
        "repo": desk.repository,
        "branch": desk.branch,
        "base_url": desk.address,
        "api_root": desk.api,
        "commit_messages": {
            "create": "Новая запись: {{slug}}",
            "update": "Изменена запись: {{slug}}",
            "uploadMedia": "Скан: {{path}}",
        },
    }
    if desk.app:
        made["app_id"] = desk.app
        made |= {"auth_type": "pkce"} if desk.forge == "gitlab" else {}
    if desk.program == "sveltia" and not (desk.app and desk.forge != "github"):
        made["auth_methods"] = ["token"]
    return made


def _in_sveltia(field: Field, made: Config) -> Config:
    if field.widget == "new-id":
        return made | {"default": "e{{uuid_shorter}}"}
    if field.widget == "day":
        return made | {"type": "date", "format": "YYYY-MM-DD"}
    if field.widget == "records":
        return made | {"collapsed": "auto"}
    return made


def _in_decap(field: Field, made: Config) -> Config:
    if field.widget == "new-id":
        return {"name": field.key, "widget": "new-id", "label": field.label, "required": False}
    if field.widget == "day":
        shown = {"date_format": "DD.MM.YYYY", "time_format": False, "default": ""}
        return made | {"format": "YYYY-MM-DD", **shown}
    if field.widget == "record" and not field.is_needed:
        # What is needed inside would be asked for though nothing stands there.
        return made | {"collapsed": True, "fields": [_eased(one) for one in made["fields"]]}
    if field.widget == "records":
        # Else it puts in an empty one when something inside has a default.
        return made | {"collapsed": True, "default": []}
    return made


def _eased(widget: Config) -> Config:
    return widget | {"required": False} if widget["widget"] != "hidden" else widget
