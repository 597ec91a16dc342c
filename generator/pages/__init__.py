"""Editions, pictures and shells -> pages. What does each reader read?"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.diagnostic import Lang
from generator.model.about import About, Announced
from generator.model.edition import Decision, Edition, Home, Share
from generator.model.seen import Seen
from generator.model.shown import Tier
from generator.model.site import Copy, Leaves, Page, Picture, Shell, Shells
from generator.pages import cv, honour
from generator.pages.album import arrange
from generator.pages.apart import SiteLoader
from generator.pages.catalogue import Texts, catalogue_of, read_texts
from generator.pages.clear import granted_words, named_people, with_policy
from generator.pages.duty import look_round
from generator.pages.engine import Engine, kept_in
from generator.pages.exhibition import Curator, Piece, look_in, newest, open_halls, path_of
from generator.pages.honour import Board
from generator.pages.outline import outline, pictures_in
from generator.pages.roster import covers_of, hung_in, list_students
from generator.pages.seen import tabulate
from generator.pages.shelf import go_round, put_up
from generator.pages.words import (
    begin_large,
    bind,
    cut_short,
    repeats,
    set_date,
    set_language,
    set_quoted,
    set_school_year,
    set_span,
    split_paragraphs,
    unquoted,
)
from generator.whole import make_private

__all__ = [
    "Templates", "compose", "compose_door", "compose_frame", "compose_lists", "compose_locked",
    "compose_page", "compose_share", "hung_in", "outline", "pictures_in", "policy",
    "read_templates",
]  # fmt: skip

_PICTURE = re.compile(r' data-(?:sealed|screen|zoom|copy)="asset:([^"]+)"')
_SLOTS = {
    "root": "ROOTSLOTTOOR",
    "id": "IDSLOTDI",
    "payload": "PAYLOADSLOTDAOLYAP",
    "door": "DOORSLOTROOD",
}
_PAIRS = 2
"""As many pairs of then and now stand on a first page."""
_EVENTS = 4
_TEMPLATES: Mapping[Tier, str] = {"commission": "package.html", "public": "open.html"}


@dataclass(frozen=True)
class Templates:
    """The templates, and the words of the interface."""

    engine: Engine
    texts: Texts


@dataclass(frozen=True)
class Studio:
    """All that a page of one level is made with."""

    decision: Decision
    leaves: Leaves
    pictures: Mapping[str, Picture | Copy]
    """By SHA-256."""
    shells: Shells
    templates: Templates
    frame: Mapping[str, str]
    """What stands around every page of the level."""
    seen: Mapping[str, str]
    """Path of an edition -> path of the page that tells who sees it."""

    @cached_property
    def editions(self) -> Mapping[str, Edition]:
        """By their paths."""
        return {edition.path: edition for edition in self.decision.editions}

    def render(self, name: str, **nouns: object) -> str:
        """A template's HTML."""
        return self.templates.engine.get_template(name).render(nouns)


def read_templates(theme: Path, language: Lang, kept: Path | None = None) -> Templates:
    """What lies in `theme` for pages; every template knows the texts and the language.

    An unknown name in a template is an error at once. As long as no file is touched, it is read
    once: every page of every level is made with it. What they compile to is taken from the private
    folder `kept`, or kept there; that is for whoever builds sites, who gets theirs alone.
    """
    if kept:
        make_private(kept)
    words = catalogue_of(theme, language)
    files = (*theme.glob("*.html"), *theme.glob("*/*.html"), words)
    stamps = ((path, path.stat()) for path in sorted(files))
    stamped = tuple((f, s.st_mtime_ns, s.st_size) for f, s in stamps)
    return _read(theme, language, kept, stamped)


