"""QQ 群 through OneBot v11: a QQ account of the office's own, driven by an implementation (NapCat, LLBot …) beside us."""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.channels.calling import Caller, TooMuch
from bot.channels.hearing import Attachment, AttachmentError, Ear, File, Heard, Participant, Tiding, TidingKind, native_of
from bot.channels.hearing import FILE, IMAGE, key_of
from bot.channels.measures import characters
from bot.channels.protocol import Button, Capabilities, Channel, Disconnected, Rate, Scope, Status, Trouble, Verdict
from bot.channels.protocol import too_long
from bot.channels.qq import onebot_actions as actions
from bot.channels.qq import segments
from bot.channels.qq.memories import Recent
from bot.channels.qq.onebot_doors import CALLS, EVENTS, UNIVERSAL, Door
from bot.channels.qq.onebot_events import Beat, Event, RosterChanged, account_of, understood
from bot.channels.qq.onebot_link import REFUSED, Link
from bot.channels.qq.pacing import Pace
from bot.channels.qq.segments import Segment, identifier
from bot.channels.reactions import Step
from bot.channels.settings import Endpoint
from bot.clock import Clock
from knowledge.directory import Liaison
from knowledge.store import StoreError
