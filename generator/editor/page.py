"""An editor's configuration and program -> every file of its folder. Whom may the page ask?"""

import html
import json
from collections.abc import Mapping
from pathlib import Path

from generator.editor.configs import Desk
from generator.editor.widgets import Config

STATUS = {"status": {"indicator": "none"}, "result": {"status_overall": {"status_code": 100}}}
"""What the program is told when it asks how the forge of its own makers feels."""
_COMMON = ("page.css", "student.js", "logo.svg")


def policy(desk: Desk) -> str:
    """The page's Content-Security-Policy: its own files, and the forge that was named."""
    # Pictures are made light by a program in WebAssembly; Decap's makers compile its checks.
    scripts = "'unsafe-eval'" if desk.program == "decap" else "'wasm-unsafe-eval'"
    hosts = " ".join(desk.hosts)
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' {scripts}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"'self' blob: data: {hosts}",
        "font-src": "'self'",
        "connect-src": f"'self' blob: data: {hosts}",
        "worker-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def files_of(
    desk: Desk, config: Config, program: Mapping[str, bytes], theme: Path
) -> dict[str, bytes]:
    """POSIX path -> content of everything a server has to hand out."""
    own = theme / "editor"
    page = (own / "index.html").read_text("utf-8")
    said = {"policy": policy(desk), "title": config["app_title"], "program": desk.program}
    for name, words in said.items():
        page = page.replace(f"{{{{ {name} }}}}", html.escape(words).replace("&#x27;", "'"))
    made = {"index.html": page.encode(), "config.json": _json(config)}
    for name in (*_COMMON, f"{desk.program}.js"):
        made[name] = (own / name).read_bytes()
    programs = {f"program/{name}": content for name, content in program.items()}
    return {**made, "status.json": _json(STATUS), **programs}


def _json(value: Config) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
