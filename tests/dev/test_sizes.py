"""What is too long is said by `make check` itself, with file, name and measure."""

from pathlib import Path

import pytest

from dev import sizes


def house(root: Path, **files: int) -> Path:
    """A checkout with files of so many lines."""
    for name, lines in files.items():
        folder, _, kind = name.partition("__")
        path = root / folder / f"long.{kind}"
        path.parent.mkdir(parents=True)
        path.write_text("\n" * lines, encoding="utf-8")
    return root


def test_what_is_just_short_enough_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sizes.main(house(tmp_path, core__py=400, templates__html=200)) == 0
    assert capsys.readouterr().out == ""


def test_a_long_module_and_a_long_template_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sizes.main(house(tmp_path, core__py=401, templates__html=201)) == 1
    assert capsys.readouterr().out == "core/long.py:401 行,最多 400 行\ntemplates/long.html:201 行,最多 200 行\n"


@pytest.mark.parametrize(("lines", "faults"), [(60, []), (61, ["函数 work 61 行,最多 60 行"])])
@pytest.mark.parametrize("kind", ["def", "async def"])
def test_a_long_function_is_named(tmp_path: Path, kind: str, lines: int, faults: list[str]) -> None:
    path = tmp_path / "module.py"
    path.write_text(f"class Thing:\n    {kind} work(self):\n" + "        self.go()\n" * (lines - 1), encoding="utf-8")

    assert list(sizes.faults_of(path)) == faults


def test_a_search_that_finds_nothing_is_no_success(tmp_path: Path) -> None:
    assert sizes.main(tmp_path) == 1


def test_every_app_is_looked_at() -> None:
    looked_at = {sizes.label(path).split("/")[0] for path in sizes.modules()}

    assert looked_at == set(sizes.APPS)
    assert len(sizes.templates()) > 100
