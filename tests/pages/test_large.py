"""Long is normal: 1,905 bidders, a consortium of a thousand characters, a price that is a sentence."""

import time

from django.test import Client

from tests.pages.crowds import CONSORTIUM, SENTENCE, crowded
from tests.pages.markup import faults
from tests.services.tendering import hall as stage

__all__ = ["crowded"]


def test_pages_of_a_crowded_opening_stay_small_and_quick(crowded: stage.Hall, client: Client):
    code = crowded.code
    paths = [f"/lots/{code}/", f"/lots/{code}/record/", f"/lots/{code}/record/?chapter=opening&page=7"]
    paths += [f"/openings/{code}/", f"/openings/{code}/?page=20", f"/openings/{code}/?find=第1905"]
    for path in paths:
        client.get(path)
        began = time.process_time()  # of this process alone: the machine may be busy with others
        answer = client.get(path)
        took = time.process_time() - began
        text = answer.content.decode()
        assert (answer.status_code, faults(text)) == (200, []), path
        assert len(answer.content) <= 150 * 1024, path
        assert took < 0.6, f"{path} took {took:.2f} s of the processor"


def test_every_row_can_be_reached_and_found(crowded: stage.Hall, client: Client):
    first = client.get(f"/openings/{crowded.code}/").content.decode()
    assert "共 1,905 条，第 1 / 20 页" in first and CONSORTIUM in first and SENTENCE in first
    last = client.get(f"/openings/{crowded.code}/?page=20").content.decode()
    assert "云岭第1905建设工程有限公司" in last
    found = client.get(f"/openings/{crowded.code}/", {"find": "第1905建设"}).content.decode()
    assert "云岭第1905建设工程有限公司" in found and "共 1 家" in found
