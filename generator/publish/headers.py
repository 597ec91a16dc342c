"""Policy -> what a server says with every file. Asks: what may a browser do with it, and how long?

The one place: the `_headers` file of a site and the configurations for Caddy and nginx are written
from here.
"""

from collections.abc import Mapping

CHECKED = "no-cache"
"""Kept, but asked about before every use: a closed code has to be closed at once."""
LASTING = "max-age=31536000, immutable"
"""A year. Without `public`, so that no cache on the way keeps what stands behind a password."""
LASTING_FOLDERS = ("a", "u")
"""Here a name never comes back with other bytes: see `seal` for `a`, `shell` for `u`."""
CHECKED_PLACES = ("/", "/index.html", "/404.html", "/assets/*", "/k/*", "/o/*", "/p/*", "/s/*")


def headers(policy: str) -> Mapping[str, str]:
    """Every header but caching, by name; `policy` is the pages' own content security policy."""
    return {
        # The one thing that a page cannot say of itself: nobody may show it in a frame.
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        # Over open http pages do not open anyway, and whoever listens could change their scripts.
        "Strict-Transport-Security": "max-age=31536000",
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def compose_headers(policy: str) -> str:
    """The file `_headers`, which some hosts read.

    No two rules name one header: hosts join what several rules say, and `no-cache` joined with
    `immutable` is neither.
    """
    everywhere = [f"  {name}: {value}" for name, value in headers(policy).items()]
    rules = {"/*": everywhere}
    rules |= {place: [f"  Cache-Control: {CHECKED}"] for place in CHECKED_PLACES}
    rules |= {f"/{folder}/*": [f"  Cache-Control: {LASTING}"] for folder in LASTING_FOLDERS}
    return "".join("\n".join((place, *lines, "")) for place, lines in rules.items())
