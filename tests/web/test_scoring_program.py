"""A stranger recomputes a published ranking with the program and the files that the portal gives to everybody."""

import io
import subprocess
import sys
import zipfile

from django.test import Client


def test_the_downloaded_program_finds_the_published_result_identical(site, tmp_path):
    client = Client()
    program = client.get("/open-data/evaluation-scoring.zip")
    assert program["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(program.content)) as archive:
        archive.extractall(tmp_path)
    for name in ("bundle.json", "result.json"):
        (tmp_path / name).write_bytes(client.get(f"/open-data/2025/county_window/latest/{name}").content)
    command = [sys.executable, "-I", "-c", "import runpy, sys; sys.path.insert(0, '.'); "]
    command[-1] += "sys.argv[1:] = ['bundle.json', '--check', 'result.json']; "
    command[-1] += "runpy.run_module('evaluation.scoring', run_name='__main__')"
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "identical"), done.stderr


def test_the_program_is_the_same_bytes_every_time():
    assert (
        Client().get("/open-data/evaluation-scoring.zip").content
        == Client().get("/open-data/evaluation-scoring.zip").content
    )
