"""信用的规则: what may be recorded, shown, repaired; who is banned, since when and until when."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ggzy.kernel.instants import Calendar, add_months, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.credit.values import (
    Ban,
    Decision,
    Gravity,
    Ground,
    NewBan,
    NewRecord,
    RecordFacts,
    RecordKind,
    Term,
)

TITLE_MAX = 200
TEXT_MAX = 5000
REPAIR = "信用修复管理办法"


def may_record(
    new: NewRecord, *, is_registered: bool, is_known: bool, today: date, is_topic_known: bool = True
) -> Verdict:
    """信用记录记入条件: a known party, a complete decision, and no second entry of the same decision."""
    return judge(
        [
            (is_registered, Reason("party_unknown", "主体尚未在平台登记", remedy="请核对统一社会信用代码")),
            *bounded("title", "标题", new.title, TITLE_MAX),
            *bounded("text", "事实和结果", new.text, TEXT_MAX),
            (
                (new.gravity is not None) == new.kind.is_adverse,
                Reason(
                    "gravity",
                    "请选择严重程度" if new.kind.is_adverse else f"{new.kind.label}没有严重程度",
                    REPAIR,
                ),
            ),
            (is_topic_known, Reason("topic_unknown", "信用评价模型中没有这个项目")),
            *decided(new.decision, today),
            (not is_known, Reason("already_recorded", f"文号{new.decision.document}的决定已经记入该主体")),
        ]
    )


def by_recorder(entry: Decision, decision: Decision | None, settler: str, *, is_here: bool) -> Verdict:
    """谁认定谁修复: the authority that made the entry decides; where it works on this platform, its own people enter it.

    `settler` is the organisation of whoever acts; `is_here` whether the recording authority is registered.
    """
    recorder = entry.authority.strip()
    return judge(
        [
            (
                decision is None or decision.authority.strip() == recorder,
                Reason(
                    "other_authority",
                    f"该信息由{recorder}认定，应由其作出决定",
                    REPAIR,
                    f"请填写{recorder}的决定",
                ),
            ),
            (
                not is_here or settler == recorder,
                Reason("not_recorder", f"该信息由{recorder}认定，由其办理", REPAIR, f"请转{recorder}办理"),
            ),
        ]
    )


def may_repair(record: RecordFacts, term: Term | None, decision: Decision, text: str, today: date) -> Verdict:
    """信用修复条件: adverse, not yet repaired, and the minimum term of publication has passed."""
    earliest = add_months(record.decision.decided_on, term.repair_min) if term else today
    return judge(
        [
            (record.kind.is_adverse, Reason("not_adverse", f"{record.kind.label}不需要修复")),
            (record.repaired_on is None, Reason("already_repaired", "该记录已经修复")),
            (record.withdrawn_on is None, Reason("withdrawn", "该记录已经撤销，不需要修复")),
            (
                today >= earliest,
                Reason(
                    "too_early",
                    f"自决定之日起公示未满{term.repair_min if term else 0}个月",
                    term.article if term else REPAIR,
                    f"最早{day_text(earliest)}",
                ),
            ),
            *decided(decision, today),
            *bounded("text", "修复的理由", text, TEXT_MAX),
        ]
    )


def may_ban(
    new: NewBan, ground: Ground | None, *, is_registered: bool, is_known: bool, today: date
) -> Verdict:
    """市场禁入条件: a ground of the law, a complete decision and a term the article allows."""
    first = judge(
        [
            (is_registered, Reason("party_unknown", "主体尚未在平台登记", remedy="请核对统一社会信用代码")),
            (ground is not None, Reason("ground_unknown", "没有选择法律规定的禁入情形")),
            *decided(new.decision, today),
            (
                new.start >= new.decision.decided_on,
                Reason("start_before_decision", "禁入的开始日期不能早于作出决定的日期"),
            ),
            (new.end >= new.start, Reason("end_before_start", "禁入的结束日期不能早于开始日期")),
            (not is_known, Reason("already_banned", f"文号{new.decision.document}的禁入决定已经记入该主体")),
        ]
    )
    return first if ground is None else first & _term_of(new, ground)


def _term_of(new: NewBan, ground: Ground) -> Verdict:
    shortest = add_months(new.start, ground.months_min) - timedelta(days=1)
    longest = add_months(new.start, ground.months_max)
    return judge(
        [
            (
                shortest <= new.end <= longest,
                Reason(
                    "term",
                    f"该情形的禁入期限为{_years(ground.months_min)}至{_years(ground.months_max)}",
                    ground.article,
                    f"自{day_text(new.start)}起，应在{day_text(shortest)}至{day_text(longest)}之间结束",
                ),
            )
        ]
    )


def may_lift(ban: Ban, decision: Decision, text: str, at: datetime) -> Verdict:
    """提前解除禁入条件: it still runs, and somebody decided that it shall not."""
    return judge(
        [
            (ban.lifted_at is None, Reason("already_lifted", "该禁入已经解除")),
            (at < ban.period.end, Reason("expired", f"该禁入已于{day_text(ban.end)}届满")),
            *decided(decision, local_date(at)),
            *bounded("text", "解除的理由", text, TEXT_MAX),
        ]
    )


PUBLICITY_DAYS = 7  # 双公示: working days from the decision to its publication


def is_published_late(record: RecordFacts, recorded_on: date, calendar: Calendar) -> bool:
    """双公示是否逾期: a penalty is published within seven working days; what is not shown cannot be late."""
    due = calendar.add_workdays(record.decision.decided_on, PUBLICITY_DAYS)
    is_due = record.kind is RecordKind.PENALTY and record.gravity is not Gravity.MINOR
    return is_due and recorded_on > due


def shown_until(new: NewRecord, term: Term | None) -> date | None:
    """公示截止日: the first day on which the record is no longer shown; None without end."""
    return add_months(new.decision.decided_on, term.shown_max) if term else None


def is_shown(record: RecordFacts, today: date) -> bool:
    """是否公示. A minor record never is, a repaired one no longer, and every term ends by itself."""
    if record.gravity is Gravity.MINOR or record.repaired_on is not None or record.withdrawn_on is not None:
        return False
    return record.shown_until is None or today < record.shown_until


def decided(decision: Decision, today: date) -> Iterable[tuple[bool, Reason]]:
    yield bool(decision.authority.strip()), Reason("authority_missing", "未写明作出决定的机关")
    yield bool(decision.document.strip()), Reason("document_missing", "未写明决定文号")
    yield bool(decision.article.strip()), Reason("article_missing", "未写明法律依据")
    yield decision.decided_on <= today, Reason("decided_in_future", "决定日期不能晚于今天")


def bounded(code: str, what: str, text: str, most: int) -> Iterable[tuple[bool, Reason]]:
    yield bool(text.strip()), Reason(f"{code}_missing", f"未填写{what}")
    yield len(text) <= most, Reason(f"{code}_too_long", f"{what}最多{most}个字，现为{len(text)}个字")


def _years(months: int) -> str:
    return f"{months // 12}年"


def day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
