"""双随机抽查的往事: one drawn, inspected and published; one whose nonces are still to come."""

from datetime import datetime, timedelta

from ggzy.desk.management.rehearsal.cast import REGION, Cast, Organisation
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel import draw
from ggzy.kernel.actor import Actor
from ggzy.kernel.digest import function
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import services
from ggzy.oversight.cases.queries import checks as queries
from ggzy.oversight.cases.values.checks import Finding

DAY = timedelta(days=1)
FIRST_TURN = 0
RESULTS = (
    (Finding.RECTIFY, "抽查两个在建合同，一名项目技术负责人未到岗，责令十五日内整改。"),
    (Finding.MENDED, "合同履约台账记录不全，检查当日已补正。"),
    (Finding.CLEAN, "投标材料、人员到岗、合同履行未发现问题。"),
)
RECHECKED = "复查：项目技术负责人已到岗，考勤记录完整。"


class Checks:
    """双随机抽查, with the nonces of the supervisor and the centre."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._givers = (("supervisor", cast.supervisor), ("centre", cast.centre))

    def plan(self, item: str, at: datetime) -> str:
        """抽查计划. Its code."""
        with at_moment(at):
            actor = self.cast.act(self.cast.supervisor)
            return services.plan_check(actor, item, REGION, at=at).subject.split("/")[1]

    def draw(self, code: str, at: datetime) -> None:
        """承诺, 公开, 抽取."""
        with at_moment(at):
            for party, who in self._givers:
                promise = draw.commitment(code, party, FIRST_TURN, _nonce(code, party))
                services.commit_check(self.cast.act(who), code, promise, at=at)
            services.close_check(self._supervisor(), code, at=at)
            for party, who in self._givers:
                services.reveal_check(self.cast.act(who), code, _nonce(code, party), at=at)
            services.draw_check(self._supervisor(), code, at=at)

    def inspect(self, code: str, at: datetime) -> None:
        """检查结果, 公开, 复查: the first drawn has something to put right."""
        found = queries.check(code, at).results
        with at_moment(at):
            for number, one in enumerate(found):
                finding, text = RESULTS[min(number, len(RESULTS) - 1)]
                until = local_date(at) + 15 * DAY if finding is Finding.RECTIFY else None
                services.record_result(self._supervisor(), code, one.party, finding, text, until, at=at)
        with at_moment(at + 7 * DAY):
            services.publish_check(self._supervisor(), code, at=at + 7 * DAY)
        with at_moment(at + 16 * DAY):
            services.recheck(self._supervisor(), code, found[0].party, RECHECKED, at=at + 16 * DAY)

    def promise(self, code: str, who: Organisation, party: str, at: datetime) -> None:
        """随机数承诺 of one giver; a visitor may give another."""
        with at_moment(at):
            promise = draw.commitment(code, party, FIRST_TURN, _nonce(code, party))
            services.commit_check(self.cast.act(who), code, promise, at=at)

    def _supervisor(self) -> Actor:
        return self.cast.act(self.cast.supervisor)


def _nonce(code: str, party: str) -> bytes:
    """The same for the same check, so that the world can be made again."""
    return function("sha256")(f"demo/{code}/{party}".encode())
