"""CSV files: what two programs would read differently is refused with its row."""

import pytest

from core.errors import Refusal
from core.files.excel.delimited import MAX_LINES, read_csv, read_delimited

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
