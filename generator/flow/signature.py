"""A decision and somebody's own key -> an SSH signature. Who vouches for it?"""

import subprocess
from pathlib import Path

from generator.diagnostic import Text, quote
from generator.flow.confirm import Sign
from generator.model.school import School
from generator.model.student import Confirmation
from generator.review.signature import NAMESPACE, from_armour, is_by, message_of
from generator.seal.cipher import is_of
from generator.trouble import Trouble

_SECONDS = 120
"""So long somebody may look for the words that open the key."""


def signing_with(key: Path) -> Sign:
    """What signs a decision with the key in a file; `ssh-keygen` asks for its words itself."""

    def sign(school: School, student: str, decision: Confirmation) -> str:
        message = message_of(school.settings.site, student, decision)
        signature = _made(key, message)
        person = school.staff.person(decision.by)
        signed = decision.model_copy(update={"signature": signature})
        if person is None or not is_by(person, signed, message, is_of):
            who = quote(decision.by)
            raise Trouble(
                Text(f"этого ключа нет среди ключей {who} в people.yml",
                     f"this key is not among the keys of {who} in people.yml"),
                Text("внесите открытую половину в `keys` этого сотрудника",
                     "enter the public half in `keys` of that person"),
            )  # fmt: skip
        return signature

    return sign


def _made(key: Path, message: bytes) -> str:
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", NAMESPACE, "-f", f"{key}"]
    try:
        done = subprocess.run(
            command, input=message, capture_output=True, timeout=_SECONDS, check=True
        )
        return from_armour(done.stdout.decode("ascii"))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise Trouble(
            Text(f"ключом {quote(key)} подписать не получилось",
                 f"{quote(key)} could not be signed with"),
            Text("нужен ключ ed25519 и программа ssh-keygen: `ssh-keygen -t ed25519`",
                 "an ed25519 key and ssh-keygen are needed: `ssh-keygen -t ed25519`"),
        ) from error  # fmt: skip
