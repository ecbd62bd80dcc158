"""The containers: hardened, healthy, each knowing only the passwords it needs, with what `make run` installs."""

import re
import shutil
import subprocess
from pathlib import Path
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


SECRETS: dict[str, set[str]] = {
    "nginx": set(),
    "web": {"secret_key", "secret_key_fallbacks", "app_password", "redis_password", "oidc_client_secret"},
    "worker": {"secret_key", "secret_key_fallbacks", "app_password", "redis_password"},
    "beat": {"secret_key", "secret_key_fallbacks", "app_password", "redis_password"},
    "migrate": {"secret_key", "secret_key_fallbacks", "app_password", "redis_password", "owner_password"},
    "db": {"postgres_password", "owner_password", "app_password"},
    "redis": {"redis_password"},
}


def test_each_service_is_handed_the_secrets_it_needs_and_only_as_files():
    assert {name: set(service.get("secrets", ())) for name, service in SERVICES.items()} == SECRETS
    declared = yaml.safe_load(COMPOSE)["secrets"]
    assert declared == {name: {"file": f"./ops/secrets/{name}"} for name in set().union(*SECRETS.values())}
    assert SERVICES["migrate"]["environment"]["DATABASE_ROLE"] == "owner"
    assert {SERVICES[name]["environment"]["DATABASE_ROLE"] for name in ("web", "worker", "beat")} == {"app"}


@pytest.mark.parametrize("name", SERVICES)
def test_no_variable_holds_a_secret(name: str):
    """Neither in the environment of a container, where `docker inspect` and every child show it, nor in .env."""
    secret = re.compile(r"PASSWORD|SECRET|KEY")
    given: dict[str, str] = SERVICES[name].get("environment", {})
    assert {variable for variable in given if secret.search(variable) and not variable.endswith("_FILE")} == set()
    assert all(path.startswith("/run/secrets/") for variable, path in given.items() if variable.endswith("_FILE"))
    assert not [value for value in given.values() if re.search(r"://[^@/]*:[^@/]+@", str(value))]


def test_every_file_that_a_variable_names_is_handed_over():
    missing = {
        (name, path)
        for name, service in SERVICES.items()
        for variable, path in service.get("environment", {}).items()
        if variable.endswith("_FILE") and path.removeprefix("/run/secrets/") not in SECRETS[name]
    }
    assert missing == set()


def test_the_example_holds_no_secret():
    example = (CHECKOUT / ".env.example").read_text()
    assert not re.findall(r"^\w*(?:PASSWORD|SECRET|KEY)\w*=", example, re.MULTILINE)


def test_making_the_secrets_prints_none_keeps_what_is_there_and_closes_the_folder(tmp_path: Path):
    shutil.copy(CHECKOUT / "ops" / "make-secrets.sh", tmp_path)
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "app_password").write_text("先前的口令")
    for _ in range(2):
        done = subprocess.run([tmp_path / "make-secrets.sh"], capture_output=True, check=True)
        assert done.stdout + done.stderr == b""
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(made) == set().union(*SECRETS.values())
    assert made["app_password"] == "先前的口令"
    assert made["oidc_client_secret"] == made["secret_key_fallbacks"] == ""
    random = [made[name] for name in ("secret_key", "postgres_password", "owner_password", "redis_password")]
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in random) and len(set(random)) == 4
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o444"}


def test_only_nginx_is_reachable_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service or "outside" in service["networks"]] == [
        "nginx"
    ]


def test_only_who_asks_an_identity_centre_or_a_scanner_reaches_out():
    """Database, cache, schedule and migration have no way out at all."""
    networks = yaml.safe_load(COMPOSE)["networks"]
    assert networks == {"outside": None, "out": None, "inside": {"internal": True}}
    ways_out = {name: set(service["networks"]) - {"inside"} for name, service in SERVICES.items()}
    assert {name: ways for name, ways in ways_out.items() if ways} == {
        "nginx": {"outside"},
        "web": {"out"},
        "worker": {"out"},
    }


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
def test_compose_accepts_the_file_and_misses_what_is_required():
    command = ["docker", "compose", "--project-directory", str(CHECKOUT)]
    example = subprocess.run(
        [*command, "--env-file", ".env.example", "config", "-q"], cwd=CHECKOUT, capture_output=True
    )
    assert example.returncode == 0, example.stderr
    empty = subprocess.run([*command, "--env-file", "/dev/null", "config", "-q"], cwd=CHECKOUT, capture_output=True)
    assert empty.returncode != 0
