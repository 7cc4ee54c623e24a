"""信用数据接口: what the public pages of credit say, for programs."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from ninja import Path, Query, Router

from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.money import Money
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit.values import Applied, Ban, Decision, Listing, RecordFacts
from ggzy.registers.parties import queries as parties
from ggzy.service.portal.views.shapes import CreditDeposit, CreditEntries, CreditFile, Mistake

ROUTER = Router(tags=["信用"])
Words = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Path(max_length=100, pattern=r"^[^\x00]*$")]
Entry = Ban | Listing | RecordFacts
SHOWN = 200


@ROUTER.get("/bans", response={200: CreditEntries, 422: Mistake}, summary="市场禁入和严重失信主体名单")
def list_bans(
    request: Request,
    q: Words = "",
    page: int = Query(1, ge=1, le=10_000),
    size: int = Query(20, ge=1, le=100),
):
    """Whoever may not take part, by name, code or document."""
    bans = credit.bans_in_force(request.at, words=q)
    found: list[Entry] = [*bans, *credit.listings_in_force(request.at, words=q)]
    return {"total": len(found), "entries": _entries(found[(page - 1) * size : page * size])}


@ROUTER.get(
    "/parties/{party}", response={200: CreditFile, 404: Mistake, 422: Mistake}, summary="一个主体的信用"
)
def read_party(request: Request, party: Name):
    """The grade line by line, and every entry that is public."""
    known, at = parties.party(_code(party)), request.at
    grade, model = credit.grade(known.code, at), credit.model()
    bans = [ban for ban in credit.bans_of(known.code) if at in ban.period and ban.lifted_at is None]
    listed = credit.listings_in_force(at, party=known.code)
    records = credit.shown(at, party=known.code, limit=SHOWN)
    return {
        "party": str(known.code),
        "name": known.name,
        "grade": grade.grade,
        "score": str(grade.score),
        "model": f"{grade.model} {grade.version}",
        "is_default_model": model.is_default,
        "base": str(grade.base),
        "lines": [
            {
                "item": line.name,
                "entry": line.entry,
                "on": line.on,
                "points": str(line.points),
                "factor": str(line.factor),
                "value": str(line.value),
            }
            for line in grade.lines
        ],
        "effects": _effects(credit.effects_of(known.code, at)),
        "inspection_tickets": credit.tickets(known.code, at),
        "entries": _entries([*bans, *listed, *records]),
    }


@ROUTER.get(
    "/parties/{party}/deposit",
    response={200: CreditDeposit, 404: Mistake, 422: Mistake},
    summary="按信用应缴的保证金",
)
def reckon_deposit(
    request: Request,
    party: Name,
    asked: int = Query(10_000_00, ge=0, le=10**15),
    cap: int = Query(10**15, ge=0),
    least: int = Query(0, ge=0),
):
    """What a notice that follows credit asks of this party, in fen; never past what the law allows."""
    known, at = parties.party(_code(party)), request.at
    bounds = Money(least), Money(cap)
    due = credit.deposits((known.code,), Money(asked), *bounds, at)[known.code]
    found = [due.applied] if due.applied else []
    return {"asked": _amount(Money(asked)), "due": _amount(due.amount), "effects": _effects(found)}


def _amount(money: Money) -> dict[str, str]:
    return {"fen": str(money.fen), "text": f"{money.figures()} 元"}


def _effects(found: Sequence[Applied]) -> list[dict[str, str]]:
    return [{"label": one.effect.name, "text": f"{one.because}（{one.effect.article}）"} for one in found]


def _entries(found: Sequence[Entry]) -> list[dict[str, Any]]:
    disputed = credit.disputed([one.code for one in found])
    return [_entry(one) | {"is_disputed": one.code in disputed} for one in found]


def _entry(one: Entry) -> dict[str, Any]:
    said: tuple[str, str, date | None, date | None]
    match one:
        case Ban():
            said = (f"市场禁入：{one.scope.label}", credit.ground_name(one.ground), one.start, one.end)
        case Listing():
            said = (credit.blacklists()[one.list].name, one.reason, one.start, one.end)
        case RecordFacts():
            said = (one.kind.label, f"{one.title}：{one.text}", None, one.shown_until)
    return _told(one, *said)


def _told(one: Entry, kind: str, text: str, start: date | None, end: date | None) -> dict[str, Any]:
    assert isinstance(one.decision, Decision), "what is public was decided"
    decision = {
        name: getattr(one.decision, name) for name in ("authority", "document", "article", "decided_on")
    }
    return {
        "code": one.code, "party": str(one.party), "name": one.name, "kind": kind, "text": text,
        "decision": decision, "start": start, "end": end,
    }  # fmt: skip


def _code(text: str) -> CreditCode:
    try:
        return CreditCode.parse(text)
    except ValueError as mistake:
        raise Missing() from mistake
