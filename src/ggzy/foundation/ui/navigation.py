"""导航: the entries of the portal and the desk, only those whose page exists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from ggzy.kernel.roles import Role


@dataclass(frozen=True)
class Entry:
    """One word of the navigation and where it leads."""

    label: str
    path: str
    also: tuple[str, ...] = ()  # where pages of this entry lie outside of its own path

    def reach(self, path: str) -> int:
        """How much of the path this entry answers for; nothing if the page lies elsewhere."""
        if self.path in ("/", "/desk/"):
            return len(self.path) if path == self.path else 0
        return max((len(root) for root in (self.path, *self.also) if path.startswith(root)), default=0)


@dataclass(frozen=True)
class Platform:
    """平台: what this installation calls itself."""

    name: str
    host: str
    phone: str
    is_demo: bool


PORTAL = (
    Entry("首页", "/"),
    Entry("交易公开", "/notices/"),
    Entry("开标日历", "/openings/"),
    Entry("竞价大厅", "/auctions/"),
    Entry("信用公开", "/credit/"),
    Entry("监督公开", "/oversight/", ("/powers/", "/penalties/", "/complaints/", "/checks/")),
    Entry("交易数据", "/statistics/"),
    Entry("核验", "/verify/"),
    Entry("帮助", "/help/"),
)

_DUE = Entry("待办", "/desk/")
_LOTS = Entry("我的标段", "/desk/lots/")
_REGISTER = Entry("入场登记", "/desk/lots/register/", ("/desk/projects/",))
_ME = Entry("本人与证书", "/desk/me/")
_CREDIT = Entry("信用", "/desk/my-credit/")
_HEARD = Entry("陈述与申辩", "/desk/heard/")
_COMPLAINTS = Entry("投诉", "/desk/complaints/")
_PETITIONS = Entry("来电来信", "/desk/petitions/")
_ALERTS = Entry("预警", "/desk/alerts/", ("/desk/indicators/",))
_EXPLAIN = Entry("情况说明", "/desk/explanations/")
_CASES = Entry("案件", "/desk/cases/")
_CHECKS = Entry("双随机抽查", "/desk/checks/")
_FIGURES = Entry("监督数据", "/desk/supervision/figures/")
_AGENCIES = Entry("代理机构", "/desk/agencies/")
_CONSENTS = Entry("监督人员登记", "/desk/consents/")
_BRAKES = Entry("暂停与恢复", "/desk/brakes/")
_READS = (
    Entry("案卷", "/desk/lots/"),
    _ALERTS,
    _BRAKES,
    _CASES,
    _COMPLAINTS,
    _PETITIONS,
    _CHECKS,
    _AGENCIES,
    _FIGURES,
    Entry("信用管理", "/desk/credit/"),
    Entry("存证日志", "/desk/journal/"),
    _CONSENTS,
    _ME,
)

DESK: Mapping[Role, tuple[Entry, ...]] = {
    Role.OWNER: (
        _DUE,
        _LOTS,
        _REGISTER,
        Entry("本单位", "/desk/organisation/"),
        _CREDIT,
        _EXPLAIN,
        _HEARD,
        _ME,
    ),
    Role.AGENCY: (
        _DUE,
        _LOTS,
        _REGISTER,
        Entry("本单位", "/desk/organisation/"),
        _CREDIT,
        _EXPLAIN,
        _HEARD,
        _ME,
    ),
    Role.BIDDER: (
        _DUE,
        Entry("可投标段", "/desk/follow/"),
        Entry("我的投标", "/desk/bids/"),
        Entry("保证金", "/desk/deposits/"),
        _COMPLAINTS,
        Entry("本单位", "/desk/organisation/"),
        _CREDIT,
        _EXPLAIN,
        _HEARD,
        _ME,
    ),
    Role.EXPERT: (_DUE, Entry("评标任务", "/desk/sittings/"), Entry("信用记录", "/desk/my-marks/"), _ME),
    Role.OPERATOR: (
        _DUE,
        Entry("标段", "/desk/lots/"),
        Entry("开标安排", "/desk/day/"),
        Entry("专家抽取", "/desk/draws/"),
        Entry("主体登记", "/desk/parties/"),
        Entry("人员", "/desk/people/"),
        _PETITIONS,
        _CHECKS,
        _ME,
    ),
    Role.SUPERVISOR: (
        _DUE,
        Entry("标段", "/desk/lots/"),
        _ALERTS,
        _BRAKES,
        _CASES,
        _COMPLAINTS,
        _PETITIONS,
        _CHECKS,
        _AGENCIES,
        _FIGURES,
        Entry("信用管理", "/desk/credit/", ("/desk/expert-marks/",)),
        Entry("存证日志", "/desk/journal/"),
        _CONSENTS,
        _ME,
    ),
    Role.INSPECTOR: (_DUE, *_READS),
    Role.AUDITOR: (_DUE, *_READS),
    Role.CUSTODIAN: (_DUE, Entry("开标密钥", "/desk/shares/"), _ME),
}


@cache
def exists(path: str) -> bool:
    """Whether any page answers at this path in this installation."""
    try:
        # A page of its own, not one that takes the last word for the code of a lot.
        return not resolve(path).kwargs
    except Resolver404:
        return False


def portal() -> tuple[Entry, ...]:
    """The portal's navigation."""
    return tuple(entry for entry in PORTAL if exists(entry.path))


def desk(request: HttpRequest) -> tuple[Entry, ...]:
    """The desk's left column for the membership in use."""
    actor = getattr(request, "actor", None)
    entries = DESK.get(actor.role, (_DUE,)) if actor else ()
    return tuple(entry for entry in entries if exists(entry.path))


def current(entries: Iterable[Entry], path: str) -> Entry | None:
    """当前栏目: the entry that answers for most of the path."""
    best = max(entries, key=lambda entry: entry.reach(path), default=None)
    return best if best and best.reach(path) else None


def platform() -> Platform:
    """The name of the platform, its host and its telephone, from the settings."""
    return Platform(
        name=getattr(settings, "PLATFORM_NAME", "公共资源交易平台"),
        host=getattr(settings, "PLATFORM_HOST", "公共资源交易中心"),
        phone=getattr(settings, "PLATFORM_PHONE", "12345"),
        is_demo=bool(getattr(settings, "DEMO", False)),
    )
