"""保管人工具的门 for sealed offers: what is due, a key before the notice, the case and the shares after the end.

As with tenders, every request is signed with the holder's certificate, and the tool decides on its own evidence.
"""

import json
from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.sealing.plan import KeyStatement
from ggzy.foundation.ui import answers
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import access, queries, services
from ggzy.trading.auctions.values.custody import STAGE
from ggzy.trading.auctions.views import keeping
from ggzy.trading.auctions.views import place as places


def _todo(request: Request, actor: Actor) -> object:
    """待办: keys to make, shares to release."""
    due = queries.keeping_todo(actor.person)
    keys = [{"lot": lot, "round": round} for lot, round, what in due if what == "key"]
    cases = [{"lot": lot, "round": round, "stage": STAGE} for lot, round, what in due if what == "shares"]
    return {"fmt": "ggzy.custody.todo/1", "keys": keys, "cases": cases}


def _post_key(request: Request, actor: Actor) -> object:
    """提交公钥声明."""
    try:
        statement = KeyStatement.read(json.loads(request.body))
    except ValueError:
        raise Refused([keeping.STRANGE]) from None
    receipt = services.post_offer_key(actor, statement.lot, statement, at=request.at)
    return {"receipt": receipt.code, "height": receipt.height}


def _case(request: Request, actor: Actor, code: str, round: int, stage: str) -> object:
    """开启案: all a tool needs to decide by itself."""
    lot = _lot(actor, code, round, stage)
    return HttpResponse(queries.offer_case(lot, round).encoded(), content_type="application/json")


def _post_shares(request: Request, actor: Actor, code: str, round: int, stage: str) -> object:
    """释放份额 of all offers of the turn."""
    lot = _lot(actor, code, round, stage)
    try:
        shares = keeping.shares_of(lot, json.loads(request.body))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused([keeping.STRANGE]) from None
    receipt = services.release_offer_shares(actor, lot, shares)
    return {"receipt": receipt.code, "height": receipt.height}


def _lot(actor: Actor, code: str, round: int, stage: str) -> LotCode:
    """The auction a case is of, for one of its holders. Raises Missing for any other round or stage."""
    lot, row = access.current(places.lot_code(code))
    access.holder_of(actor, row)
    if (row.round, STAGE) != (round, stage):
        raise Missing()
    return lot.code


door = partial(answers.door, identity.custodian)
todo = require_safe(door(_todo))
post_key = require_POST(door(_post_key))
case = require_safe(door(_case))
post_shares = require_POST(door(_post_shares))
