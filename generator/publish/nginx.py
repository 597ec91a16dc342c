"""Mounts + policy -> a file for nginx. How is nginx told to hand the sites over?"""

from collections.abc import Iterable

from generator.publish.headers import CHECKED, LASTING, LASTING_FOLDERS, headers
from generator.publish.mounts import Mount, by_host

_NOTE = """\
# {tool}. Запускайте `stupeni hosting` снова после каждого обновления программы.
# Run it again after every update. For /etc/nginx/conf.d; no log of readers is kept.
"""
_TYPES = "text/css text/javascript application/javascript text/plain"


def compose_nginx(mounts: Iterable[Mount], policy: str, site: str, tool: str) -> str:
    """A file for the folder `conf.d`; `site` keeps the schools of one server apart."""
    mounts = tuple(mounts)
    kept = f"$stupeni_{site}"
    # Asked by its status too: a missing picture may be there tomorrow.
    folders = f"({'|'.join(sorted({one.path for one in mounts}))})({'|'.join(LASTING_FOLDERS)})/"
    lasting = [
        f'map "$status:$uri" {kept} {{',
        f'default "{CHECKED}";',
        f'"~^(200|206|304):{folders}" "{LASTING}";',
        "}",
    ]
    parts = [lasting]
    for first, group in by_host(mounts).items():
        parts += [_server(first, group, policy, kept), *_plain(first)]
    return _NOTE.format(tool=tool) + "".join(
        "\n" + "\n".join(_indented(lines)) + "\n" for lines in parts
    )


def _server(first: Mount, group: tuple[Mount, ...], policy: str, kept: str) -> list[str]:
    said = {**headers(policy), "Cache-Control": kept}
    return [
        "server {",
        *_listen(first),
        *_silent(first),
        "gzip on;",
        "gzip_vary on;",
        f"gzip_types {_TYPES};",
        *(f'add_header {name} "{value}" always;' for name, value in said.items()),
        *(line for one in group for line in _folder(one)),
        *([] if any(one.path == "/" for one in group) else ["location / {", "return 404;", "}"]),
        "}",
    ]


def _listen(first: Mount) -> list[str]:
    """Certificates stand in a file of their own, which nobody writes anew."""
    if first.scheme == "http":
        return [f"listen {first.host}:{first.port};"]
    where = f"{first.host}:{first.port}" if first.is_here else f"{first.port}"
    return [f"listen {where} ssl http2;", "include stupeni/tls.conf;"]


def _silent(first: Mount) -> list[str]:
    """Its log of errors would name the address of whoever mistypes a password."""
    return [
        f"server_name {first.host};",
        "server_tokens off;",
        "absolute_redirect off;",
        "access_log off;",
        "error_log /dev/null emerg;",
    ]


def _plain(first: Mount) -> list[list[str]]:
    """Who comes without https is sent on."""
    if first.scheme != "https" or first.port != 443:
        return []
    away = f"return 301 https://{first.host}$request_uri;"
    return [["server {", "listen 80;", *_silent(first), away, "}"]]


def _folder(one: Mount) -> list[str]:
    """A level's files, behind its gate."""
    file = f"stupeni/{one.level}.htpasswd"
    gate = [f'auth_basic "{one.gate.user}";', f"auth_basic_user_file {file};"] if one.gate else []
    bare = one.path[:-1]
    slash = [f"location = {bare} {{", f"return 301 {one.path};", "}"] if bare else []
    return [
        *slash,
        f"location {one.path} {{",
        f"alias {one.folder}/;",
        f"error_page 404 {one.path}404.html;",
        *gate,
        "}",
    ]


def _indented(lines: Iterable[str]) -> Iterable[str]:
    depth = 0
    for line in lines:
        depth -= line == "}"
        yield "    " * depth + line
        depth += line.endswith("{")
