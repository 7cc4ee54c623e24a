"""招标、投标、开标的页面: who sees what, refusals in words, one walk through the browser's door."""

import base64
import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from custodian.holder import Holder
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services as journal_services
from ggzy.foundation.sealing import package as packages
from ggzy.foundation.sealing import requests
from ggzy.foundation.sealing.case import Case
from ggzy.foundation.sealing.plan import state_key
from ggzy.kernel.digest import digest
from ggzy.registers.parties.models import Party
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Order
from ggzy.trading.tendering import queries, services
from ggzy.trading.tendering.values import BidState, TenderState
from tests.pages import markup
from tests.pages.tendering import address, text
from tests.services.tendering import hall as stage
from tests.services.tendering.announcement import documents, typed
from tests.services.tendering.hall import ANNOUNCED, BIDDING, DEADLINE, clock

SOON = DEADLINE + timedelta(minutes=5)


def carried(page):
    return text(page).split('name="carried" value="')[1].split('"')[0]


def sbe(hall, firm, **how):
    with clock(BIDDING):
        stage.seal(hall, firm, **how)
    file = io.BytesIO()
    packages.write_package(hall.sealed[firm.code], file)
    return file.getvalue()


def test_an_announcement_is_composed_checked_and_published(db, sign_in):
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    with clock(ANNOUNCED):
        browser = sign_in(people.agency)
        assert "最早" in text(browser.get(address(hall, "announce")))
        usual = typed(documents=documents(), deposit_by_credit="on", step="check")
        check = browser.post(address(hall, "announce"), usual)
        assert check.status_code == 200, text(check)[2000:6000]
        assert "检查招标公告" in text(check)
        assert "19,800,000.00 元" in text(check) and "招标投标法 §24" in text(check)
        assert 'value="publish"' in text(check)
        assert "按信用等级核定" in text(check)
        kept = typed(carried=carried(check), deposit_by_credit="on", step="publish")
        done = browser.post(address(hall, "announce"), kept)
        assert done.status_code == 303, text(done)[-3000:]
    tender = queries.tender(hall.code)
    assert tender.state is TenderState.ANNOUNCED
    assert tender.terms is not None and tender.terms.deposit_by_credit
    assert [file.name for file in tender.documents[0].files] == ["招标文件.txt"]


def test_an_excluding_phrase_is_underlined_before_publication_and_does_not_refuse_it(db, sign_in):
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    with clock(ANNOUNCED):
        browser = sign_in(people.agency)
        said = {"qualification": "三级及以上资质；投标人须在本市设有分公司"}
        check = browser.post(address(hall, "announce"), typed(documents=documents(), step="check") | said)
        assert "<mark>本市设有分公司</mark>" in text(check) and "§32(七)" in text(check)
        assert 'value="publish"' in text(check)


def test_an_unlawful_date_is_told_on_the_check_page_and_one_button_mends_it(db, sign_in):
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    with clock(ANNOUNCED):
        browser = sign_in(people.agency)
        early = typed(deadline="2026-06-10T10:15", documents=documents())
        check = browser.post(address(hall, "announce"), early | {"step": "check"})
        assert "最早 2026年6月22日（满 20 日）" in text(check) and 'value="publish"' not in text(check)
        early["carried"] = carried(check)
        del early["documents"]
        mended = browser.post(address(hall, "announce"), early | {"adopt": "deadline"})
        assert 'value="2026-06-22 10:15"' in text(mended) and "招标文件.txt" in text(mended)
        refused = browser.post(address(hall, "announce"), early | {"step": "publish"})
        assert refused.status_code == 422 and "不足 20 日" in text(refused)


def test_nothing_typed_is_lost_when_something_is_wrong(db, sign_in):
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    with clock(ANNOUNCED):
        wrong = sign_in(people.agency).post(
            address(hall, "announce"), typed(deposit="很多钱", venue="第九开标室", step="check")
        )
    assert wrong.status_code == 422
    assert "第九开标室" in text(wrong) and "很多钱" in text(wrong)


def test_custodians_are_named_on_a_page(db, sign_in):
    people = stage.cast()
    code = stage.lot(people)
    with clock(ANNOUNCED):
        browser = sign_in(people.agency)
        page = text(browser.get(f"/desk/lots/{code}/custody/"))
        boxes = [piece.split('"')[0] for piece in page.split('name="holders" value="')[1:]]
        assert len(boxes) == 3
        done = browser.post(f"/desk/lots/{code}/custody/", {"k": "2", "holders": boxes, "request": "c1"})
        assert done.status_code == 303, text(done)
        assert "未提交" in text(browser.get(f"/desk/lots/{code}/custody/"))
    custody = queries.tender(code).custody
    assert custody is not None and custody.k == 2


