"""python -m evaluation.scoring: three forms, three exit codes, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.scoring.__main__ import main
from evaluation.scoring.canonical import file_bytes
from evaluation.scoring.result import score_bundle

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = Path(__file__).parent / "golden" / "worked-example.bundle.json"
RESULT = file_bytes(score_bundle(json.loads(EXAMPLE.read_bytes())))


def run(*arguments, **environment):
    """In a process of its own, in the poorest locale there is."""
    return subprocess.run(
        [sys.executable, "-m", "evaluation.scoring", *map(str, arguments)],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", **environment},
        check=False,
    )


def test_prints_the_result():
    done = run(EXAMPLE)
    assert (done.returncode, done.stdout, done.stderr) == (0, RESULT, b"")


def test_writes_the_same_bytes(tmp_path):
    done = run(EXAMPLE, "--out", tmp_path / "result.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "result.json").read_bytes() == RESULT


def test_check_says_identical(tmp_path):
    (tmp_path / "result.json").write_bytes(RESULT)
    done = run(EXAMPLE, "--check", tmp_path / "result.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"identical\n", b"")


def test_faults_go_out_line_by_line_in_utf8(tmp_path):
    (tmp_path / "bundle.json").write_text('{"format": 1, "format": 2, "名 称": "x"}', encoding="utf-8")
    done = run(tmp_path / "bundle.json")
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (2, b"")
    assert lines[0] == '$.format: 键 "format" 重复出现,应只出现一次'
    assert any(line.startswith('$["名 称"]: 未知的键,应只有 ') for line in lines)
    assert all(line.startswith("$") and "应" in line for line in lines)


def test_a_reader_that_goes_away_is_no_error():
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "evaluation.scoring", str(EXAMPLE)],
            stdout=output, stderr=subprocess.PIPE, cwd=ROOT, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


class Gone:
    """Standard output of which the reader has gone; `file` is what its number stands for."""

    def __init__(self, file):
        self.buffer, self.fileno = self, file.fileno

    def write(self, content):
        raise BrokenPipeError


def test_without_a_file_the_result_is_printed(capfdbinary):
    assert main([str(EXAMPLE)]) == 0
    assert capfdbinary.readouterr() == (RESULT, b"")


def test_the_same_bytes_are_identical(tmp_path, capfdbinary):
    (tmp_path / "result.json").write_bytes(RESULT)
    assert main([str(EXAMPLE), "--check", str(tmp_path / "result.json")]) == 0
    assert capfdbinary.readouterr() == (b"identical\n", b"")


def test_what_is_still_to_be_written_for_a_reader_that_went_goes_nowhere(tmp_path, monkeypatch):
    with (tmp_path / "output").open("wb", buffering=0) as file:
        monkeypatch.setattr(sys, "stdout", Gone(file))
        assert main([str(EXAMPLE)]) == 0
        file.write(b"flushed at the exit")
    assert (tmp_path / "output").read_bytes() == b""


def example_text():
    return EXAMPLE.read_text(encoding="utf-8")


# 坏文件的内容, 第一行应说的话
BAD_FILES = [
    (b"", "$: 不是有效的 JSON"),
    (b"{", "$: 不是有效的 JSON"),
    (b"\xff\xfe{\x00}\x00", "$: 第 1 个字节不是有效的 UTF-8"),
    (b"\xef\xbb\xbf{}", "$: 不是有效的 JSON"),
    (b"{}", "$.format: 缺少这个键"),
    (b"[" * 200_000 + b"]" * 200_000, "$: 嵌套层数过多"),
    (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "$: 嵌套层数过多"),
    (b'{"year": NaN}', "$.format"),
    (b'"\\ud800"', "$: 是"),
    (b"1" * 10_000, "$: 是数字"),
    (b"-Infinity", "$: 是数字 -Infinity"),
]


@pytest.mark.parametrize(("content", "words"), BAD_FILES, ids=[words for _, words in BAD_FILES])
def test_a_bad_file_is_named_and_never_a_traceback(content, words, tmp_path, capfdbinary):
    path = tmp_path / "bundle.json"
    path.write_bytes(content)
    assert main([str(path)]) == 2
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert err.decode().startswith(words)


# 把示例中的一段换成另一段, 应报告的行
BAD_TEXTS = [
    ('"year": 2025', '"year": 2025.0', "$.year: 是数字 2025.0,应为"),
    ('"year": 2025', '"year": 2e3', "$.year: 是数字 2e3,应为"),
    ('"year": 2025', '"year": NaN', "$.year: 是数字 NaN,应为"),
    ('"year": 2025', '"year": 9007199254740992', "$.year: 是数字 9007199254740992,应为"),
    ('"year": 2025', '"year": ' + "9" * 5000, "$.year: 是数字 9999"),
    ('"title": "worked example"', '"title": "\\udead"', '$.title: 是"\\udead",应为字符串'),
    ('"value": "52"', '"value": 52', "$.figures[0].value: 是数字 52,应为"),
    ('"value": "52"', '"value": "5", "value": "52"', '$.figures[0].value: 键 "value" 重复出现'),
    (
        '"late": "1",\n',
        '"late": "1", "late": "2",\n',
        "$.system.sections[0].categories[1].indicators[3].measure.items.late: 键",
    ),
]


@pytest.mark.parametrize(("old", "new", "line"), BAD_TEXTS, ids=[new[:40] for _, new, _ in BAD_TEXTS])
def test_what_json_readers_disagree_about_is_refused(old, new, line, tmp_path, capfdbinary):
    text = example_text()
    assert old in text
    path = tmp_path / "bundle.json"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main([str(path)]) == 2
    _, err = capfdbinary.readouterr()
    assert [found.startswith(line) for found in err.decode().splitlines()] == [True]


def test_half_a_character_in_a_key_is_named(tmp_path, capfdbinary):
    path = tmp_path / "bundle.json"
    path.write_text(example_text().replace('"late": "1"', '"la\\ud800te": "1"', 1), encoding="utf-8")
    assert main([str(path)]) == 2
    first = capfdbinary.readouterr().err.decode("utf-8", "backslashreplace").splitlines()[0]
    assert first.startswith('$.system.sections[0].categories[1].indicators[3].measure.items["la\\ud800te"]: 键含有残缺')


@pytest.mark.parametrize("arguments", [["missing.json"], [".", "--out", "x"], [EXAMPLE, "--check", "missing.json"],
                                       [EXAMPLE, "--out", "missing/x.json"]])  # fmt: skip
def test_a_file_that_cannot_be_read_or_written(arguments, tmp_path, monkeypatch, capfdbinary):
    monkeypatch.chdir(tmp_path)
    assert main([str(argument) for argument in arguments]) == 2
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert "无法读写" in err.decode()
    assert len(err.decode().splitlines()) == 1


# 对已有结果的改动, --check 应报告的行
DIFFERENCES = [
    (lambda r: r["scorecards"][0].update(total="82.10"), ['$.scorecards[0].total: 是"82.10",重新计算应为"82.09"']),
    (lambda r: r.update(year=2024), ["$.year: 是数字 2024,重新计算应为数字 2025"]),
    (lambda r: r.pop("year"), ["$.year: 缺少这个键,应为数字 2025"]),
    (lambda r: r.update(note="x"), ["$.note: 多出这个键,应没有"]),
    (lambda r: r["scorecards"].append({}), ["$.scorecards: 有 2 项,应为 1 项"]),
    (lambda r: r.update(not_ranked=None), ["$.not_ranked: 是null,重新计算应为一个数组"]),
    (lambda r: r["scorecards"][0].update(rank="1"), ['$.scorecards[0].rank: 是"1",重新计算应为数字 1']),
    (lambda r: (r.update(format="x"), r["scorecards"][0]["sections"][0]["categories"][0].update(score=None)),
     ['$.format: 是"x",重新计算应为"sme-evaluation-result/1"',
      '$.scorecards[0].sections[0].categories[0].score: 是null,重新计算应为"34.25"']),
]  # fmt: skip


@pytest.mark.parametrize(("change", "lines"), DIFFERENCES, ids=[lines[0] for _, lines in DIFFERENCES])
def test_check_tells_every_difference_with_its_path(change, lines, tmp_path, capfdbinary):
    result = json.loads(RESULT)
    change(result)
    path = tmp_path / "result.json"
    path.write_bytes(file_bytes(result))
    assert main([str(EXAMPLE), "--check", str(path)]) == 1
    out, err = capfdbinary.readouterr()
    assert out.decode().splitlines() == lines
    assert err == b""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (RESULT.rstrip(b"\n"), "$: 内容一致,但不是规范字节"),
        (json.dumps(json.loads(RESULT), indent=1).encode(), "$: 内容一致,但不是规范字节"),
        (b"not json", "$: 不是有效的 JSON"),
        (b"[" * 100_000, "$: 嵌套层数过多"),
        (RESULT.replace(b'"year":2025', b'"year":2025.0'), "$.year: 是数字 2025.0,重新计算应为数字 2025"),
        (RESULT.replace(b'"year":2025', b'"year":2025,"year":2025'), '$.year: 键 "year" 重复出现'),
    ],
    ids=["no line feed", "indented", "no JSON", "deep", "a float", "a key twice"],
)
def test_check_holds_the_bytes_too(content, words, tmp_path, capfdbinary):
    path = tmp_path / "result.json"
    path.write_bytes(content)
    assert main([str(EXAMPLE), "--check", str(path)]) == 1
    out, _ = capfdbinary.readouterr()
    assert out.decode().startswith(words)
    assert len(out.decode().splitlines()) == 1
