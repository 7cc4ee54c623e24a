"""命令行选项: what `ggzy flags` may be told; without argparse, which takes longer to load than five megabytes to read."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from redflags.bulk import cores

READER = "reader"
HELP = """用法：ggzy flags FILE… [选项]
OCDS 红旗指标。FILE 是发布、记录、数据包或每行一条的文件，可以压缩；- 为标准输入。

  -s, --settings FILE             Cardinal 的设置文件（.ini）；没有则十一项全算
  --format text|json|cardinal     输出格式，默认 text
  --no-meta                       cardinal 格式：不输出四分位数和上下限
  --map                           cardinal 格式：输出每个采购过程涉及的主体
  -c, --count                     各组标红的数目，写到标准错误
  --workers N                     读大文件的进程数，默认为核数
  --engine reader|duckdb|spark    由谁计算，默认 reader
  --master URL                    spark 在哪里运行，默认 local[*]
"""
SWITCHES = ("--no-meta", "--map", "--count")
SHORT = {"-s": "--settings", "-c": "--count"}
CHOICES = {
    "--settings": (),
    "--format": ("text", "json", "cardinal"),
    "--workers": (),
    "--engine": (READER, "duckdb", "spark"),
    "--master": (),
}


class Misused(Exception):
    """选项有误: the message is Chinese."""


class Options(msgspec.Struct):
    """选项."""

    files: list[str]
    settings: str | None = None
    format: str = "text"
    no_meta: bool = False
    map: bool = False
    count: bool = False
    workers: int = 0
    engine: str = READER
    master: str = "local[*]"


def parsed(argv: Sequence[str]) -> Options:
    """解析命令行. Raises Misused."""
    chosen = Options(files=[], workers=cores())
    words = iter(argv)
    for written in words:
        word = SHORT.get(written, written)
        name, equals, value = word.partition("=")
        if word == "--":
            chosen.files += words
        elif word == "-" or not word.startswith("-"):
            chosen.files.append(word)
        elif word in SWITCHES:
            setattr(chosen, word[2:].replace("-", "_"), True)
        elif name in CHOICES:
            _choose(chosen, name, value if equals else next(words, None))
        else:
            raise Misused(f"不认识的选项 {word}")
    if not chosen.files:
        raise Misused("没有指定文件")
    if chosen.engine != READER and (chosen.map or "-" in chosen.files):
        raise Misused("--map 和标准输入只能用于 reader")
    return chosen


def _choose(chosen: Options, name: str, value: str | None) -> None:
    if value is None:
        raise Misused(f"{name} 缺少值")
    choices = CHOICES[name]
    if choices and value not in choices:
        raise Misused(f"{name} 应为 {'、'.join(choices)} 之一，而不是“{value}”")
    if name == "--workers":
        if not value.isdecimal():
            raise Misused(f"{name} 应为整数，而不是“{value}”")
        chosen.workers = int(value)
    else:
        setattr(chosen, name[2:], value)
