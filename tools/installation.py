"""The settings of a real installation: one file in its folder, made once with every line explained."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ggzy.kernel.codes import CreditCode

TEMPLATE = """\
# 正式安装的设置 · Settings of this real installation.
# 每行一个 名称=值；环境变量优先 · One NAME=value a line; the environment wins.

# 运行本平台的交易中心的统一社会信用代码：写进每个交易标识码，启用后不得更改
# The unified social credit code of the centre: part of every lot code, never to be changed later
GGZY_PLATFORM_CODE=

# 对外网址；https 由前面的反向代理提供 · The public address; a proxy in front speaks https
GGZY_PLATFORM_URL=

# 页面上的平台名称、运行单位、服务电话 · What the pages call the platform, its centre, its telephone
GGZY_PLATFORM_NAME=公共资源交易平台
GGZY_PLATFORM_HOST=公共资源交易中心
GGZY_PLATFORM_PHONE=12345

# 收取保证金的银行接口；no_bank 只收电子保函 · The bank gateway; no_bank takes letters of guarantee only
GGZY_DEPOSIT_GATEWAY=no_bank

# 另用的 PostgreSQL（不写则用自带的） · Another PostgreSQL than the embedded one
# DATABASE_URL=postgresql://ggzy_app@localhost/ggzy
# GGZY_OWNER_URL=postgresql://ggzy_owner@localhost/ggzy

# 监听地址和端口 · Where the web process listens
# GGZY_HOST=127.0.0.1
# GGZY_PORT=8000

# 竞价室里一个号牌每秒最多操作几次 · How often one paddle may press in an auction room, a second
# GGZY_PRESSES_PER_S=5
"""
REQUIRED = ("GGZY_PLATFORM_CODE", "GGZY_PLATFORM_URL", "GGZY_DEPOSIT_GATEWAY")
HERE = "localhost,127.0.0.1,[::1]"


class Unsettled(RuntimeError):
    """The installation cannot start with these settings; the message says what to write where."""


def settle(file: Path) -> None:
    """Brings the file's settings into the environment. Raises Unsettled; a missing file is made first."""
    is_new = not file.exists()
    if is_new:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(TEMPLATE, encoding="utf-8")
        file.chmod(0o600)
    told = {**_written(file), **{name: value for name, value in os.environ.items() if value}}
    missing = [name for name in REQUIRED if not told.get(name)]
    if missing:
        made = f"made {file}; " if is_new else ""
        raise Unsettled(f"{made}write {' and '.join(missing)} into {file}, then start again")
    os.environ.update({**told, **_follows(told)})


def _written(file: Path) -> dict[str, str]:
    """The lines of the file. Raises Unsettled at the first that is no setting."""
    found = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not equals or not (name.startswith("GGZY_") or name == "DATABASE_URL"):
            raise Unsettled(f"{file}, line {number}: {line!r} is no setting of ours")
        found[name] = value
    return {name: value for name, value in found.items() if value}


def _follows(told: Mapping[str, str]) -> dict[str, str]:
    """What follows from the public address and need not be said. Raises Unsettled for an unfit value."""
    try:
        CreditCode.parse(told["GGZY_PLATFORM_CODE"])
    except ValueError as error:
        raise Unsettled(f"GGZY_PLATFORM_CODE: {error}") from error
    address = urlsplit(told["GGZY_PLATFORM_URL"])
    if address.scheme not in ("http", "https") or not address.hostname:
        raise Unsettled("GGZY_PLATFORM_URL begins with https:// (or http://, to try it out) and names a host")
    secure = "yes" if address.scheme == "https" else "no"
    usual = {
        "GGZY_HOSTS": f"{address.hostname},{HERE}",
        "GGZY_HTTPS": secure,
        "GGZY_BEHIND_PROXY": secure,
        "GGZY_LOG_ORIGIN": f"{address.hostname}/journal/1/{told.get('GGZY_DIGEST') or 'sha256'}",
    }
    return {name: value for name, value in usual.items() if not told.get(name)}
