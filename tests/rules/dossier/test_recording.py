"""档案的叠合: what single facts do to the record of a lot."""

from types import SimpleNamespace

import pytest

from ggzy.kernel.events import Audience
from ggzy.trading.dossier.rules import recording
from ggzy.trading.evaluation import events as evaluation
from ggzy.trading.evaluation.values import Correction, CorrectionState
from ggzy.trading.tendering.values import Price
from tests.indicators.market import AT, lot, party, ranked, record, yuan


def told(height: int, event: object) -> SimpleNamespace:
    return SimpleNamespace(height=height, at=AT, audience=Audience.SEALED, event=event)


def corrected(after: str) -> evaluation.PriceCorrected:
    before, right = (Price("amount", amount=yuan(text), text=text) for text in ("1000", after))
    one = Correction(
        bid="b1", before=before, after=right, reason="大小写不一致", state=CorrectionState.PROPOSED
    )
    return evaluation.PriceCorrected(lot=lot(1), round=1, correction=one)


@pytest.mark.parametrize("is_accepted", [True, False])
def test_correction_is_kept_with_its_answer_and_the_later_one_takes_its_place(is_accepted):
    answer = evaluation.CorrectionAnswered(
        lot=lot(1), round=1, bid="b1", bidder=party(1), is_accepted=is_accepted
    )
    of = record(evaluation=ranked("90", "80"), opened=frozenset({1}))
    for height, event in enumerate((corrected("990"), corrected("980"), answer), 10):
        of = recording.step(of, told(height, event))
    assert of.evaluation is not None
    (one,) = of.evaluation.corrected
    assert (one.height, one.after, one.is_accepted) == (11, yuan(980), is_accepted)


def test_correction_before_any_evaluation_changes_nothing():
    of = recording.step(record(opened=frozenset({1})), told(10, corrected("990")))
    assert of.evaluation is None
