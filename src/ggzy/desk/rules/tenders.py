"""招标标段在工作台上的规则: whose turn it is at each stage, where it stands on its way, what comes next. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from ggzy.desk.values import Next, Step, Task
from ggzy.kernel.roles import Role
from ggzy.trading.dossier.values import Stage, Summary

_OWNER: Mapping[Stage, Task] = {
    Stage.REGISTERED: Task("编制招标方案并发布招标公告"),
    Stage.CLOSED: Task("主持开标"),
    Stage.OPENED: Task("组建评标委员会，组织评标"),
    Stage.EVALUATED: Task("公示中标候选人", "收到评标报告之日起三日内"),
    Stage.AWARDED: Task("发出中标通知书，签订合同", "中标通知书发出之日起三十日内签订"),
    Stage.CONTRACTED: Task("登记履约和验收"),
    Stage.FAILED: Task("重新招标，或终止本标段"),
}
TASKS: Mapping[Role, Mapping[Stage, Task]] = {
    Role.OWNER: {**_OWNER, Stage.PUBLICITY: Task("定标", "公示期满且无未答复的异议")},
    Role.AGENCY: _OWNER,
    Role.BIDDER: {
        Stage.ANNOUNCED: Task("投标文件可替换或撤回", has_deadline=True),
        Stage.CLOSED: Task("用本单位证书解密投标文件"),
    },
    Role.OPERATOR: {
        Stage.CLOSED: Task("开标现场服务"),
        Stage.OPENED: Task("抽取评标专家"),
        Stage.COMPLETED: Task("归档"),
    },
}
WAY: tuple[tuple[str, str, str], ...] = (
    ("入场登记", "registered", ""),
    ("招标公告", "announced", "自公告发出至投标截止不少于二十日"),
    ("投标截止与开标", "closed", "截止时间即开标时间，开标前任何人不能查看投标人名称和数量"),
    ("开标记录", "opened", "当众解密、唱标"),
    ("评标", "evaluated", "评标委员会由抽取的专家组成，合计由平台计算"),
    ("中标候选人公示", "publicity", "收到评标报告之日起三日内公示，公示期不少于三日"),
    ("定标", "awarded", "公示期满且无未答复的异议"),
    ("合同", "contracted", "中标通知书发出之日起三十日内签订"),
    ("履约", "completed", "按合同登记履约和验收"),
    ("归档", "archived", "案卷封存，任何人可以核验"),
)
REACHED: Mapping[Stage, int] = {
    Stage.REGISTERED: 0,
    Stage.ANNOUNCED: 1,
    Stage.CLOSED: 2,
    Stage.OPENED: 3,
    Stage.EVALUATED: 4,
    Stage.PUBLICITY: 4,
    Stage.AWARDED: 6,
    Stage.CONTRACTED: 7,
    Stage.COMPLETED: 8,
    Stage.ARCHIVED: 9,
}
STATIONS: Mapping[str, str] = {
    "lot.registered": "registered",
    "tender.announced": "announced",
    "tender.failed": "failed",
    "bids.opened": "opened",
    "candidates.publicised": "publicity",
    "award.made": "awarded",
    "contract.signed": "contracted",
    "contract.completed": "completed",
    "lot.terminated": "terminated",
    "dossier.archived": "archived",
}
"""Which public fact brings a lot to which station."""


def task(role: Role, lot: Summary, at: datetime) -> Task | None:
    """轮到谁: what this role has to do on this lot now, if anything."""
    found = TASKS.get(role, {}).get(lot.stage)
    if found is None or lot.is_suspended:
        return None
    if lot.stage is Stage.PUBLICITY and lot.publicity_until and lot.publicity_until > at:
        return None
    return found


SITTING: Mapping[tuple[str, str], str] = {
    ("called", "convening"): "答复评标邀请",
    ("accepted", "convening"): "到场签到，核对回避事项",
    ("seated", "reviewing"): "初步评审",
    ("seated", "scoring"): "评审打分",
    ("seated", "concluded"): "签署评标报告",
}


UNTOLD = "一个标段的评标（名称在签到后显示）"


def told(seat: str, title: str) -> str:
    """项目名称 as an expert may know it: only who has signed in learns for what."""
    return title if seat == "seated" else UNTOLD


def sitting(seat: str, state: str, has_signed: bool) -> str:
    """评委该办的事 at this state of the seat and of the evaluation; empty if nothing."""
    return "" if state == "concluded" and has_signed else SITTING.get((seat, state), "")


def moments(
    told: Iterable[tuple[str, datetime]], stations: Mapping[str, str] = STATIONS
) -> Mapping[str, datetime]:
    """各站时间 of the current round, from the kinds and times of the facts in order."""
    found: dict[str, datetime] = {}
    for kind, at in told:
        if kind == "round.begun":
            found = {code: when for code, when in found.items() if code == "registered"}
        elif kind in stations:
            found[stations[kind]] = at
    return found


def timeline(lot: Summary, times: Mapping[str, datetime]) -> tuple[Step, ...]:
    """时间线 from registration to the archive. `times` gives the moment of each station reached."""
    known = {**times, **({"closed": lot.closed_at} if lot.closed_at else {})}
    if lot.stage in (Stage.FAILED, Stage.TERMINATED):
        return _ended(lot, known)
    reached = REACHED[lot.stage]
    steps = [_step(index, lot, known, reached) for index in range(len(WAY))]
    if reached + 1 < len(steps):
        following = steps[reached + 1]
        steps[reached + 1] = replace(following, state="stopped" if lot.is_suspended else "current")
    return tuple(steps)


def _step(index: int, lot: Summary, times: Mapping[str, datetime], reached: int) -> Step:
    name, code, text = WAY[index]
    if index <= reached:
        # What an ended lot never came to is not shown as done.
        was_here = code in times or index <= 1 or lot.stage is not Stage.ARCHIVED
        return Step(
            name,
            "done" if was_here or (code == "evaluated" and "publicity" in times) else "skipped",
            times.get(code),
        )
    # The publicity ends with a day: its last moment is the midnight after.
    ends = lot.publicity_until - timedelta(seconds=1) if lot.publicity_until else None
    latest = {"closed": lot.deadline, "opened": lot.deadline, "publicity": ends}.get(code)
    return Step(name, "coming", latest=latest, text=text)


def _ended(lot: Summary, times: Mapping[str, datetime]) -> tuple[Step, ...]:
    failed = lot.stage is Stage.FAILED
    text = "招标人可以重新招标" if failed else "本标段不再进行"
    end = Step("流标" if failed else "终止", "stopped", times.get(lot.stage.value), text=text)
    done = [Step(name, "done", times[code]) for name, code, _ in WAY if code in times]
    rest = [Step(name, "skipped") for name, code, _ in WAY if code not in times]
    return (*done, end, *rest)


def coming(lot: Summary, at: datetime, *, is_still: bool = False) -> Next:
    """下一步: what happens next on this lot, and when. Nothing is counted down while the clocks stand still."""
    if lot.is_suspended:
        return Next("等待恢复", "本标段已暂停，各项期限停止计算，恢复后顺延。")
    if is_still:
        return Next("等待答复异议", "有待答复的异议，各项期限停止计算，答复后顺延。")
    if lot.stage is Stage.ANNOUNCED and lot.deadline and lot.deadline > at:
        return Next(
            "接收投标文件，到时截止并开标", "截止前可以随时替换或撤回已递交的文件。", lot.deadline, "投标截止"
        )
    if lot.stage is Stage.PUBLICITY and lot.publicity_until and lot.publicity_until > at:
        text = "投标人和其他利害关系人对结果有异议的，在公示期内向招标人提出。"
        return Next("公示期满后定标", text, lot.publicity_until, "公示期满")
    title, text = _COMING[lot.stage]
    return Next(title, text)


_COMING: Mapping[Stage, tuple[str, str]] = {
    Stage.REGISTERED: ("发布招标公告", "招标人正在编制招标方案。"),
    Stage.ANNOUNCED: ("开标", "投标已截止，等待开标。"),
    Stage.BIDDING: ("确定竞价结果", "竞价结束后由平台确定成交与否；设有保留价的，由出让方提供保留价。"),
    Stage.CLOSED: ("解密并唱标", "投标人和开标密钥保管人各自交出密钥，平台解密后当众唱标。"),
    Stage.OPENED: ("评标", "评标委员会评审后提交评标报告。"),
    Stage.EVALUATED: ("公示中标候选人", "招标人收到评标报告之日起三日内公示，公示期不少于三日。"),
    Stage.PUBLICITY: ("定标", "公示期已满，没有未答复的异议即可定标。"),
    Stage.AWARDED: ("签订合同", "招标人和中标人自中标通知书发出之日起三十日内签订书面合同。"),
    Stage.CONTRACTED: ("履约和验收", "按合同登记履约情况。"),
    Stage.COMPLETED: ("归档", "案卷齐全后归档。"),
    Stage.ARCHIVED: ("已归档", "案卷已封存，任何人可以核验。"),
    Stage.FAILED: ("重新招标", "本轮投标文件不足，招标人可以重新招标。"),
    Stage.TERMINATED: ("已终止", "本标段不再进行。"),
}
