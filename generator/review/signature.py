"""A decision <-> an SSH signature under it. Did the person who is named decide exactly this?

The signature is that of `ssh-keygen -Y sign` (PROTOCOL.sshsig) in a namespace of ours, so that
nothing signed for another purpose counts here. What is signed names school and student, too.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping

from generator.diagnostic import Diagnostic, Text, quote
from generator.model.school import Person, School
from generator.model.student import Confirmation, Student

NAMESPACE = "stupeni-confirmation"
Verify = Callable[[bytes, bytes, bytes], bool]
"""Public key, message and signature -> whether they belong together."""
_MAGIC, _KIND = b"SSHSIG", b"ssh-ed25519"
_HASHES: Mapping[bytes, Callable[[bytes], bytes]] = {
    b"sha256": lambda message: hashlib.sha256(message).digest(),
    b"sha512": lambda message: hashlib.sha512(message).digest(),
}
_AGAIN = Text(
    "запишите решение заново: `stupeni confirm --sign КЛЮЧ`",
    "write the decision anew: `stupeni confirm --sign KEY`",
)


def message_of(site: str, student: str, decision: Confirmation) -> bytes:
    """What is signed: every word of a decision on a line of its own, and whom it is about."""
    told = (
        "stupeni-confirmation-1", site, student, decision.entry, decision.state, decision.by,
        f"{decision.on}", decision.digest, decision.basis, f"{decision.copy_true}",
        " ".join((decision.note or "").split()),
    )  # fmt: skip
    return "".join(f"{line}\n" for line in told).encode()


def from_armour(text: str) -> str:
    """The signature on one line, as `ssh-keygen` gives it on several between two marks."""
    lines = text.strip().splitlines()
    if len(lines) < 3 or "SSH SIGNATURE" not in lines[0]:
        raise ValueError("no armour")
    return "".join(lines[1:-1])


def is_by(person: Person, decision: Confirmation, message: bytes, verify: Verify) -> bool:
    """Whether one of the person's keys of that day made the signature under a decision."""
    try:
        raw = b64decode(decision.signature or "", validate=True)
        key, signature, signed = _opened(raw, message)
        bare, made = _inner(key), _inner(signature)
    except (ValueError, KeyError):
        return False
    known = (one.key.split()[1] for one in person.keys if one.holds_on(decision.on))
    return b64encode(key).decode("ascii") in known and verify(bare, signed, made)


def find_unsigned(school: School, verify: Verify) -> Iterator[Diagnostic]:
    """Every decision whose signature is not of who is named, or is not there and has to be."""
    people = {one.id: one for one in school.staff.people}
    for student in school.students:
        for index, decision in enumerate(student.confirmations.confirmations):
            person = people.get(decision.by)
            if person and (found := _fault(school, student, decision, (person, verify))):
                code, words = found
                place = student.confirmations.place("confirmations", index, "by")
                yield Diagnostic(place, code, words, _AGAIN)


def _fault(
    school: School, student: Student, decision: Confirmation, by: tuple[Person, Verify]
) -> tuple[str, Text] | None:
    person, verify = by
    who = quote(person.id)
    if decision.signature is None:
        wanted = any(one.holds_on(decision.on) for one in person.keys)
        return None if not wanted else ("signature-missing", Text(
            f"{who} в этот день подписывает решения, а под этим подписи нет",
            f"{who} signs decisions on that day, and this one is not signed",
        ))  # fmt: skip
    message = message_of(school.settings.site, student.id, decision)
    if is_by(person, decision, message, verify):
        return None
    return "signature-wrong", Text(
        f"подпись под решением не от {who} или решение после неё изменили",
        f"the signature is not of {who}, or the decision was changed after it",
    )


def _opened(raw: bytes, message: bytes) -> tuple[bytes, bytes, bytes]:
    """Public key and signature of an SSHSIG, and the bytes that were signed."""
    if raw[:6] != _MAGIC or raw[6:10] != b"\0\0\0\1":
        raise ValueError("no signature of this kind")
    key, space, reserved, hashed, signature = _strings(raw[10:], 5)
    if space != NAMESPACE.encode():
        raise ValueError("signed for another purpose")
    digest = _HASHES[hashed](message)
    return key, signature, _MAGIC + b"".join(map(_packed, (space, reserved, hashed, digest)))


def _inner(raw: bytes) -> bytes:
    """The bare key or signature behind the name of its kind."""
    kind, bare = _strings(raw, 2)
    if kind != _KIND:
        raise ValueError("another kind of key")
    return bare


def _strings(raw: bytes, count: int) -> list[bytes]:
    found = []
    for _ in range(count):
        length = int.from_bytes(raw[:4], "big")
        if len(raw) < 4 + length:
            raise ValueError("cut off")
        found.append(raw[4 : 4 + length])
        raw = raw[4 + length :]
    return found


def _packed(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw
