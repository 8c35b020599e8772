"""The official QQ bot where the platform calls us: each call proved before anything is done."""

from __future__ import annotations

from bot.channels.calling import Caller
from bot.channels.hearing import Callback, Ear, Response
from bot.channels.protocol import Disconnected, Trouble, Verdict
from bot.channels.qq.official import QQBotChannel
from bot.channels.qq.official_api import Api, written
from bot.channels.qq.official_signing import VALIDATION, Forged, Gate, Signer
from bot.clock import Clock
from knowledge.store import StoreError

DISPATCH, ACKNOWLEDGED = 0, 12


class QQBotWebhook(QQBotChannel):
    """One AppID, called at the address that is entered in the platform's console."""

    def __init__(self, name: str, app: str, api: Api, signer: Signer, downloads: Caller, clock: Clock) -> None:
        super().__init__(name, app, api, None, downloads, clock)
        self._gate, self._signer, self._now = Gate(signer, app), signer, clock.now

    async def listen(self, ear: Ear) -> None:
        """Ask for a token, so that a wrong secret shows at once and not with the first answer; then there is nothing to do. Raises
        Disconnected where the account is refused."""
        self.ear = ear
        token = await self._api.token.have()
        if not isinstance(token, Verdict):
            await self.greeted()
        elif token.trouble is Trouble.AUTH:
            raise Disconnected(token.raw, Trouble.AUTH, token.alarm)

    async def called(self, request: Callback, ear: Ear) -> Response:
        """A call. What is not proved to be the platform's is answered 400 or 403 and does nothing."""
        try:
            payload = self._gate.opened(request, self._now())
            if payload.get("op") == VALIDATION:
                return _json(dict(self._signer.validation(payload.get("d"))))
        except Forged as forged:
            return Response(forged.status)
        self.ear = ear
        if payload.get("op") == DISPATCH:
            try:
                await self.dispatch(str(payload.get("t") or ""), payload.get("d"))
            except StoreError:
                return Response(500)  # the platform says it again
        self._gate.done(request)
        return _json({"op": ACKNOWLEDGED, "d": 0})


def _json(values: dict[str, object]) -> Response:
    return Response(200, written(values).encode(), "application/json; charset=utf-8")
