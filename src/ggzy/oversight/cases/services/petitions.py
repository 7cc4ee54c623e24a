"""来件的命令: anybody writes, operators and supervisors take down calls and letters, supervisors answer."""

from datetime import datetime

from django.utils.crypto import salted_hmac

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases import access, events
from ggzy.oversight.cases.access import complaints as doors
from ggzy.oversight.cases.lifecycle import PETITION
from ggzy.oversight.cases.models import Petition
from ggzy.oversight.cases.queries import complaints as queries
from ggzy.oversight.cases.rules import petitions as rules
from ggzy.oversight.cases.services import limiting
from ggzy.oversight.cases.values.complaints import NewPetition, PetitionState
from ggzy.oversight.powers.services import under
from ggzy.registers.catalog import queries as catalog

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0, 1, I, L, O, U
SALT = "ggzy.petition.key"


def key_for(request: str) -> str:
    """查询码 of one form: sixteen letters, told once to whoever writes; the same form sent twice has the same."""
    number = int.from_bytes(salted_hmac(SALT, request, algorithm="sha256").digest(), "big")
    letters = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(16))
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))


@command
def file_petition(
    actor: Actor, new: NewPetition, key: str, sender: limiting.Sender = limiting.UNKNOWN, *, at: datetime
) -> Receipt:
    """提交来件, with or without a name. Without one, neither a person nor an address is kept.

    Only what is new is counted: the same form sent again gets its receipt, however many came meanwhile.
    """
    limiting.count(sender, at).require()
    return _file(actor, new, key, at)


@command
@under("petition.record")
def record_petition(actor: Actor, new: NewPetition, key: str, *, at: datetime) -> Receipt:
    """登记来电来信, by the centre or a supervisor."""
    identity.permit(actor, Permission.PETITION_RECORD)
    return _file(actor, new, key, at)


@command
@under("petition.route")
def route_petition(actor: Actor, code: str, to: str, note: str, *, at: datetime) -> Receipt:
    """转办来件."""
    row = doors.petition_to_handle(actor, code, Permission.COMPLAINT_HANDLE)
    rules.may_route(PetitionState(row.state), to, note).require()
    row.state, row.route = PETITION.after(PetitionState(row.state), "route"), to
    row.save(update_fields=["state", "route"])
    return journal.record(events.PetitionRouted(petition=code, to=to, note=note.strip()), actor=actor, at=at)


@command
@under("petition.answer")
def answer_petition(actor: Actor, code: str, text: str, *, at: datetime) -> Receipt:
    """答复来件: whoever holds the code can read it."""
    row = doors.petition_to_handle(actor, code, Permission.COMPLAINT_HANDLE)
    rules.may_answer(PetitionState(row.state), text).require()
    row.state = PETITION.after(PetitionState(row.state), "answer")
    row.answer, row.answered_at = text.strip(), at
    row.save(update_fields=["state", "answer", "answered_at"])
    return journal.record(events.PetitionAnswered(petition=code, answer=row.answer), actor=actor, at=at)


def _file(actor: Actor, new: NewPetition, key: str, at: datetime) -> Receipt:
    rules.may_file(new).require()
    today = local_date(at)
    row = Petition.objects.create(
        code=access.numbered("LJ", new.region, today.year, Petition),
        category=new.category,
        channel=new.channel,
        text=new.text.strip(),
        region=new.region,
        lot=new.lot,
        name=new.name.strip(),
        contact=new.contact.strip(),
        files=list(new.files),
        key_digest=queries.key_digest(key),
        filed_at=at,
        answer_by=rules.answer_by(new.category, today, catalog.calendar()),
        state=PETITION.start,
    )
    fact = events.PetitionFiled(petition=row.code, new=new, answer_by=row.answer_by)
    return journal.record(fact, actor=actor, at=at)
