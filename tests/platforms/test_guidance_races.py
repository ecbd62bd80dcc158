"""Two people remind the same platforms at the same moment: each platform is reminded once a day."""

import pytest
from django.utils import timezone

from platforms.actions import guidance
from platforms.actions.guidance import remind_platforms
from platforms.models import Guidance, Platform
from tests.factories import PlatformFactory, UserFactory
from tests.harness.races import at_once
from tests.platforms.enterprises.test_races import meet_after


@pytest.fixture
def reminding(transactional_db):
    platforms, by = PlatformFactory.create_batch(5), UserFactory.create(role="bureau")
    texts = {platform.pk: "请尽快报送" for platform in platforms}
    return lambda: len(remind_platforms(texts=texts, now=timezone.now(), by=by))


def test_two_clicks_at_once_remind_each_platform_once(reminding):
    assert sorted(at_once(reminding, reminding)) == [0, 5]
    assert Guidance.objects.count() == 5


def test_control_without_the_lock_each_is_reminded_twice(reminding, monkeypatch):
    monkeypatch.setattr(guidance, "_lock", lambda ids: list(Platform.objects.filter(pk__in=list(ids))))
    meet_after(guidance, "_reminded_today", monkeypatch)
    assert at_once(reminding, reminding) == [5, 5]
    assert Guidance.objects.count() == 10
