"""证书绑定 to somebody who watches: proposed by the centre, made by a third person · who may not · what lapses."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ggzy.foundation.identity import queries, services
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.verdict import Refused
from tests.pages.markup import faults
from tests.world import CITY, START, Player, World, browser

DAY = timedelta(days=1)


def pem(world: World, player: Player) -> bytes:
    return services.demo_certificate(player.name, player.organisation, START)[0]


def proposed(world: World) -> int:
    certificate = pem(world, world.supervisor)
    receipt = services.propose_binding(world.operator.acts(), world.supervisor.person, certificate, at=START)
    return int(receipt.subject.split("/")[1])


def codes(act, *args, at=START) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, at=at)
    return [reason.code for reason in refused.value.reasons]


def test_centre_alone_binds_no_certificate_to_a_watcher(world: World):
    for watcher in (world.supervisor, world.inspector, world.auditor):
        found = codes(services.bind_certificate, world.operator.acts(), watcher.person, pem(world, watcher))
        assert found == ["needs_second"] and queries.certificates(START, person=watcher.person) == ()
    bidder = world.bidders[0]
    services.bind_certificate(world.operator.acts(), bidder.person, pem(world, bidder), at=START)
    assert len(queries.certificates(START, person=bidder.person)) == 1


def test_third_person_makes_the_binding(world: World):
    number = proposed(world)
    assert [one.id for one in queries.bindings(CITY, START)] == [number]
    assert queries.certificates(START, person=world.supervisor.person) == ()
    services.consent_binding(world.inspector.acts(), number, at=START + DAY)
    assert len(queries.certificates(START + DAY, person=world.supervisor.person)) == 1
    assert queries.bindings(CITY, START + DAY) == ()
    kinds = [fact.kind for fact in journal.facts(subject=f"binding/{number}")]
    assert kinds == ["binding.proposed", "binding.consented"]
    assert codes(services.consent_binding, world.auditor.acts(), number, at=START + DAY) == ["settled"]


def test_who_may_not_consent(world: World):
    number = proposed(world)
    for player in (world.operator, world.owner, world.bidders[0]):
        with pytest.raises(Forbidden):
            services.consent_binding(player.acts(), number, at=START)
    for player, code in ((world.supervisor, "own_account"), (world.other_supervisor, "region")):
        assert codes(services.consent_binding, player.acts(), number, at=START) == [code]
    late = START + timedelta(days=7)
    assert codes(services.consent_binding, world.inspector.acts(), number, at=late) == ["expired"]
    assert queries.bindings(CITY, late) == ()
    proposer = Actor(world.operator.person, None, world.inspector.role, CITY, "x")
    assert codes(services.consent_binding, proposer, number, at=START) == ["own_proposal"]


def test_refusal_needs_its_reason_and_binds_nothing(world: World):
    number = proposed(world)
    assert codes(services.refuse_binding, world.inspector.acts(), number, " ", at=START) == ["reason_missing"]
    services.refuse_binding(world.inspector.acts(), number, "本人没有领取证书", at=START)
    assert queries.certificates(START, person=world.supervisor.person) == ()


def test_pages_of_the_centre_and_of_the_watchers(world: World):
    centre, inspector = browser(world.operator), browser(world.inspector)
    address = f"/desk/people/{world.supervisor.person}/certificate/"
    shown = centre.get(address).content.decode()
    assert "由另一名监督" in shown and faults(shown) == []
    file = SimpleUploadedFile("证书.pem", pem(world, world.supervisor))
    assert centre.post(address, {"file": file}).status_code == 303
    (one,) = queries.bindings(CITY, journal.now())
    listed = inspector.get("/desk/consents/").content.decode()
    assert "绑定数字证书" in listed and faults(listed) == []
    page = f"/desk/consents/certificates/{one.id}/"
    shown = inspector.get(page).content.decode()
    assert "S-18" in shown and one.fingerprint[-4:] in shown and faults(shown) == []
    assert "由另一名监督人员同意" in browser(world.supervisor).get(page).content.decode()
    assert inspector.get(page + "refuse/").status_code == 200
    assert inspector.post(page, {"sure": "on"}).status_code == 303
    assert len(queries.certificates(journal.now(), person=world.supervisor.person)) == 1
    assert centre.post(address, {"file": SimpleUploadedFile("坏.pem", b"no")}).status_code == 422
    assert browser(world.bidders[0]).get(address).status_code == 403
