"""专家入库的判断."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.experts import events
from ggzy.registers.experts.values import Conduct, Mark, MarkKind, NewExpert, NewMark

YEARS_MIN = 8
SPECIALTIES_MAX = 4
TITLES = ("正高级", "副高级", "高级", "同等专业水平")


def may_register(new: NewExpert, known: Collection[str], is_registered: bool, on: date) -> Verdict:
    """入库条件. `known` are the specialty codes of the table. Basis: 招标投标法 §37."""
    return judge(
        [
            (not is_registered, Reason("registered", "此人已在专家库中")),
            (
                1 <= len(new.specialties) <= SPECIALTIES_MAX,
                Reason("specialty_count", f"专业应为一至{SPECIALTIES_MAX}个"),
            ),
            (
                all(code in known and len(code) == 7 for code in new.specialties),
                Reason("specialty_unknown", "专业应是分类表中的三级专业"),
            ),
            (
                len(set(new.specialties)) == len(new.specialties),
                Reason("specialty_twice", "同一专业只需填写一次"),
            ),
            (bool(new.employer.strip()), Reason("employer_missing", "请填写工作单位")),
            (
                new.years >= YEARS_MIN,
                Reason("years", f"从事相关领域工作应满{YEARS_MIN}年，现为{new.years}年", "招标投标法 §37"),
            ),
            (
                new.title in TITLES,
                Reason("title", "应具有高级职称或者同等专业水平", "招标投标法 §37"),
            ),
            (new.term_until > on, Reason("term", "聘期截止日应在今日之后")),
        ]
    )


def may_change(reason: str) -> Verdict:
    """状态变更条件."""
    return judge([(bool(reason.strip()), Reason("reason_missing", "请说明变更的原因"))])


def may_move(employer: str) -> Verdict:
    """工作单位变更条件."""
    return judge([(bool(employer.strip()), Reason("employer_missing", "请填写工作单位"))])


class Told(Protocol):
    """A fact as the journal tells it."""

    @property
    def event(self) -> object: ...


def may_mark(
    new: NewMark, conduct: Conduct | None, *, is_known: bool, latest: date | None, today: date
) -> Verdict:
    """专家信用记录记入条件. `latest` is the last day the conduct's article allows; None for good."""
    is_sanction = new.kind is MarkKind.SANCTION
    return judge(
        [
            (bool(new.text.strip()), Reason("text_missing", "未填写事实和结果")),
            (bool(new.authority.strip()), Reason("authority_missing", "未写明作出决定的机关")),
            (bool(new.document.strip()), Reason("document_missing", "未写明决定文号")),
            (new.decided_on <= today, Reason("decided_in_future", "决定日期不能晚于今天")),
            (not is_known, Reason("already_marked", f"文号{new.document}的决定已经记入该专家")),
            (
                (conduct is not None) == is_sanction,
                Reason("conduct", "惩戒应当选择法律规定的失信行为；奖励不必选择"),
            ),
            (
                (new.start is not None) == is_sanction and (is_sanction or new.end is None),
                Reason("start", "惩戒应当写明禁止的开始日期；奖励没有禁止期"),
            ),
            *(_term(new, conduct, latest) if conduct and new.start else ()),
        ]
    )


def _term(new: NewMark, conduct: Conduct, latest: date | None) -> Iterable[tuple[bool, Reason]]:
    assert new.start is not None, "asked before"
    yield new.start >= new.decided_on, Reason("start_before_decision", "开始日期不能早于作出决定的日期")
    fits = new.end is None if latest is None else new.end is not None and new.start <= new.end <= latest
    text = "取消资格的，没有结束日期" if latest is None else f"禁止期不得超过{conduct.months_max}个月"
    yield fits, Reason("term", text, conduct.article)


def may_clear(mark: Mark, reason: str, document: str) -> Verdict:
    """提前解除条件."""
    return judge(
        [
            (mark.mark.start is not None, Reason("no_ban", "该记录没有禁止期")),
            (mark.lifted_at is None, Reason("already_cleared", "该禁止已经解除")),
            (bool(reason.strip()), Reason("reason_missing", "请说明解除的原因")),
            (bool(document.strip()), Reason("document_missing", "未写明决定文号")),
        ]
    )


def may_sit(mark: Mark | None) -> Verdict:
    """参加评标评审条件: under no ban."""
    if mark is None:
        return Verdict()
    return Verdict((Reason("expert_banned", f"您{mark.reason}", mark.article, "请选择不参加，席位将补抽"),))


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """专家 as the journal tells it: what `queries.standing` must say too."""
    now: dict[str, object] = {}
    marks, lifted = 0, 0
    for told in facts:
        match told.event:
            case events.ExpertRegistered(employer=employer):
                now |= {"state": "active", "employer": employer}
            case events.ExpertChanged(state=state):
                now["state"] = state.value
            case events.ExpertMoved(employer=employer):
                now["employer"] = employer
            case events.ExpertMarked():
                marks += 1
            case events.ExpertCleared():
                lifted += 1
            case _:
                pass
    return now | {"marks": marks, "lifted": lifted} if now else {}