@lru_cache(maxsize=4)
def _read(
    theme: Path, language: Lang, kept: Path | None, _stamps: tuple[tuple[Path, int, int], ...]
) -> Templates:
    engine = Engine(
        loader=(SiteLoader if kept else FileSystemLoader)([theme / "pages", theme]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=kept_in(kept) if kept else None,
    )
    engine.filters |= {
        "begin_large": begin_large,
        "bind": _set_line,
        "cut_short": cut_short,
        "date": partial(set_date, language=language),
        "paragraphs": split_paragraphs,
        "quoted": set_quoted,
        "repeats": repeats,
        "school_year": set_school_year,
        "span": partial(set_span, language=language),
        "tongue": partial(set_language, page=language),
        "unquoted": unquoted,
    }
    texts = read_texts(theme, language, kept)
    # The family and the teacher mostly read the same entry, and their editions are neighbours.
    once = lru_cache(maxsize=1 << 8, typed=True)(_once)
    engine.globals |= {"texts": texts, "lang": language, "once": once}
    return Templates(engine, texts)


def compose(decision: Decision, leaves: Leaves, shells: Shells, theme: Path) -> tuple[Page, ...]:
    """A page for every edition and every home of one level, «Кто меня видит», «О портфолио»."""
    studio = _studio(decision, leaves, shells, read_templates(theme, decision.language))
    return (
        *(page for edition in decision.editions for page in _edition_pages(edition, studio)),
        *(page for home in decision.homes for page in _list_pages(home, studio)),
        *(_seen_page(seen, studio) for seen in decision.seen),
        *_about_pages(studio),
    )


def compose_share(
    share: Share, decision: Decision, leaves: Leaves, shells: Shells, templates: Templates
) -> tuple[Page, ...]:
    """The pages that one student has alone, by what `decision` says of the level."""
    own = replace(decision, editions=share.editions, seen=share.seen, homes=())
    studio = _studio(own, leaves, shells, templates)
    return (
        *(page for edition in share.editions for page in _edition_pages(edition, studio)),
        *(p for home in share.homes if home.is_of_one for p in _list_pages(home, studio)),
        *(_seen_page(seen, studio) for seen in share.seen),
    )


def compose_lists(
    decision: Decision, leaves: Leaves, shells: Shells, templates: Templates
) -> tuple[Page, ...]:
    """The pages that list many students, and «О портфолио»; outlines of editions are enough."""
    studio = _studio(decision, leaves, shells, templates)
    return (
        *(p for home in decision.homes if not home.is_of_one for p in _list_pages(home, studio)),
        *_about_pages(studio),
    )


def compose_page(
    name: str, decision: Decision, shells: Shells, templates: Templates, **nouns: object
) -> str:
    """A page of nobody's: a template in the frame of the level."""
    studio = _studio(decision, {}, shells, templates)
    return _fill(studio, "school", studio.render(name, **nouns))


def _studio(decision: Decision, leaves: Leaves, shells: Shells, templates: Templates) -> Studio:
    return Studio(
        decision=decision,
        leaves=leaves,
        pictures=_by_digest(leaves),
        shells=shells,
        templates=templates,
        frame=compose_frame(decision, templates),
        seen={one.edition: one.path for one in decision.seen},
    )


def compose_locked(decision: Decision, shells: Shells, theme: Path) -> Shell:
    """The page that stands around every sealed page; slots: root, id, payload."""
    templates = read_templates(theme, decision.language)
    html = templates.engine.get_template("locked.html").render(
        seal_texts=templates.texts.of_seal(),
        school=decision.school,
        camera=bool(decision.address),  # or no card bears a code to look at
        site=decision.site,
        level=decision.level,
        policy=policy(shells),
        folder=_our_folder(shells),
        **_SLOTS,
    )
    names = {token: slot for slot, token in _SLOTS.items()}
    pieces = re.split(f"({'|'.join(names)})", html)
    return Shell(tuple(names.get(piece, piece) for piece in pieces))


def compose_door(doors: Mapping[str, str], language: Lang, theme: Path) -> str:
    """The links of the locked first page to what everybody may read; nothing when there is none.

    `doors`: what is behind each, `open` or `about` -> where it lies.
    """
    texts = read_templates(theme, language).texts
    words = {"open": texts["open-door"], "about": texts["about"]}
    links = (
        f'<a href="{escape(path)}">{escape(bind(words[name]))}</a>' for name, path in doors.items()
    )
    return f'<p class="door">{" ".join(links)}</p>\n' if doors else ""


def policy(shells: Shells) -> str:
    """The content security policy of every page of a site (access.md §3.1)."""
    scripts = " ".join(("'self'", *(f"'{digest}'" for digest in shells.inline_scripts)))
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' blob: data:; "
        "font-src 'self'; connect-src 'self' blob:; worker-src 'self' blob:; frame-src 'none'; "
        "base-uri 'none'; form-action 'none'; object-src 'none'"
    )


