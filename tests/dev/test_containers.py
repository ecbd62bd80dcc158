"""The containers: hardened, healthy, each knowing only the passwords it needs, with what `make run` installs."""

import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from dev import fonts, system
from dev.paths import CHECKOUT

COMPOSE = (CHECKOUT / "docker-compose.yml").read_text()
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]


def test_the_parts_are_all_there():
    assert set(SERVICES) == {"nginx", "web", "worker", "beat", "migrate", "db", "redis"}


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_is_root_or_may_become_it(name: str):
    service = SERVICES[name]
    built_here = service.get("build") == "."
    assert built_here or "unprivileged" in service["image"] or service["user"] == name.replace("db", "postgres")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_our_image_ends_as_an_ordinary_user():
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)[-1] == "portal"


@pytest.mark.parametrize("name", SERVICES)
def test_every_lasting_service_says_how_it_is(name: str):
    built_in = "HEALTHCHECK" in DOCKERFILE and name == "web"
    check = SERVICES[name].get("healthcheck", {})
    assert built_in or check.get("test") or (name == "migrate" and check == {"disable": True})


def test_only_migration_and_database_know_the_owning_password():
    knowing = {name for name, service in SERVICES.items() if "OWNER_PASSWORD" in str(service.get("environment"))}
    assert knowing == {"migrate", "db"}
    assert SERVICES["migrate"]["environment"]["DATABASE_ROLE"] == "owner"
    assert {SERVICES[name]["environment"]["DATABASE_ROLE"] for name in ("web", "worker", "beat")} == {"app"}


def test_only_nginx_is_reachable_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service or "outside" in service["networks"]] == [
        "nginx"
    ]


def test_the_image_has_the_libraries_and_fonts_of_make_run():
    for need in system.RUNTIME_NEEDS:
        assert need.package in DOCKERFILE
    assert fonts.FANGSONG_SHA256 in DOCKERFILE
    linked = " ".join(fonts.SYSTEM_FONTS)
    assert all(re.search(pattern, linked) for pattern in (r"Noto\w+CJK-Regular.ttc", r"Noto\w+CJK-Bold.ttc"))


def test_the_example_names_every_variable():
    used = set(re.findall(r"\$\{(\w+)", COMPOSE))
    named = set(re.findall(r"^(\w+)=", (CHECKOUT / ".env.example").read_text(), re.MULTILINE))
    assert used == named


def has_compose() -> bool:
    docker = shutil.which("docker")
    return bool(docker) and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0


@pytest.mark.skipif(not has_compose(), reason="docker compose is not on this machine")
def test_compose_accepts_the_file_and_misses_the_passwords():
    command = ["docker", "compose", "--project-directory", str(CHECKOUT)]
    example = subprocess.run(
        [*command, "--env-file", ".env.example", "config", "-q"], cwd=CHECKOUT, capture_output=True
    )
    assert example.returncode == 0, example.stderr
    empty = subprocess.run([*command, "--env-file", "/dev/null", "config", "-q"], cwd=CHECKOUT, capture_output=True)
    assert empty.returncode != 0
