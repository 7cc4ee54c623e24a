"""按钮: what a supervisor may do with an alert, each on its row of the 权责清单; without a row it is shut."""

from dataclasses import dataclass
from urllib.parse import urlencode

from ggzy.kernel.codes import LotCode
from ggzy.kernel.verdict import Verdict
from ggzy.oversight.alerts import rules
from ggzy.oversight.alerts.values.alerts import AlertFacts, AlertState
from ggzy.oversight.powers import queries as powers
from ggzy.oversight.powers.values import Power

TEXT_MAX = 500


@dataclass(frozen=True)
class Button:
    """按钮 and the row of the list it stands on; None where there is none, and then the verdict says no."""

    action: str
    label: str
    url: str
    verdict: Verdict
    power: Power | None
    style: str = "quiet"


def of(found: AlertFacts, lot: LotCode | None) -> tuple[Button, ...]:
    """可办事项 of an alert; the brake only where there is a lot to stop: its own, or one its circle is in now."""
    page = f"/desk/alerts/{found.code}/"
    moves = [
        ("alert.dismiss", "不予处置（说明理由）", f"{page}dismiss/", AlertState.DISMISSED, "quiet"),
        ("case.open", "立案", _case_address(found, lot), AlertState.TRANSFERRED, "primary"),
        ("alert.ask", "要求当事人说明", f"{page}ask/", AlertState.ASKED, "quiet"),
        ("alert.confirm", "认定属实", f"{page}confirm/", AlertState.CONFIRMED, "quiet"),
        ("alert.transfer", "移送其他机关", f"{page}transfer/", AlertState.TRANSFERRED, "quiet"),
    ]
    buttons = tuple(
        _button(action, label, url, rules.may_move(found.state, to), style)
        for action, label, url, to, style in moves
    )
    if not lot:
        return buttons
    label = "暂停本标段" if found.lot else "暂停正在参加的标段"
    return (*buttons, _button("brake.pull", label, f"/desk/lots/{lot}/brake/", Verdict(), "quiet"))


def _button(action: str, label: str, url: str, verdict: Verdict, style: str) -> Button:
    listed = verdict & powers.may_exercise(action)
    return Button(action, label, url, listed, powers.power_for(action), style)


def _case_address(found: AlertFacts, lot: LotCode | None) -> str:
    """立案的地址, with what the alert already knows."""
    asked = {
        "source": "alert", "ref": found.code, "lot": lot or "", "parties": ",".join(found.parties),
        "text": found.sentence[:TEXT_MAX],
    }  # fmt: skip
    return f"/desk/cases/open/?{urlencode(asked)}"
