"""Two clients of 企业微信's smart robots that are not ours, behind one interface: the official Node SDK and an independent
Python port."""

from __future__ import annotations

import asyncio
import base64
from abc import ABC, abstractmethod
from typing import Any

from tests.peers.scripts import PATIENCE, Script


class Client(ABC):
    """`call` does what the SDKs call so; `event` waits for the next event of a name and gives its frame."""

    @abstractmethod
    async def call(self, name: str, *given: object) -> Any: ...

    @abstractmethod
    async def event(self, name: str) -> Any: ...


class NodeClient(Client):
    """@wecom/aibot-node-sdk, made by 企业微信."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._events: list[Any] = []

    async def call(self, name: str, *given: object) -> Any:
        await self._script.say({"call": name, "with": given})
        while "event" in (line := await self._script.hear()):
            self._events.append(line)
        if "error" in line:
            raise RuntimeError(line["error"])
        return line["value"]

    async def event(self, name: str) -> Any:
        while True:
            line = self._events.pop(0) if self._events else await self._script.hear()
            if line.get("event") == name:
                return line["frame"]


class Silent:
    """Writes nothing down."""

    def debug(self, message: str, *more: object) -> None: ...

    info = warn = error = debug


class PythonClient(Client):
    """wecom-aibot-sdk, a port by somebody else."""

    def __init__(self, address: str, robot: str, secret: str) -> None:
        from wecom_aibot_sdk import WSClient

        self._client = WSClient(
            robot, secret, ws_url=address, logger=Silent(), heartbeat_interval=700, reconnect_interval=5,
            max_auth_failure_attempts=2, max_reconnect_attempts=2,
        )  # fmt: skip
        self._events: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        names = ("authenticated", "disconnected", "message.text", "message.file", "message.mixed", "event.enter_chat")
        for name in (*names, "event.template_card_event", "event.disconnected_event"):
            self._client.on(
                name, lambda *frame, name=name: self._events.put_nowait((name, frame[0] if frame else None))
            )
        self._client.on("error", lambda error: self._events.put_nowait(("error", str(error))))

    async def call(self, name: str, *given: Any) -> Any:
        if name == "upload_media":
            content, kind, filename = given
            return await self._client.upload_media(base64.b64decode(content), type=kind, filename=filename)
        if name == "download_file":
            found = await self._client.download_file(*given)
            return [found["filename"], base64.b64encode(found["buffer"]).decode()]
        value = await getattr(self._client, name)(*given)
        return None if name in ("connect", "disconnect") else value

    async def event(self, name: str) -> Any:
        async with asyncio.timeout(PATIENCE):
            while True:
                found, frame = await self._events.get()
                if found == name:
                    return frame