def _edition_pages(edition: Edition, studio: Studio) -> Iterator[Page]:
    """A portfolio, and of a senior student the sheet to print."""
    yield _edition_page(edition, studio)
    if path := cv.path_of(edition):
        school, language = studio.decision.school, studio.decision.language
        resume = cv.sum_up(edition, school, studio.templates.texts, language)
        html = studio.render("cv.html", cv=resume, school=school)
        yield Page(path, _fill(studio, edition.palette, html), edition.compartments, ())


def _edition_page(edition: Edition, studio: Studio) -> Page:
    language = studio.decision.language
    album = arrange(edition, studio.leaves, studio.templates.texts, language, studio.decision.about)
    template = _TEMPLATES.get(edition.tier, "edition.html")
    seen = studio.seen.get(edition.path, "")
    content = studio.render(template, album=album, seen=seen, cv=cv.path_of(edition))
    if edition.tier == "public":
        return _open_page(edition.path, (edition.palette, content), (edition,), studio)
    html = _fill(studio, edition.palette, content)
    return Page(edition.path, html, edition.compartments, _pictures(html, studio))


# The same words stand in several editions of one student. Typed: words that are HTML already must
# never be taken for the same words that are not.
@lru_cache(maxsize=1 << 12, typed=True)
def _set_line(words: str) -> Markup:
    return escape(bind(words))


def _once(macro: Callable[..., Markup], *nouns: Hashable) -> Markup:
    """What a macro makes of these nouns."""
    return macro(*nouns)


def _list_pages(home: Home, studio: Studio) -> Iterator[Page]:
    """A first page, the honour page behind it, and the exhibition where there is one."""
    texts, language = studio.templates.texts, studio.decision.language
    curator = Curator(studio.editions, studio.leaves, texts, language)
    pieces = curator.collect(home)
    # There is one while there is nobody to thank, too: whether it is there tells nothing.
    board = honour.thank(home, studio.editions, texts, language) if honour.path_of(home) else None
    yield _home_page(home, pieces, board, studio)
    if pieces:
        show = open_halls(home, pieces, language)
        html = _fill(studio, "school", studio.render("exhibition.html", show=show))
        yield Page(path_of(home), html, home.compartments, _pictures(html, studio))
    if board:
        html = _fill(studio, "school", studio.render("honour.html", board=board))
        yield Page(board.path, html, home.compartments, ())


def _home_page(home: Home, pieces: tuple[Piece, ...], board: Board | None, studio: Studio) -> Page:
    editions, texts, language = studio.editions, studio.templates.texts, studio.decision.language
    roster = list_students(home, editions, studio.leaves, language)
    # Before the faces of a whole level works hang as they are; in a class not the same ones twice.
    covers = covers_of(roster) if home.tier == "class" else frozenset()
    new = newest(pieces, covers)
    content = studio.render(
        "home.html",
        roster=roster,
        duty=look_round(home, editions, texts, language),
        shelves=put_up(home, editions, texts, language),
        busy=go_round(home, editions, texts, language),
        ahead=_ahead(home, studio.decision.about),
        growth=tuple(piece for piece in pieces if piece.hall == "growth")[:_PAIRS],
        newest=new,
        works=look_in(home, pieces, new, covers),
        honour=board,
    )
    if home.tier == "public":
        shown = tuple(editions[path] for path in home.editions)
        return _open_page(home.path, ("school", content), shown, studio)
    html = _fill(studio, "school", content)
    return Page(home.path, html, home.compartments, _pictures(html, studio))


