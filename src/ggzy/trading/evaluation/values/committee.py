"""评标委员会与抽取的值: what is asked for, what is committed, who sits."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from ggzy.kernel.codes import ExpertCode, LotCode, RegionCode


class Purpose(StrEnum):
    """抽取事项."""

    COMMITTEE = "committee"  # 评标专家
    COEFFICIENT = "coefficient"  # 评标基准价系数
    TIE = "tie"  # 并列排序


class DrawState(StrEnum):
    """抽取状态."""

    REQUESTED = "requested"  # 征集随机数承诺: the pool is fixed, the givers commit
    REVEALING = "revealing"  # 公开随机数: nobody can join or change any more
    DRAWN = "drawn"  # 已抽取
    ABANDONED = "abandoned"  # 已中止: a giver did not reveal in time, or the request was withdrawn


class MemberState(StrEnum):
    """评委状态."""

    CALLED = "called"  # 待应答
    ACCEPTED = "accepted"  # 已接受邀请
    SEATED = "seated"  # 已签到并声明无回避情形
    VACATED = "vacated"  # 已离席: declined, unreached, recused or absent


class MemberKind(StrEnum):
    """评委来源."""

    EXPERT = "expert"  # 抽取的评标专家
    OWNER = "owner"  # 招标人代表


class Vacancy(StrEnum):
    """离席原因."""

    DECLINED = "declined"  # 不能参加
    UNREACHED = "unreached"  # 未能联系上
    ABSENT = "absent"  # 未按时到场
    RECUSED = "recused"  # 回避
    UNFIT = "unfit"  # 因健康等原因不能继续评标


class Exclusion(StrEnum):
    """不进入候选池的原因."""

    INACTIVE = "inactive"  # 专家状态不是在聘
    TOO_NEW = "too_new"  # 入库时间过短
    EMPLOYER_OWNER = "employer_owner"  # 与招标人同一单位
    EMPLOYER_AGENCY = "employer_agency"  # 与招标代理机构同一单位
    EMPLOYER_BIDDER = "employer_bidder"  # 与投标人同一单位
    BUSY = "busy"  # 正在参加其他项目评标
    CALLED_BEFORE = "called_before"  # 本项目已抽取过


GIVER_CENTRE = "centre"  # 交易中心
GIVER_OWNER = "owner"  # 招标人或其代理机构
GIVER_SUPERVISOR = "supervisor"  # 行政监督部门
GIVERS_REQUIRED = (GIVER_CENTRE, GIVER_OWNER, GIVER_SUPERVISOR)
TURNS = 16  # nonces each giver commits to: one for the draw, the others for replacements


@dataclass(frozen=True, kw_only=True)
class SeatPlan:
    """席位: how many of one specialty (a first-, second- or third-level code)."""

    specialty: str
    count: int


@dataclass(frozen=True, kw_only=True)
class CommitteePlan:
    """评标委员会组成. `owner_seats` are the owner's representatives, who are named, not drawn."""

    seats: tuple[SeatPlan, ...]
    region: RegionCode
    owner_seats: int = 0

    @property
    def experts(self) -> int:
        return sum(seat.count for seat in self.seats)

    @property
    def total(self) -> int:
        return self.experts + self.owner_seats


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    """候选专家: one expert of the register, with what speaks against the seat, if anything."""

    expert: ExpertCode
    person: str
    specialty: str
    employer: str
    region: RegionCode
    exclusion: Exclusion | None = None


@dataclass(frozen=True, kw_only=True)
class ExclusionCount:
    """回避人数, by reason."""

    reason: Exclusion
    count: int


@dataclass(frozen=True, kw_only=True)
class DrawnSeat:
    """抽中席位: the seat and the published leaf; the name stays unknown."""

    seat: int
    group: str
    leaf: bytes


@dataclass(frozen=True, kw_only=True)
class Giver:
    """随机数提供方: its commitments, and the nonces revealed so far by turn."""

    party: str
    committed_at: datetime
    commitments: tuple[bytes, ...]
    revealed: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GroupCount:
    """候选池规模, by specialty."""

    group: str
    wanted: int
    pool: int
    excluded: tuple[ExclusionCount, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DrawFacts:
    """抽取. Counts and hashes only; no name is in it."""

    id: str
    lot: LotCode
    round: int
    purpose: Purpose
    serial: int
    state: DrawState
    turn: int
    requested_at: datetime
    groups: tuple[GroupCount, ...]
    givers: tuple[Giver, ...]
    reveal_until: datetime | None = None
    values: tuple[Decimal, ...] = ()
    pool_root: str = ""
    excluded_root: str = ""

    @property
    def waiting(self) -> tuple[str, ...]:
        """尚未公开本轮随机数的各方."""
        return tuple(giver.party for giver in self.givers if self.turn not in giver.revealed)

    @property
    def uncommitted(self) -> tuple[str, ...]:
        """尚未提交承诺的必需各方."""
        committed = {giver.party for giver in self.givers}
        return tuple(party for party in GIVERS_REQUIRED if party not in committed)


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """评委. `expert` and `person` are for the committee's own use until the award notice."""

    seat: int
    kind: MemberKind
    state: MemberState
    specialty: str
    person: str
    expert: ExpertCode | None = None
    leaf: str = ""
    seated_at: datetime | None = None
    signed_at: datetime | None = None
    dissent: str = ""
    is_silent: bool = False

    @property
    def label(self) -> str:
        """评委几号: what others see instead of a name."""
        return f"评委{self.seat}"


@dataclass(frozen=True, kw_only=True)
class SeatCount:
    """席位进度: what the draw console shows."""

    total: int
    called: int
    accepted: int
    seated: int
    vacant: int


@dataclass(frozen=True, kw_only=True)
class NamedMember:
    """评委名单的一行, once it may be known. `salt` and `leaf` let anyone finish the check of the draw."""

    seat: int
    kind: MemberKind
    name: str
    employer: str
    specialty: str
    expert: ExpertCode | None = None
    region: RegionCode | None = None
    salt: bytes = b""
    leaf: bytes = b""
