"""现在时: the scalars of the rows, to be held against the fold of the facts."""

from decimal import Decimal

from django.db.models import Count

from ggzy.kernel.codes import LotCode
from ggzy.trading.evaluation.models import Draw, Enquiry, Evaluation, Giver, Review, Scores
from ggzy.trading.evaluation.queries.sittings import (
    coefficients_of,
    corrections_of,
    members_of,
    rejections_of,
)
from ggzy.trading.evaluation.rules.folding import Present
from ggzy.trading.evaluation.values import EvaluationState, MemberState


def standing(lot: LotCode) -> dict[str, object]:
    """标段评标现状, by round: the same keys as `rules.fold`."""
    found: dict[str, object] = {}
    for row in Evaluation.objects.filter(lot_id=lot).order_by("round"):
        found |= {f"{row.round}.{name}": value for name, value in _present(row).scalars().items()}
    return found


def _present(row: Evaluation) -> Present:
    members = members_of(row)
    live = {"member__evaluation": row}
    gone = {"member__state": MemberState.VACATED}
    return Present(
        state=EvaluationState(row.state),
        scheme=row.scheme_digest,
        chair=row.chair,
        seats={member.seat: member.state.value for member in members},
        reviews=set(Review.objects.filter(**live).exclude(**gone).values_list("member__seat", flat=True)),
        scores=dict(Scores.objects.filter(**live).exclude(**gone).values_list("member__seat", "gen")),
        questions={
            number: answered is not None
            for number, answered in Enquiry.objects.filter(evaluation=row).values_list(
                "number", "answered_at"
            )
        },
        corrections={item.bid: item.state.value for item in corrections_of(row)},
        coefficients=[[item.name, format(Decimal(item.value), "f")] for item in coefficients_of(row)],
        tie_order=list(row.tie_order),
        rejected=[item.bid for item in rejections_of(row)],
        passed=row.passed,
        digest=row.digest,
        signed={member.seat for member in members if member.signed_at},
        is_published=row.published_at is not None,
        draws=_draws(row),
    )


def _draws(row: Evaluation) -> dict[str, list[object]]:
    givers = dict(
        Giver.objects.filter(draw__evaluation=row).values_list("draw_id").annotate(Count("pk")).order_by()
    )
    return {
        draw.pk: [draw.state, draw.turn, givers.get(draw.pk, 0)]
        for draw in Draw.objects.filter(evaluation=row)
    }
