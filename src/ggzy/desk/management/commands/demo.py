"""演示世界: built once through the ordinary commands; later starts find it as it is."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.core.management.base import CommandError

from ggzy.desk import queries as desk
from ggzy.desk.management.demo.world import PASSWORD, World
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services as journal_services
from ggzy.kernel.roles import Role
from ggzy.trading.dossier import queries as dossier_queries
from ggzy.trading.dossier import services as dossier
from ggzy.trading.dossier.queries import Wanted
from ggzy.trading.dossier.values import Stage
from ggzy.trading.projects import queries as projects

STALE = 75  # tells the launcher that this world's present is past
STALE_AFTER = timedelta(hours=6)
LIVE = (Stage.ANNOUNCED, Stage.CLOSED, Stage.OPENED)
CAST = {
    "bidder": "投标人",
    "bidder-changhong": "投标人（三家之一）",
    "bidder-antai": "投标人（三家之二）",
    "bidder-hengtong": "投标人（三家之三）",
    "agency": "招标代理机构",
    "owner": "招标人",
    "centre": "交易中心",
    "supervisor": "行政监督（承办）",
    "officer": "行政监督（协办）",
    "reviewer": "行政监督（法制审核）",
    "head": "行政监督（负责人）",
    "head-2": "行政监督（负责人）",
    "head-3": "行政监督（负责人）",
    "inspector": "纪检监察",
    "auditor": "审计",
    "custodian-1": "密钥保管人",
}


class Command(BaseCommand):
    help = "builds the invented world, unless it is there"

    def handle(self, *args: object, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("只有演示环境才有演示世界")
        if not identity.serving(Role.AGENCY):
            self._build()
        elif not dossier_queries.count(Wanted(deadline_from=journal.now() - STALE_AFTER, stages=LIVE)):
            sys.exit(STALE)
        self.stdout.write("")
        for login, role in {**CAST, _expert(): "评标专家"}.items():
            self.stdout.write(f"  {role:　<12}{login}")
        self.stdout.write(f"\n  口令都是 {PASSWORD}，也可以在“导览”页一键登录。")

    def _build(self) -> None:
        home = Path(settings.SIGNER_STATE).parent
        world = World(journal.now(), home / "custodians", home / "bidders")
        world.build(lambda title: self.stdout.write(f"  … {title}"))
        for lot in projects.lots():
            dossier.refresh(lot.code)
        journal_services.pad()
        journal_services.checkpoint()


def _expert() -> str:
    """The login of an expert who sits on a committee at this moment: any other one has an empty desk."""
    seated, _ = desk.cast()[Role.EXPERT][0]
    return identity.login_of(seated.person)
