"""nginx with the sample file that is shipped, on a free port, and clients that are as slow as they can be."""

import asyncio
import contextlib
import datetime
import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mingle.embedded.privileges import end_with_parent
from tests.mingle.clusters import wait_until

SHIPPED = Path(__file__).resolve().parents[2] / "docs" / "nginx.conf"
FRAME = """{user}daemon off;
worker_processes 1;
pid nginx.pid;
error_log main.log;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    ssl_certificate certificate.pem;
    ssl_certificate_key key.pem;
    include mingle.conf;
}}
"""


class Proxy:
    """The shipped file, with other ports and with its logs in `folder`; all else is as it is shipped."""

    def __init__(self, folder: Path, site: int) -> None:
        self.folder, self.port, self.plain = folder, *free_ports()
        text = SHIPPED.read_text().replace("/var/log/nginx/", f"{folder}/")
        for was, now in [
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;"),
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            ("http://127.0.0.1:8000;", f"http://127.0.0.1:{site};"),
            ("server_name mingle.place.example;", "server_name localhost;"),
        ]:
            assert was in text, f"{was} is not in {SHIPPED.name}"
            text = text.replace(was, now)
        (folder / "mingle.conf").write_text(text)
        # Only root may say whose the workers are; as somebody else they could not enter a test's folder.
        (folder / "nginx.conf").write_text(FRAME.format(user="user root;\n" if os.geteuid() == 0 else ""))
        _write_certificate(folder)

    def check(self) -> subprocess.CompletedProcess[str]:
        """`nginx -t`."""
        return subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)

    @property
    def command(self) -> list[str]:
        return [path(), "-p", f"{self.folder}/", "-c", "nginx.conf", "-e", "start.log"]

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        parent = os.getpid()
        with (self.folder / "output.log").open("wb") as output:
            process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=lambda: end_with_parent(signal.SIGTERM, parent),
            )
        try:
            wait_until(lambda: _listens(self.port))
            yield
        finally:
            process.terminate()
            process.wait(30)

    def logs(self) -> str:
        return "".join(file.read_text(errors="replace") for file in self.folder.glob("*.log"))


def path() -> str | None:
    """Debian keeps it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def trusting() -> ssl.SSLContext:
    """What a client takes a certificate for that nobody has signed."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class SlowClients:
    """Half of them send a head letter by letter, half a body; whoever is sent away comes again at once."""

    HEAD = "GET /activities/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + "x" * 4_000
    BODY = (
        "POST /concern/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n" + "w" * 100_000
    )
    PAUSE = 1.0

    def __init__(self, port: int, number: int, secure: ssl.SSLContext | None) -> None:
        self.port, self.number, self.secure = port, number, secure
        self.open = self.sent_away = 0

    @contextlib.contextmanager
    def at_work(self, waiting: int) -> Iterator["SlowClients"]:
        """Begins when so many are connected: without a proxy the system itself lets in only some."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=lambda: loop.run_until_complete(self._all()), daemon=True)
        thread.start()
        try:
            wait_until(lambda: self.open >= waiting)
            yield self
        finally:
            loop.call_soon_threadsafe(self._over.set)
            thread.join()
            loop.close()

    async def _all(self) -> None:
        self._over = asyncio.Event()
        clients = [asyncio.create_task(self._one(number)) for number in range(self.number)]
        await self._over.wait()
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)

    async def _one(self, number: int) -> None:
        head, rest = self.BODY.split("\r\n\r\n") if number % 2 else ("", self.HEAD)
        begin = f"{head}\r\n\r\n" if head else rest[:1]
        while not self._over.is_set():
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port, ssl=self.secure)
            except OSError:
                await asyncio.sleep(self.PAUSE)
                continue
            self.open += 1
            try:
                await self._dribble(reader, writer, begin, rest if head else rest[1:])
            except OSError:
                self.sent_away += 1
            finally:
                self.open -= 1
                writer.close()

    async def _dribble(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, begin: str, rest: str
    ) -> None:
        writer.write(begin.encode())
        for letter in rest:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.PAUSE):
                    await reader.read(1)
                raise ConnectionError("answered before it had finished")
            writer.write(letter.encode())
            await writer.drain()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


def _write_certificate(folder: Path) -> None:
    """For localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(secret)
