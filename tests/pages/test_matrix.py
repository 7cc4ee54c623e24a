"""权限矩阵 over HTTP: every page × every role answers what `kernel.roles` says, and no page is left out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import GRANTS, Permission, Role
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.auctions.values import AuctionState
from ggzy.trading.notices import queries as notices
from tests.pages import auction_room
from tests.services.tendering import hall as stage

P = Permission
PUBLIC, SIGNED_IN, HOLDER = "public", "signed in", "who has the code, or the demo's key file"

# A page that opens for a permission; several where any one is enough.
MATRIX: dict[str, str | tuple[Permission, ...]] = {
    **dict.fromkeys(
        (
            "ui:stylesheet", "ui:clock", "ui:preferences", "ui:parts", "identity:sign-in", "identity:demo",
            "portal:home", "portal:notices", "portal:export", "portal:notice", "portal:attachment",
            "portal:openings", "portal:openings-ics", "portal:opening", "portal:party", "portal:verify", "portal:draws",
            "portal:help", "portal:guide", "portal:accessibility", "portal:api", "portal:openapi",
            "desk:lot", "desk:record", "desk:lot-json", "desk:dossier", "desk:lot-ics", "desk:tour", "credit:credit",
            "credit:party", "credit:model",
            "identity:set-password", "portal:keys",
            "catalog:catalog", "catalog:category", "vault:file",
            "auctions:hall", "auctions:room", "auctions:state", "auctions:offers", "auctions:door", "auctions:read",
            "auctions:film", "auctions:film-json",
            "cases:powers", "cases:power", "cases:penalties",
            "cases:hub", "cases:entry", "cases:write", "cases:follow", "cases:checks-shown",
        ),
        PUBLIC,
    ),
    **dict.fromkeys(
        (
            "desk:board", "desk:lots", "desk:workbench", "desk:follow", "identity:me", "identity:password",
            "identity:end-others", "identity:revoke", "identity:claim", "identity:switch", "identity:sign-out",
        ),
        SIGNED_IN,
    ),
    "portal:receipt-file": HOLDER,
    "desk:demo-key": HOLDER,
    "cases:check-shown": HOLDER,  # public, once there is a check
    "credit:register": (P.CASE_READ,),
    "credit:propose": (P.CREDIT_RECORD,),
    "credit:import": (P.CREDIT_RECORD,),
    "credit:mine": (P.CREDIT_APPEAL,),
    "experts:marks": (P.CREDIT_RECORD,),
    "experts:enter": (P.CREDIT_RECORD,),
    "desk:bids": (P.BID_SUBMIT,),
    "desk:sittings": (P.MEMBER_ANSWER,),
    "desk:shares": (P.SHARE_RELEASE,),
    "desk:day": (P.OPENING_CONDUCT,),
    "desk:journal": (P.JOURNAL_READ,),
    "alerts:alerts": (P.ALERT_READ,),
    "alerts:indicators": (P.ALERT_READ,),
    "alerts:explanations": (P.ALERT_EXPLAIN,),
    "cases:cases": (P.CASE_READ,),
    "cases:open": (P.CASE_HANDLE,),
    "cases:heard": (P.CASE_ANSWER,),
    "cases:brakes": (P.CASE_READ,),
    "cases:petitions": (P.PETITION_RECORD, P.CASE_READ),
    "cases:checks": (P.CHECK_COMMIT, P.CASE_READ),
    "cases:plan": (P.CHECK_RUN,),
    "cases:consents": (P.OFFICIAL_CONSENT,),
    "cases:record": (P.PETITION_RECORD,),
    "cases:complain": (P.COMPLAINT_FILE,),
}  # fmt: skip
ROLES = [role for role in Role if role is not Role.SYSTEM]


def every(patterns: list[Any], space: str = "", path: str = "") -> Iterator[tuple[str, str]]:
    """(name, path) of every page of the platform."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from every(pattern.url_patterns, inner, path + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", path + str(pattern.pattern)


EVERY = list(every(get_resolver().url_patterns))
PAGES = [(name, path) for name, path in EVERY if name in MATRIX]
OTHERS = [(name, path) for name, path in EVERY if name not in MATRIX]
OPEN_DOORS = ("api/", "log/")  # public data
TOOL_DOORS = ("custody/",)  # every request is signed by the custodian's tool


