"""The two commands: what they print, what they change, how they end."""

import io

import pytest
from django.core.management import call_command

from evaluation.intake.models import ImportBatch
from tests.evaluation.intake.published import publish
from tests.evaluation.intake.workbooks import DEMO, demo_content, edited, figures_csv, retotalled


def run(*arguments: object) -> tuple[int, list[str], list[str]]:
    """Exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        status = int(str(end.code))
    return status, out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.fixture
def workbook(tmp_path):
    def write(content: bytes, name: str = "省平台导出.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_import_once_and_again(registry):
    path = DEMO / "hub" / "2025Q1.xlsx"
    status, out, _ = run("import_hub", path, "--period", "2025Q1")
    batch = ImportBatch.objects.get()
    assert (status, out) == (
        0,
        ["2025年第一季度:读取16行、208个数据", "该期尚无数据,全部为新增", f"已导入为第{batch.pk}批"],
    )
    status, out, _ = run("import_hub", path, "--period", "2025q1")
    assert (status, out[1:]) == (0, [f"同一文件已导入,没有变化(第{batch.pk}批,2025Q1.xlsx)"])
    assert ImportBatch.objects.get() == batch


def test_every_fault_on_its_own_line_and_exit_status_1(registry, workbook):
    status, out, err = run("import_hub", workbook(edited({"E6": "x", "E7": -1})), "--period", "2025Q1")
    assert (status, out) == (1, [])
    assert err == [
        "未导入,发现2处问题:",
        "工作表“运营数据”第6行“E 政策信息发布(条)”列:单元格不是数字(现为“x”);应为:不小于0的整数",
        "工作表“运营数据”第7行“E 政策信息发布(条)”列:单元格是负数(现为“-1”);应为:不小于0的整数",
    ]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("import_hub", "没有.xlsx", "--period", "2025Q1"), "文件没有.xlsx不存在"),
        (
            ("import_hub", DEMO / "hub" / "2025Q1.xlsx", "--period", "2025-1"),
            "“2025-1”不是季度代码,应写成如 2025Q1 的形式",
        ),
    ],
)
def test_wrong_arguments(registry, arguments, message):
    assert run(*arguments) == (1, [], ["未导入,发现1处问题:", message])


def test_dry_run_writes_nothing(registry, workbook):
    status, out, _ = run("import_hub", DEMO / "hub" / "2025Q1.xlsx", "--period", "2025Q1", "--dry-run")
    assert (status, out[-1]) == (0, "试运行,未写入")
    assert not ImportBatch.objects.exists()


def test_another_file_is_shown_first_and_replaces_only_when_told(registry, workbook):
    run("import_hub", workbook(demo_content("2025Q1"), "甲.xlsx"), "--period", "2025Q1")
    first = ImportBatch.objects.get()
    other = workbook(edited({"E13": 16}, change=retotalled), "乙.xlsx")
    shown = [
        f"与有效数据(第{first.pk}批,甲.xlsx)相比,改变1处:",
        "  CNT-01 荷塘区中小企业公共服务窗口平台 政策信息发布: 10 → 16",
    ]
    status, out, err = run("import_hub", other, "--period", "2025Q1")
    assert (status, out[1:]) == (1, shown)
    assert err[1:] == ["该期已有数据;确认上述变更无误后,加 --replace 再次运行"]
    assert ImportBatch.objects.get() == first
    status, out, _ = run("import_hub", other, "--period", "2025Q1", "--replace")
    assert (status, out[1:3]) == (0, shown)
    assert ImportBatch.objects.get(status="in_force").replaces == first


@pytest.mark.parametrize("option", ["--dry-run", "--replace", None])
def test_a_published_result_is_named_before_anything_is_asked(registry, systems, bureau, workbook, option):
    run("import_hub", workbook(demo_content("2025Q1"), "甲.xlsx"), "--period", "2025Q1")
    publish(next(system for system in systems if system.platform_type == "county_window"), bureau)
    other = workbook(edited({"E13": 16}, change=retotalled), "乙.xlsx")
    status, out, err = run("import_hub", other, "--period", "2025Q1", *filter(None, [option]))
    assert (status, out[1:]) == (1, [out[1], "  CNT-01 荷塘区中小企业公共服务窗口平台 政策信息发布: 10 → 16"])
    assert err == [
        "未导入,发现1处问题:",
        "2025年度县(市、区)综合窗口平台评价排名(第1版)已发布并使用了2025年第一季度的数据,不能再更改"
        ";应为:如确有差错,按更正程序发布新版",
    ]


def test_import_figures(registry, systems, workbook):
    status, out, _ = run("import_figures", DEMO / "figures-2025.csv")
    assert (status, out[0]) == (0, "2025年度:读取367行、367个数据")
    bad = workbook(figures_csv(("X-1", "D11", "2025", "四")), "坏.csv")
    status, _, err = run("import_figures", bad)
    assert (status, len(err)) == (1, 3)
