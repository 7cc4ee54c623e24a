"""监督的往事, in the order of the years."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ggzy.desk.management.demo import history
from ggzy.desk.management.demo.supervision import clues, credit
from ggzy.desk.management.demo.supervision.casework import Casework, Story, fine_and_ban, small_fine
from ggzy.desk.management.demo.supervision.checks import Checks
from ggzy.desk.management.demo.supervision.disputes import Disputes
from ggzy.desk.management.demo.supervision.team import Team
from ggzy.desk.management.rehearsal.cast import Cast, Organisation
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.trading.dossier import queries as dossier

DAY = timedelta(days=1)
QUIETLY_DROPPED = 24  # of the three: looked into, and nothing more was found


class Past:
    """监督的往事. `lots` are those of the past by their lines."""

    def __init__(self, cast: Cast, team: Team, lots: Mapping[int, LotCode], now: datetime) -> None:
        self.cast, self.team, self.lots, self.now = cast, team, lots, now
        self.cases, self.disputes, self.checks = Casework(cast, team), Disputes(cast), Checks(cast)

    def lay(self) -> None:
        """逐件办结."""
        clues.look(self.cast)
        self._late_refund()
        self._pair()
        self._dropped()
        self._let_go()
        self._inspected()
        credit.lay(self.cast, self.now)
        self.disputes.ask(self.now - 60 * DAY)

    def _pair(self) -> None:
        """两家同处上传: found out, fined, banned; both alerts of their lot were right."""
        lot = self.lots[history.PAIR_LINE]
        won = dossier.summary(lot)
        assert won.award_amount is not None, "archived with its price"
        alert = clues.of(lot, clues.PLACE)
        pair = tuple(self.cast.bidder(name, alert.raised_at) for name in history.PAIR)
        answered = clues.explained(self.cast, self.team.officers[0], alert, pair[1])
        story = Story(
            title=f"关于{won.title}涉嫌串通投标一案",
            text=f"{alert.sentence}经核查，两家投标文件由同一人在同一地点上传，报价由同一人编制。",
            offence="collusion",
            lot=lot,
            alert=alert,
            parties=pair,
            evidence="询问笔录：经办人承认受两家委托，在同一间办公室编制并上传两份投标文件。",
            statements=("承认由同一人办理，请求从轻处理。", "对事实没有异议，请求从轻处理。"),
        )
        code = self.cases.opened(story, answered + 4 * DAY)
        document = f"江建罚决〔{local_date(answered).year}〕7号"
        proposal = fine_and_ban("两家投标人由同一人办理投标，构成串通投标。", pair, won.award_amount)
        published = self.cases.decided(code, story, proposal, document, answered + 4 * DAY)
        self.cases.closed(code, "罚款已缴纳，禁入已公开并记入信用记录。", published + 20 * DAY)
        reason = f"案件 {code} 已查实同一人编制报价（{document}）。"
        clues.confirm(self.cast, self.team.officers[0], clues.of(lot, clues.PRICES), reason, published)

    def _dropped(self) -> None:
        """三家的一个标段: suspected, looked into, let go for want of evidence."""
        lot = self.lots[QUIETLY_DROPPED]
        alert, title = clues.of(lot, clues.PRICES), dossier.summary(lot).title
        three = tuple(self.cast.bidder(name, alert.raised_at) for name in history.CARTEL_OF_NAMES)
        story = Story(
            title=f"关于{title}报价异常一案",
            text=alert.sentence,
            offence="collusion",
            lot=lot,
            alert=alert,
            parties=three,
            evidence="核查记录：三家的测算表与信息价一致，上传地点、设备、付款账户均不相同。",
        )
        code = self.cases.opened(story, alert.raised_at + 6 * DAY)
        reason = "报价分布不能单独证明串通，上传痕迹、保证金来源和人员均无关联，证据不足，不予处罚。"
        self.cases.dropped(code, reason, alert.raised_at + 50 * DAY)

    def _late_refund(self) -> None:
        """逾期退还保证金: a complaint was upheld, the agency is fined a little."""
        lot = self.lots[history.LATE]
        known, alert = dossier.summary(lot), clues.of(lot, clues.REFUNDS)
        assert known.agency is not None, "an agency acts"
        agency = self._agency(known.agency)
        at = alert.raised_at + 22 * DAY
        story = Story(
            title=f"关于{known.title}逾期退还投标保证金一案",
            text=alert.sentence,
            offence="deposit_terms",
            lot=lot,
            alert=alert,
            parties=(agency,),
            evidence="银行流水：应退保证金在合同签订十九日后才退还。",
            statements=("经办人离职交接疏漏，已全部退还并支付利息。",),
        )
        code = self.cases.opened(story, at)
        proposal = small_fine("未在规定期限内退还投标保证金。", agency)
        document = f"江建罚决〔{at.year}〕4号"
        published = self.cases.decided(code, story, proposal, document, at)
        self.cases.closed(code, "已退还保证金及利息，内部制度已修订。", published + 10 * DAY)

    def _let_go(self) -> None:
        """不予处置的线索: asked about where somebody can answer."""
        officer = self.team.officers[0]
        for kind in (clues.PRICES, clues.PLACE):
            waiting = [one for one in clues.all_of(kind) if one.is_open]
            for number, alert in enumerate(waiting):
                first = self.cast.bidder(history.CARTEL_OF_NAMES[number % 2], alert.raised_at)
                answered = clues.explained(self.cast, officer, alert, first)
                if number < len(waiting) - 1:
                    clues.let_go(self.cast, officer, alert, answered + 3 * DAY)
        for alert in clues.all_of(clues.EXPERTS)[:2]:
            clues.let_go(self.cast, officer, alert, alert.raised_at + 5 * DAY)

    def _inspected(self) -> None:
        """双随机: one of last spring is published, one of these days waits for its nonces."""
        spring = self.now - 200 * DAY
        code = self.checks.plan("bidder", spring)
        self.checks.draw(code, spring + 2 * DAY)
        self.checks.inspect(code, spring + 20 * DAY)
        now = self.checks.plan("agency", self.now - 2 * DAY)
        self.checks.promise(now, self.cast.centre, "centre", self.now - DAY)

    def _agency(self, code: str) -> Organisation:
        found = (self.cast.owner_named(name, Role.AGENCY, self.now) for name in history.AGENCIES)
        return next(one for one in found if one.code == code)
