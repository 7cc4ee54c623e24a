"""可办事项: the pages of the evaluation a person may want on a lot, alive or with the reasons why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.models import Draw, Enquiry, Evaluation, Giver, Member, PriceCorrection
from ggzy.trading.evaluation.values import (
    GIVER_CENTRE,
    GIVER_OWNER,
    GIVER_SUPERVISOR,
    CorrectionState,
    DrawState,
    EvaluationState,
    MemberState,
)
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import TenderState

SIDES = {
    Role.OWNER: GIVER_OWNER,
    Role.AGENCY: GIVER_OWNER,
    Role.OPERATOR: GIVER_CENTRE,
    Role.SUPERVISOR: GIVER_SUPERVISOR,
}
OPEN = (EvaluationState.REVIEWING, EvaluationState.SCORING)


@dataclass(frozen=True)
class _Place:
    """Where the evaluation of the round stands, for the offers."""

    lot: LotFacts
    tender: TenderState
    row: Evaluation | None
    base: str

    @property
    def state(self) -> EvaluationState:
        return EvaluationState(self.row.state) if self.row else EvaluationState.CONVENING

    def unless(self, holds: bool, text: str) -> Verdict:
        return judge([(holds, Reason("not_now", text))])


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """本人在本标段评标环节可办的事项, in travelling order."""
    found = projects.lot(lot)
    row = Evaluation.objects.filter(lot_id=lot, round=found.round).first()
    place = _Place(found, tendering.tender(lot, found.round, at).state, row, f"/desk/lots/{lot}")
    if actor.role in (Role.OWNER, Role.AGENCY):
        if actor.organisation not in (found.owner, found.agency):
            return ()
        return (*_of_owner(actor, place), *_of_member(actor, place))
    if actor.role in (Role.OPERATOR, Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR):
        return tuple(_of_official(actor, place))
    if actor.role is Role.EXPERT:
        return tuple(_of_member(actor, place))
    if actor.role is Role.BIDDER and actor.organisation is not None and row is not None:
        return tuple(_of_bidder(actor.organisation, place))
    return ()


def _of_owner(actor: Actor, place: _Place) -> Iterator[Offer]:
    row = place.row
    is_open = place.tender in (TenderState.DRAFTED, TenderState.ANNOUNCED)
    has_scheme = row is not None and row.scheme is not None
    yield Offer(
        "公开评标办法",
        f"{place.base}/scheme/",
        place.unless(is_open, "投标已截止，评标办法不能再公开或修改"),
        is_turn=place.tender is TenderState.ANNOUNCED and not has_scheme,
        note="" if has_scheme else "尚未公开",
    )
    is_first = place.tender is TenderState.OPENED and row is not None and has_scheme and row.plan is None
    yield _draw_offer(actor, place, is_first)
    if actor.role is Role.OWNER:
        wants = _wants_representative(row)
        yield Offer(
            "确定招标人代表",
            f"{place.base}/representative/",
            place.unless(wants, "没有空缺的招标人代表席位"),
            is_turn=wants,
        )
    yield Offer(
        "评标报告",
        f"{place.base}/report/",
        place.unless(place.state is EvaluationState.REPORTED, "评标报告尚未提交"),
    )


def _of_official(actor: Actor, place: _Place) -> Iterator[Offer]:
    if actor.role in (Role.OPERATOR, Role.SUPERVISOR):
        yield _draw_offer(actor, place, False)
    if actor.role is not Role.OPERATOR:
        stands = place.state in (EvaluationState.CONCLUDED, EvaluationState.REPORTED)
        yield Offer("评标报告", f"{place.base}/report/", place.unless(stands, "评审结果尚未汇总"))
    if actor.role in (Role.SUPERVISOR, Role.INSPECTOR):
        has_plan = place.row is not None and place.row.plan is not None
        yield Offer("调阅评委名单", f"{place.base}/committee/", place.unless(has_plan, "尚未抽取评标专家"))


def _of_member(actor: Actor, place: _Place) -> Iterator[Offer]:
    rows = Member.objects.filter(evaluation=place.row, person=actor.person)
    member = rows.exclude(state=MemberState.VACATED).first() if place.row else None
    if member is None:
        return
    if member.state != MemberState.SEATED:
        yield Offer("评标邀请与签到", f"{place.base}/invitation/", is_turn=True)
        return
    owes = place.state in OPEN or place.state is EvaluationState.CONVENING
    yield Offer("评标", f"{place.base}/evaluation/", is_turn=owes, note=f"评委{member.seat}")
    if place.state in (*OPEN, EvaluationState.CONCLUDED):
        yield Offer("雷同性核查线索", f"{place.base}/clues/", note="查看留痕")
    stands = place.state in (EvaluationState.CONCLUDED, EvaluationState.REPORTED)
    yield Offer(
        "签署评标报告",
        f"{place.base}/evaluation/sign/",
        place.unless(stands, "评审结果尚未汇总") & place.unless(member.signed_at is None, "您已签署评标报告"),
        is_turn=place.state is EvaluationState.CONCLUDED and member.signed_at is None,
    )


def _of_bidder(party: CreditCode, place: _Place) -> Iterator[Offer]:
    bid = tendering.my_bid(place.lot.code, party)
    if bid is None:
        return
    asked = Enquiry.objects.filter(evaluation=place.row, bid=bid.bid)
    proposed = PriceCorrection.objects.filter(
        evaluation=place.row, bid=bid.bid, state=CorrectionState.PROPOSED
    )
    owes = place.state in OPEN and (asked.filter(answered_at=None).exists() or proposed.exists())
    yield Offer(
        "澄清与说明",
        f"{place.base}/explanations/",
        place.unless(owes or asked.exists(), "评标委员会没有要求澄清"),
        is_turn=owes,
    )
    if Draw.objects.filter(evaluation=place.row, state__in=_LIVE).exists():
        yield Offer("参加专家抽取", f"{place.base}/draw/", note="可以提供一份随机数")


_LIVE = (DrawState.REQUESTED, DrawState.REVEALING)


def _draw_offer(actor: Actor, place: _Place, is_first: bool) -> Offer:
    live = (
        Draw.objects.filter(evaluation=place.row, state__in=_LIVE).order_by("requested_at").first()
        if place.row
        else None
    )
    return Offer(
        "抽取专家与系数",
        f"{place.base}/draw/",
        place.unless(place.tender is not TenderState.DRAFTED, "招标公告尚未发布"),
        is_turn=is_first or (live is not None and _owes(actor, live)),
        until=live.reveal_until if live else None,
    )


def _owes(actor: Actor, draw: Draw) -> bool:
    """Whether this side has to commit or to reveal now, or the centre to go on."""
    mine = Giver.objects.filter(draw=draw, party=SIDES[actor.role]).first()
    if draw.state == DrawState.REQUESTED:
        return mine is None or actor.role is Role.OPERATOR
    return mine is None or len(mine.nonces) <= draw.turn or actor.role is Role.OPERATOR


def _wants_representative(row: Evaluation | None) -> bool:
    if (
        row is None
        or row.plan is None
        or row.state not in (EvaluationState.CONVENING, EvaluationState.REVIEWING)
    ):
        return False
    owners = Member.objects.filter(evaluation=row, expert=None).exclude(state=MemberState.VACATED).count()
    return owners < int(row.plan["owner_seats"])
