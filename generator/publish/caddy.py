"""Mounts + policy -> a Caddyfile. How is Caddy told to hand the sites over?"""

from collections.abc import Iterable

from generator.publish.headers import CHECKED, LASTING, LASTING_FOLDERS, headers
from generator.publish.mounts import Mount, by_host

_NOTE = """\
# {tool}. Запускайте `stupeni hosting` снова после каждого обновления программы.
# Run it again after every update. Caddy 2.6 and later; no access log is kept.
"""


def compose_caddy(mounts: Iterable[Mount], policy: str, tool: str) -> str:
    """The whole Caddyfile: a site for every host, on it a folder for every level."""
    sites = (_site(first, group, policy) for first, group in by_host(mounts).items())
    return _NOTE.format(tool=tool) + "".join(
        "\n" + "\n".join(_indented(lines)) + "\n" for lines in sites
    )


def _site(first: Mount, group: tuple[Mount, ...], policy: str) -> list[str]:
    return [
        f"{first.scheme}://{first.host}:{first.port} {{",
        *([f"bind {first.host}"] if first.is_here else []),
        "encode gzip",
        # No name is taken away here: Caddy would then say all of these last, over what follows.
        "header {",
        *(f'{name} "{value}"' for name, value in headers(policy).items()),
        f'Cache-Control "{CHECKED}"',
        "}",
        *(line for one in group for line in _folder(one)),
        *([] if any(one.path == "/" for one in group) else ["handle {", "error 404", "}"]),
        "handle_errors {",
        f'header Cache-Control "{CHECKED}"',
        *(line for one in group for line in _missing(one)),
        "}",
        "}",
    ]


def _folder(one: Mount) -> list[str]:
    """A level's files, behind its gate; the name of the directive is as old as Debian's Caddy."""
    gate = ["basicauth {", f"{one.gate.user} {one.gate.hash}", "}"] if one.gate else []
    lasting = " ".join(f"/{folder}/*" for folder in LASTING_FOLDERS)
    slash = [] if one.path == "/" else [f"redir {one.path[:-1]} {one.path}"]
    return [
        *slash,
        f"handle_path {one.path}* {{",
        f"root * {one.folder}",
        *gate,
        f"@lasting path {lasting}",
        f'header @lasting Cache-Control "{LASTING}"',
        "file_server",
        "}",
    ]


def _missing(one: Mount) -> list[str]:
    """The page of a missing page, for those who may come in at all."""
    return [
        f"handle_path {one.path}* {{",
        "@missing expression `{http.error.status_code} == 404`",
        "handle @missing {",
        f"root * {one.folder}",
        "rewrite * /404.html",
        "file_server",
        "}",
        "}",
    ]


def _indented(lines: Iterable[str]) -> Iterable[str]:
    depth = 0
    for line in lines:
        depth -= line == "}"
        yield "\t" * depth + line
        depth += line.endswith("{")