def test_downloads_and_uploads_note_from_where_they_came(announced, sign_in, settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path
    hall = announced
    one, other = hall.people.firms[:2]
    with clock(BIDDING):
        browser = sign_in(one)
        page = browser.get(address(hall, "bid"))
        assert "只用于核查串通投标" in text(page) and page.cookies["browser"]["httponly"]
        taken = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": "Fire\nfox" + "x" * 500}
        browser.post(f"{address(hall, 'bid')}documents/1/", {"request": "t1"}, **taken)
        upload = SimpleUploadedFile("投标文件.sbe", sbe(hall, one))
        browser.post(f"{address(hall, 'bid')}upload/", {"package": upload}, REMOTE_ADDR="203.0.113.7")
        rival = sign_in(other)
        rival.cookies["browser"] = browser.cookies["browser"].value
        data, door = sbe(hall, other), f"{address(hall, 'bid')}uploads/{'c' * 32}/"
        said = {"X-Content-Digest": digest(data)}
        rival.put(f"{door}0/", data, content_type="application/octet-stream", headers=said)
        rival.post(f"{door}done/", json.dumps({"count": 1, "name": "a.sbe"}), content_type="application/json")
        assert "browser" not in rival.get(address(hall, "bid")).cookies
    facts = [fact.event for fact in journal.facts(prefix=f"lot/{hall.code}", kinds=["visit.noted"])]
    assert [(fact.act, fact.party) for fact in facts] == [
        ("download", one.code), ("upload", one.code), ("upload", other.code),
    ]  # fmt: skip
    assert [fact.visit.address for fact in facts] == ["203.0.113.7", "203.0.113.7", "127.0.0.1"]
    assert facts[0].visit.browser.startswith("Firefoxxx") and len(facts[0].visit.browser) == 200
    assert facts[0].visit.mark == facts[1].visit.mark == facts[2].visit.mark != ""


def test_a_file_arrives_at_a_lot_that_stands_still_though_no_visit_is_noted(announced, sign_in):
    hall, firm = announced, announced.people.firms[0]
    with clock(BIDDING) as at:
        order = Order(
            "江州市住房和城乡建设局", "核查举报", "招标投标法 §61", BIDDING.date() + timedelta(days=7)
        )
        projects.suspend(hall.people.supervisor.anew(), hall.code, order, at=at)
        upload = SimpleUploadedFile("投标文件.sbe", sbe(hall, firm))
        answer = sign_in(firm).post(f"{address(hall, 'bid')}upload/", {"package": upload})
        assert answer.status_code == 303
        assert queries.waiting(hall.code, firm.code) is not None
    assert not list(journal.facts(prefix=f"lot/{hall.code}", kinds=["visit.noted"]))


def test_a_bid_travels_from_file_to_receipt(announced, sign_in):
    hall, firm = announced, announced.people.firms[0]
    package = sbe(hall, firm)
    with clock(BIDDING):
        browser = sign_in(firm)
        page = browser.get(address(hall, "bid"))
        assert "我能投标吗" in text(page) and "开标前，任何人不能查看投标人名称和数量" in text(page)
        order = browser.get(f"{address(hall, 'bid')}seal.json").json()
        assert (order["gen"], order["prev"], order["bidder"]) == (1, None, firm.code)
        upload = SimpleUploadedFile("投标文件.sbe", package)
        assert browser.post(f"{address(hall, 'bid')}upload/", {"package": upload}).status_code == 303
        page = text(browser.get(address(hall, "bid")))
        assert "尚未递交" in page
        kept = page.split('name="package" value="')[1].split('"')[0]
        done = browser.post(f"{address(hall, 'bid')}submit/", {"package": kept, "request": "s1"})
        assert done.status_code == 303, text(done)
        shown = text(browser.get(done.headers["Location"]))
        assert "投标文件递交回执" in shown and firm.name in shown
        assert browser.get(f"{address(hall, 'bid')}seal.json").json()["gen"] == 2
    assert stage.mine(hall, firm).state is BidState.SUBMITTED


def test_a_bid_travels_in_pieces_and_resumes(announced, sign_in, settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path
    hall, firm = announced, announced.people.firms[0]
    package = sbe(hall, firm)
    door = f"{address(hall, 'bid')}uploads/{'a' * 32}/"
    cut = len(package) // 2
    halves = (package[:cut], package[cut:])
    with clock(BIDDING):
        browser = sign_in(firm)

        def put(index, data, said=None):
            headers = {"X-Content-Digest": said or digest(data)}
            return browser.put(
                f"{door}{index}/", data, content_type="application/octet-stream", headers=headers
            )

        def finish():
            said = json.dumps({"count": 2, "name": "投标文件.sbe"})
            return browser.post(f"{door}done/", said, content_type="application/json")

        assert put(0, halves[0]).status_code == 204
        assert put(0, halves[0]).status_code == 204
        assert put(0, b"other").status_code == 409
        assert put(1, halves[1], digest(b"else")).status_code == 422
        assert browser.get(door).json() == {"held": [0]}
        assert "第 2 块" in text(finish()) and finish().status_code == 422
        assert put(1, halves[1]).status_code == 204
        done = finish()
        assert done.status_code == 200
        submitted = browser.post(
            f"{address(hall, 'bid')}submit/", {"package": done.json()["package"], "request": "s2"}
        )
        assert submitted.status_code == 303


def test_a_late_submission_says_both_moments_and_closes_the_tender(announced, sign_in):
    hall, firm = announced, announced.people.firms[0]
    stage.submit(hall, firm)
    with clock(BIDDING):
        kept = stage.seal(hall, firm, gen=2, prev=hall.sealed[firm.code].manifest.digest)
    with clock(DEADLINE + timedelta(seconds=1)):
        late = sign_in(firm).post(f"{address(hall, 'bid')}submit/", {"package": kept, "request": "late"})
    assert late.status_code == 422
    assert "截止时间为 09:30:00" in text(late) and "此前 15:00:00" in text(late)
    assert queries.tender(hall.code).state is TenderState.FAILED
    (fact,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["bid.refused"])
    assert fact.event.bidder == firm.code


def test_a_plain_file_is_refused_in_words(announced, sign_in):
    firm = announced.people.firms[0]
    with clock(BIDDING):
        plain = SimpleUploadedFile("投标文件.sbe", b"%PDF-1.7 plain")
        answer = sign_in(firm).post(f"{address(announced, 'bid')}upload/", {"package": plain})
    assert answer.status_code == 422 and "内容与扩展名不符" in text(answer)


def test_a_bid_is_withdrawn_on_its_own_page(announced, sign_in):
    hall, firm = announced, announced.people.firms[0]
    stage.submit(hall, firm)
    with clock(BIDDING):
        browser = sign_in(firm)
        assert "5 日内退还" in text(browser.get(f"{address(hall, 'bid')}withdraw/"))
        assert browser.post(f"{address(hall, 'bid')}withdraw/", {"request": "w1"}).status_code == 303
        assert "已撤回" in text(browser.get(address(hall, "bid")))


@pytest.mark.parametrize("who", ["owner", "agency", "operator", "supervisor", "custodian"])
def test_before_the_deadline_no_page_tells_anybody_who_bids(announced, sign_in, who):
    hall = announced
    for firm in hall.people.firms[:3]:
        stage.submit(hall, firm)
    person = hall.people.custodians[0] if who == "custodian" else getattr(hall.people, who)
    with clock(BIDDING):
        browser = sign_in(person)
        for verb in (
            "announce",
            "clarify",
            "extend",
            "opening",
            "bid",
            "hall",
            "keys",
            "custody",
            "retender",
        ):
            page = text(browser.get(address(hall, verb)))
            assert not any(firm.name in page for firm in hall.people.firms), verb
            assert "3 份" not in page, verb


PAGES = {
    "agency": {"custody", "announce", "clarify", "extend", "retender", "opening"},
    "owner": {"custody", "announce", "clarify", "extend", "retender", "opening"},
    "firm": {"bid", "ask", "bid/withdraw"},
    "operator": {"opening"},
    "custodian": {"keys"},
    "supervisor": set(),
}


@pytest.mark.parametrize("who", PAGES)
def test_each_page_answers_those_it_is_for_and_nobody_else(announced, sign_in, who):
    people = announced.people
    chosen = {"firm": people.firms[0], "custodian": people.custodians[0]}.get(who) or getattr(people, who)
    with clock(BIDDING):
        browser = sign_in(chosen)
        for verb in sorted(set().union(*PAGES.values())):
            expected = 200 if verb in PAGES[who] else 404
            answer = browser.get(address(announced, verb))
            assert answer.status_code in ((200,) if expected == 200 else (403, 404)), verb
            if expected == 200:
                assert markup.faults(text(answer)) == []


def test_a_namesake_on_the_owners_side_is_shown_once_the_bidders_are(db, sign_in):
    hall = stage.closed()
    owner, firm = hall.people.owner, hall.people.firms[0]
    line = f"法定代表人{owner.name}经办人与{owner.name}的工作人员同名"
    Party.objects.filter(pk=firm.code).update(representative=f"{owner.name}经办人")
    stage.release_shares(hall)
    stage.release_keys(hall, (0, 1, 2))
    with clock(SOON):
        agency, operator = sign_in(hall.people.agency), sign_in(hall.people.operator)
        early = text(operator.get(address(hall, "opening")))
        assert line not in early and firm.name not in early, "the centre sees counters only"
        for step in ("decrypt", "read-out"):
            said = agency.post(f"{address(hall, 'opening')}{step}/", {"request": step})
            assert said.status_code == 303, text(said)[-2000:]
        for reader in (agency, operator):
            page = text(reader.get(address(hall, "opening")))
            assert line in page and "不据此限制参加" in page and markup.faults(page) == []


def test_the_console_and_the_hall_lead_through_an_opening(db, sign_in):
    hall = stage.closed()
    agency, firm = hall.people.agency, hall.people.firms[0]
    stage.release_shares(hall)
    stage.release_keys(hall, (1, 2))
    with clock(SOON):
        console, bidder = sign_in(agency), sign_in(firm)
        page = text(bidder.get(address(hall, "hall")))
        assert "unlock.json" in page and "19010000" not in page
        unlock = bidder.get(f"{address(hall, 'hall')}unlock.json").json()
        assert unlock["parts"] == ["business", "price"]
        secrets = {
            secret.part: base64.urlsafe_b64encode(secret.secret).rstrip(b"=").decode()
            for secret in stage.secrets(hall, firm)
        }
        wrong = bidder.post(address(hall, "hall"), {"secrets": '{"price": "AAAA"}', "request": "k0"})
        assert wrong.status_code == 422 and "这把密钥打不开您的投标文件" in text(wrong)
        assert (
            bidder.post(address(hall, "hall"), {"secrets": json.dumps(secrets), "request": "k1"}).status_code
            == 303
        )
        before = text(console.get(address(hall, "opening")))
        assert "3 / 3" in before and "19000000" not in before
        assert console.post(f"{address(hall, 'opening')}read-out/", {"request": "r1"}).status_code == 303
        after = text(console.get(address(hall, "opening")))
        assert "19000000元" in after and firm.name in after
        assert bidder.post(f"{address(hall, 'hall')}confirm/", {"request": "c1"}).status_code == 303
        assert console.post(f"{address(hall, 'opening')}conclude/", {"request": "r2"}).status_code == 303
        assert "开标记录已公布" in text(console.get(address(hall, "opening")))
        assert markup.faults(text(console.get(address(hall, "opening")))) == []
        assert markup.faults(text(bidder.get(address(hall, "hall")))) == []
    assert queries.tender(hall.code).state is TenderState.OPENED


def test_a_failure_is_decided_on_the_console(db, sign_in):
    hall = stage.closed()
    stage.release_shares(hall)
    stage.release_keys(hall, (0, 1))
    stage.decrypt(hall)
    with clock(DEADLINE + timedelta(minutes=31)):
        browser = sign_in(hall.people.agency)
        early = browser.post(f"{address(hall, 'opening')}conclude/", {"request": "e1"})
        assert early.status_code == 422 and "尚未唱标" in text(early)
        browser.post(f"{address(hall, 'opening')}read-out/", {"request": "e2"})
        page = text(browser.get(address(hall, "opening")))
        assert "未能解密的投标文件（1）" in page and "解密时间内未收到投标人的解密密钥" in page
        bid = queries.failures(hall.code)[0].bid
        data = {"bid": bid, "cause": "bidder", "reason": "未解密", "request": "e3"}
        assert browser.post(f"{address(hall, 'opening')}decide/", data).status_code == 303
        assert browser.post(f"{address(hall, 'opening')}conclude/", {"request": "e4"}).status_code == 303


def test_a_custodian_s_tool_knocks_at_signed_doors(db, client, tmp_path):
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people), keys=2)
    keeper = people.custodians[2]

    def ask(method, path, body=b"", at=None, key=keeper.key):
        header = requests.sign(method, path, body, who=keeper.who, key=key, at=at)
        return client.generic(
            method, path, body, content_type="application/json", headers={"Authorization": header}
        )

    with clock(ANNOUNCED) as at:
        todo = ask("GET", f"/custody/{keeper.who}/todo.json", at=at).json()
        assert todo["keys"] == [{"lot": hall.code, "round": 1}] and todo["cases"] == []
        private = stage.SUITE.new_key()
        hall.tender_keys[keeper.who] = private
        statement = state_key(hall.code, 1, keeper.who, stage.SUITE.public_of(private), keeper.key)
        body = json.dumps(statement.body(), sort_keys=True).encode()
        assert ask("POST", f"/custody/{keeper.who}/keys", body, at).status_code == 200
        forged = ask("GET", f"/custody/{keeper.who}/todo.json", at=at, key=people.custodians[0].key)
        assert forged.status_code == 422
        services.announce(hall.agency, hall.code, stage.terms(people), at=at)
    for firm in people.firms[:3]:
        stage.submit(hall, firm)
    path = f"/custody/{keeper.who}/{hall.code}/1/open-1"
    with clock(BIDDING) as at:
        assert ask("GET", f"{path}.json", at=at).status_code == 404
    stage.close(hall)
    with clock(SOON) as at:
        journal_services.checkpoint()
        case = Case.read(ask("GET", f"{path}.json", at=at).content)
        assert len(case.opening_set) == 3
        records = stage.shares(hall, keeper)
        rows = [
            {
                "bid": one.bid,
                "part": one.part,
                "m": base64.urlsafe_b64encode(one.record).rstrip(b"=").decode(),
            }
            for one in records
        ]
        body = json.dumps({"fmt": "ggzy.custody.shares/1", "shares": rows}).encode()
        assert ask("POST", f"{path}/shares", body, at).status_code == 200
    assert stage.progress(hall).shares_released == (3,)


