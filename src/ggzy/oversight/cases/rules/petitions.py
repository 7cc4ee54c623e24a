"""来件的规则: everybody may write; everything is answered or sent on, in time."""

from collections.abc import Mapping
from datetime import date, datetime

from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.rules.wording import TEXT_MAX, bounded
from ggzy.oversight.cases.values.complaints import Category, NewPetition, PetitionState

NAME_MAX = 200
CONSULT_WORKDAYS = 3
ANSWER_DAYS = 15
HERE_MAX, ALL_MAX = 10, 300  # petitions an hour, from one address and from all
ROUTES: Mapping[str, str] = {
    "clue": "作为线索核查",
    "case": "立案查处",
    "owner": "转招标人（采购人）依法答复异议、质疑",
    "formal": "告知以书面形式实名投诉",
    "other": "转其他有权机关",
}


def may_send(from_here: int, from_all: int) -> Verdict:
    """来件频率: so many an hour from one address, and from all of them; whoever was told it is received is counted."""
    other = "请稍后再试，或者拨打监督电话、寄信、来访"
    return judge(
        [
            (
                from_here < HERE_MAX,
                Reason("too_many_here", f"同一网络一小时内已收到{HERE_MAX}件，暂不能再提交", remedy=other),
            ),
            (
                from_all < ALL_MAX,
                Reason("too_many", f"平台一小时内已收到{ALL_MAX}件来件，暂不能再提交", remedy=other),
            ),
        ]
    )


def may_file(new: NewPetition) -> Verdict:
    """来件登记条件: something is said. Names are nobody's duty, except of a complaint, which the law wants named."""
    return judge(
        [
            *bounded("text", "内容", new.text, TEXT_MAX),
            (len(new.name) <= NAME_MAX, Reason("name_too_long", f"姓名最多{NAME_MAX}个字")),
            (len(new.contact) <= NAME_MAX, Reason("contact_too_long", f"联系方式最多{NAME_MAX}个字")),
            (
                not new.is_anonymous or new.category is not Category.COMPLAINT,
                Reason(
                    "complaint_unnamed", "投诉须实名提出", "工程建设项目招标投标活动投诉处理办法",
                    "不愿实名的，请作为举报提出，平台按线索受理",
                ),
            ),
        ]
    )  # fmt: skip


def answer_by(category: Category, filed_on: date, calendar: Calendar) -> date:
    """答复或者告知去向的最后一日: three working days for a question (政府采购法实施条例 §52), else fifteen days."""
    if category is Category.CONSULT:
        return calendar.add_workdays(filed_on, CONSULT_WORKDAYS)
    return calendar.period_end(filed_on, ANSWER_DAYS)


def may_answer(state: PetitionState, text: str) -> Verdict:
    """答复来件条件."""
    return judge(
        [
            (state is not PetitionState.ANSWERED, Reason("answered", "来件已经答复")),
            *bounded("text", "答复", text, TEXT_MAX),
        ]
    )


def may_route(state: PetitionState, to: str, note: str) -> Verdict:
    """转办条件."""
    return judge(
        [
            (state is PetitionState.NEW, Reason("routed", f"来件{state.label}，不能再转办")),
            (to in ROUTES, Reason("route_unknown", "没有选择去向")),
            *bounded("note", "转办说明", note, TEXT_MAX),
        ]
    )


def is_overdue(state: PetitionState, answer_by: date, at: datetime) -> bool:
    """逾期未答复."""
    return state is not PetitionState.ANSWERED and local_date(at) > answer_by
