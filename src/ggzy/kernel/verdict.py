"""判定: a rule answers yes, or no with every reason.

The same verdict enforces the rule, explains it to the person and greys out the button.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """理由: one thing that stands in the way, in words for the person it stops.

    `code` names it for programs; `text` says what is the case; `article` cites the source; `remedy`
    says what can be done.
    """

    code: str
    text: str
    article: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        basis = f"（依据：{self.article}）" if self.article else ""
        remedy = f"。{self.remedy}" if self.remedy else ""
        return f"{self.text}{basis}{remedy}"


class Refused(Exception):
    """不予受理: a rule says no. Carries every reason, in order."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        assert self.reasons, "a refusal needs a reason"
        super().__init__("；".join(str(reason) for reason in self.reasons))


@dataclass(frozen=True)
class Verdict:
    """结论: all reasons against; none means yes."""

    reasons: tuple[Reason, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.reasons

    def __and__(self, other: "Verdict") -> "Verdict":
        """Both must hold; a reason named by both is given once."""
        return Verdict(tuple(dict.fromkeys(self.reasons + other.reasons)))

    def require(self) -> None:
        """Raises `Refused` with every reason unless the answer is yes."""
        if self.reasons:
            raise Refused(self.reasons)


def judge(checks: Iterable[tuple[bool, Reason]]) -> Verdict:
    """Every reason whose condition does not hold, in the order given."""
    return Verdict(tuple(reason for holds, reason in checks if not holds))
