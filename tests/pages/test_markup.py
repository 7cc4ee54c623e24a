"""Every page of every role: well formed, one h1, labels tied, nothing inline, few statements, quickly."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ggzy.kernel.roles import Role
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.notices import queries as notices
from tests.pages.markup import Page, faults
from tests.pages.roles import ROLES, person
from tests.services.evaluation import room
from tests.services.tendering import hall as stage

PUBLIC = [
    "/",
    "/notices/",
    "/notices/?q=教学楼",
    "/notices/?q=无",
    "/openings/?span=month&from=2026-06-20",
    "/verify/",
]
PUBLIC += [
    "/verify/?q=1",
    "/verify/?q=错",
    "/help/",
    "/help/bid/",
    "/accessibility/",
    "/api/",
    "/sign-in/",
    "/none/",
]
PUBLIC += ["/tour/parts/", "/tour/"]
STATEMENTS = 30


def lot_pages(hall: stage.Hall) -> list[str]:
    """The pages of one lot, open to everybody."""
    found = [f"/lots/{hall.code}/", f"/lots/{hall.code}/record/", f"/openings/{hall.code}/"]
    return found + [f"/notices/{notice.id}/" for notice in notices.notices(lot=hall.code)]


def test_a_checker_finds_faults():
    broken = (
        '<html><h1>一</h1><h1>二</h1><h4>三</h4><input name="q"><a href="/"></a><p style="x">None</p></div>'
        "<title>错误：错误：登录</title><main></main><main></main><nav></nav><table><th>名</th></table><button></button>must_enter"
    )
    assert len(faults(broken)) >= 14


def test_public_pages_are_well_formed(opened: stage.Hall, client: Client):
    wrong = {path: faults(client.get(path).content.decode()) for path in PUBLIC + lot_pages(opened)}
    assert {path: found for path, found in wrong.items() if found} == {}


def linked(text: str) -> set[str]:
    """The addresses of the desk a page leads to."""
    return {path.split("#")[0].split("?")[0] for path in Page(text).links if path.startswith("/desk/")}


def wrong_pages(browser: Client, who: str, start: set[str]) -> dict[str, list[str]]:
    """What is wrong with every page of the desk a person is led to, from these on."""
    wrong: dict[str, list[str]] = {}
    todo, seen = set(start), set[str]()
    while todo - seen:
        path = (todo - seen).pop()
        seen.add(path)
        answer = browser.get(path)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code == 200:
            text = answer.content.decode()
            wrong[f"{who} {path}"] = faults(text)
            todo |= linked(text)
        elif answer.status_code >= 500 or answer.status_code == 404:
            wrong[f"{who} {path}"] = [f"answers {answer.status_code}"]
    return {path: found for path, found in wrong.items() if found}


def test_desk_pages_are_well_formed_for_every_role(opened: stage.Hall, sign_in):
    for role in ROLES:
        browser = sign_in(person(opened, role))
        assert wrong_pages(browser, role, {"/desk/", f"/desk/lots/{opened.code}/"}) == {}


def test_pages_of_an_evaluation_are_well_formed_for_every_role(db, sign_in):
    judged = room.opened(room.COMPREHENSIVE)
    with judged.clock():
        judged.pass_review()
        seat = next(number for number in judged.seats() if judged.member(number).role is Role.EXPERT)
        expert = stage.Person(judged.member(seat), "评标专家", b"", b"")
        dossiers.refresh(judged.code)
        cast = {role: person(stage.Hall(judged.people, judged.code, {}, {}), role) for role in ROLES}
        for role, somebody in {**cast, "expert": expert}.items():
            assert wrong_pages(sign_in(somebody), role, {"/desk/", f"/desk/lots/{judged.code}/"}) == {}


def test_pages_ask_few_questions_and_answer_quickly(opened: stage.Hall, client: Client):
    slow = {}
    for path in PUBLIC + lot_pages(opened):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            began = time.process_time()
            client.get(path)
            took = time.process_time() - began
        if len(asked) > STATEMENTS or took > 0.3:
            slow[path] = (len(asked), round(took, 3))
    assert slow == {}


def test_statements_do_not_grow_with_lots(db, client: Client):
    counts = []
    cast = stage.cast()
    for _ in range(2):
        dossiers.refresh(stage.announced(cast).code)
        client.get("/notices/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/notices/")
            client.get("/")
            client.get("/openings/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_pages_of_the_desk_ask_few_questions(opened: stage.Hall, sign_in):
    many = {}
    for role in ROLES:
        browser = sign_in(person(opened, role))
        for path in (
            "/desk/",
            "/desk/lots/",
            f"/desk/lots/{opened.code}/",
            f"/desk/lots/{opened.code}/deposit/",
        ):
            browser.get(path)
            with CaptureQueriesContext(connection) as asked:
                browser.get(path)
            if len(asked) > STATEMENTS:
                many[f"{role} {path}"] = len(asked)
    assert many == {}
