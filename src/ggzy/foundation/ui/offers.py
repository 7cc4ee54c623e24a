"""可办事项: what an app offers a person on a lot, alive or with every reason why not yet."""

from dataclasses import dataclass, field
from datetime import datetime

from ggzy.kernel.verdict import Reason, Verdict, judge


@dataclass(frozen=True)
class Offer:
    """可办事项. `is_turn` says that it is this person's move now, `until` by when, `note` what is missing;

    `is_final` that it ends something for good, so that it stands last.
    """

    label: str
    path: str
    verdict: Verdict = field(default_factory=Verdict)
    is_turn: bool = False
    until: datetime | None = None
    note: str = ""
    is_final: bool = False


def unless(holds: bool, text: str) -> Verdict:
    """One reason, where a page only has to say why there is nothing to do yet."""
    return judge([(holds, Reason("not_yet", text))])
