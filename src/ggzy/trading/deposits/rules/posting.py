"""分录的规则: where each sum is moved from and to; every entry adds up to nothing."""

from collections.abc import Sequence

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money
from ggzy.trading.deposits.values import Outcome, Posting

BANK, SUSPENSE, INTEREST, FORFEITED, PRICE = "bank", "suspense", "interest", "forfeited", "price"


def posted_credit(outcome: Outcome, party: CreditCode, amount: Money) -> tuple[Posting, ...]:
    """来账分录: accepted money is held for the bidder, the rest waits to go back."""
    home = held(party) if outcome is Outcome.ACCEPTED else SUSPENSE
    return _moved(home, BANK, amount)


def posted_reversal(outcome: Outcome, party: CreditCode, amount: Money) -> tuple[Posting, ...]:
    """冲正分录: the bank takes back what it credited."""
    home = held(party) if outcome is Outcome.ACCEPTED else SUSPENSE
    return _moved(BANK, home, amount)


def posted_release(party: CreditCode, number: str, amount: Money) -> tuple[Posting, ...]:
    """退还分录: what was held is now owed back."""
    return _moved(payable(number), held(party), amount)


def posted_rejection(number: str, amount: Money) -> tuple[Posting, ...]:
    """退回分录: what did not count is owed back to whoever paid it."""
    return _moved(payable(number), SUSPENSE, amount)


def posted_cancellation(home: str, number: str, amount: Money) -> tuple[Posting, ...]:
    """取消退还分录: a reversal came before the return went out."""
    return _moved(home, payable(number), amount)


def posted_order(number: str, earned: Money) -> tuple[Posting, ...]:
    """计息分录: deposit interest is owed on top of the principal."""
    return _moved(payable(number), INTEREST, earned)


def posted_return(number: str, principal: Money, earned: Money) -> tuple[Posting, ...]:
    """退款分录: the bank credits its interest and pays out both."""
    return _moved(INTEREST, BANK, earned) + _moved(BANK, payable(number), principal + earned)


def posted_forfeit(party: CreditCode, amount: Money) -> tuple[Posting, ...]:
    """不予退还分录: what was held belongs to the owner."""
    return _moved(FORFEITED, held(party), amount)


def posted_price(party: CreditCode, amount: Money) -> tuple[Posting, ...]:
    """转作价款分录: what was held is part of the price."""
    return _moved(PRICE, held(party), amount)


def held(party: CreditCode) -> str:
    return f"held:{party}"


def payable(number: str) -> str:
    return f"payable:{number}"


def is_balanced(postings: Sequence[Posting]) -> bool:
    """借贷平衡: every entry adds up to nothing."""
    return sum(posting.fen for posting in postings) == 0


def _moved(credit: str, debit: str, amount: Money) -> tuple[Posting, ...]:
    if not amount:
        return ()
    return (Posting(debit, amount.fen), Posting(credit, -amount.fen))
