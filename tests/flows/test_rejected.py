"""否决所有投标: the round fails with its report, the deposits go back, the next round ends in an archive."""

from datetime import timedelta

import pytest

from ggzy.desk.management.rehearsal import sitting
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.verdict import Refused
from ggzy.trading.contracting import services as contracting
from ggzy.trading.dossier.values import Stage
from ggzy.trading.evaluation import services as evaluation
from ggzy.trading.evaluation.values import Ground, Rejection
from ggzy.trading.tendering import queries as tendering
from tests.flows import story as stories

pytestmark = pytest.mark.django_db
WHY = "投标文件未按招标文件要求加盖电子印章"


def _reject_all(story: stories.Story) -> None:
    at = story.when.evaluated + timedelta(minutes=20)
    with at_moment(at):
        members = sitting.members(story.walk)
        rejections = [
            Rejection(bid=bid.bid, grounds=(Ground.UNSIGNED,), text=WHY)
            for bid in tendering.opened_bids(story.lot)
        ]
        for member in members:
            evaluation.submit_review(story.cast.expert(member), story.lot, rejections, at=at)
        evaluation.finish_review(story.cast.expert(members[0]), story.lot, at=at)
        for member in members:
            evaluation.sign_report(story.cast.expert(member), story.lot, at=at)


def test_a_lot_whose_bids_are_all_rejected_is_tendered_again_and_awarded(tmp_path):
    story = stories.begun(tmp_path)
    story.announce()
    story.bid()
    story.open()
    story.convene()
    _reject_all(story)
    after = story.when.evaluated + stories.DAY
    stories.at_end(story, Stage.FAILED, after)
    with at_moment(after), pytest.raises(Refused) as refused:
        contracting.publicise(story.cast.act(story.walk.agency), story.lot, at=after)
    assert [reason.code for reason in refused.value.reasons] == ["all_rejected"]
    assert stories.refunded(story, after + stories.DAY)

    story.next_round()
    stories.at_end(story, Stage.REGISTERED, story.when.registered)
    story.to_publicity()
    story.to_archive()
    stories.at_end(story, Stage.ARCHIVED, story.when.publicity + 200 * stories.DAY)
    told = story.kinds()
    assert (told.count("evaluation.reported"), told.count("tender.failed")) == (2, 1)
    assert (told.count("candidates.publicised"), told.count("contract.signed")) == (1, 1)
    stories.sound(story, tmp_path)
