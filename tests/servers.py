"""A school's configurations -> the real Caddy and nginx on loopback. What do they answer?"""

import base64
import contextlib
import datetime as dt
import http.client
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PROGRAMS = {"caddy": Path("/usr/bin/caddy"), "nginx": Path("/usr/sbin/nginx")}
CLIENT = "127.0.0.77"
"""Where we ask from: no server has this address in its own words."""

_CADDY = """\
{
	admin off
}

import %s/Caddyfile
"""
# What the whole server writes down is what a careless one would: all of it.
_NGINX = """\
daemon off;
master_process off;
pid nginx.pid;
error_log main.log info;
events {}
http {
    include /etc/nginx/mime.types;
    access_log access.log;
    client_body_temp_path t1;
    proxy_temp_path t2;
    fastcgi_temp_path t3;
    uwsgi_temp_path t4;
    scgi_temp_path t5;
    include %s/stupeni.conf;
}
"""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes


def ask(
    port: int,
    path: str,
    door: str = "",
    *,
    method: str = "GET",
    secure: bool = False,
    **headers: str,
) -> Answer:
    """One request from `CLIENT`; `door` is `name:password`, `_` in a header's name is `-`."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    if door:
        said["Authorization"] = "Basic " + base64.b64encode(door.encode()).decode()
    from_here, wait = (CLIENT, 0), 10
    if secure:
        # The certificate is the test's own: whom we ask is known.
        trusting = ssl._create_unverified_context()
        asked: http.client.HTTPConnection = http.client.HTTPSConnection(
            "127.0.0.1", port, timeout=wait, source_address=from_here, context=trusting
        )
    else:
        asked = http.client.HTTPConnection("127.0.0.1", port, wait, from_here)
    with contextlib.closing(asked):
        asked.request(method, path, headers=said)
        came = asked.getresponse()
        return Answer(
            came.status, {name.lower(): value for name, value in came.getheaders()}, came.read()
        )


def write_certificate(folder: Path) -> None:
    """A certificate of our own, and the file that names it to nginx."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portfolio.example")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=20_000))
        .sign(key, hashes.SHA256())
    )
    bare = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, bare))
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "tls.conf").write_text(
        f"ssl_certificate {folder}/cert.pem;\nssl_certificate_key {folder}/key.pem;\n"
    )


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@dataclass(frozen=True)
class Server:
    """One of the two programs, with a folder for all that it writes."""

    name: str
    folder: Path
    configurations: Path

    def command(self, *, only_look: bool) -> list[str]:
        """How it is started, or only asked whether it understands its configuration."""
        program, main = PROGRAMS[self.name], self.folder / f"{self.name}.conf"
        if not program.exists():
            pytest.skip(f"no server: {program} is missing")
        self.folder.mkdir(exist_ok=True)
        main.write_text((_CADDY if self.name == "caddy" else _NGINX) % self.configurations)
        if self.name == "nginx":
            # Debian's nginx looks for relative names beside its main file.
            beside = self.folder / "stupeni"
            beside.unlink(missing_ok=True)
            beside.symlink_to(self.configurations, target_is_directory=True)
            look = ["-t"] if only_look else []
            return [f"{program}", *look, "-p", f"{self.folder}", "-c", f"{main}", "-e", "main.log"]
        verb = "validate" if only_look else "run"
        return [f"{program}", verb, "--adapter", "caddyfile", "--config", f"{main}"]

    def validate(self) -> subprocess.CompletedProcess[str]:
        """Whether the program understands its configuration."""
        command = self.command(only_look=True)
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=60, env=self._world()
        )

    @contextlib.contextmanager
    def running(self, ports: list[int]) -> Iterator[None]:
        """Answers on all these ports until the end."""
        with (self.folder.with_suffix(".said")).open("wb") as said:
            run = subprocess.Popen(
                self.command(only_look=False), stdout=said, stderr=said, env=self._world()
            )
            try:
                for port in ports:
                    self._wait(run, port)
                yield
            finally:
                run.terminate()
                run.wait(20)

    def written(self) -> str:
        """All that it wrote down or said."""
        logs = [path for path in self.folder.rglob("*.log") if path.is_file()]
        texts = [path.read_text("utf-8") for path in (*logs, self.folder.with_suffix(".said"))]
        return "\n".join(texts)

    def _world(self) -> dict[str, str]:
        home = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), f"{self.folder}")
        return {"PATH": os.defpath, **home}

    def _wait(self, run: "subprocess.Popen[bytes]", port: int) -> None:
        for _ in range(600):
            if run.poll() is not None:
                raise AssertionError(self.written())
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.05)
        raise AssertionError(f"{self.name} does not listen on {port}")
