"""上传的文件: kept the moment they arrive, so that nothing is chosen twice."""

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.actor import Actor
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.auctions.forms import papers
from ggzy.trading.auctions.values import Document


def received(
    request: Request, actor: Actor, names: Mapping[str, str]
) -> tuple[QueryDict, tuple[Document, ...], tuple[Reason, ...]]:
    """What was typed, with every file that has ever arrived carried along; `names`: field → material."""
    data = request.POST.copy()
    held = papers.CarriedForm({"carried": data.get("carried", "")})
    held.full_clean()
    files = list(held.cleaned_data.get("carried") or ())
    reasons: tuple[Reason, ...] = ()
    for name, material in names.items():
        upload = request.FILES.get(name)
        if upload is None:
            continue
        try:
            kept = keep(actor, upload)
        except Refused as refused:
            reasons += refused.reasons
            continue
        meta = vault.meta(kept)
        fresh = Document(str(upload.name), kept, meta.size, material)
        files = [file for file in files if not _is_same(file, fresh)] + [fresh]
    data["carried"] = papers.carried(files)
    return data, tuple(files), reasons


def _is_same(file: Document, fresh: Document) -> bool:
    """The same material or the same name again takes the place of the old one."""
    return (bool(file.material) and file.material == fresh.material) or file.name == fresh.name


def keep(actor: Actor, upload: UploadedFile) -> str:
    """存入一份文件. Its digest. Raises Refused."""
    owner = str(actor.organisation or actor.person)
    return vault_services.put(
        upload,
        name=str(upload.name),
        owner=owner,
        cap=papers.DOCUMENT_BYTES_MAX,
    )
