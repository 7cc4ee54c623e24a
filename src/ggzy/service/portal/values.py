"""门户的值: rows and filters as the pages show them."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.money import Money


@dataclass(frozen=True)
class Row:
    """列表行: one notice or one lot."""

    url: str
    title: str
    kind: str
    meta: tuple[str, ...]
    state: str = ""
    amount: Money | None = None
    deadline: datetime | None = None
    at: datetime | None = None
    label: str = ""  # what happened at `at`
    note: str = ""
    money: str = ""  # what the amount is


@dataclass(frozen=True)
class Option:
    """筛选项: a link with the number it would give."""

    label: str
    url: str
    count: int | None
    is_chosen: bool = False


@dataclass(frozen=True)
class Group:
    """一组筛选项."""

    label: str
    options: tuple[Option, ...]
    is_open: bool = True


@dataclass(frozen=True)
class Answer:
    """核验结论: what the platform knows about the thing asked for."""

    title: str
    text: str
    rows: tuple[tuple[str, object], ...] = ()
    url: str = ""
    label: str = ""
    is_found: bool = True


@dataclass(frozen=True)
class Live:
    """首页的四行: numbers of lots."""

    closing: int
    opening: int
    contested: int
    publicity: int


@dataclass(frozen=True)
class DrawnGroup:
    """候选池: its size and root; whether the root follows from the published leaves."""

    name: str
    count: int
    root: str
    is_right: bool


@dataclass(frozen=True)
class NonceLine:
    """随机数: who gave it, and whether it is the one that was promised."""

    party: str
    turn: int
    nonce: str
    is_kept: bool


@dataclass(frozen=True)
class DrawnLeaf:
    """抽中席位: the leaf, its ticket, and whether it is among the lowest of its pool."""

    seat: int
    group: str
    leaf: str
    ticket: str
    is_lowest: bool


@dataclass(frozen=True)
class DrawTurn:
    """一轮抽取: the seed, recomputed, and the seats it gave."""

    turn: int
    height: int
    seed: str
    is_right: bool
    leaves: tuple[DrawnLeaf, ...]


@dataclass(frozen=True)
class DrawStory:
    """一次抽取, as anyone can check it."""

    name: str
    purpose: str
    groups: tuple[DrawnGroup, ...]
    nonces: tuple[NonceLine, ...]
    turns: tuple[DrawTurn, ...]

    @property
    def is_right(self) -> bool:
        """Whether everything published fits together."""
        kept = all(group.is_right for group in self.groups) and all(line.is_kept for line in self.nonces)
        return kept and all(
            turn.is_right and all(one.is_lowest for one in turn.leaves) for turn in self.turns
        )
