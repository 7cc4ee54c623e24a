"""The command line: what it prints, and its exit codes."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

from redflags import __main__ as start
from redflags import options, program, report
from tests.redflags import odd
from tests.redflags.made import award, bid, release, written

RELEASES = [
    release(
        "甲项目",
        buyer={"id": "采购人"},
        bids=[bid("胜", 9), bid("败", 8, "disqualified")],
        awards=[award("胜")],
    ),
    release("乙项目", buyer={"id": "采购人"}, bids=[bid("胜", 9), bid("败", 9)], awards=[award("败")]),
]


def test_the_report_names_each_flag_and_its_innocent_explanation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main([str(written(tmp_path, RELEASES))]) == 0
    said = capsys.readouterr().out
    assert "共 2 个采购过程。红旗是线索，不是结论；单独一项不构成异常。" in said
    assert "R035 除中标人外均被否决：1 个采购过程、1 个投标人" in said
    assert "正常解释：其余投标确有实质性不响应。" in said
    assert "甲项目：R035 除中标人外均被否决（1 家）；R036 最低价被否决" in said


def test_the_json_report_holds_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main([str(written(tmp_path, RELEASES)), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["flags"]["R028"]["counts"] == {"OCID": 1, "Tenderer": 2}
    assert {"group": "OCID", "id": "乙项目", "flags": ["R028 报价相同"]} in said["found"]


def test_cardinal_may_leave_out_figures_and_add_maps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path, RELEASES))
    assert program.main([path, "--format", "cardinal", "--no-meta", "--map"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert "Meta" not in said
    assert said["Maps"]["ocid_tenderer"] == {"甲项目": ["胜", "败"], "乙项目": ["胜", "败"]}
    assert said["Maps"]["ocid_buyer_r038"] == {"甲项目": "采购人"}


def test_the_flagged_are_counted_by_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = tmp_path / "settings.ini"
    told.write_text("[R028]\n[R035]\n")
    assert program.main([str(written(tmp_path, RELEASES)), "-c", "-s", str(told)]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "OCID: 2",
        "Buyer: 0",
        "ProcuringEntity: 0",
        "Tenderer: 2",
    ]


def test_several_files_are_one_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [str(written(tmp_path, [one], f"{place}.jsonl")) for place, one in enumerate(RELEASES)]
    assert program.main([*names, str(tmp_path / "missing"), "--format", "json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["processes"] == 2
    assert "missing：不能读取" in said.err


def test_an_archive_of_other_files_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert program.main([str(path)]) == 1
    assert "book.xlsx：压缩包里没有 .json、.jsonl、.ndjson 文件" in capsys.readouterr().err


def test_a_settings_file_of_no_use_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = tmp_path / "settings.ini"
    told.write_text("[R099]\n")
    path = str(written(tmp_path, RELEASES))
    assert program.main([path, "--settings", str(told)]) == 2
    assert "不认识的设置节 [R099]" in capsys.readouterr().err
    assert program.main([path, "--settings", str(tmp_path / "none.ini")]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--colour", "a"], "不认识的选项 --colour"),
        (["--map=yes", "a"], "不认识的选项 --map=yes"),
        (["--format", "xml", "a"], "--format 应为 text、json、cardinal 之一，而不是“xml”"),
        (["a", "--workers", "many"], "--workers 应为整数，而不是“many”"),
        (["a", "--settings"], "--settings 缺少值"),
        (["--map"], "没有指定文件"),
        (["-", "--engine=duckdb"], "--map 和标准输入只能用于 reader"),
    ],
)
def test_what_it_cannot_be_told_is_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(words) == 2
    assert said in capsys.readouterr().err


def test_options_stand_anywhere_and_help_names_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = options.parsed(["a", "--format=json", "--no-meta", "-", "--workers", "3", "--", "--map"])
    assert chosen.files == ["a", "-", "--map"]
    assert (chosen.format, chosen.no_meta, chosen.map, chosen.workers) == ("json", True, False, 3)
    assert program.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in (*options.SWITCHES, *options.CHOICES))


def test_a_hostile_name_cannot_move_the_cursor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = release("\x1b[2J\n伪造", bids=[bid("胜", -1), bid("败", -1)])
    assert program.main([str(written(tmp_path, [hostile]))]) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "\ufffd[2J\ufffd伪造：R028 报价相同" in said.out


def test_a_long_list_says_how_long_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = [release(f"p{n}", bids=[bid("甲", 1), bid("乙", 1)]) for n in range(report.SHOWN + 1)]
    assert program.main([str(written(tmp_path, many))]) == 0
    assert "采购过程（共 51 个，红旗多的在前，前 50 个）" in capsys.readouterr().out


@pytest.mark.parametrize("form", options.CHOICES["--format"])
def test_started_by_its_path_it_says_the_same(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, told = tmp_path / "odd.jsonl", tmp_path / "settings.ini"
    path.write_text("\n".join(odd.Odd(5, 0.02, 4).lines(80)) + "\n")
    told.write_text(odd.settings(3))
    words = [str(path), "--settings", str(told), "--format", form]
    command = [sys.executable, "-S", "-P", start.__file__, *words]  # -I, but for the letters of the place
    place = {"GGZY_PACKAGES": str(Path(msgspec.__file__).parents[1]), "PYTHONIOENCODING": "ascii"}
    quick = subprocess.run(
        command, env=os.environ | place, capture_output=True, encoding="utf-8", check=False
    )
    assert (program.main(words), capsys.readouterr()) == (quick.returncode, (quick.stdout, quick.stderr))
