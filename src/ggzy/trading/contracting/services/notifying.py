"""中标通知书: a PDF with a verification code, told to the winner and to the losers at the same moment."""

import hashlib
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.vault import services as vault
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
from ggzy.trading.contracting import access, events, rules
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.services import letter
from ggzy.trading.contracting.services.telling import price_text
from ggzy.trading.contracting.values import Runner, Sale
from ggzy.trading.projects.values import LotFacts, Payment
from ggzy.trading.tendering import queries as tendering

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@command
def issue_letter(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """发出中标通知书, within the bids' validity; the losers learn of it with the same fact (招标投标法 §45)."""
    grip = access.award_of_owner(actor, lot, Permission.LETTER_ISSUE)
    tender = tendering.tender(lot)
    assert tender is not None and tender.terms is not None and tender.deadline is not None
    valid_until = rules.validity_end(tender.deadline, tender.terms.validity_days)
    rules.may_issue_letter(grip.facts, valid_until, at).require()
    winner = grip.facts.winner
    assert winner is not None, "judged above"
    number = f"{lot}-{grip.lot.round}-{winner.rank}"
    code = verification_code(number, winner, at)
    pdf = letter.render(_page(grip.lot, winner, tender.terms.payment, number, code, at))
    digest = vault.put(pdf, name=f"中标通知书-{number}.pdf", owner=grip.lot.owner, public_from=at)
    grip.row.state = AWARD.after(grip.facts.state, "notify")
    grip.row.letter_number, grip.row.letter_code = number, code
    grip.row.letter_digest, grip.row.letter_at = digest, at
    sale = _sale(grip.lot, tender.terms.payment, at)
    grip.row.sale = kernel_events.body(sale) if sale else None
    grip.row.save()
    bids = tendering.opened_bids(lot, grip.lot.round)
    told = tuple(bid.bidder.leader for bid in bids if bid.bidder.leader != winner.bidder.leader)
    fact = events.AwardLetterIssued(
        lot=lot,
        round=grip.lot.round,
        number=number,
        code=code,
        digest=digest,
        winner=winner.bidder.leader,
        told=told,
        sale=sale,
    )
    return journal.record(fact, actor=actor, at=at)


def _sale(lot: LotFacts, payment: Payment | None, at: datetime) -> Sale | None:
    """Of a sale by tender, what its winner pays by when."""
    if payment is None:
        return None
    sign_by = rules.sign_by(lot.rulebook, catalog.calendar(), at)
    return Sale(sign_by, payment, is_bought=False)


def verification_code(number: str, winner: Runner, at: datetime) -> str:
    """通知书验证码: eighty bits over what the letter says, four groups of four without I, L, O, U."""
    said = "\n".join(
        (
            "ggzy.letter/1",
            number,
            winner.bidder.name,
            price_text(winner.price),
            kernel_events.instant_text(at),
        )
    )
    bits = int.from_bytes(hashlib.sha256(said.encode()).digest()[:10], "big")
    text = "".join(ALPHABET[bits >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


def _terms(winner: Runner, payment: Payment | None) -> tuple[tuple[str, str], ...]:
    """中标条件: what was promised beside the price, or how the price is paid."""
    price = ("中标价", price_text(winner.price))
    if payment is not None:
        return (price, ("价款支付", payment.text))
    return (price, ("工期", winner.period), ("质量", winner.quality), ("项目负责人", winner.leader))


def _page(
    lot: LotFacts, winner: Runner, payment: Payment | None, number: str, code: str, at: datetime
) -> letter.Page:
    category = catalog.find_category(lot.category)
    return letter.Page(
        winner=winner.bidder.name,
        lot=lot.title,
        lot_code=str(lot.code),
        owner=parties.name(lot.owner),
        agency=parties.name(lot.agency) if lot.agency else "",
        terms=_terms(winner, payment),
        owner_word=category.owner_word if category else "招标人",
        number=number,
        code=code,
        contract_days=int(lot.rulebook.number("tender.contract_days_max").value),
        issued_at=at,
    )
