"""保管人: a page that says what is due, and the doors its own tool knocks at (trust §9.2, §9.4).

Every request of the tool is signed with the holder's certificate; no session is needed. The tool decides
on its own evidence whether to release anything: the platform only asks.
"""

import base64
import json
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.sealing.plan import KeyStatement
from ggzy.foundation.ui import answers, pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import access, forms, queries, services
from ggzy.trading.tendering.values import STAGE, ShareRecord
from ggzy.trading.tendering.views import place

SHARES = "ggzy.custody.shares/1"


@require_http_methods(["GET", "POST"])
def keys(request: Request, code: str) -> HttpResponse:
    """开标密钥保管: what this tender asks of the holder; files of the tool are taken here too."""
    actor = place.actor(request)
    if actor.role is not Role.CUSTODIAN:
        raise Forbidden()
    lot = queries.tendered(projects.lot(place.code(code)))
    tender = queries.tender(lot.code, at=request.at)
    holder = access.holder_of(actor, tender)

    def run(person: Actor, data: dict[str, Any]) -> object:
        try:
            said = json.loads(data["file"].read())
            if said.get("fmt") == SHARES:
                return services.release_shares(person, lot.code, _records(said))
            return services.post_custodian_key(person, lot.code, KeyStatement.read(said), at=request.at)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Refused([Reason("not_recognised", "这不是保管人工具生成的公钥声明或份额文件")]) from None

    opening = queries.opening(lot.code, at=request.at)
    context = {
        "lot": lot,
        "tender": tender,
        "holder": holder,
        "opening": opening,
        "now": request.at,
        "has_key": holder.x in tender.keys_posted,
        "has_released": opening is not None and holder.x in opening.shares_released,
        "crumbs": place.crumbs(lot, "开标密钥保管"),
    }
    return pages.act(
        request,
        forms.StatementForm,
        run,
        template="tendering/keys.html",
        context=context,
        done=f"/desk/lots/{lot.code}/keys/",
        words="已收到",
    )


def _todo(request: Request, actor: Actor) -> object:
    """待办: keys to make, shares to release."""
    due = queries.custody_todo(actor.person)
    return {
        "fmt": "ggzy.custody.todo/1",
        "keys": [{"lot": lot, "round": round} for lot, round, what in due if what == "key"],
        "cases": [
            {"lot": lot, "round": round, "stage": STAGE} for lot, round, what in due if what == "shares"
        ],
    }


def _post_key(request: Request, actor: Actor) -> object:
    """提交公钥声明."""
    try:
        statement = KeyStatement.read(json.loads(request.body))
    except ValueError:
        raise Refused([Reason("not_recognised", "公钥声明无法识别")]) from None
    receipt = services.post_custodian_key(actor, statement.lot, statement, at=request.at)
    return {"receipt": receipt.code, "height": receipt.height}


def _case(request: Request, actor: Actor, code: str, round: int, stage: str) -> object:
    """开标案: all a tool needs to decide by itself."""
    lot = place.code(code)
    access.holder_of(actor, queries.tender(lot, round))
    case = queries.custody_case(lot, round, stage)
    return HttpResponse(case.encoded(), content_type="application/json")


def _post_shares(request: Request, actor: Actor, code: str, round: int, stage: str) -> object:
    """释放份额 of one stage."""
    lot = place.code(code)
    if stage != STAGE or projects.lot(lot).round != round:
        raise Missing()
    try:
        records = _records(json.loads(request.body))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused([Reason("not_recognised", "份额文件无法识别")]) from None
    receipt = services.release_shares(actor, lot, records)
    services.open_bids(Actor.system(f"open:{receipt.code}"), lot)
    return {"receipt": receipt.code, "height": receipt.height}


def _records(said: dict[str, Any]) -> tuple[ShareRecord, ...]:
    return tuple(
        ShareRecord(str(row["bid"]), str(row["part"]), _bytes(str(row["m"]))) for row in said["shares"]
    )


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


door = partial(answers.door, identity.custodian)
todo = require_safe(door(_todo))
post_key = require_POST(door(_post_key))
case = require_safe(door(_case))
post_shares = require_POST(door(_post_shares))
