"""命令: publish."""

from datetime import datetime

from django.db.models import Max

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.actor import Actor
from ggzy.registers.parties import queries as parties
from ggzy.trading.notices import access, events, rules
from ggzy.trading.notices.models import Notice
from ggzy.trading.notices.queries import labels
from ggzy.trading.notices.queries import notice as read_notice
from ggzy.trading.notices.values import NoticeDraft, NoticeFacts
from ggzy.trading.projects.values import LotFacts


@command
def publish(actor: Actor, draft: NoticeDraft, *, at: datetime) -> Receipt:
    """发布公告. Immutable: a mistake is answered by another notice that amends this one."""
    lot = access.lot_to_announce(actor, draft.lot)
    names = parties.names([code for code in (lot.owner, lot.agency) if code])
    agency = names.get(lot.agency, str(lot.agency)) if lot.agency else None
    whole = rules.completed(draft, lot, names.get(lot.owner, str(lot.owner)), agency, labels(lot))
    amended = read_notice(draft.amends) if draft.amends else None
    rules.may_publish(whole, lot, amended, _known_files(draft)).require()
    row = _write(whole, lot, amended, actor, at)
    vault_services.publish([file.digest for file in whole.attachments], at=at)
    return journal.record(
        events.NoticePublished(
            lot=lot.code,
            round=whole.round,
            notice=row.id,
            kind_code=whole.kind,
            title=whole.title,
            digest=row.digest,
            amends=whole.amends,
            attachments=tuple(file.digest for file in whole.attachments),
            findings=tuple(dict.fromkeys(finding[0] for finding in row.findings_json)),
        ),
        actor=actor,
        at=at,
    )


def _known_files(draft: NoticeDraft) -> frozenset[str]:
    return frozenset(file.digest for file in draft.attachments if vault.exists(file.digest))


def _write(
    draft: NoticeDraft, lot: LotFacts, amended: NoticeFacts | None, actor: Actor, at: datetime
) -> Notice:
    number = (Notice.objects.filter(lot_id=lot.code).aggregate(last=Max("number"))["last"] or 0) + 1
    content = rules.canonical(draft)
    text = f"{rules.text_of(draft)}\n{lot.code}"
    return Notice.objects.create(
        id=f"{lot.code}-{number:02d}",
        lot_id=lot.code,
        round=draft.round,
        number=number,
        kind=draft.kind,
        title=draft.title.strip(),
        facts_json=content["facts"],
        body_json=content["body"],
        attachments_json=content["attachments"],
        findings_json=[
            [found.code, found.phrase, found.where, found.text, found.rule]
            for found in rules.exclusions(draft)
        ],
        amends_id=amended.id if amended else None,
        version=amended.version + 1 if amended else 1,
        published_at=at,
        publisher=actor.organisation,
        digest=rules.digest_of(draft),
        project_title=lot.project_title,
        owner=lot.owner,
        region=lot.region,
        category=lot.category,
        nature=lot.nature,
        method=lot.method,
        estimate=lot.estimate,
        plain="\n".join(rules.normal(line) for line in text.splitlines()),
        grams=sorted(set().union(*(rules.grams(line) for line in text.splitlines()))),
    )