def test_a_holder_s_own_checks_pass_on_the_platform_s_case(db, tmp_path):
    people = stage.cast()
    keepers = [
        Holder.create(tmp_path / str(number), certificate=person.certificate, identity_key=person.key)
        for number, person in enumerate(people.custodians)
    ]
    hall = stage.prepared(people, stage.lot(people), keys=0)
    with clock(ANNOUNCED) as at:
        for person, holder in zip(people.custodians, keepers, strict=True):
            holder.pin(journal.signer().keys().log)
            services.post_custodian_key(person.anew(), hall.code, holder.statement(hall.code, 1), at=at)
        services.announce(hall.agency, hall.code, stage.terms(people), at=at)
    for firm in people.firms[:3]:
        stage.submit(hall, firm)
    stage.close(hall)
    with clock(SOON) as at:
        journal_services.checkpoint()
        released = keepers[0].release(queries.custody_case(hall.code, 1, "open-1"), at)
    assert len(released) == 6


def test_the_check_page_offers_the_earliest_date_as_a_button(db, sign_in):
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    with clock(ANNOUNCED):
        browser = sign_in(people.agency)
        early = typed(deadline="2026-06-10 10:15", documents=documents())
        check = text(browser.post(address(hall, "announce"), early | {"step": "check"}))
        assert 'form="publish" name="adopt" value="deadline"' in check and "采用最早日期" in check


def test_a_question_is_the_owners_turn_until_it_is_answered(announced: stage.Hall, sign_in):
    with clock(stage.BIDDING) as at:
        owner = sign_in(announced.people.owner)
        assert "条疑问" not in text(owner.get("/desk/"))
        services.ask(announced.people.firms[0].anew(), announced.code, "工期是否含假期？", at=at)
        assert "答复 1 条疑问" in text(owner.get("/desk/"))
        assert "1 条疑问待答复" in text(owner.get(f"/desk/lots/{announced.code}/"))
        clarify = text(owner.get(address(announced, "clarify")))
        assert clarify.index("工期是否含假期？") < clarify.index("澄清或修改的内容")
