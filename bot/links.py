"""链接核查: whether a link that was given as evidence opens, and what its page is called; only where the office allows it.

A link is somebody's word and hostile until checked: http and https only, no address but a public one (or one that the settings
allow), also behind each redirect; the very address that was checked is the one that is connected to. Bounded in time and size.
"""

from __future__ import annotations

import asyncio
import html
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.reported import Reported, all_reported

if TYPE_CHECKING:
    from datetime import datetime

    import httpx

SECONDS = 15.0
"""For a link with all its redirects."""
MOST = 200_000
"""Bytes of a page that are read."""
REDIRECTS = 4
TITLE = 80
"""Characters of a title that are kept."""
AT_ONCE = 3
"""Links that are looked at between two ticks."""
_WITHIN = ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
"""IPv6 networks in whose addresses any IPv4 address may hide."""
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host name and port. Raises OSError."""


class Looked(NamedTuple):
    """What became of looking at a link: whether it opens, the page's title, and in Chinese why it does not."""

    url: str
    opens: bool
    title: str = ""
    why: str = ""


class LinkError(Exception):
    """A link is not followed. `str(error)` is a few Chinese words."""


async def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses that the system finds. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in found]


async def look(url: str, allow: Collection[str] = (), resolve: Resolve = resolved) -> Looked:
    """Open a link and take its title. `allow` are host names, addresses and networks that may be opened though they are not
    public. Never raises for what a link does."""
    import httpx

    try:
        async with asyncio.timeout(SECONDS), _client() as client:
            return await _follow(client, url, allow, resolve)
    except LinkError as error:
        return Looked(url, opens=False, why=str(error))
    except TimeoutError:
        return Looked(url, opens=False, why=f"{SECONDS:.0f}秒内没有打开")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return Looked(url, opens=False, why="连接不上")


def _client() -> httpx.AsyncClient:
    import httpx

    return httpx.AsyncClient(timeout=SECONDS, trust_env=False, follow_redirects=False)


async def _follow(client: httpx.AsyncClient, url: str, allow: Collection[str], resolve: Resolve) -> Looked:
    import httpx

    here = httpx.URL(url if "://" in url else f"http://{url}")
    for _ in range(REDIRECTS + 1):
        address = await _checked(here, allow, resolve)
        request = client.build_request(
            "GET",
            here.copy_with(host=str(address), userinfo=b""),
            headers={"Host": here.netloc.decode("ascii").rpartition("@")[2], "Accept-Encoding": "identity"},
            extensions={"sni_hostname": here.host},
        )
        answer = await client.send(request, stream=True)
        try:
            if answer.has_redirect_location:
                here = here.join(answer.headers["location"])
                continue
            return _looked(url, answer.status_code, answer.headers, await _beginning(answer))
        finally:
            await answer.aclose()
    raise LinkError("跳转太多次")


async def _checked(url: httpx.URL, allow: Collection[str], resolve: Resolve) -> Address:
    """The address to connect to: every address of the host must be allowed. Raises LinkError, OSError."""
    if url.scheme not in ("http", "https") or not url.host:
        raise LinkError("不是网址")
    if url.userinfo:
        raise LinkError("网址里带有账号密码")
    port = url.port or (443 if url.scheme == "https" else 80)
    found = [ip_address(one.partition("%")[0]) for one in await resolve(url.host, port)]
    if not found:
        raise LinkError("找不到这个网站")
    if url.host.lower() not in {one.lower() for one in allow} and not all(_is_open(one, allow) for one in found):
        raise LinkError("不是公开的网址")
    return found[0]


def _is_open(address: Address, allow: Collection[str]) -> bool:
    """Whether an address is public, or in a network that the office allows."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(_holds(network, address) for network in allow):
        return True
    hiding = any(_holds(network, address) for network in _WITHIN)
    return address.is_global and not (address.is_multicast or address.is_reserved or hiding)


def _holds(network: str, address: Address) -> bool:
    try:
        return address in ip_network(network, strict=False)
    except ValueError:
        return False  # a host name


async def _beginning(answer: httpx.Response) -> bytes:
    """The first bytes of a page as they came; a packed one is not unpacked, for it may be without end."""
    content = b""
    async for part in answer.aiter_raw():
        content += part
        if len(content) >= MOST:
            break
    return b"" if answer.headers.get("content-encoding", "identity") != "identity" else content[:MOST]


def _looked(url: str, status: int, headers: httpx.Headers, content: bytes) -> Looked:
    if status >= 400:
        return Looked(url, opens=False, why=f"网站答复{status}")
    return Looked(url, opens=True, title=title_in(content, headers.get("content-type", "")))


def title_in(content: bytes, kind: str = "") -> str:
    """The title of a page, one line, cut where it is long; empty where it has none."""
    found = _TITLE.search(content)
    if found is None:
        return ""
    named = _CHARSET.search(kind.encode("ascii", "replace")) or _CHARSET.search(content[:2048])
    for charset in (named[1].decode("ascii") if named else "utf-8", "utf-8", "gb18030"):
        try:
            text = found[1].decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
        return _UNSEEN.sub(" ", " ".join(html.unescape(text).split()))[:TITLE].strip()
    return ""


# ---------------------------------------------------------------- those of the ledger
def unlooked(ledger: Ledger) -> list[tuple[Reported, str]]:
    """The links that nobody has looked at yet, oldest first, of reports that stand."""
    return [(one, url) for one in all_reported(ledger) if one.stands for url in one.urls if url not in one.checks]


def entry_of(one: Reported, looked: Looked, at: datetime) -> Entry:
    """What the ledger keeps of a look at a link: when, whether it opened, what the page is called."""
    details: dict[str, object] = {"url": looked.url, "checked": "opens" if looked.opens else "fails"}
    details |= {"title": looked.title} if looked.title else {}
    details |= {"why": looked.why} if looked.why else {}
    words = f"链接可以打开：{looked.title}" if looked.opens else f"链接打不开：{looked.why}"
    return one.answered(EntryKind.EVIDENCED, at, "", "", words, **details)
