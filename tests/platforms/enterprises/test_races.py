"""Two people hand the same list in at the same moment: it counts once. Without the locks it would not be kept apart."""

import threading

import pytest

from platforms.actions import recognition_lists, service_lists
from platforms.actions.recognition_lists import import_recognitions
from platforms.actions.service_lists import import_services
from platforms.models import EnterpriseRecognition, RecognitionList, ServiceList, ServiceRecord
from tests.factories import MembershipFactory, UserFactory
from tests.factories.collection import credit_code
from tests.harness.races import at_once
from tests.platforms.enterprises.lists import recognitions, services, visit

THREADS = 4
ROWS = 40


@pytest.fixture
def published(transactional_db):
    by = UserFactory.create(role="bureau")
    reading = recognitions(*[[f"演示企业{n}号", credit_code(n)] for n in range(ROWS)])
    return lambda: import_recognitions(reading=reading, by=by)


@pytest.fixture
def served(transactional_db):
    membership = MembershipFactory.create()
    reading = services(membership.platform, *[visit(n) for n in range(ROWS)])
    return lambda: import_services(reading=reading, by=membership.user)


def test_the_same_published_list_in_parallel_counts_once(published):
    answers = at_once(*[published] * THREADS)
    assert sorted(answer.is_new for answer in answers) == [False] * (THREADS - 1) + [True]
    assert RecognitionList.objects.count() == 1
    assert EnterpriseRecognition.objects.count() == ROWS


def test_the_same_service_list_in_parallel_counts_once(served):
    answers = at_once(*[served] * THREADS)
    assert sorted(answer.is_new for answer in answers) == [False] * (THREADS - 1) + [True]
    assert ServiceList.objects.count() == 1
    assert ServiceRecord.objects.count() == ROWS


def meet_after(module, name, monkeypatch, parties=2):
    """Both have looked before either writes, which the lock forbids."""
    meeting, original = threading.Barrier(parties), getattr(module, name)

    def looked(*arguments, **options):
        found = original(*arguments, **options)
        meeting.wait(10)
        return found

    monkeypatch.setattr(module, name, looked)


def test_control_without_the_lock_a_published_list_is_believed_new_twice(published, monkeypatch):
    monkeypatch.setattr(recognition_lists, "_lock", lambda: None)
    meet_after(recognition_lists, "recognition_changes", monkeypatch)
    answers = at_once(published, published)
    assert any(isinstance(answer, Exception) for answer in answers)
    assert RecognitionList.objects.count() == 1  # the constraint is the second wall


def test_control_without_the_lock_a_service_list_is_believed_new_twice(served, monkeypatch):
    monkeypatch.setattr(service_lists, "lock_records", lambda platform: None)
    meet_after(service_lists, "_changes", monkeypatch)
    answers = at_once(served, served)
    assert any(isinstance(answer, Exception) for answer in answers)
    assert ServiceList.objects.count() == 1


def test_lists_of_two_platforms_with_the_same_enterprises_do_not_wait_crosswise(transactional_db):
    first, second = MembershipFactory.create(), MembershipFactory.create()
    numbers = range(ROWS)
    up = services(first.platform, *[visit(n) for n in numbers])
    down = services(second.platform, *[visit(n) for n in reversed(numbers)])
    answers = at_once(
        lambda: import_services(reading=up, by=first.user), lambda: import_services(reading=down, by=second.user)
    )
    assert [answer.is_new for answer in answers] == [True, True]
