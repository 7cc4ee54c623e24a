"""过去时: the facts of a lot folded into the scalars the rows must show; the same keys as `queries.standing`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ggzy.kernel import canon, digest
from ggzy.trading.evaluation import events
from ggzy.trading.evaluation.values import DrawState, EvaluationState, MemberState


class Told(Protocol):
    """What a fold needs of a fact."""

    @property
    def event(self) -> Any: ...


@dataclass
class Present:
    """一轮评标的现状, as it grows fact by fact."""

    state: EvaluationState = EvaluationState.CONVENING
    scheme: str = ""
    chair: int | None = None
    seats: dict[int, str] = field(default_factory=dict)
    reviews: set[int] = field(default_factory=set)
    scores: dict[int, int] = field(default_factory=dict)
    questions: dict[int, bool] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)
    coefficients: list[list[str]] = field(default_factory=list)
    tie_order: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    passed: int | None = None
    digest: str = ""
    signed: set[int] = field(default_factory=set)
    is_published: bool = False
    draws: dict[str, list[object]] = field(default_factory=dict)

    def scalars(self) -> dict[str, object]:
        """Small canonical values, by name."""
        return {
            "state": self.state.value,
            "scheme": self.scheme,
            "chair": self.chair,
            "seats": [[seat, state] for seat, state in sorted(self.seats.items())],
            "reviews": sorted(self.reviews),
            "scores": [[seat, gen] for seat, gen in sorted(self.scores.items())],
            "questions": [[number, done] for number, done in sorted(self.questions.items())],
            "corrections": [[bid, state] for bid, state in sorted(self.corrections.items())],
            "coefficients": sorted(self.coefficients),
            "tie_order": digest.digest(canon.dumps(self.tie_order)),
            "rejected": digest.digest(canon.dumps(sorted(self.rejected))),
            "passed": self.passed,
            "digest": self.digest,
            "signed": sorted(self.signed),
            "published": self.is_published,
            "draws": [[name, *rest] for name, rest in sorted(self.draws.items())],
        }


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """标段评标现状, by round, from its facts."""
    rounds: dict[int, Present] = {}
    for fact in facts:
        number = getattr(fact.event, "round", None)
        if type(fact.event) in _STEPS and isinstance(number, int):
            _STEPS[type(fact.event)](rounds.setdefault(number, Present()), fact.event)
    return {
        f"{number}.{name}": value
        for number, present in sorted(rounds.items())
        for name, value in present.scalars().items()
    }


def _scheme(now: Present, fact: events.SchemePublished) -> None:
    now.scheme = fact.digest


def _requested(now: Present, fact: events.DrawRequested) -> None:
    now.draws[fact.draw] = [DrawState.REQUESTED.value, 0, 0]


def _committed(now: Present, fact: events.NonceCommitted) -> None:
    state, turn, givers = now.draws[fact.draw]
    now.draws[fact.draw] = [state, turn, int(str(givers)) + 1]


def _closed(now: Present, fact: events.CommitsClosed) -> None:
    now.draws[fact.draw][0] = DrawState.REVEALING.value


def _abandoned(now: Present, fact: events.DrawAbandoned) -> None:
    now.draws[fact.draw][0] = DrawState.ABANDONED.value


def _drawn(now: Present, fact: events.CommitteeDrawn | events.MemberReplaced) -> None:
    now.draws[fact.draw][:2] = [DrawState.DRAWN.value, fact.turn]


def _coefficients(now: Present, fact: events.CoefficientsDrawn) -> None:
    now.draws[fact.draw][:2] = [DrawState.DRAWN.value, fact.turn]
    now.coefficients = [[item.name, format(item.value, "f")] for item in fact.coefficients]


def _tied(now: Present, fact: events.TieDrawn) -> None:
    now.draws[fact.draw][:2] = [DrawState.DRAWN.value, fact.turn]
    now.tie_order = list(fact.order)


def _called(now: Present, fact: events.MemberCalled) -> None:
    now.seats[fact.seat] = MemberState.CALLED.value


def _named(now: Present, fact: events.RepresentativeNamed | events.MemberAccepted) -> None:
    now.seats[fact.seat] = MemberState.ACCEPTED.value


def _seated(now: Present, fact: events.MemberSeated) -> None:
    now.seats[fact.seat] = MemberState.SEATED.value


def _vacated(now: Present, fact: events.SeatVacated) -> None:
    now.seats.pop(fact.seat)
    now.reviews.discard(fact.seat)
    now.scores.pop(fact.seat, None)
    if fact.replaced_in:
        now.draws[fact.replaced_in][:2] = [DrawState.REVEALING.value, fact.turn]


def _begun(now: Present, fact: events.EvaluationBegun) -> None:
    now.state, now.chair = EvaluationState.REVIEWING, fact.chair


def _asked(now: Present, fact: events.QuestionAsked) -> None:
    now.questions[fact.number] = False


def _answered(now: Present, fact: events.QuestionAnswered) -> None:
    now.questions[fact.number] = True


def _corrected(now: Present, fact: events.PriceCorrected) -> None:
    now.corrections[fact.correction.bid] = fact.correction.state.value


def _correction_answered(now: Present, fact: events.CorrectionAnswered) -> None:
    now.corrections[fact.bid] = "confirmed" if fact.is_accepted else "refused"


def _reviewed(now: Present, fact: events.ReviewSubmitted) -> None:
    now.reviews.add(fact.seat)


def _finished(now: Present, fact: events.ReviewFinished) -> None:
    now.state = EvaluationState.CONCLUDED if fact.is_all_rejected else EvaluationState.SCORING
    now.rejected = [item.bid for item in fact.rejected]
    now.passed = fact.passed


def _reseated(now: Present, fact: events.CommitteeReseated) -> None:
    now.state = EvaluationState.REVIEWING


def _scored(now: Present, fact: events.ScoresSubmitted) -> None:
    now.scores[fact.seat] = fact.gen


def _concluded(now: Present, fact: events.EvaluationConcluded) -> None:
    now.state, now.digest = EvaluationState.CONCLUDED, fact.digest


def _reopened(now: Present, fact: events.EvaluationReopened) -> None:
    now.state = EvaluationState.SCORING


def _signed(now: Present, fact: events.ReportSigned) -> None:
    now.signed.add(fact.seat)


def _reported(now: Present, fact: events.EvaluationReported) -> None:
    now.state = EvaluationState.REPORTED


def _published(now: Present, fact: events.CommitteePublished) -> None:
    now.is_published = True


_STEPS: Mapping[type, Callable[[Present, Any], None]] = {
    events.SchemePublished: _scheme,
    events.DrawRequested: _requested,
    events.NonceCommitted: _committed,
    events.CommitsClosed: _closed,
    events.DrawAbandoned: _abandoned,
    events.CommitteeDrawn: _drawn,
    events.MemberReplaced: _drawn,
    events.CoefficientsDrawn: _coefficients,
    events.TieDrawn: _tied,
    events.MemberCalled: _called,
    events.RepresentativeNamed: _named,
    events.MemberAccepted: _named,
    events.MemberSeated: _seated,
    events.SeatVacated: _vacated,
    events.EvaluationBegun: _begun,
    events.QuestionAsked: _asked,
    events.QuestionAnswered: _answered,
    events.PriceCorrected: _corrected,
    events.CorrectionAnswered: _correction_answered,
    events.ReviewSubmitted: _reviewed,
    events.ReviewFinished: _finished,
    events.CommitteeReseated: _reseated,
    events.ScoresSubmitted: _scored,
    events.EvaluationConcluded: _concluded,
    events.EvaluationReopened: _reopened,
    events.ReportSigned: _signed,
    events.EvaluationReported: _reported,
    events.CommitteePublished: _published,
}
