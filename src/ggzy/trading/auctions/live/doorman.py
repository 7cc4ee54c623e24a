"""门卫: who knocks at a door of the live process, from which page, through which proxy."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as identity_services
from ggzy.foundation.identity.queries import COOKIE
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Role
from ggzy.trading.auctions import queries
from ggzy.trading.auctions.live.line import Away

T = TypeVar("T")
log = logging.getLogger("ggzy.live")

TRUSTED_FOR_S = 5.0
"""复核间隔: a session that ended, or a paddle that was given, is known at the door within so many seconds."""
REMEMBERED_MAX = 20_000
THREADS = 4


class Stranger(Forbidden):
    """未登录, or the page is not ours."""


@dataclass(frozen=True)
class Badge:
    """来人: a bidder signed in, for whom it acts, and its paddle in this room; 0 where none was given."""

    person: str
    party: CreditCode
    paddle: int


Key = tuple[str, LotCode]


class Doorman:
    """门卫. Remembers for a few seconds whom it let in, and then asks again for all of them at once."""

    def __init__(self) -> None:
        self.known: OrderedDict[Key, tuple[float, Badge]] = OrderedDict()
        self.pool = ThreadPoolExecutor(THREADS, "doorman")
        self.renewing: asyncio.Task[None] | None = None

    async def bidder(self, cookies: Mapping[str, str], lot: LotCode) -> Badge:
        """Raises Stranger without a live session, Forbidden in any other role, Away while nobody can be looked up."""
        key = (cookies.get(COOKIE, ""), lot)
        badge = self._fresh(key)
        if badge is None and key in self.known:
            if self.renewing is None or self.renewing.done():
                self.renewing = asyncio.create_task(self._renew())
            await asyncio.shield(self.renewing)
            badge = self._fresh(key)
        if badge is None:
            badge = await self._ask(_look, *key)
            self._remember(key, badge)
        return badge

    def _fresh(self, key: Key) -> Badge | None:
        seen, badge = self.known.get(key, (0.0, None))
        return badge if time.monotonic() - seen <= TRUSTED_FOR_S else None

    def _remember(self, key: Key, badge: Badge) -> None:
        self.known[key] = (time.monotonic(), badge)
        self.known.move_to_end(key)
        while len(self.known) > REMEMBERED_MAX:
            self.known.popitem(last=False)

    async def _renew(self) -> None:
        """Whoever is still signed in as before stays known; everybody else is forgotten, and looked up if it comes."""
        held = {key: badge for key, (_, badge) in self.known.items() if badge.paddle}
        good = await self._ask(_living, held)
        now = time.monotonic()
        self.known = OrderedDict((key, (now, badge)) for key, badge in held.items() if key in good)

    async def _ask(self, ask: Callable[..., T], *what: object) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self.pool, ask, *what)
        except (DatabaseError, InterfaceError) as error:
            raise Away from error


def _look(token: str, lot: LotCode) -> Badge:
    close_old_connections()
    seen = timezone.now()
    session = identity.session(token, seen) if token else None
    if session is None:
        raise Stranger("请先登录")
    current = session.current
    if current.role is not Role.BIDDER or current.organisation is None:
        raise Forbidden("只有竞买人可以报价，请切换到投标人身份")
    identity_services.touch(token, session.seen_at, seen)
    paddle = queries.current_paddle(lot, current.organisation)
    return Badge(session.person.id, current.organisation, paddle)


def _living(held: Mapping[Key, Badge]) -> frozenset[Key]:
    """Who of them is still signed in, in the same seat."""
    close_old_connections()
    at = timezone.now()
    living = identity.living({token for token, _ in held}, at)
    for token, (_, seen) in living.items():
        identity_services.touch(token, seen, at)
    seats = {token: (seat.role, seat.organisation) for token, (seat, _) in living.items()}
    return frozenset(key for key, badge in held.items() if seats.get(key[0]) == (Role.BIDDER, badge.party))


def may_call(headers: Mapping[str, str]) -> str:
    """来源: the page that calls, which must come from the host it calls; "" where no browser says.

    Raises Stranger for a page of another host, or where the proxy in front has not said whom it brings. Nobody is
    known yet of whom the journal could tell: it is logged.
    """
    origin, host = headers.get("origin", ""), _host(f"//{headers.get('host', '')}")
    if settings.BEHIND_PROXY and not headers.get("x-forwarded-for"):
        wrong = "请求没有经过平台的入口（缺少代理标头），不予受理"
    elif origin and (host is None or _host(origin) != host):
        wrong = "请求来自其他网站的页面，不予受理"
    else:
        return origin
    log.warning("%s (host %.80r, origin %.80r)", wrong, headers.get("host", ""), origin)
    raise Stranger(wrong)


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
