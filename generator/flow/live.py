"""A school, saved again and again -> its sealed sites. Are the open pages still the newest?"""

from collections.abc import Callable, Set
from dataclasses import replace

from generator.diagnostic import Text
from generator.flow.job import Job
from generator.flow.plain import read_doors
from generator.flow.sites import Built, build_sites
from generator.serve import Answer
from generator.serve.live import read_live
from generator.serve.sites import read_site


class Sites:
    """The sites of a school for whoever sits at this computer."""

    def __init__(self, job: Callable[[], Job]) -> None:
        self._job_now, self._job = job, job()
        self._built = Built((), 0)
        self.version = ""

    @property
    def is_behind(self) -> bool:
        """Whether mistakes kept the last build from being handed over."""
        return not self._built.sites

    def look(self, changed: Set[str] = frozenset()) -> bool:  # noqa: ARG002 a build finds it out
        """Builds what changed; with mistakes in the files the sites stand as they are."""
        self._job = self._job_now()
        self._built = build_sites(self._job)
        if sites := self._built.sites:
            self.version = "-".join(site.release.digest[:16] for site in sites)
            files = sum(site.release.changed for site in sites)
            self._job.tell(Text(f"Собрано, изменилось файлов: {files}",
                                f"Built, files changed: {files}"))  # fmt: skip
        return True

    def find_mistakes(self) -> Built:
        """What there was to mend."""
        return self._built

    def find(self, path: str) -> Answer | None:
        """What a browser gets at a path: a page also asks whether it is the newest."""
        if live := read_live(self._job.home / "theme", path):
            return Answer(*live)
        doors = "" if path else read_doors(self._job)
        version, answer = self.version, read_site(self._job.output, doors, path)
        if answer is None or not answer.type.startswith("text/html"):
            return answer
        return replace(answer, version=version)
