"""One build -> its pages before they are sealed, as Markdown, and one page in clear for a browser.
A child of the bench runs this; the product is first on PYTHONPATH. What would a peer publish?"""

import datetime as dt
import gc
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.markdown import to_words

if TYPE_CHECKING:  # whoever only reads what was written needs no product
    from generator.flow.studio import Studio
    from generator.model.site import Page
    from generator.seal.keys import Keys


@dataclass(frozen=True)
class Sheet:
    """One of our pages as ordinary Markdown."""

    path: str
    """Its logical path, as `decide` named it."""
    title: str
    text: str
    readers: tuple[str, ...]
    """Compartments that open it."""
    pictures: tuple[tuple[str, str], ...]
    """SHA-256 and file of what it shows."""
    titles: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def is_family(self) -> bool:
        """Whether it is a portfolio with everything in it."""
        return self.path.startswith("student/") and self.path.endswith("/family")

    @property
    def is_list(self) -> bool:
        """Whether many students stand on it."""
        return not self.path.startswith(("student/", "family/"))


def read_corpus(folder: Path) -> list[Sheet]:
    """The pages that a run left there."""
    with (folder / "pages.jsonl").open(encoding="utf-8") as lines:
        return [_sheet(json.loads(line)) for line in lines]


def _sheet(found: dict[str, Any]) -> Sheet:
    lists = {key: tuple(found[key]) for key in ("readers", "titles", "own")}
    pictures = tuple((digest, file) for digest, file in found["pictures"])
    return Sheet(**{**found, **lists, "pictures": pictures})


def write_corpus(folder: Path, pages: Iterable["Page"]) -> None:
    """Every page as it is made, so that a large school is not held in memory."""
    with (folder / "pages.jsonl").open("a", encoding="utf-8") as lines:
        for page in pages:
            words = to_words(page.html)
            sheet = Sheet(
                page.path,
                words.title,
                words.text,
                page.compartments,
                tuple((one.digest, str(one.path)) for _, one in page.pictures),
                words.titles if page.path.startswith("student/") else (),
                words.own,
            )
            lines.write(json.dumps(asdict(sheet), ensure_ascii=False) + "\n")


class Clear:
    """The fullest portfolio seen so far, with all that shows it in clear."""

    page: "Page"
    size = 0

    def look(self, pages: Iterable["Page"], keys: "Keys") -> None:
        """Keeps the fullest family page."""
        for page in pages:
            family = page.path.startswith("student/") and page.path.endswith("/family")
            if family and len(page.html) > self.size:
                self.page, self.keys, self.size = page, keys, len(page.html)

    def write(self, folder: Path, studio: "Studio") -> None:
        """The page as after unlocking, its pictures and the engine's files; how to open its
        sealed twin. Its keys are those of a generated school."""
        from generator.seal.codes import to_text
        from tests.preview import opened

        page, keys = self.page, self.keys
        for file in studio.shells.files:
            _write(folder / file.path, file.content)
        for name, picture in page.pictures:
            _write(folder / "a" / f"{name.rpartition('/')[2]}.webp", picture.path.read_bytes())
        _write(folder / "p" / "page.html", opened(page.html, studio.shells).encode())
        stub = "openAsset:async r=>`../a/${r.split('/').pop()}.webp`};"
        _write(folder / "opened.js", f"var Stupeni={{ring:{{menu:[]}},lock(){{}},{stub}".encode())
        student = page.path.split("/")[1]
        code = to_text(keys.secret(f"family:{student}"))
        oid = keys.oid("page", page.path)
        told = {"level": keys.level, "page": oid, "code": code, "size": len(page.html)}
        _write(folder / "sealed.json", json.dumps(told).encode())


def run_corpus(folder: Path, portfolios: Path, output: Path, private: Path, day: str) -> None:
    """A cold build that leaves its pages below `folder`."""
    from generator.flow import job as reading
    from generator.flow import sites, studio
    from generator.progress import NOBODY

    gc.set_threshold(100_000)
    clear, studios = Clear(), list[Any]()

    def looking(true_seal: Any) -> Any:
        def seal(pages: Iterable[Any], keys: Any, *more: Any) -> Any:
            made = tuple(pages)
            write_corpus(folder, made)
            clear.look(made, keys)
            return true_seal(made, keys, *more)

        return seal

    def open_studio(*given: Any) -> Any:
        studios.append(studio.open_studio(*given))
        return studios[-1]

    for name in ("seal", "seal_lists"):
        vars(studio)[name] = looking(vars(studio)[name])
    vars(sites)["open_studio"] = open_studio
    job = reading.Job(
        portfolios=portfolios,
        home=Path(sites.__file__).parents[2],
        output=output,
        private=private,
        now=dt.datetime.now(dt.UTC),
        date=dt.date.fromisoformat(day),
        by="ci",
        progress=NOBODY,
        tell=lambda _: None,
    )
    if not sites.build_sites(job).sites:
        sys.exit("the school has mistakes: nothing was built")
    clear.write(folder / "clear", studios[0])


def groups(sheets: Iterable[Sheet]) -> Iterator[tuple[tuple[str, ...], list[Sheet]]]:
    """Pages by who may read them: each group would need a password of its own."""
    found: dict[tuple[str, ...], list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(sheet.readers, []).append(sheet)
    yield from sorted(found.items())


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


if __name__ == "__main__":
    target, school, site, secrets, today = sys.argv[1:]
    run_corpus(Path(target), Path(school), Path(site), Path(secrets), today)
