"""中标人放弃: the deposit is kept; the next candidate is awarded, or the lot is tendered again."""

from datetime import datetime

import pytest

from ggzy.desk.management.rehearsal import award
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.verdict import Refused
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.contracting import services
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.dossier import queries as summaries
from ggzy.trading.dossier.values import Stage
from tests.flows import story as stories
from tests.flows.story import DAY, HOUR, Story

pytestmark = pytest.mark.django_db


def _declined(tmp_path) -> tuple[Story, datetime]:
    """A lot whose winner has refused an hour after the letter; the moment of the letter."""
    story = stories.begun(tmp_path)
    story.to_publicity()
    letter = award.award(story.walk)
    status, page = story.post(story.ranked(2), "refuse-award", letter + HOUR, text="无力履行")
    assert status == 404, "only the winner knows of an award to refuse"
    status, page = story.post(story.ranked(1), "refuse-award", letter + HOUR, text=" ")
    assert status == 422
    status, page = story.post(story.ranked(1), "refuse-award", letter + HOUR, text="无力履行")
    assert status == 303, page
    return story, letter


def _states(story: Story, at: datetime) -> list[str]:
    """The state of each deposit, by the rank of its bidder."""
    held = {account.party: account.state.value for account in deposits.accounts(story.lot, at)}
    return [held[story.ranked(rank).code] for rank in (1, 2, 3)]


def test_when_the_winner_refuses_the_next_candidate_is_awarded_and_signs(tmp_path):
    story, letter = _declined(tmp_path)
    at = letter + 2 * DAY
    assert _states(story, at) == ["forfeited", "secured", "secured"]
    stories.at_end(story, Stage.AWARDED, at)
    assert summaries.summary(story.lot).winner == ""
    owner = story.walk.owner
    with at_moment(at), pytest.raises(Refused) as refused:
        services.award(story.cast.act(owner), story.lot, rank=3, at=at)
    assert [reason.code for reason in refused.value.reasons] == ["rank_skipped"]
    with at_moment(at):
        services.award(story.cast.act(owner), story.lot, rank=2, at=at)
        services.issue_letter(story.cast.act(story.walk.agency), story.lot, at=at + HOUR)
    story.archive(at + HOUR)
    end = at + 200 * DAY
    stories.at_end(story, Stage.ARCHIVED, end)
    assert summaries.summary(story.lot).winner == story.ranked(2).name
    assert _states(story, end) == ["forfeited", "returned", "returned"]
    stories.sound(story, tmp_path)


def test_when_the_winner_refuses_the_lot_may_be_tendered_again(tmp_path):
    story, letter = _declined(tmp_path)
    at = letter + 2 * DAY
    status, page = story.post(story.walk.owner, "end-round", at, text="另行招标")
    assert status == 303, page
    stories.at_end(story, Stage.FAILED, at)
    award.return_deposits(story.walk, at + DAY)
    assert _states(story, at + 2 * DAY) == ["forfeited", "returned", "returned"]
    story.next_round()
    story.to_publicity()
    story.to_archive()
    stories.at_end(story, Stage.ARCHIVED, story.when.publicity + 200 * DAY)
    found = contracting.award(story.lot)
    assert found is not None and found.round == 2
    stories.sound(story, tmp_path)
