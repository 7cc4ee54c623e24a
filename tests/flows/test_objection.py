"""异议: a question on the document stops the clock, one on the result stops the award, each until its answer."""

from datetime import timedelta

import pytest

from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.verdict import Refused
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.contracting import services as contracting_services
from ggzy.trading.dossier import queries as summaries
from ggzy.trading.dossier.values import Stage
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries as tendering
from tests.flows import story as stories
from tests.flows.story import DAY, HOUR, Story

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def _award(story: Story, at) -> list[str]:
    """What keeps the owner from awarding at that moment; nothing where it was awarded."""
    with at_moment(at):
        try:
            contracting_services.award(story.cast.act(story.walk.owner), story.lot, at=at)
        except Refused as refused:
            return [reason.code for reason in refused.reasons]
    return []


def test_an_objection_in_publicity_stops_the_award_until_it_is_answered(tmp_path):
    story = stories.begun(tmp_path)
    story.to_publicity()
    found = contracting.award(story.lot)
    assert found is not None
    until = found.publicity_until
    typed = {"stage": "result", "text": "第一名的业绩不实", "request": "objection-1"}
    asked = until - HOUR
    stranger = story.cast.organisation("云岭路人建设有限公司", *stories.A_BIDDER, story.when.registered)
    status, page = story.post(stranger, "objections/raise", asked, **typed)
    assert status == 422
    assert "您没有参加本次投标" in page
    status, page = story.post(story.ranked(2), "objections/raise", asked, **typed)
    assert status == 303, page
    status, page = story.post(story.ranked(2), "objections/raise", until + MINUTE, **typed | {"request": "2"})
    assert status == 422
    assert "公示期已满" in page

    assert _award(story, asked) == ["publicity_runs", "objection_open"]
    assert _award(story, until + 2 * DAY) == ["objection_open"]
    answer = {"upheld": "no", "text": "经核实，业绩属实", "request": "answer-1"}
    status, page = story.post(story.walk.agency, "objections/1/answer", until + 2 * DAY, **answer)
    assert status == 303, page
    assert _award(story, until + 2 * DAY + HOUR) == []
    stories.at_end(story, Stage.AWARDED, until + 3 * DAY)
    told = story.kinds()
    assert told.index("objection.answered") < told.index("award.made")


def test_an_objection_that_is_withdrawn_stops_nothing_any_more(tmp_path):
    story = stories.begun(tmp_path)
    story.to_publicity()
    found = contracting.award(story.lot)
    assert found is not None
    until, second = found.publicity_until, story.ranked(2)
    status, page = story.post(second, "objections/raise", until - HOUR, stage="result", text="价格异常")
    assert status == 303, page
    assert _award(story, until + HOUR) == ["objection_open"]
    status, page = story.post(second, "objections/1/withdraw", until + 2 * HOUR, sure="on")
    assert status == 303, page
    story.to_archive()
    stories.at_end(story, Stage.ARCHIVED, until + 200 * DAY)
    stories.sound(story, tmp_path)


def test_a_question_on_the_document_stops_the_clock_until_it_is_answered(tmp_path):
    story = stories.begun(tmp_path)
    story.announce()
    planned = story.when.deadline
    asked, answered = planned - 14 * DAY, planned - 12 * DAY
    who = story.cast.bidder("云岭1号建设有限公司", story.when.bids_from)
    status, page = story.post(who, "objections/raise", asked, stage="document", text="资质要求过高")
    assert status == 303, page
    standing = projects.lot(story.lot).standing
    assert standing is not None and standing.causes == ("objection-1",)
    answer = {"upheld": "yes", "text": "已修改招标文件"}
    status, page = story.post(story.walk.agency, "objections/1/answer", answered, **answer)
    assert status == 303, page
    moved = tendering.tender(story.lot, at=answered + HOUR).deadline
    assert moved is not None and abs(moved - planned - 2 * DAY) < MINUTE
    stories.at_end(story, Stage.ANNOUNCED, answered + HOUR)
    assert summaries.summary(story.lot).deadline == moved
