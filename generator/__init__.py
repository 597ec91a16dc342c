"""Stupeni: a school's portfolios -> sealed sites.

Nouns downstairs (`model`), verbs along the corridor (`load`, `check`, `decide`, `media`, `pages`,
`seal`, `publish`), the door at the top (`cli`), the tour in `flow`.
The map: docs/explanation/house.md.
"""

__version__ = "0.1.0"
