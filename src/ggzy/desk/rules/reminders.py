"""监督的来件和提醒: what the supervisors ask of one's organisation, and limits of the law that are near. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ggzy.desk.values import Todo
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import end_of_day
from ggzy.oversight.alerts.values.alerts import Found, Question
from ggzy.oversight.cases.values.casework import CaseFacts, CaseState

TEXT_SHOWN = 60


def asked(rows: Iterable[tuple[str, Question]], at: datetime) -> tuple[Todo, ...]:
    """要求说明的待办: one for each question, by the code of its alert, that has no answer yet."""
    return tuple(
        Todo(
            "向监督部门说明情况",
            _short(question.text),
            url := f"/desk/explanations/{alert}/",
            url,
            until=end_of_day(question.due_on),
            is_late=end_of_day(question.due_on) <= at,
            note="要求说明不等于认定违法",
            label="去说明",
        )
        for alert, question in rows
        if question.answered_at is None
    )


def told(cases: Iterable[CaseFacts], party: CreditCode, at: datetime) -> tuple[Todo, ...]:
    """陈述、申辩的待办: one for each case this party was told of, that waits for its word."""
    return tuple(
        Todo(
            "陈述、申辩，可以要求听证",
            one.title,
            url := f"/desk/heard/{one.code}/",
            url,
            until=end_of_day(one.state_by),
            is_late=end_of_day(one.state_by) <= at,
            note="告知不是决定",
            label="去陈述",
        )
        for one in cases
        if one.state is CaseState.NOTIFIED and one.state_by is not None
        if any(mine.code == party and mine.stated_at is None for mine in one.parties)
    )


def near(
    limits: Iterable[Found], titles: Mapping[LotCode, str], known: Iterable[Todo], at: datetime
) -> tuple[Todo, ...]:
    """期限提醒: one for each limit that is near, unless a task of that lot already stands there with its moment."""
    stands = {(one.lot_url, one.until) for one in known}
    wanted = {
        (one.lot, one.due, one.sentence): one for one in limits if one.lot in titles and one.due is not None
    }
    return tuple(
        Todo(
            sentence,
            titles[lot],
            f"/lots/{lot}/",
            f"/desk/lots/{lot}/",
            until=due,
            is_late=due <= at,
            note="期限提醒：逾期将产生监管预警",
            label="查看",
        )
        for lot, due, sentence in wanted
        if lot is not None and due is not None and (f"/lots/{lot}/", due) not in stands
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TEXT_SHOWN else f"{line[:TEXT_SHOWN]}…"
