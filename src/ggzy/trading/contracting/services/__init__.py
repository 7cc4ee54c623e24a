"""定标、合同、履约的命令."""

from ggzy.trading.contracting.services.deciding import award, end, publicise, refuse_award, report
from ggzy.trading.contracting.services.notifying import issue_letter
from ggzy.trading.contracting.services.performing import complete, draft, perform, sign
from ggzy.trading.contracting.services.selling import break_sale, receive_sale

__all__ = [
    "award",
    "break_sale",
    "complete",
    "draft",
    "end",
    "issue_letter",
    "perform",
    "publicise",
    "receive_sale",
    "refuse_award",
    "report",
    "sign",
]
