"""The command line: the only module of the scoring that reads and writes files.

    python -m evaluation.scoring BUNDLE.json                      prints the result
    python -m evaluation.scoring BUNDLE.json --out RESULT.json    writes the same bytes
    python -m evaluation.scoring BUNDLE.json --check RESULT.json  'identical', or every difference

Exit codes: 0 done; 1 the check found differences; 2 the bundle is invalid, or a file cannot be
read or written.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from evaluation.scoring.canonical import file_bytes
from evaluation.scoring.differences import differences
from evaluation.scoring.document import Document
from evaluation.scoring.faults import bundle_faults
from evaluation.scoring.reading import read_json
from evaluation.scoring.result import InvalidBundleError, score_bundle

DONE, DIFFERENT, INVALID = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    try:
        return _run(options)
    except InvalidBundleError as error:
        _write(sys.stderr.buffer, error.faults)
    except BrokenPipeError:  # the reader of our output has gone: nothing is wrong with the bundle
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        _write(sys.stderr.buffer, [f"{error.filename}: 无法读写({error.strerror}),应为可读写的文件"])
    return INVALID


def _run(options: argparse.Namespace) -> int:
    result = _result(options.bundle.read_bytes())
    if options.check:
        found = differences(options.check.read_bytes(), result)
        _write(sys.stdout.buffer, found or ["identical"])
        return DIFFERENT if found else DONE
    if options.out:
        options.out.write_bytes(file_bytes(result))
    else:
        sys.stdout.buffer.write(file_bytes(result))
        sys.stdout.buffer.flush()
    return DONE


def _result(content: bytes) -> Document:
    document, faults = read_json(content)
    if faults:
        raise InvalidBundleError(faults if document is None else faults + bundle_faults(document))
    return score_bundle(document)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.scoring", description="由数据包重新计算排名")
    parser.add_argument("bundle", type=Path, metavar="BUNDLE.json", help="数据包")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--out", type=Path, metavar="RESULT.json", help="把结果写入文件")
    action.add_argument("--check", type=Path, metavar="RESULT.json", help="与已有结果比对")
    return parser.parse_args(arguments)


def _write(stream: BinaryIO, lines: Iterable[object]) -> None:
    """UTF-8 whatever the machine's locale."""
    stream.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    stream.flush()


if __name__ == "__main__":
    sys.exit(main())
