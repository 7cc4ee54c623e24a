"""评审进度: what one member has done and has yet to do, bid by bid."""

from dataclasses import dataclass

from ggzy.trading.evaluation.rules.drafting import REVIEW, points_of
from ggzy.trading.evaluation.rules.panel import hand_criteria
from ggzy.trading.evaluation.rules.sitting import Sitting
from ggzy.trading.evaluation.values import (
    Criterion,
    Ground,
    Mark,
    Note,
    Rejection,
    Scheme,
)

Drafts = dict[tuple[str, str], tuple[str, str]]
PASS = "pass"


@dataclass(frozen=True)
class BidProgress:
    """一份投标的评审进度. `opinion` is empty until the member has looked; `scored` counts criteria."""

    number: int
    bid: str
    is_passed: bool
    opinion: str
    scored: int


def of_bids(sitting: Sitting, scheme: Scheme, drafts: Drafts) -> tuple[BidProgress, ...]:
    """评审进度, in the order of delivery."""
    codes = [criterion.code for criterion in hand_criteria(scheme, sitting.price_by_hand)]
    passed = frozenset(sitting.passed)
    return tuple(
        BidProgress(
            number=number,
            bid=bid,
            is_passed=bid in passed,
            opinion=drafts.get((bid, REVIEW), ("", ""))[0],
            scored=sum((bid, code) in drafts for code in codes),
        )
        for number, bid in enumerate(sitting.bids, 1)
    )


def rejections(sitting: Sitting, drafts: Drafts) -> tuple[Rejection, ...]:
    """草稿中的否决意见. The content lists the grounds, the note is the reason."""
    return tuple(
        Rejection(bid=bid, grounds=grounds_of(drafts[bid, REVIEW][0]), text=drafts[bid, REVIEW][1])
        for bid in sitting.bids
        if drafts.get((bid, REVIEW), (PASS, ""))[0] not in (PASS, "")
    )


def grounds_of(content: str) -> tuple[Ground, ...]:
    """否决情形 as kept in a draft, in the order of the law."""
    kept = content.split(",")
    return tuple(ground for ground in Ground if ground.value in kept)


def marks(sitting: Sitting, scheme: Scheme, drafts: Drafts) -> tuple[tuple[Mark, ...], tuple[Note, ...]]:
    """草稿中的打分与说明. A bid with a criterion still open is left out, so that the rules can say so."""
    criteria = hand_criteria(scheme, sitting.price_by_hand)
    done, notes = [], []
    for bid in sitting.passed:
        points = [points_of(drafts.get((bid, criterion.code), ("", ""))[0]) for criterion in criteria]
        given = tuple(point for point in points if point is not None)
        if len(given) == len(criteria):
            done.append(Mark(bid=bid, points=given))
        notes += _notes(bid, criteria, drafts)
    return tuple(done), tuple(notes)


def _notes(bid: str, criteria: tuple[Criterion, ...], drafts: Drafts) -> list[Note]:
    found = []
    for criterion in criteria:
        text = drafts.get((bid, criterion.code), ("", ""))[1].strip()
        if text:
            found.append(Note(bid=bid, criterion=criterion.code, text=text))
    return found
