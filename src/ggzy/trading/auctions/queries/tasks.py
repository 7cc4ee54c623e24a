"""待办: what a role has to do on many auctions at once, in a bounded number of reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.roles import Role
from ggzy.trading.auctions.lifecycle import LIVE, RUNNING
from ggzy.trading.auctions.models import Application, Auction
from ggzy.trading.auctions.queries.applicants import CLAIMING
from ggzy.trading.auctions.queries.ends import ends_of
from ggzy.trading.auctions.queries.lottery import PARTIES, owing
from ggzy.trading.auctions.values import ApplicationState, AuctionState, AuctionTerms, Ends, Outcome, Side
from ggzy.trading.auctions.values.givers import paddle_party
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.deposits.values import AccountState, MyDeposit

S, A = AuctionState, ApplicationState
SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Task:
    """该办的事 on one auction: in words, until when, and the page."""

    lot: LotCode
    what: str
    page: str
    until: datetime | None = None
    note: str = ""
    url: str = ""


def of_owner(actor: Actor, lots: Iterable[tuple[LotCode, int]], at: datetime) -> tuple[Task, ...]:
    """出让方一方的待办 on its lots, given with their rounds."""
    rounds = dict(lots)
    known = {LotCode(row.lot_id): row for row in _current(rounds)}
    ends = _ends(known.values(), at)
    tasks = [
        task for code in rounds for row in [known.get(code)]
        for task in _of_owner(actor, code, row, ends[row.pk] if row else Ends())
    ]  # fmt: skip
    return (*tasks, *_nonces(dict.fromkeys(known.values(), PARTIES[actor.role])))


def of_supervisor(lots: Iterable[tuple[LotCode, int]]) -> tuple[Task, ...]:
    """监督部门的待办 on the auctions of its region: the nonces it promised."""
    return tuple(_nonces(dict.fromkeys(_current(dict(lots)), PARTIES[Role.SUPERVISOR])))


def _nonces(parties: Mapping[Auction, str]) -> Iterator[Task]:
    held = {row.pk: row for row in parties}
    for key in owing({row.pk: party for row, party in parties.items()}):
        note = "逾期不公开的记入日志，摇号不再等待"
        yield Task(LotCode(held[key].lot_id), "公开摇号随机数", "lots/reveal/", None, note)


def _current(rounds: dict[LotCode, int]) -> list[Auction]:
    rows = Auction.objects.filter(lot_id__in=list(rounds))
    return [row for row in rows if rounds[LotCode(row.lot_id)] == row.round]


def _ends(rows: Iterable[Auction], at: datetime) -> Mapping[int, Ends]:
    return ends_of(((row, row.facts().terms) for row in rows), at)


def _of_owner(actor: Actor, lot: LotCode, row: Auction | None, ends: Ends) -> Iterator[Task]:
    state = S(row.state) if row else S.DRAFTED
    if row is None or state is S.DRAFTED:
        yield Task(lot, "编制并发布公告", "announce/")
        return
    is_short = state is S.ANNOUNCED and row.outcome == Outcome.TOO_FEW
    if state is S.CLOSED or is_short:
        asks = _terms(row).format.reserve and not is_short and row.price
        yield Task(lot, "公开保留价，确定竞价结果" if asks else "确定竞价结果", "settle/")
    if state is S.SOLD and actor.role is Role.OWNER and Side.OWNER.value not in row.signed:
        yield Task(lot, "签署成交确认书", "sign/", ends.confirm_by)
    if state is S.SOLD and row.signed == [Side.OWNER.value]:
        yield Task(lot, "等待竞得人签署成交确认书", "sign/", ends.confirm_by, "逾期不签的可以认定违约")
    if state in (S.FAILED, S.DEFAULTED):
        yield Task(lot, "再次公告，或终止本标的", "relist/", note=row.failure)


def of_bidder(party: CreditCode, at: datetime) -> tuple[Task, ...]:
    """竞买人的待办 on all the auctions it applied for."""
    held = Application.objects.filter(party=party).select_related("auction", "auction__lot")
    rows = [one for one in held if _runs(one.auction)]
    paid = {(one.lot, one.round): one for one in deposits.deposits_of(party, at)}
    ends = _ends((one.auction for one in rows), at)
    tasks = [
        task
        for one in rows
        for task in _of_bidder(
            one, ends[one.auction_id], at, paid.get((one.auction.lot_id, one.auction.round))
        )
    ]
    seated = {one.auction: paddle_party(one.paddle) for one in rows if one.paddle is not None}
    return (*tasks, *_nonces(seated))


def applied(party: CreditCode) -> tuple[LotCode, ...]:
    """本单位报过名的标的, the latest first."""
    rows = Application.objects.filter(party=party).exclude(state=A.WITHDRAWN).order_by("-filed_at")
    return tuple(LotCode(lot) for lot in rows.values_list("auction__lot_id", flat=True)[:200])


def _runs(row: Auction) -> bool:
    return row.round == row.lot.round and not row.lot.suspended and row.lot.terminated_at is None


def _of_bidder(one: Application, ends: Ends, at: datetime, paid: MyDeposit | None) -> Iterator[Task]:
    row, state = one.auction, S(one.auction.state)
    lot, terms = LotCode(row.lot_id), _terms(row)
    is_secured = paid is not None and paid.state is AccountState.SECURED
    may_apply = state is S.ANNOUNCED and ends.apply_until is not None and at < ends.apply_until
    if one.state == A.DECLINED and may_apply:
        yield Task(lot, "补正后重新报名", "apply/", ends.apply_until, "；".join(one.reasons))
    if one.state == A.FILED and state is S.ANNOUNCED and terms.deposit.fen and not is_secured:
        owed = paid.required if paid else terms.deposit
        yield Task(lot, "缴纳竞买保证金", "apply/", ends.deposit_until, f"{owed.figures()} 元")
    if one.paddle is not None and state is S.ANNOUNCED:
        starts_at = terms.format.timing.starts_at
        yield Task(lot, "竞价开始，进入竞价室", "", starts_at, f"号牌 {one.paddle}", f"/auctions/{lot}/")
    if one.paddle is not None and state in LIVE:
        word = "竞价已暂停" if state is S.PAUSED else "正在竞价"
        yield Task(lot, f"{word}，进入竞价室", "", None, f"号牌 {one.paddle}", f"/auctions/{lot}/")
    if state is S.SOLD and row.winner == one.party and Side.WINNER.value not in row.signed:
        yield Task(lot, "签署成交确认书", "sign/", ends.confirm_by, "逾期不签视为违约，保证金不予退还")


def of_operator(lots: Iterable[tuple[LotCode, int]], at: datetime) -> tuple[Task, ...]:
    """交易中心的待办 on the auctions of its region: applications that wait, rooms that open."""
    rows = {row.pk: row for row in _current(dict(lots))}
    waiting = set(
        Application.objects.filter(auction_id__in=list(rows), state=A.FILED).values_list(
            "auction_id", flat=True
        )
    )
    claimed = Application.objects.filter(CLAIMING, auction_id__in=list(rows))
    claiming = set(claimed.values_list("auction_id", flat=True))
    ends = _ends(rows.values(), at)
    tasks = [
        task for row in rows.values() for task in _of_operator(row, ends[row.pk], at, waits=row.pk in waiting)
    ]
    tasks += [
        Task(
            LotCode(row.lot_id), "认定优先购买权", "applications/", row.starts_at,
            "未认定的，竞价室不能准备；开始前一分钟仍未认定的，记为不予认定",
        )
        for row in rows.values()
        if row.pk in claiming and row.state in RUNNING
    ]  # fmt: skip
    return (*tasks, *_nonces(dict.fromkeys(rows.values(), PARTIES[Role.OPERATOR])))


def _of_operator(row: Auction, ends: Ends, at: datetime, *, waits: bool) -> Iterator[Task]:
    lot, state = LotCode(row.lot_id), S(row.state)
    if waits:
        until = ends.apply_until if ends.apply_until and ends.apply_until > at else None
        yield Task(lot, "确认竞买资格", "applications/", until)
    if state is S.ANNOUNCED and row.starts_at and at < row.starts_at <= at + SOON:
        yield Task(lot, "竞价即将开始", "prepare/", row.starts_at, "开始前十分钟准备竞价室")
    if state in LIVE:
        word = "竞价已暂停，待恢复" if state is S.PAUSED else "正在竞价"
        yield Task(lot, word, "room/")


def live(lots: Iterable[tuple[LotCode, int]]) -> tuple[LotCode, ...]:
    """正在竞价的标的 among these."""
    return tuple(LotCode(row.lot_id) for row in _current(dict(lots)) if row.state in LIVE)


def _terms(row: Auction) -> AuctionTerms:
    found = row.facts().terms
    assert found is not None, "announced"
    return found
