"""CSV files: what two programs would read differently is refused with its row."""

import random
import time

import pytest

from core.errors import Refusal
from core.files import sandbox
from core.files.excel import delimited, encodings
from core.files.excel.csv_parsing import MAX_LINES, parsed
from core.files.excel.delimited import read_csv, read_delimited

TEXT = "平台编码,平台名称\r\nW1,演示\r\n"
ROWS = [["平台编码", "平台名称"], ["W1", "演示"]]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("gb18030"), "GB18030"),
        (TEXT.replace("\r\n", "\n").encode(), "UTF-8"),
        (TEXT.replace("\r\n", "\r", 1).encode("utf-8-sig"), "UTF-8"),
        ((TEXT + "\n,\n").encode()[:-3] + b"\n", "UTF-8"),
    ],
)
def test_accepted_with_its_encoding(content, encoding):
    found = read_delimited(content)
    assert (found.rows, found.encoding) == (ROWS, encoding)


def test_rows_keep_their_line_numbers_after_a_field_of_two_lines():
    assert read_delimited(b'a,b\n"x\ny",1\nz,2\n').lines == [1, 2, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-le") * 20, "UTF-16"),
        (b"a,b\n1,\x002\n", "第2行:含有空字符"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "超过"),
        (b'a,b\n1,"2\n3,4\n', "第2行:引号没有成对"),
        (b'a,b\n1,"2"3\n', "第2行:引号没有成对"),
        (b"a,b\n1,2\n3\n4,5,6\n", "第3行:有1列"),
        (b"a,b\n1,\x1b2\n", "第2行“B”列:文字中有看不见的控制字符U+001B(第1个字符,“[U+001B]2”)"),
        (b"PK\x03\x04rest", "另存为“CSV UTF-8(逗号分隔)”"),
        (b"\xff\xff\xff\x81,1\n", "编码"),
    ],
)
def test_refused_by_name(content, message):
    with pytest.raises(Refusal) as refused:
        read_csv(content)
    assert message in str(refused.value)


def test_all_ragged_rows_are_named():
    with pytest.raises(Refusal) as refused:
        read_csv(b"a,b\n1,2\n3\n4,5,6\n")
    assert [fault.row for fault in refused.value.faults] == [3, 4]


def test_a_file_of_line_ends_alone_is_refused_before_it_fills_the_memory():
    with pytest.raises(Refusal, match="超过1048576行"):
        read_csv(b"a\n" + b"\n" * MAX_LINES)


NAME = "演示企业{}号有限公司,91000000MB00000017"


def rows(encoding, *numbers):
    return "".join(NAME.format(number) + "\r\n" for number in numbers).encode(encoding)


@pytest.mark.parametrize(
    ("content", "row", "words"),
    [
        (rows("gb18030", 1) + rows("utf-8", 2, 3), 2, "第1行是GBK,这一行是UTF-8"),
        (rows("utf-8", 1, 2, 3) + rows("gb18030", 4), 4, "第1行是UTF-8,这一行是GBK"),
        (rows("utf-8-sig", 1) + b"a,b\r\n" + rows("gb18030", 3), 3, "第1行是UTF-8,这一行是GBK"),
        (b"a,b\n" * 5_000 + rows("gb18030", 1) + rows("utf-8", 2), 5_002, "第5001行是GBK"),
        ("名称,代码\n".encode("gb18030") + "株洲,1\n".encode(), 2, "这一行是UTF-8"),
        ("名称,代码\n".encode() + "渌口鑫淼,1\n".encode("gb18030"), 2, "这一行是GBK"),
    ],
)
def test_two_encodings_in_one_file_are_refused_with_the_row_where_the_second_begins(content, row, words):
    with pytest.raises(Refusal) as refused:
        read_csv(content)
    (fault,) = refused.value.faults
    assert fault.row == row
    assert words in fault.message


def test_without_the_refusal_a_mixed_file_would_be_read_as_something_else(monkeypatch):
    content = "名称,代码\n".encode("gb18030") + "株洲,1\n".encode()
    monkeypatch.setattr(encodings, "_refuse_mixture", lambda _: None)
    assert parsed(content).rows == [["名称", "代码"], ["鏍\ue045床", "1"]]


def test_no_row_of_one_encoding_is_taken_for_the_other():
    """100,000 rows of names, common and rare, short and long: some of those in GBK happen to be valid UTF-8."""
    chance = random.Random(7)
    pairs = [bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    both = [text for pair in pairs if (text := pair.decode("gb2312", "ignore"))]
    weights = [20] * 3_755 + [1] * (len(both) - 3_755)  # one character in twenty or so is a rare one
    lines = ["".join(chance.choices(both, weights, k=chance.randint(1, 12))) for _ in range(100_000)]
    content = "\n".join(lines).encode("gb18030")
    assert any(_is_utf8(line) for line in content.split(b"\n"))
    assert parsed(content).encoding == "GB18030"


def _is_utf8(line):
    try:
        return bool(line.decode())
    except UnicodeDecodeError:
        return False


def test_csv_is_parsed_in_the_child(monkeypatch):
    """Whoever uploads 18 MB of commas does not hold the web process."""
    called = []
    real = sandbox.run_limited
    monkeypatch.setattr(
        delimited, "run_limited", lambda *given, **more: called.append(given[0]) or real(*given, **more)
    )
    assert read_csv(b"a,b\n1,2\n") == [["a", "b"], ["1", "2"]]
    assert called == ["core.files.excel.csv_parsing.table"]
    before = time.process_time()
    with pytest.raises(Refusal, match="最多500列"):
        read_csv(b"x" + b"," * 18_000_000)
    assert time.process_time() - before < 0.5
