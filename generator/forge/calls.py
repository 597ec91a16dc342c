"""A question to a forge -> its answer. Is the token shown to nobody else?"""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from generator.diagnostic import Text, quote
from generator.trouble import Trouble

_SECONDS = 30
_MOST = 8 * 1024 * 1024
_MOST_PAGES = 50


@dataclass(frozen=True)
class Api:
    """Where a forge is asked, and how one says who asks."""

    root: str
    headers: Mapping[str, str] = field(repr=False)
    """With the token in it."""

    def get(self, path: str) -> Any:
        """What is there; None when there is nothing of that name, or it is not for us."""
        status, answer = self._ask("GET", path, None)
        if status == 404:
            return None
        return self._fine(status, answer)

    def listed(self, path: str) -> Iterator[Any]:
        """Every item of a list that a forge hands out in pieces, `path` with how big a piece is;
        none of a list that is not there. It ends with the piece that says nothing new."""
        seen = set[int]()
        for page in range(1, _MOST_PAGES + 1):
            fresh = [
                one for one in self.get(f"{path}&page={page}") or [] if number(one) not in seen
            ]
            if not fresh:
                return
            seen |= {number(one) for one in fresh}
            yield from fresh
        raise Trouble(
            Text("список с сервера не кончается", "the forge's list has no end"),
            Text("посмотрите на сервере, кого он пускает в это хранилище",
                 "see at the forge whom it lets into this repository"),
        )  # fmt: skip

    def send(self, method: str, path: str, told: Mapping[str, Any], also: int = 0) -> Any:
        """The answer to what is to be done; `also` is a status that is as good as done."""
        status, answer = self._ask(method, path, told)
        return None if status == also else self._fine(status, answer)

    def _fine(self, status: int, answer: Any) -> Any:
        if status // 100 == 2:
            return answer
        if status in (401, 403):
            raise Trouble(
                Text("сервер не разрешил: ключ доступа (token) не тот или прав мало",
                     "the forge refused: a wrong token, or too few rights"),
                Text("проверьте ключ и его права", "look at the token and its rights"),
            )  # fmt: skip
        raise Trouble(
            Text(f"сервер ответил {status}", f"the forge answered {status}"),
            Text("проверьте forge в school/school.yml: программу, адрес и организацию",
                 "look at forge in school/school.yml: kind, address and owner"),
        )  # fmt: skip

    def _ask(self, method: str, path: str, told: Mapping[str, Any] | None) -> tuple[int, Any]:
        body = None if told is None else json.dumps(told).encode()
        asked = urllib.request.Request(
            f"{self.root}{path}", body, dict(self.headers), method=method
        )
        asked.add_header("Accept", "application/json")
        if body is not None:
            asked.add_header("Content-Type", "application/json")
        try:
            with _OPENER.open(asked, timeout=_SECONDS) as answer:
                return answer.status, _json(answer.read(_MOST))
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, None
        except (OSError, HTTPException, ValueError, RecursionError) as error:
            raise Trouble(
                Text(f"сервер {quote(self.root)} не отвечает", f"{quote(self.root)} is silent"),
                Text("проверьте адрес и сеть", "look at the address and the network"),
            ) from error


class _Nowhere(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to somebody else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """None: it is not followed."""
        return


_OPENER = urllib.request.build_opener(_Nowhere)


def _json(raw: bytes) -> Any:
    return json.loads(raw) if raw.strip() else None


@contextmanager
def understood() -> Iterator[None]:
    """Trouble when what a forge answers is not what such a forge says."""
    try:
        yield
    except (KeyError, TypeError, AttributeError) as odd:
        raise Trouble(
            Text("сервер ответил не так, как отвечает такая программа",
                 "the forge answered as such a forge does not"),
            Text("проверьте kind и address в forge файла school/school.yml",
                 "look at kind and address under forge in school/school.yml"),
        ) from odd  # fmt: skip


def number(one: Any) -> int:
    """The number of an account or a team; TypeError for anything else."""
    id = one["id"]
    if not isinstance(id, int):
        raise TypeError(id)
    return id


def named(word: str) -> str:
    """A name as one part of a path, whatever stands in it."""
    return urllib.parse.quote(word, safe="")
