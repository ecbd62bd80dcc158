"""Two processes of a run share no folder and no Valkey database, whatever number was given."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.harness import process


@pytest.mark.parametrize("given", range(16))
def test_each_process_has_a_valkey_database_that_a_server_has(given):
    address = f"redis://:secret@127.0.0.1:6379/{given}"
    addresses = [process.valkey_of(address, number) for number in range(2)]
    assert addresses[0] == address
    numbers = {int(each.rpartition("/")[2]) for each in addresses}
    assert len(numbers) == 2 and numbers <= set(range(16))


def test_an_address_without_a_number_means_the_first():
    assert process.valkey_of("redis://127.0.0.1:6379", 1) == "redis://127.0.0.1:6379/1"


def test_the_settings_were_read_after_that():
    assert settings.MEDIA_ROOT == process.UPLOADS
    assert Path(process.UPLOADS).is_dir()
    number = settings.REDIS_URL.rpartition("/")[2]
    assert int(number) & 1 == process.NUMBER & 1
    cache.set("whose", process.NUMBER)
    assert cache.get("whose") == process.NUMBER
