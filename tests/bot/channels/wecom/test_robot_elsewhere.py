"""The smart robot of a private deployment: a certificate that only the office knows, and a proxy on the way."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channels.protocol import Disconnected, Status
from bot.channels.settings import Endpoint
from bot.channels.wecom.robot import Account, RobotChannel
from bot.clock import SystemClock
from tests.contracts.counterpart import Listener
from tests.platforms.wecom_robot import SmartRobots


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate that signs itself for 127.0.0.1, and a server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "云溪市测试")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    ca, private = folder / "ca.pem", folder / "key.pem"
    ca.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca, private)
    return ca, context


class Proxy:
    """A proxy that lets through what is asked for with CONNECT; `asked` are the places."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, place, _ = (await reader.readuntil(b"\r\n\r\n")).decode().split(" ", 2)
        self.asked.append(place)
        host, port = place.rsplit(":", 1)
        there = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(self._carry(reader, there[1]), self._carry(there[0], writer))

    @staticmethod
    async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            writer.write(part)
        writer.close()


def robot(platform: SmartRobots, endpoint: Endpoint) -> RobotChannel:
    account = Account(platform.robot, platform.robots[platform.robot], "牵头")
    return RobotChannel("机器人", account, endpoint, SystemClock())


async def test_a_certificate_of_the_offices_own_is_believed_where_the_settings_say_so_and_only_there(
    tmp_path: Path,
) -> None:
    ca, context = certificate(tmp_path)
    platform = SmartRobots()
    await platform.open(context)
    address = platform.address.replace("ws:", "wss:")
    async with Proxy() as proxy:
        known, stranger = (robot(platform, Endpoint(address, one, proxy.address)) for one in (ca, None))
        with pytest.raises(Disconnected, match="CERTIFICATE_VERIFY_FAILED"):
            await stranger.listen(Listener())
        listening = asyncio.create_task(known.listen(Listener()))
        assert (await known.post("机器人/wrAbCdEf", "提醒", "k1")).status is Status.SENT
        assert proxy.asked == [f"127.0.0.1:{platform.port}"] * 2
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await known.close()
        await stranger.close()
        await platform.close()
