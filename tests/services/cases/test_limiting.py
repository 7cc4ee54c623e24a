"""来件频率: an hour's worth from one address and from all · what was received stays received · no address is kept."""

from datetime import timedelta

import pytest
from django.test import Client

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.verdict import Refused
from ggzy.oversight.cases import services
from ggzy.oversight.cases.models import Petition, Sending, SendingKey
from ggzy.oversight.cases.rules import petitions as rules
from ggzy.oversight.cases.services import Sender
from ggzy.oversight.cases.values.complaints import Category, Channel, NewPetition
from tests.world import START, World

TIP = NewPetition(Category.REPORT, Channel.WEB, "评委收受好处", RegionCode.COUNTRY)
HERE, THERE = Sender("192.0.2.7"), Sender("192.0.2.8")


def send(number: int, sender: Sender = HERE, at=START):
    return services.file_petition(Actor.system(f"tip-{number}"), TIP, f"KEY-{number}", sender, at=at)


def refused(number: int, sender: Sender = HERE, at=START) -> list[str]:
    with pytest.raises(Refused) as caught:
        send(number, sender, at)
    return [reason.code for reason in caught.value.reasons]


@pytest.mark.parametrize(
    "here, every, expected",
    [
        (0, 0, []),
        (rules.HERE_MAX - 1, rules.ALL_MAX - 1, []),
        (rules.HERE_MAX, 0, ["too_many_here"]),
        (0, rules.ALL_MAX, ["too_many"]),
    ],
)
def test_an_hour_has_its_limits(here, every, expected):
    assert [reason.code for reason in rules.may_send(here, every).reasons] == expected


def test_one_address_is_stopped_another_is_not_and_the_next_hour_is_free(world: World):
    for number in range(rules.HERE_MAX):
        send(number)
    assert refused(99) == ["too_many_here"] and Petition.objects.count() == rules.HERE_MAX
    send(100, THERE)
    send(101, at=START + timedelta(hours=1))
    assert Petition.objects.count() == rules.HERE_MAX + 2


def test_what_was_received_stays_received_and_is_told_again(world: World):
    first = send(0)
    for number in range(1, rules.HERE_MAX):
        send(number)
    assert refused(50) == ["too_many_here"]
    again = send(0, THERE)
    assert again.height == first.height and Petition.objects.count() == rules.HERE_MAX


def test_all_addresses_together_are_stopped_too(world: World, monkeypatch):
    monkeypatch.setattr(rules, "ALL_MAX", 3)
    for number in range(3):
        send(number, Sender(f"192.0.2.{number}"))
    assert refused(9, Sender("198.51.100.9")) == ["too_many"] and Petition.objects.count() == 3


def test_no_address_is_kept_and_the_key_goes_with_its_hour(world: World):
    send(0)
    (key,) = SendingKey.objects.all()
    kept = [row.key for row in Sending.objects.all()]
    assert len(kept) == 2 and all(len(one) == 64 and "192.0.2" not in one for one in kept)
    send(1, at=START + timedelta(hours=2))
    (later,) = SendingKey.objects.all()
    assert bytes(later.secret) != bytes(key.secret)
    assert not Sending.objects.filter(key__in=kept).exists()


def test_page_says_why_and_where_else_to_turn(world: World, monkeypatch):
    monkeypatch.setattr(rules, "HERE_MAX", 1)
    told = {"category": "report", "text": "评委收受好处"}
    client = Client()
    assert client.post("/complaints/write/", {**told, "request": "a"}).status_code == 200
    answer = client.post("/complaints/write/", {**told, "request": "b"})
    shown = answer.content.decode()
    assert (
        answer.status_code == 422
        and "一小时内已收到1件" in shown
        and "寄信" in shown
        and told["text"] in shown
    )
    assert client.post("/complaints/write/", {**told, "request": "a"}).status_code == 200
