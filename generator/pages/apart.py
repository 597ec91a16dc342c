"""Templates of papers, of a stick, of this computer. What is no page of any site made of?"""

from collections.abc import Callable

from jinja2 import Environment, FileSystemLoader, TemplateNotFound

APART = frozenset(
    f"{name}.html"
    for name in (
        "cards", "decide", "deck", "doors", "extract", "forms", "home-sheets", "incident",
        "invitation", "key-paper", "memo", "paper", "preview", "preview-bar", "projector",
        "script", "summary", "takeaway", "waiting",
    )
)  # fmt: skip
"""Their names: when they change, no site does."""


class SiteLoader(FileSystemLoader):
    """What sites are made of and nothing else, so that nobody takes a page from what is apart."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """As its parent; what is apart is not there."""
        if template in APART:
            raise TemplateNotFound(template)
        return super().get_source(environment, template)
