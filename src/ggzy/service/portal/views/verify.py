"""核验: one field for a receipt code, a lot code, a height or a digest; anyone may ask."""

import re

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import ReceiptView
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.events import KINDS, Audience
from ggzy.kernel.note import VerifierKey
from ggzy.registers.experts import queries as experts
from ggzy.service.portal import queries
from ggzy.service.portal.values import Answer
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.values import Stage
from ggzy.trading.notices import queries as notices

RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
DIGEST = re.compile(r"(?:(sha256|sm3):)?([0-9a-f]{64})")
PUBLIC = "内容已经公开；链值和承诺可以与存证日志逐位核对。"
HIDDEN = "内容是否公开取决于它的披露时点；链值和承诺任何时候都可以核对。"
NOTHING = "平台没有这条记录。请核对编号；回执编号由 16 位字母数字组成，不含 I、L、O、U。"


@require_safe
def verify(request: Request) -> HttpResponse:
    """核验."""
    asked = request.GET.get("q", "").strip()[:200]
    found = receipt_of(asked) if asked else None
    told = answer(asked) if asked and not found else None
    context = {
        "asked": asked,
        "receipt": found,
        "what": queries.kind_name(found.fact.event) if found else "",
        "subject": queries.subject_name(found.receipt.subject) if found else "",
        "address": request.build_absolute_uri(request.get_full_path()),
        "answer": told,
        "checkpoint": journal.checkpoint(),
        "keys": _keys(),
        "example": queries.example_lot(),
    }
    missing = told is not None and not told.is_found
    return pages.show(request, "portal/verify.html", context, status=404 if missing else 200)


@require_safe
def key_file(request: Request) -> HttpResponse:
    """公钥文件 (keys.json), as the offline verifier takes it with --trust."""
    keys = journal.keys()
    if keys is None:
        return HttpResponse("签名机暂不可用，请稍后再试\n", status=503, headers={"Retry-After": "5"})
    return JsonResponse(
        {"log": str(keys.log), "receipt": str(keys.receipt)},
        headers={"Cache-Control": "no-cache", "Content-Disposition": 'attachment; filename="keys.json"'},
    )


def _keys() -> tuple[tuple[str, VerifierKey], ...]:
    """公钥 with the words for each; none while the signer is away."""
    keys = journal.keys()
    return (("存证头公钥", keys.log), ("回执公钥", keys.receipt)) if keys else ()


def receipt_of(asked: str) -> ReceiptView | None:
    """The receipt behind a code typed with or without hyphens, in either case."""
    code = re.sub(r"[\s\-]", "", asked).upper()
    if not RECEIPT.fullmatch(code):
        return None
    try:
        return journal.receipt("-".join(code[i : i + 4] for i in range(0, 16, 4)))
    except Missing:
        return None


def answer(asked: str) -> Answer:
    """What the platform knows about a height, a digest or a lot code."""
    plain = asked.replace(" ", "")
    if plain.isdecimal() and len(plain) < 12:
        return _height(int(plain))
    if DIGEST.fullmatch(plain.lower()):
        return _digest(plain.lower())
    return _letter(asked) or _lot(plain)


def _letter(asked: str) -> Answer | None:
    """中标通知书 by the code printed on it."""
    code = re.sub(r"[\s\-]", "", asked).upper()
    lot = (
        dossiers.letter("-".join(code[i : i + 4] for i in range(0, 16, 4)))
        if RECEIPT.fullmatch(code)
        else None
    )
    if lot is None:
        return None
    rows = (
        ("标段", lot.title),
        ("中标人", lot.winner),
        ("中标价", show.money(lot.award_amount) if lot.award_amount else lot.award_text or "见合同"),
        ("文件摘要", show.digest(lot.letter_digest)),
    )
    words = "平台发出过这份中标通知书。请核对文件摘要与您手中的文件是否一致。"
    return Answer("中标通知书属实", words, rows, f"/files/{lot.letter_digest}/", "下载平台留存的原件")


def _height(height: int) -> Answer:
    try:
        entry = journal.entry(height)
    except Missing:
        return Answer("没有这条记录", f"日志目前的高度是 {journal.head()}。", is_found=False)
    told = KINDS.get(entry.kind)
    is_public = told is not None and entry.audience is Audience.PUBLIC
    rows = (
        ("日志高度", str(entry.height)),
        *((("事项", queries.kind_name(told.cls)),) if is_public and told else ()),
        ("主题", queries.subject_name(entry.subject)),
        ("该主题的第几条", str(entry.seq)),
        ("时间", show.instant(entry.at, seconds=True)),
        ("链值", show.digest(entry.chain.hex())),
        ("内容承诺", show.digest(entry.commitment.hex())),
    )
    lot = re.match(r"(?:lot|draw)/([^/]+)", entry.subject)
    text = PUBLIC if is_public else HIDDEN
    url = f"/lots/{lot[1]}/record/" if lot and is_public else ""
    return Answer("日志中有这条记录", text, rows, url, "查看这个标段的全过程记录")


def _digest(text: str) -> Answer:
    digest = text if ":" in text else f"sha256:{text}"
    found = notices.by_digest(digest)
    if not found:
        return Answer(
            "没有公开的文件使用这个摘要",
            "尚未公开的文件（例如未开标的投标文件）不在此列，请凭回执编号核验。",
            is_found=False,
        )
    first = found[0]
    rows = tuple(("公告", other.title) for other in found)
    text = "该文件与平台发布的公告或其附件逐字节一致。"
    return Answer(
        "摘要一致",
        text,
        (*rows, ("发布时间", show.instant(first.published_at))),
        f"/notices/{first.id}/",
        "查看公告",
    )


def _lot(text: str) -> Answer:
    try:
        code = LotCode.parse(text)
        lot = dossiers.summary(code)
    except (ValueError, Missing):
        return Answer("没有这条记录", NOTHING, is_found=False)
    rows = (
        ("标段编号", show.code(code)),
        ("标段名称", lot.title),
        ("登记时间", show.instant(lot.registered_at)),
        ("日志高度", str(lot.height)),
    )
    if lot.stage is Stage.REGISTERED and lot.round == 1:
        return Answer("平台登记了这个标段", "标段页在招标公告发布后公开。", rows)
    return Answer("平台登记了这个标段", "全过程记录见标段页。", rows, f"/lots/{code}/", "查看标段")


@require_safe
def draws(request: Request, lot: str) -> HttpResponse:
    """抽取核验: pools, promises, seed and tickets of a lot's draws, computed again here and now."""
    try:
        code = LotCode.parse(lot)
    except ValueError as mistake:
        raise Missing() from mistake
    context = {
        "lot": dossiers.summary(code),
        "stories": queries.draws(code),
        "specialty": experts.specialty_name,
    }
    return pages.show(request, "portal/draws.html", context)


@require_safe
def receipt_file(request: Request, code: str) -> HttpResponse:
    """回执文件: the signed receipt with its proof, to keep and to check offline."""
    found = receipt_of(code)
    if found is None:
        raise Missing()
    answer = HttpResponse(journal.receipt_file(found.receipt.code), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.receipt.code}.ggzy"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
