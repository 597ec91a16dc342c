"""What people write: where each student's own repository is, and which state of it is approved."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import StringConstraints

from generator.model.record import Day, FileRecord, Id, Record

FILE = "school/sources.yml"
ForgeKind = Literal["forgejo", "gitlab", "github"]
Address = Annotated[
    str,
    StringConstraints(
        # No word before the host but a login of SSH: a password has no place in a file, and what
        # begins with a hyphen or names a transport of its own (`ext::`) would run a program.
        # `[/]`: a schema is to hold nothing that looks like an address.
        pattern=r"^(https?:[/]{2}[^\s@/:?#][^\s@?#]*|ssh:[/]{2}([a-z0-9_.]+@)?[^\s@/:?#-][^\s@?#]*"
        r"|[a-z0-9_.]+@[a-z0-9][a-z0-9.-]*:[^\s:?#@-][^\s:?#@]*|file:[/]{3}[^\s?#]+)$",
        max_length=300,
    ),
]
"""Where a repository is fetched from: `https://`, `ssh://`, `git@…:…`; without a password."""
Server = Annotated[
    str,
    StringConstraints(pattern=r"^https?:[/]{2}[^\s@/?#]+(/[^\s@?#]*[^\s@?#/])?$", max_length=200),
]
"""An address without a final slash."""
Branch = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9_-]|[./][A-Za-z0-9_-])*$", max_length=100),
]
"""A branch's name in Latin letters."""
Commit = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]
"""A commit's whole number."""
Namespace = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*$",
                           max_length=100)
]  # fmt: skip
"""An organisation or a group at a forge."""


class Forge(Record):
    """The server on which repositories stand; a token for it goes nowhere else."""

    kind: ForgeKind
    """Which program it runs."""
    address: Server
    """Its address without the final slash."""
    api: Server | None = None
    """Address of its API, where that is another than usual."""
    owner: Namespace
    """Organisation or group that holds the students' repositories."""


class Source(Record):
    """One student's own repository, and the approved state of it."""

    student: Id
    """Whose it is."""
    address: Address
    """Where it is fetched from; no password in it."""
    branch: Branch = "main"
    """The branch that the student writes to."""
    approved: Commit | None = None
    """The state that the sites are made of; none: nothing of this student is shown."""
    approved_by: Id | None = None
    """Who approved it (id from people.yml)."""
    approved_on: Day | None = None
    """When."""


class Sources(FileRecord):
    """school/sources.yml"""

    sources: tuple[Source, ...] = ()
    """A repository for each student who has one."""

    def source(self, student: str) -> Source | None:
        """A student's source."""
        return self._by_student.get(student)

    @cached_property
    def _by_student(self) -> Mapping[str, Source]:
        return {one.student: one for one in reversed(self.sources)}

    @property
    def pins(self) -> dict[str, str]:
        """Student -> the approved commit, of those who have one."""
        return {one.student: one.approved for one in self._by_student.values() if one.approved}
