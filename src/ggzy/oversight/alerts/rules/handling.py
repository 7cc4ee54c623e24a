"""办理的规则: what may be done with an alert, and why not. Pure."""

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from ipaddress import ip_network

from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.alerts import lifecycle
from ggzy.oversight.alerts.values import Indicator, Param, Value
from ggzy.oversight.alerts.values.alerts import AlertState, Target

REASON_CHARS_MIN = 5
NONE = "无"
# The most a parameter may be, by its unit; a share is at most 1.
MOST = {
    "天": 3660, "个月": 24, "小时": 8760, "分钟": 525_600, "秒": 86_400, "时": 24, "分": 100, "元": 10**12,
}  # fmt: skip
COUNT_MAX = 10_000
DIGITS_MAX = 15
ANSWER_DAYS_MAX = 30
ARTICLE = "招标投标法实施条例 第61条"
_AGAIN = "这项预警已经办结"


def may_ask(state: AlertState, is_party: bool, text: str, due_on: date, at: datetime) -> Verdict:
    """要求说明条件: the alert is open, the party is one of it, the question says something, and there is time.

    Basis: 招标投标法实施条例 §61.
    """
    today = local_date(at)
    return judge(
        [
            (lifecycle.leads(state, AlertState.ASKED), Reason("decided", _AGAIN)),
            (is_party, Reason("stranger", "只能向这项预警涉及的单位要求说明")),
            (len(text.strip()) >= REASON_CHARS_MIN, Reason("text_missing", "请写明要说明什么", ARTICLE)),
            (
                today < due_on <= today + timedelta(days=ANSWER_DAYS_MAX),
                Reason("due_out_of_range", f"答复期限应在明日起{ANSWER_DAYS_MAX}日之内"),
            ),
        ]
    )


def may_explain(is_asked: bool, text: str) -> Verdict:
    """说明条件: one was asked and has not answered yet; late is better than never."""
    return judge(
        [
            (is_asked, Reason("not_asked", "没有等待您说明的事项")),
            (len(text.strip()) >= REASON_CHARS_MIN, Reason("text_missing", "请写明情况")),
        ]
    )


def may_decide(state: AlertState, to: AlertState, reason: str) -> Verdict:
    """不予处置、属实的条件: the alert is not decided yet, and there is a reason."""
    return judge(
        [
            (lifecycle.leads(state, to), Reason("decided", _AGAIN)),
            (
                len(reason.strip()) >= REASON_CHARS_MIN,
                Reason("reason_missing", "请说明理由，随决定一并留痕", ARTICLE),
            ),
        ]
    )


def may_move(state: AlertState, to: AlertState) -> Verdict:
    """按钮可否: what the state alone answers, before anything is written."""
    return judge([(lifecycle.leads(state, to), Reason("decided", _AGAIN))])


def may_transfer(state: AlertState, target: Target, office: str, reason: str) -> Verdict:
    """移送条件: a reason, and the name of the office that receives it."""
    return judge(
        [
            (lifecycle.leads(state, AlertState.TRANSFERRED), Reason("decided", _AGAIN)),
            (len(reason.strip()) >= REASON_CHARS_MIN, Reason("reason_missing", "请说明理由", ARTICLE)),
            (
                target is Target.CASE or bool(office.strip()),
                Reason("office_missing", "请写明接收移送的机关"),
            ),
        ]
    )


def may_tune(indicator: Indicator, name: str, text: str, before: str, reason: str) -> Verdict:
    """调整参数条件: the parameter exists, the value is of its kind and another one, and there is a reason."""
    known = indicator.defaults()
    is_readable = name in known and parsed(known[name], text) is not None
    param = next((one for one in indicator.params if one.name == name), None)
    beyond = out_of_range(param, parsed(param.value, text)) if param else ""
    return judge(
        [
            (name in known, Reason("unknown_parameter", "没有这个参数")),
            (name not in known or is_readable, Reason("bad_value", f"“{text}”不是这个参数可用的值")),
            (not is_readable or not beyond, Reason("beyond_range", beyond)),
            (text.strip() != before, Reason("same_value", "与现行参数相同，不必调整")),
            (len(reason.strip()) >= REASON_CHARS_MIN, Reason("reason_missing", "请说明调整的理由")),
        ]
    )


def out_of_range(param: Param, value: Value | None) -> str:
    """超出范围的说明; empty where a parameter may have this value. Beyond it a model would fail on every lot."""
    if isinstance(value, str):
        wrong = [one.strip() for one in value.split(",") if one.strip() and not _is_network(one.strip())]
        return f"“{wrong[0]}”不是网段，应如 10.1.0.0/16，多个用逗号分隔；没有的写“{NONE}”" if wrong else ""
    if value is None or isinstance(value, bool):
        return ""
    is_share = isinstance(param.value, Decimal) and not param.unit and param.value <= 1
    most = 1 if is_share else MOST.get(param.unit, COUNT_MAX)
    return f"{param.label}最大为 {most} {param.unit}".rstrip() if value > most else ""


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def parsed(default: Value, text: str) -> Value | None:
    """参数的值 of the default's kind; None where the text is none. Numbers are never negative."""
    text = text.strip()
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(text)
    if isinstance(default, str):
        return "" if text == NONE else text or None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or number.adjusted() > DIGITS_MAX:
        return None
    if isinstance(default, int):
        return int(number) if number == int(number) else None
    return number


def written(value: Value) -> str:
    """参数的文字."""
    return str(value).lower() if isinstance(value, bool) else str(value)
