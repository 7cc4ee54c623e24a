"""保证金账户与退款的状态表."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.trading.deposits.values import ACCOUNT_LABELS, RETURN_LABELS, AccountState, ReturnState

ACCOUNTS = Lifecycle(
    start=AccountState.OPEN,
    moves={
        (AccountState.OPEN, "secure"): AccountState.SECURED,
        # The bank took a credit back, or the amount asked for was raised.
        (AccountState.SECURED, "unsecure"): AccountState.OPEN,
        # Part payments go back too.
        (AccountState.OPEN, "release"): AccountState.RELEASED,
        (AccountState.SECURED, "release"): AccountState.RELEASED,
        (AccountState.SECURED, "forfeit"): AccountState.FORFEITED,
        (AccountState.SECURED, "apply"): AccountState.APPLIED,
        (AccountState.RELEASED, "return"): AccountState.RETURNED,
    },
    names=ACCOUNT_LABELS,
)

RETURNS = Lifecycle(
    start=ReturnState.DUE,
    moves={
        (ReturnState.DUE, "order"): ReturnState.ORDERED,
        (ReturnState.ORDERED, "pay"): ReturnState.PAID,
        (ReturnState.ORDERED, "bounce"): ReturnState.BOUNCED,
        (ReturnState.BOUNCED, "order"): ReturnState.ORDERED,
        (ReturnState.DUE, "cancel"): ReturnState.CANCELLED,
    },
    names=RETURN_LABELS,
)