def _ahead(home: Home, about: About | None) -> tuple[Announced, ...]:
    """Events still to come, for those of a level, who read the page about portfolios too."""
    if home.tier != "level" or about is None:
        return ()
    return tuple(one for one in about.announced if one.is_ahead)[:_EVENTS]


def _open_page(
    path: str, page: tuple[str, str], shown: tuple[Edition, ...] | tuple[About], studio: Studio
) -> Page:
    """A page that is not sealed: palette and content, under its own policy, with its words."""
    texts = studio.templates.texts
    shell = with_policy(studio.shells.page, policy(studio.shells))
    named = named_people(one for one in shown if isinstance(one, Edition))
    foot = texts["made-open"] if named else texts["made-notice"]
    html = shell.fill(_slots(studio, *page) | {"foot": escape(bind(foot))})
    granted = granted_words(shown, shell, texts.every())
    return Page(path, html, ("public",), _pictures(html, studio), granted, named)


def _seen_page(seen: Seen, studio: Studio) -> Page:
    table = tabulate(seen, studio.templates.texts, studio.decision.language)
    html = _fill(studio, seen.palette, studio.render("seen.html", table=table))
    return Page(seen.path, html, seen.compartments, ())


def _about_pages(studio: Studio) -> Iterator[Page]:
    """«О портфолио» for those of the level, and what of it anybody may read."""
    for about in (studio.decision.about, studio.decision.notice):
        if about is None:
            continue
        page = "school", studio.render("about.html", about=about)
        if about.is_open:
            yield _open_page(about.path, page, (about,), studio)
        else:
            yield Page(about.path, _fill(studio, *page), about.compartments, ())


def _fill(studio: Studio, palette: str, content: str) -> str:
    return studio.shells.page.fill(_slots(studio, palette, content))


def _slots(studio: Studio, palette: str, content: str) -> dict[str, str]:
    return {**studio.frame, "palette": escape(palette), "content": content}


def compose_frame(decision: Decision, templates: Templates) -> Mapping[str, str]:
    """What stands around every page of a level."""
    return {
        # One for all: the browser's history keeps titles, readable without a code.
        "title": escape(templates.texts["page-title"]),
        "school": escape(bind(decision.school)),
        "level": decision.level,
        "vision": templates.engine.get_template("vision.html").render(),
        "tools": templates.engine.get_template("tools.html").render(),
        "foot": escape(bind(_foot(decision, templates.texts))),
    }


def _foot(decision: Decision, texts: Texts) -> str:
    """Whose page it is, and by which version of the regulation it is kept (R-161)."""
    about = decision.about
    if about is None:
        return texts["made"]
    kept = texts["kept-by"].replace("{title}", about.regulation)
    return f"{texts['made']} {kept.replace('{version}', about.version)}"


def _pictures(html: str, studio: Studio) -> tuple[tuple[str, Picture | Copy], ...]:
    # Taken from the page itself: a picture that is not named in it is never sealed for it.
    names = dict.fromkeys(_PICTURE.findall(html))
    return tuple((name, studio.pictures[name.rpartition("/")[2]]) for name in names)


def _by_digest(leaves: Leaves) -> Mapping[str, Picture | Copy]:
    hung = (leaf for pages in leaves.values() for leaf in pages)
    return {file.digest: file for one in hung for file in one.files}


def _our_folder(shells: Shells) -> str:
    path = next(file.path for file in shells.files if file.path.endswith("/unlock.js"))
    return path.rpartition("/")[0]
