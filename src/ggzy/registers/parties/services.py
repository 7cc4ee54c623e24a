"""主体库的命令."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import local_date
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import access, events, queries, rules
from ggzy.registers.parties.models import Party
from ggzy.registers.parties.values import PartyForm


@command
def register(actor: Actor, form: PartyForm, *, at: datetime) -> Receipt:
    """主体登记: at once and for the whole province. Raises Refused, Forbidden."""
    access.may_add(actor, form.code)
    verdict = rules.may_register(form, queries.is_registered(form.code), local_date(at))
    (verdict & rules.may_supervise(form.roles, form.branches, catalog.branches())).require()
    Party.objects.create(pk=form.code, registered_at=at, **_columns(form))
    facts = (events.PartyRegistered(**_public(form)), _private(form))
    return journal.record_all(facts, actor=actor, at=at)


@command
def change(actor: Actor, form: PartyForm, *, at: datetime) -> Receipt:
    """主体信息变更, by the party itself; its code and what it supervises stay. Raises Refused, Forbidden, Missing."""
    row = access.own_party(actor, form.code)
    form = replace(form, branches=tuple(row.branches))
    rules.is_complete(form, local_date(at)).require()
    for column, value in _columns(form).items():
        setattr(row, column, value)
    row.save(force_update=True)
    facts = (events.PartyChanged(**_public(form)), _private(form))
    return journal.record_all(facts, actor=actor, at=at)


@command
def give_branches(actor: Actor, code: CreditCode, branches: tuple[str, ...], *, at: datetime) -> Receipt:
    """确定监督领域 of an authority, by the holder of the machine: no authority widens its own. Raises Refused."""
    row = access.party_to_give(actor, code)
    rules.may_supervise(row.facts().roles, branches, catalog.branches()).require()
    row.branches = list(branches)
    row.save(update_fields=["branches"])
    facts = row.facts()
    fact = events.PartyChanged(
        party=facts.code,
        name=facts.name,
        kind_of_party=facts.kind,
        region=facts.region,
        roles=facts.roles,
        licence_until=facts.licence_until,
        qualifications=facts.qualifications,
        holdings=facts.holdings,
        branches=branches,
    )
    return journal.record(fact, actor=actor, at=at)


def _columns(form: PartyForm) -> dict[str, Any]:
    account = form.basic_account
    return {
        "name": form.name.strip(),
        "kind": form.kind,
        "region": form.region,
        "roles": [str(role) for role in form.roles],
        "licence_until": form.licence_until,
        "qualifications": [kernel_events.body(q) for q in form.qualifications],
        "account_name": account.name if account else "",
        "account_bank": account.bank if account else "",
        "account_number": account.number if account else "",
        "representative": form.representative,
        "address": form.address,
        "phone": form.phone,
        "holdings": [kernel_events.body(one) for one in form.holdings],
        "branches": list(form.branches),
    }


def _public(form: PartyForm) -> dict[str, Any]:
    return {
        "party": form.code,
        "name": form.name.strip(),
        "kind_of_party": form.kind,
        "region": form.region,
        "roles": form.roles,
        "licence_until": form.licence_until,
        "qualifications": form.qualifications,
        "holdings": form.holdings,
        "branches": form.branches,
    }


def _private(form: PartyForm) -> events.AccountTold:
    account = form.basic_account
    return events.AccountTold(
        party=form.code,
        account_name=account.name if account else "",
        account_bank=account.bank if account else "",
        account_number=account.number if account else "",
        representative=form.representative,
        address=form.address,
        phone=form.phone,
    )
