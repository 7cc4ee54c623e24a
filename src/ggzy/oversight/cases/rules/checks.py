"""双随机抽查的规则: a pool fixed first, nonces of several, the lowest tickets; then results in time. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from ggzy.kernel import canon, digest, draw
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.rules.wording import TEXT_MAX, bounded
from ggzy.oversight.cases.values.checks import (
    INSPECTOR,
    CheckFacts,
    CheckState,
    Drawn,
    Finding,
    GiverFacts,
    Item,
    Leaf,
    Seats,
)

TEAM = 2  # two inspectors at least (行政处罚法 §42)
PUBLISH_WORKDAYS = 20
BASIS = "国发〔2019〕5号"
GIVERS = {"supervisor": "行政监督部门", "centre": "交易中心", "inspector": "纪检监察"}
NOBODY = b"ggzy.check.nobody/1"


def leaf(group: str, subject: str, name: str, salt: bytes, weight: int = 1) -> Leaf:
    """候选叶子. The payload names group and tickets, so that no leaf stands for another, nor for more than its own."""
    named: dict[str, object] = {"group": group, "subject": subject}
    payload = canon.dumps(named | ({"weight": weight} if weight != 1 else {}))
    return Leaf(group, subject, name, salt, draw.leaf(salt, payload), weight)


def chances(one: bytes, weight: int) -> tuple[bytes, ...]:
    """签: a leaf of weight n draws n tickets, one for itself and one for each of n - 1 leaves made of it."""
    sha = digest.function("sha256")
    return (one, *(sha(one + number.to_bytes(2)) for number in range(1, weight)))


def seats_of(pool: Sequence[Leaf], shares: Mapping[str, int]) -> tuple[Seats, ...]:
    """抽取名额: the share of each class of risk, rounded up; and the team."""
    groups = sorted({one.group for one in pool})
    count = {group: sum(one.group == group for one in pool) for group in groups}
    wanted = {
        group: TEAM if group == INSPECTOR else -(-count[group] * shares[group] // 100) for group in groups
    }
    return tuple(Seats(group, count[group], wanted[group]) for group in groups)


def may_plan(item: Item | None, pool: Sequence[Leaf]) -> Verdict:
    """抽查计划条件: an item of the list, objects, and a team to choose from."""
    inspectors = sum(one.group == INSPECTOR for one in pool)
    return judge(
        [
            (item is not None, Reason("item_unknown", "抽查事项不在事项清单中", BASIS)),
            (len(pool) > inspectors, Reason("objects_missing", "对象名录库中没有可以抽取的对象")),
            (
                inspectors > TEAM,
                Reason(
                    "inspectors_missing",
                    f"检查人员名录库中只有{inspectors}人，随机抽取{TEAM}人至少要有{TEAM + 1}人",
                ),
            ),
        ]
    )


def may_commit(check: CheckFacts, party: str, commitment: bytes) -> Verdict:
    """随机数承诺条件."""
    return judge(
        [
            (check.state is CheckState.PLANNED, Reason("closed", "承诺已经截止")),
            (party not in {one.party for one in check.givers}, Reason("committed", "已提交过承诺，不能更改")),
            (len(commitment) == draw.SIZE, Reason("commitment_size", "承诺值应为 64 位十六进制数")),
        ]
    )


def may_close(check: CheckFacts) -> Verdict:
    """承诺截止条件: the supervisor's, and at least one of those who watch it."""
    parties = {one.party for one in check.givers}
    return judge(
        [
            (check.state is CheckState.PLANNED, Reason("closed", "承诺已经截止")),
            ("supervisor" in parties, Reason("supervisor_missing", "行政监督部门尚未提交承诺")),
            (
                len(parties) > 1,
                Reason("witness_missing", "还要有交易中心或者纪检监察的承诺，一方不能单独决定结果"),
            ),
        ]
    )


def may_reveal(check: CheckFacts, party: str, nonce: bytes) -> Verdict:
    """公开随机数条件: it is the one that was promised."""
    giver = next((one for one in check.givers if one.party == party), None)
    return judge(
        [
            (check.state is CheckState.REVEALING, Reason("not_revealing", "承诺截止之后才公开随机数")),
            (giver is not None, Reason("no_giver", "没有提交过承诺，不参与本次抽取")),
            (giver is None or giver.nonce is None, Reason("revealed", "随机数已经公开")),
            (
                giver is None
                or (
                    len(nonce) == draw.SIZE
                    and draw.commitment(check.code, party, 0, nonce) == giver.commitment
                ),
                Reason("nonce_differs", "随机数与承诺不符"),
            ),
        ]
    )


def may_draw(check: CheckFacts) -> Verdict:
    """抽取条件: everybody who promised has told."""
    silent = [GIVERS[one.party] for one in check.givers if one.nonce is None]
    return judge(
        [
            (check.state is CheckState.REVEALING, Reason("not_revealing", "承诺尚未截止，或者已经抽取")),
            (not silent, Reason("silent", f"尚未公开随机数：{'、'.join(silent)}")),
        ]
    )


