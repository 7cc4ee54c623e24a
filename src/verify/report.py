"""核验报告: one line per check, and what it means for the exit code."""

from __future__ import annotations

from dataclasses import dataclass, field

HOLDS, BROKEN, UNKNOWN, ABSENT = "holds", "broken", "unknown", "absent"
WORDS = {HOLDS: "通过", BROKEN: "不通过", UNKNOWN: "无法判断", ABSENT: "不涉及"}
SHOWN_MAX = 20


@dataclass
class Check:
    """一项核验. Collects what is wrong, what is missing, and how much was looked at."""

    code: str
    title: str
    faults: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    looked: int = 0

    def require(self, holds: bool, fault: str) -> bool:
        """One thing looked at; `fault` says what is wrong if it does not hold."""
        self.looked += 1
        if not holds:
            self.faults.append(fault)
        return holds

    @property
    def state(self) -> str:
        if self.faults:
            return BROKEN
        if self.gaps:
            return UNKNOWN
        return HOLDS if self.looked else ABSENT

    def lines(self) -> list[str]:
        """报告的行."""
        lines = [f"{self.code:<4}{WORDS[self.state]}  {self.title}（{self.looked} 项）"]
        for found in (self.faults, self.gaps):
            lines += [f"      · {text}" for text in found[:SHOWN_MAX]]
            if len(found) > SHOWN_MAX:
                lines.append(f"      · 另有 {len(found) - SHOWN_MAX} 处")
        return lines + [f"      （{text}）" for text in self.notes]

    def as_dict(self) -> dict[str, object]:
        return {
            "check": self.code,
            "title": self.title,
            "state": self.state,
            "looked": self.looked,
            "faults": self.faults,
            "gaps": self.gaps,
            "notes": self.notes,
        }


def exit_code(checks: list[Check]) -> int:
    """退出码. 1 if anything is wrong, 2 if something cannot be decided, else 0."""
    states = {check.state for check in checks}
    return 1 if BROKEN in states else 2 if UNKNOWN in states else 0
