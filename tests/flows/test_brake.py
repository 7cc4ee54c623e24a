"""暂停、恢复、终止: the clocks stand and run on with what was left; a lot that ends gives everything back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ggzy.desk.management.commands import tick
from ggzy.desk.management.rehearsal import award
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.walk import secrets_of
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Refused
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.contracting import services as contracting_services
from ggzy.trading.dossier import queries as summaries
from ggzy.trading.dossier import services as dossier
from ggzy.trading.dossier.values import Stage
from ggzy.trading.notices import queries as notices
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering import services as tendering_services
from tests.flows import story as stories
from tests.flows.story import DAY, HOUR, Story

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ORDER = {"authority": "江州市住房和城乡建设局", "reason": "收到投诉，需要核查", "article": "实施条例 §62"}


def _order(story: Story, what: str, at: datetime, **typed: object) -> None:
    status, page = story.post(story.cast.supervisor, f"brake/{what}", at, **ORDER, **typed)
    assert status == 303, page


def _pull(story: Story, at: datetime) -> None:
    _order(story, "pull", at, review_on=f"{local_date(at + 10 * DAY)}", sure="on")


def _refused(act: Callable[..., object], *args: object, **kwargs: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return [reason.code for reason in refused.value.reasons]


def _close(story: Story, at: datetime) -> list[str]:
    with at_moment(at):
        assert story.lot not in tendering.due(journal.now())
        return _refused(tendering_services.close, story.cast.platform(), story.lot)


def test_a_lot_suspended_while_it_takes_bids_takes_them_that_much_longer(tmp_path):
    story = stories.begun(tmp_path)
    story.announce()
    planned = story.when.deadline
    pulled, released = planned - 10 * DAY, planned - 7 * DAY
    _pull(story, pulled)
    stories.at_end(story, Stage.ANNOUNCED, pulled + HOUR)
    assert _close(story, planned + 100 * DAY) == ["suspended"]
    _order(story, "release", released)
    moved = tendering.tender(story.lot, at=released + HOUR).deadline
    assert moved is not None
    assert abs(moved - planned - 3 * DAY) < timedelta(minutes=1)
    assert _close(story, planned + HOUR) == ["too_early"]
    stories.at_end(story, Stage.ANNOUNCED, released + HOUR)
    assert summaries.summary(story.lot).deadline == moved

    story.when = replace(story.when, bids_from=planned + HOUR, deadline=moved)
    story.bid()
    story.open()
    stories.at_end(story, Stage.OPENED, moved + HOUR)
    assert len(tendering.opened_bids(story.lot)) == 3


def _windows_left(story: Story, at: datetime) -> list[int]:
    """The whole minutes that bidders and custodians still have."""
    with at_moment(at):
        opening = tendering.opening(story.lot)
    assert opening is not None
    until = opening.bidder_window_until, opening.custodian_window_until
    return [round((end - at) / MINUTE) for end in until if end is not None]


def test_a_lot_suspended_at_its_opening_opens_in_the_time_that_was_left(tmp_path):
    story = stories.begun(tmp_path)
    story.announce()
    story.bid()
    story.walk.close(story.when)
    pulled, released = story.when.deadline + MINUTE, story.when.deadline + 26 * HOUR
    _pull(story, pulled)
    assert _windows_left(story, pulled + 20 * HOUR) == [29, 29]
    stories.heard(pulled)
    for path in (f"/desk/lots/{story.lot}/opening/", f"/openings/{story.lot}/"):
        with at_moment(pulled + HOUR):
            page = story.browser(story.walk.agency).get(path).content.decode()
        assert "解密时间一并停止" in page and "解密截止" not in page
    with at_moment(pulled + HOUR):
        assert not list(tick.found()["ggzy.trading.tendering"](journal.now()))
    _order(story, "release", released)
    assert _windows_left(story, released) == [29, 29]
    with at_moment(released + 28 * MINUTE):
        assert not list(tick.found()["ggzy.trading.tendering"](journal.now())), "custodians are not late"
    stories.heard(released)
    with at_moment(released + MINUTE):
        page = story.browser(story.walk.agency).get(f"/openings/{story.lot}/").content.decode()
    assert "解密截止" in page
    story.walk.open(replace(story.when, deadline=released), story.entrants)
    stories.at_end(story, Stage.OPENED, released + HOUR)
    assert len(tendering.opened_bids(story.lot)) == 3


def test_what_stood_still_is_not_given_back_twice_by_an_extension(tmp_path):
    story = stories.begun(tmp_path)
    story.announce()
    story.bid()
    story.walk.close(story.when)
    released = story.when.deadline + 26 * HOUR
    _pull(story, story.when.deadline + MINUTE)
    _order(story, "release", released)
    agency, first = story.walk.agency, story.entrants[0]
    over = released + 31 * MINUTE
    with at_moment(over):
        late = _refused(
            tendering_services.release_bidder_key, story.cast.act(first.who), story.lot, secrets_of(first)
        )
        assert late == ["window_over"]
        tendering_services.extend_window(story.cast.act(agency), story.lot, 30, "保管人网络中断")
    assert _windows_left(story, over) == [30, 30]


def test_a_lot_suspended_in_publicity_is_awarded_that_much_later(tmp_path):
    story = stories.begun(tmp_path)
    story.to_publicity()
    found = contracting.award(story.lot)
    assert found is not None
    planned, owner = found.publicity_until, story.walk.owner

    def award_at(at: datetime) -> list[str]:
        with at_moment(at):
            return _refused(contracting_services.award, story.cast.act(owner), story.lot, at=at)

    pulled, released = story.when.publicity + DAY, story.when.publicity + 6 * DAY
    _pull(story, pulled)
    assert award_at(planned + HOUR) == ["suspended"]
    _order(story, "release", released)
    stories.at_end(story, Stage.PUBLICITY, released + HOUR)
    assert award_at(planned + HOUR) == ["publicity_runs"]
    assert award_at(planned + 5 * DAY - HOUR) == ["publicity_runs"]
    with at_moment(released + HOUR):
        found = contracting.award(story.lot)
    assert found is not None
    assert abs(found.publicity_until - planned - 5 * DAY) < timedelta(minutes=1)
    assert summaries.summary(story.lot).publicity_until == found.publicity_until
    story.to_archive()
    stories.at_end(story, Stage.ARCHIVED, planned + 200 * DAY)
    stories.sound(story, tmp_path)


def test_a_lot_suspended_before_the_contract_may_be_signed_that_much_later(tmp_path):
    story = stories.begun(tmp_path)
    story.to_publicity()
    letter = award.award(story.walk)
    _pull(story, letter + DAY)
    _order(story, "release", letter + 26 * DAY)
    story.archive(letter + 28 * DAY)
    stories.at_end(story, Stage.ARCHIVED, letter + 300 * DAY)
    (signed,) = [fact.event for fact in story.facts() if fact.kind == "contract.signed"]
    assert not signed.is_late


def test_a_lot_terminated_after_bids_came_opens_none_and_gives_the_deposits_back(tmp_path):
    story = stories.begun(tmp_path)
    story.announce()
    story.bid()
    at = story.when.deadline - HOUR
    _order(story, "end", at, sure="on")
    stories.at_end(story, Stage.TERMINATED, at)
    assert stories.refunded(story, at + DAY)
    with at_moment(story.when.deadline + DAY):
        moves = list(tick.found()["ggzy.trading.tendering"](journal.now()))
        assert moves == [], "the clock asks nothing of a lot that has ended"
        assert _refused(tendering_services.close, story.cast.platform(), story.lot) == ["terminated"]
        assert [n.kind for n in notices.notices(lot=story.lot)][-1:] == ["termination"]
        dossier.archive(story.cast.act(story.cast.centre), story.lot, at=story.when.deadline + DAY)
    stories.at_end(story, Stage.ARCHIVED, story.when.deadline + 2 * DAY)
    assert "bid.decrypted" not in story.kinds()
    stories.sound(story, tmp_path, is_whole=False)