def seed_of(check: CheckFacts, head: bytes) -> bytes:
    """抽取种子."""
    return draw.seed(
        request=check.request,
        pool=check.pool_root,
        excluded=check.excluded_root,
        head=head,
        nonces=nonces_of(check.givers),
    )


def nonces_of(givers: Iterable[GiverFacts]) -> dict[str, bytes]:
    """各方随机数."""
    return {one.party: one.nonce for one in givers if one.nonce is not None}


def drawn(pool: Sequence[Leaf], seats: Iterable[Seats], seed: bytes) -> tuple[Drawn, ...]:
    """抽中: the lowest tickets of each group."""
    return tuple(one for group in seats for one in ordered(pool, group.group, seed)[: group.wanted])


def ordered(pool: Sequence[Leaf], group: str, seed: bytes) -> list[Drawn]:
    """抽签顺序 of one group, the lowest ticket first; more tickets make a low one likelier."""
    of_group = [one for one in pool if one.group == group]
    order = sorted(of_group, key=lambda one: (ticket(one.leaf, one.weight, seed), one.leaf))
    return [Drawn(group, one.subject, one.name, one.salt) for one in order]


def ticket(one: bytes, weight: int, seed: bytes) -> bytes:
    """一个候选的签: the lowest of its tickets."""
    return min(draw.tickets(seed, chances(one, weight)).values())


def successor(pool: Sequence[Leaf], check: CheckFacts) -> Drawn | None:
    """递补: the next ticket that is neither drawn nor recused; None where nobody is left."""
    assert check.seed is not None, "a replacement follows a draw"
    used = {one.subject for one in check.drawn} | set(check.recused)
    return next((one for one in ordered(pool, INSPECTOR, check.seed) if one.subject not in used), None)


def may_recuse(check: CheckFacts, inspector: str, reason: str, is_anybody_left: bool) -> Verdict:
    """回避条件."""
    return judge(
        [
            (check.state is CheckState.DRAWN, Reason("not_drawn", f"抽查{check.state.label}")),
            (
                inspector in {one.subject for one in check.inspectors},
                Reason("no_inspector", "不是抽中的检查人员"),
            ),
            (is_anybody_left, Reason("nobody_left", "检查人员名录库中没有可以递补的人")),
            *bounded("reason", "回避原因", reason, TEXT_MAX),
        ]
    )


def may_record(
    check: CheckFacts, party: CreditCode, finding: Finding, text: str, rectify_by: date | None
) -> Verdict:
    """登记结果条件: of a drawn object, once, with a day where it must be put right."""
    mine = next((one for one in check.results if one.party == party), None)
    return judge(
        [
            (check.state is CheckState.DRAWN, Reason("not_drawn", f"抽查{check.state.label}")),
            (mine is not None, Reason("no_object", "不是抽中的对象")),
            (mine is None or mine.finding is None, Reason("recorded", "结果已经登记")),
            (
                (finding is Finding.RECTIFY) == (rectify_by is not None),
                Reason("rectify_by", "责令限期整改的，应写明整改期限；其他结果不写"),
            ),
            *bounded("text", "检查情况", text, TEXT_MAX),
        ]
    )


def may_publish(check: CheckFacts) -> Verdict:
    """公开结果条件: every object has one."""
    waiting = [one.name for one in check.results if one.finding is None]
    return judge(
        [
            (check.state is CheckState.DRAWN, Reason("not_drawn", f"抽查{check.state.label}")),
            (not waiting, Reason("waiting", f"尚未登记结果：{'、'.join(waiting)}")),
        ]
    )


def may_recheck(check: CheckFacts, party: CreditCode, text: str) -> Verdict:
    """复查条件: what had to be put right, once published."""
    mine = next((one for one in check.results if one.party == party), None)
    return judge(
        [
            (check.state is CheckState.PUBLISHED, Reason("not_published", "公开结果后登记复查")),
            (
                mine is not None and mine.finding is Finding.RECTIFY,
                Reason("no_rectify", "该对象没有责令整改的事项"),
            ),
            (mine is None or not mine.recheck, Reason("rechecked", "复查已经登记")),
            *bounded("text", "复查情况", text, TEXT_MAX),
        ]
    )


def may_abandon(check: CheckFacts, reason: str) -> Verdict:
    """中止条件: before the draw, openly, for a reason."""
    return judge(
        [
            (
                check.state in (CheckState.PLANNED, CheckState.REVEALING),
                Reason("drawn", "已经抽取的，不能中止"),
            ),
            *bounded("reason", "中止原因", reason, TEXT_MAX),
        ]
    )


def publish_by(recorded_on: date, calendar: Calendar) -> date:
    """公开的最后一日: twenty working days after the last result."""
    return calendar.add_workdays(recorded_on, PUBLISH_WORKDAYS)


def is_overdue(state: CheckState, publish_by: date | None, at: datetime) -> bool:
    """逾期未公开."""
    return state is CheckState.DRAWN and publish_by is not None and local_date(at) > publish_by
