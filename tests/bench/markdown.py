"""A page's HTML -> the same words in Markdown. What would somebody have written without us?"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = {"p", "div", "section", "article", "header", "figure", "ul", "ol", "dl", "details"}
_BLOCKS |= {"summary", "figcaption", "table", "h1", "h2", "h3", "h4", "h5", "blockquote", "dd"}
_SILENT = {"button", "svg", "script", "template"}
"""What only works together with our script; pictures inside are shown all the same."""
_MARKS = {"small": "*", "em": "*", "strong": "**", "b": "**"}


@dataclass(frozen=True)
class Words:
    """A page as Markdown: links are `page:<path>`, pictures `asset:<digest>`."""

    text: str
    title: str
    """Its first heading."""
    titles: tuple[str, ...]
    """Of entries."""
    own: tuple[str, ...]
    """What the student thinks of them."""


@dataclass
class _Writer(HTMLParser):
    """Writes while it reads."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    title: str = ""
    titles: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    silent: int = 0
    reflects: bool = False
    inside: bool = False
    entry: bool = False
    lead: str = ""
    links: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside |= tag == "main"
        self.entry |= tag == "article" and "st-entry" in given.get("class", "")
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS or tag in ("li", "tr", "dt"):
            self._end_line()
            self._begin(tag, given)
        elif tag == "a":
            self.links.append(given.get("href", ""))
            self.line.append("[")
        elif tag == "img" and (asset := given.get("data-sealed")):
            large = given.get("data-screen", asset)
            small = f"![{given.get('alt', '')}]({_digest(asset)})"
            # In Markdown no link stands in a link.
            self.line.append(small if self.links else f"[{small}]({_digest(large)})")
        else:
            self.line.append(_MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "main"
        self.entry &= tag != "article"
        if tag in _SILENT:
            self.silent -= 1
        elif tag == "a" and self.links:
            self.line.append(f"]({self.links.pop()})")
        elif tag in ("td", "th"):
            self.cells.append("".join(self.line).strip())
            self.line.clear()
        elif tag == "tr":
            self._end_row()
        elif tag in _BLOCKS or tag in ("li", "dt"):
            self._end_line(tag)
        else:
            self.line.append(_MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if self.inside and not self.silent:
            self.line.append(re.sub(r"([*_`<\[\]])", r"\\\1", re.sub(r"\s+", " ", data)))

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        self.lead = {"li": "- ", "dt": "- **", "blockquote": "> "}.get(tag, self.lead)
        self.reflects |= "st-reflection" in given.get("class", "")
        if re.fullmatch("h[1-5]", tag):
            self.lead = "#" * int(tag[1]) + " "
        if identity := given.get("id", ""):
            self.lines.append(f'<a id="{identity}"></a>\n')

    def _end_line(self, tag: str = "") -> None:
        text = "".join(self.line).strip()
        self.line.clear()
        if text and self.inside:
            if tag == "h1":
                self.title = self.title or text
            if self.entry and tag == "h3":
                self.titles.append(text)
            if self.reflects and tag == "p":
                self.own.append(text)
            tail = "**" if tag == "dt" else "\n"
            self.lines.append(f"{self.lead}{text}{tail}")
        if text or tag:
            self.lead = ""
        self.reflects &= tag != "div"

    def _end_row(self) -> None:
        self.line.clear()
        row = f"| {' | '.join(self.cells)} |"
        head = not (self.lines and self.lines[-1].startswith("|"))
        self.lines.append(f"{row}\n|{' --- |' * len(self.cells)}" if head else row)
        self.cells.clear()


def to_words(html: str) -> Words:
    """What stands in the middle of one of our pages."""
    writer = _Writer()
    writer.feed(html)
    text = re.sub(r"\|\n(?!\|)", "|\n\n", "\n".join(writer.lines))
    return Words(text, writer.title or "Страница", tuple(writer.titles), tuple(writer.own))


def _digest(asset: str) -> str:
    return f"asset:{asset.rpartition('/')[2]}"
