"""Pages granted to everybody -> files in clear. Under which name does nobody's name stand?"""

import re
from collections.abc import Iterable

from generator.model.site import Copy, File, Laid, Page, Picture
from generator.seal.keys import Keys

_LINK = re.compile(r' href="page:([^"#]+)(#[^"]*)?"')
_PICTURE = re.compile(r' data-(sealed|screen|zoom|copy)="asset:([^"]+)"')


def lay_open(
    pages: Iterable[Page],
    lists: Iterable[tuple[str, Picture | Copy]],
    keys: Keys,
    before: Iterable[Laid],
) -> tuple[File, ...]:
    """Open pages and their pictures below `o/`, as they are, at opaque names.

    `lists`: pictures that stand in open lists besides; `before`: what is laid open already.
    """
    pages, laid = tuple(pages), {file.path for file in before}
    files: dict[str, File] = {}
    for name, picture in (*(hung for page in pages for hung in page.pictures), *lists):
        path = f"o/{_name(keys, name, picture)}"
        if path not in files and path not in laid:
            files[path] = File(path, picture.path.read_bytes(), "open")
    for page in pages:
        names = {name: _name(keys, name, picture) for name, picture in page.pictures}
        html = _LINK.sub(lambda m: f' href="{open_name(keys, m[1])}{m[2] or ""}"', page.html)
        html = _PICTURE.sub(lambda m, known=names: _attribute(m[1], known[m[2]]), html)  # type: ignore[misc]
        path = f"o/{open_name(keys, page.path)}"
        files[path] = File(path, html.encode(), "open", page.granted, page.named)
    return tuple(files.values())


def open_name(keys: Keys, path: str) -> str:
    """The name of an open page: it never changes, and says nothing."""
    return f"{keys.oid('open-page', path)}.html"


def _name(keys: Keys, name: str, picture: Picture | Copy) -> str:
    suffix = picture.suffix if isinstance(picture, Copy) else "webp"
    return f"{keys.oid('open-asset', name)}.{suffix}"


def _attribute(key: str, name: str) -> str:
    # The picture itself is there at once; its large sister comes when it is wanted.
    return f' src="{name}"' if key == "sealed" else f' data-{key}="{name}"'
