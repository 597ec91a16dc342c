"""Pages of one student -> the same in clear, for one pair of eyes. What does each reader see?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model.edition import Decision, Edition, Share
from generator.model.shown import Tier
from generator.model.site import Copy, Leaves, Page, Picture, Shells
from generator.model.things import tier_of
from generator.pages import Templates, compose_lists, compose_page, compose_share, policy
from generator.pages.clear import with_policy

READERS: tuple[Tier, ...] = (
    "family", "class", "level", "teacher", "staff", "commission", "public",
)  # fmt: skip
"""Everybody who may read anything, the nearest first."""
LIST = "index"
"""The name of the page that lists them."""
_LINK = re.compile(r' href="page:([^"#]+)(#[^"]*)?"')
_PICTURE = re.compile(r' data-(sealed|screen|zoom|copy)="asset:[^"]*?([0-9a-f]{64})"')
_BEHIND = ("-seen", "-cv")
"""Ends of the names of pages that lie behind a portfolio, as their paths end."""
_HEADER = '<header class="md-header'


@dataclass(frozen=True)
class Reading:
    """An audience, and whether it reads anything; its page bears its name."""

    tier: Tier
    reads: bool


@dataclass(frozen=True)
class Sitting:
    """All that the pages of one student are made with."""

    share: Share
    decision: Decision
    leaves: Leaves
    shells: Shells
    templates: Templates

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every audience."""
        return tuple(Reading(tier, self._edition(tier) is not None) for tier in READERS)

    def compose(self, name: str) -> str | None:
        """The page of that name, whole and in clear; None where nobody reads such a page."""
        html = self.bare(name) or self._own(name)
        if html is None:
            return None
        bar = self.templates.engine.get_template("preview-bar.html")
        here = _reader_of(name)
        shown = bar.render(readings=self.readings, here=here, list=LIST)
        return html.replace(_HEADER, shown + _HEADER, 1)

    def bare(self, name: str) -> str | None:
        """The same page as it is without us: `family`, `family-seen`, `about`."""
        if name == "about":
            pages = compose_lists(self.decision, {}, self.clear_shells, self.templates)
            return next((_in_clear(page) for page in pages if page.path.startswith("about/")), None)
        edition = self._edition(_reader_of(name))
        if edition is None:
            return None
        # Nobody reads all of them at once: what is not asked for is not made.
        seen = tuple(one for one in self.share.seen if one.edition == edition.path)
        share = replace(self.share, editions=(edition,), seen=seen, homes=())
        pages = compose_share(share, self.decision, self.leaves, self.clear_shells, self.templates)
        end = name.removeprefix(_reader_of(name)).replace("-", "/")
        found = (page for page in pages if page.path == f"{edition.path}{end}")
        return next((_in_clear(page) for page in found), None)

    def picture(self, name: str) -> Picture | Copy | None:
        """The picture or copy that a page names so."""
        return next((file for file in self.hung if file_name(file) == name), None)

    @property
    def hung(self) -> Iterator[Picture | Copy]:
        """Every picture and copy that a page may name."""
        for leaf in (leaf for pages in self.leaves.values() for leaf in pages):
            yield from leaf.files

    @property
    def clear_shells(self) -> Shells:
        """The shells of pages in clear."""
        # Under its own policy, as no locked page lends it one.
        return replace(self.shells, page=with_policy(self.shells.page, policy(self.shells)))

    def _edition(self, tier: str) -> Edition | None:
        """What an audience reads: equal editions of several audiences are one."""
        return next((one for one in self.share.editions if tier in _tiers(one)), None)

    def _own(self, name: str) -> str | None:
        """The list of all readers, or the word that one of them sees nothing."""
        if name not in (LIST, *READERS):
            return None
        first = next(iter(self.share.editions), None)
        return compose_page(
            "preview.html", self.decision, self.clear_shells, self.templates,
            readings=self.readings, edition=first, here=name, list=LIST,
        )  # fmt: skip


def _reader_of(name: str) -> str:
    for end in _BEHIND:
        name = name.removesuffix(end)
    return name


def name_of(path: str) -> str:
    """A short name for a logical path: `class`, `family-seen`, `about`."""
    kind, _, rest = path.partition("/")
    return rest.partition("/")[2].replace("/", "-") if kind == "student" else kind


def file_name(file: Picture | Copy) -> str:
    """The name under which pages in clear look for it."""
    return f"{file.digest}.{file.suffix if isinstance(file, Copy) else 'webp'}"


def _tiers(edition: Edition) -> tuple[Tier, ...]:
    return tuple(tier_of(edition, compartment) for compartment in edition.compartments)


def _in_clear(page: Page) -> str:
    names = {file.digest: file_name(file) for _, file in page.pictures}
    html = _LINK.sub(lambda m: f' href="{_address(m[1])}{m[2] or ""}"', page.html)
    return _PICTURE.sub(lambda m: _attribute(m[1], names[m[2]]), html)


def _address(path: str) -> str:
    # The list of what everybody may read is others' too; here it leads back to our own list.
    known = path.startswith(("student/", "about/"))
    return f"{name_of(path) if known else LIST}.html"


def _attribute(key: str, name: str) -> str:
    return f' src="../a/{name}"' if key == "sealed" else f' data-{key}="../a/{name}"'