@pytest.fixture
def browsers(announced: stage.Hall, sign_in) -> dict[Role, Client]:
    """A browser for each role."""
    cast = announced.people
    known = {
        Role.OWNER: cast.owner, Role.AGENCY: cast.agency, Role.OPERATOR: cast.operator,
        Role.SUPERVISOR: cast.supervisor, Role.BIDDER: cast.firms[0], Role.CUSTODIAN: cast.custodians[0],
    }  # fmt: skip
    with stage.clock(stage.REGISTERED):
        for serial, role in enumerate((Role.EXPERT, Role.INSPECTOR, Role.AUDITOR), start=80):
            known[role] = stage.person(serial, f"云岭省{role.label}处", role, PartyRole.AUTHORITY)
    return {role: sign_in(known[role]) for role in ROLES}


@pytest.fixture(autouse=True)
def room(announced: stage.Hall) -> LotCode:
    """An auction room that waits for its start, beside the tender."""
    return auction_room.waiting(announced.people)


def filled(path: str, hall: stage.Hall) -> str:
    """The path with something real in each gap."""
    (notice,) = notices.notices(lot=hall.code)
    gaps = {
        "<slug:fingerprint>": "0" * 16, "<slug:ending>": "json", "<str:notice>": notice.id, "<int:number>": "0",
        "<slug:guide>": "bid", "<slug:key>": "construction", "<str:digest>": notice.attachments[0].digest,
    }  # fmt: skip
    for gap, value in gaps.items():
        path = path.replace(gap, value)
    (waiting,) = auctions.auctions(AuctionState.ANNOUNCED)
    path = path.replace("<str:room>", waiting.lot).replace("read.json", "read.json?measure=money&text=1")
    path = path.replace("powers/construction/", "powers/S-01/")
    path = path.replace("parties/<str:code>", f"parties/{hall.people.owner.code}")
    return "/" + path.replace("<str:code>", hall.code).replace("<str:lot>", hall.code)


def is_shut(client: Client, path: str) -> bool:
    """Whether this page is closed to this visitor: forbidden, missing, or behind the door."""
    answer = client.get(path)
    assert answer.status_code < 500, f"{path} answers {answer.status_code}"
    return answer.status_code in (403, 404) or "/sign-in/" in answer.headers.get("Location", "")


def test_public_pages_are_open_to_everybody(announced: stage.Hall, browsers: dict[Role, Client]):
    for name, path in PAGES:
        if MATRIX[name] == PUBLIC:
            shut = [
                who
                for who, browser in [("stranger", Client()), *browsers.items()]
                if is_shut(browser, filled(path, announced))
            ]
            assert shut == [], f"{name} is shut to {shut}"


def test_pages_behind_the_door_are_shut_to_strangers(announced: stage.Hall):
    for name, path in PAGES:
        if MATRIX[name] not in (PUBLIC, HOLDER):
            answer = Client().get(filled(path, announced))
            assert answer.status_code == 405 or "/sign-in/" in answer.headers.get("Location", ""), name


def test_pages_open_for_exactly_the_roles_of_the_matrix(announced: stage.Hall, browsers: dict[Role, Client]):
    for name, path in PAGES:
        rule = MATRIX[name]
        if isinstance(rule, tuple):
            opened = {
                role for role, browser in browsers.items() if not is_shut(browser, filled(path, announced))
            }
            assert opened == {role for role in ROLES if GRANTS[role] & set(rule)}, name


def gapless(path: str, hall: stage.Hall) -> str:
    """The path of a command page, whatever else it wants to know."""
    known = filled(path, hall)
    return re.sub(r"<(int|slug|str):\w+>", lambda gap: "1" if gap[1] == "int" else "none", known)


def test_every_other_page_stands_behind_the_door(announced: stage.Hall):
    for name, path in OTHERS:
        assert path.startswith(("desk/", *OPEN_DOORS, *TOOL_DOORS)), f"{name} is missing in the matrix"
        if not path.startswith(OPEN_DOORS):
            answer = Client().get(gapless(path, announced))
            door = answer.status_code in (403, 404, 405) or "/sign-in/" in answer.headers.get("Location", "")
            assert door, f"{name} answers a stranger with {answer.status_code}"


def test_pages_of_a_lot_are_shut_to_other_organisations(announced: stage.Hall, sign_in):
    with stage.clock(stage.REGISTERED):
        rivals = [
            stage.person(91, "河阳市水利局", Role.OWNER, PartyRole.OWNER),
            stage.person(92, "河阳招标代理有限公司", Role.AGENCY, PartyRole.AGENCY),
        ]
    for rival in rivals:
        browser = sign_in(rival)
        for name, path in EVERY:
            if path.startswith("desk/lots/<str:code>/"):
                answer = browser.get(gapless(path, announced))
                assert answer.status_code in (403, 404, 405), (
                    f"{name} answers {answer.status_code} to {rival.name}"
                )
