"""案件的往事: from an alert to a decision by those who may take it, or to none."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ggzy.desk.management.demo.supervision.team import Team
from ggzy.desk.management.rehearsal.cast import Cast, Organisation
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values.alerts import AlertFacts
from ggzy.oversight.cases import services
from ggzy.oversight.cases.values import Measure, MeasureKind, NewCase, Proposal, Source

DAY = timedelta(days=1)
BAN_MONTHS = 18
SMALL_FINE = Money.yuan("5000")
FINE_PER_MILLE = 6


@dataclass(frozen=True)
class Story:
    """案情: what is suspected of whom on which lot, what proves it and what each party says to it."""

    title: str
    text: str
    offence: str
    lot: LotCode
    alert: AlertFacts
    parties: tuple[Organisation, ...]
    evidence: str
    statements: tuple[str, ...] = ()


class Casework:
    """办案, step by step at the days of the law."""

    def __init__(self, cast: Cast, team: Team) -> None:
        self.cast, self.team = cast, team

    def opened(self, story: Story, at: datetime) -> str:
        """立案 by one officer; the other joins, the evidence is sealed. The case's code."""
        new = NewCase(
            title=story.title,
            text=story.text,
            offence=story.offence,
            parties=tuple(party.code for party in story.parties),
            region=self.cast.supervisor.region,
            source=Source.ALERT,
            reference=story.alert.code,
            lot=story.lot,
        )
        first, second = self.team.officers
        with at_moment(at):
            code = services.open_case(self._act(first), new, at=at).subject.split("/")[1]
        with at_moment(at + DAY):
            services.join_case(self._act(second), code, at=at + DAY)
            kept = vault.put(
                story.evidence.encode(),
                name="调查笔录.txt",
                owner=f"case:{code}"[:32],
                media_type="text/plain",
            )
            services.keep_evidence(self._act(first), code, kept, "调查笔录和核查记录", at=at + DAY)
        return code

    def decided(self, code: str, story: Story, proposal: Proposal, document: str, at: datetime) -> datetime:
        """告知, 陈述, 提出处理意见, 审核, 讨论, 决定, 公开. The moment of the publication."""
        first, heads = self.team.officers[0], self.team.heads
        told = at + 20 * DAY
        with at_moment(told):
            services.notify(self._act(first), code, proposal, at=told)
        for party, words in zip(story.parties, story.statements, strict=True):
            with at_moment(told + DAY):
                services.state(self._act(party), code, words, False, at=told + DAY)
        proposed = told + 6 * DAY
        with at_moment(proposed):
            services.propose(self._act(first), code, proposal, ("complex",), at=proposed)
        with at_moment(proposed + DAY):
            words = "主体适格，事实清楚，证据充分，程序合法，适用法律正确，裁量适当。"
            services.review(self._act(self.team.reviewer), code, True, words, at=proposed + DAY)
        decided = proposed + 3 * DAY
        with at_moment(decided):
            for head in heads:
                services.voice(self._act(head), code, True, "同意承办意见。", at=decided)
            services.decide(self._act(heads[0]), code, document, at=decided)
        published = decided + 2 * DAY
        with at_moment(published):
            services.publish(self._act(first), code, at=published)
        return published

    def closed(self, code: str, note: str, at: datetime) -> None:
        """结案."""
        with at_moment(at):
            services.close(self._act(self.team.officers[0]), code, note, at=at)

    def dropped(self, code: str, reason: str, at: datetime) -> None:
        """不予处罚, by a head; the alert is dismissed with it."""
        with at_moment(at):
            services.drop(self._act(self.team.heads[1]), code, reason, at=at)

    def _act(self, who: Organisation) -> Actor:
        return self.cast.act(who)


def fine_and_ban(text: str, parties: tuple[Organisation, ...], award: Money) -> Proposal:
    """罚款和市场禁入 for each party. Basis: 招标投标法 §53."""
    fine = Money(award.fen * FINE_PER_MILLE // 1000)
    measures = [Measure(MeasureKind.FINE, party.code, fine) for party in parties]
    measures += [Measure(MeasureKind.BAN, party.code, None, BAN_MONTHS) for party in parties]
    return Proposal(text, tuple(measures), award)


def small_fine(text: str, party: Organisation) -> Proposal:
    """罚款: the lot is archived by then, so nothing is ordered of it. Basis: 实施条例 §66."""
    return Proposal(text, (Measure(MeasureKind.FINE, party.code, SMALL_FINE),))
