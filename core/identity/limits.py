"""How often a password or a code may be tried: counted for an account at a place, with a delay that grows. Asked before
anything is hashed, in one statement under the row's lock, so that many tries at the same moment count as many.

A place is one of the account's own devices (`core.identity.devices`), else the address. Who shares an address with a
colleague, or guesses from elsewhere, never stops the owner at their own device; all tries from addresses where the
account never signed in are counted together as well, and slow down nobody but one another.
"""

from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.http import HttpRequest

from core.choices import SignInStep
from core.identity.devices import address_of, device_of
from core.models import KnownAddress

FREE, FREE_FOR_STRANGERS = 5, 20
"""Failures before the first wait: at one place, and of all strangers together."""
FIRST_WAIT, LONGEST_WAIT = 30, 15 * 60
QUIET_HOURS, KEPT_DAYS = 12, 30
"""After so many quiet hours the count starts anew; after so many days its row is gone."""
STRANGERS = ""


class TooSoon(Exception):  # noqa: N818  nothing has gone wrong: somebody has to wait
    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Attempt:
    """Somebody tries a password or a code of an account, known or not."""

    step: SignInStep
    account: str
    place: str
    address: str
    is_known: bool = False


def attempt_of(request: HttpRequest, step: SignInStep, account: str) -> Attempt:
    """Who tries from where. Asks the database only when a signed cookie calls the device the account's own."""
    address = address_of(request)
    device = device_of(request, account)
    place = f"device:{device}" if device else address
    return Attempt(step, account[:150], place, address, is_known=bool(device))


_KNOWN = """
    EXISTS (SELECT FROM core_knownaddress k JOIN core_user u ON u.id = k.user_id
             WHERE u.username = %(account)s AND k.address = %(address)s)
"""

# Reads alone, one index each, so that a flood of tries that must wait costs next to nothing.
_WAIT = f"""
    SELECT ceil(extract(epoch FROM max(waits_until) - statement_timestamp()))
      FROM core_signinfailure
     WHERE step = %(step)s AND account = %(account)s AND waits_until > statement_timestamp()
       AND (place = %(place)s OR place = '' AND NOT %(is_known)s AND NOT {_KNOWN})
"""  # noqa: S608  words of ours

# A row that waits is not updated, so nothing is returned: refused. Whoever comes at the same moment waits for the
# row's lock and then reads what the one before has written.
_BEGIN = f"""
    INSERT INTO core_signinfailure AS f (step, account, place, address, failures, latest, waits_until)
    VALUES (%(step)s, %(account)s, %(place)s, %(address)s, 1, statement_timestamp(), statement_timestamp())
    ON CONFLICT (step, account, place) DO UPDATE
       SET (failures, address, latest, waits_until) = (
           SELECT n, EXCLUDED.address, EXCLUDED.latest, EXCLUDED.latest + interval '1 second' * CASE
                  WHEN n < %(free)s THEN 0
                  ELSE least({LONGEST_WAIT}, {FIRST_WAIT} * 2.0 ^ least(n - %(free)s, 20)) END
             FROM (SELECT CASE WHEN f.latest < EXCLUDED.latest - interval '{QUIET_HOURS} hours' THEN 1
                               ELSE f.failures + 1 END) AS counted (n))
     WHERE f.waits_until <= EXCLUDED.latest
 RETURNING failures
"""  # noqa: S608  numbers of ours

_FORGET_OLD = f"""
    DELETE FROM core_signinfailure
     WHERE id IN (SELECT id FROM core_signinfailure WHERE latest < statement_timestamp() - interval '{KEPT_DAYS} days'
                   ORDER BY latest LIMIT 20 FOR UPDATE SKIP LOCKED)
"""  # noqa: S608  a number of ours


def check(attempt: Attempt) -> None:
    """Refuse what has to wait; writes nothing and locks nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_WAIT, vars(attempt))
        (seconds,) = cursor.fetchone()
    if seconds:
        raise TooSoon(int(seconds))


def is_at_home(attempt: Attempt) -> bool:
    """Whether the account has signed in from this device or this address before."""
    known = KnownAddress.objects.filter(user__username=attempt.account, address=attempt.address)
    return attempt.is_known or known.exists()


def begin(attempt: Attempt) -> None:
    """Count the attempt as a failure before it is looked at; `forgive` takes it back when it was none."""
    with transaction.atomic():
        _count(attempt, FREE)
        if not is_at_home(attempt):
            _count(replace(attempt, place=STRANGERS), FREE_FOR_STRANGERS)


def _count(attempt: Attempt, free: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, {**vars(attempt), "free": free})
        counted = cursor.fetchone()
        if counted is None:
            check(attempt)
            raise TooSoon(1)  # the wait ended this very moment
        if counted == (1,):
            cursor.execute(_FORGET_OLD)


def forgive(attempt: Attempt) -> None:
    """It was right: what failed here before is forgotten, and strangers' failures lose this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM core_signinfailure WHERE step = %(step)s AND account = %(account)s AND place = %(place)s",
            vars(attempt),
        )
        if not is_at_home(attempt):
            cursor.execute(
                "UPDATE core_signinfailure SET failures = greatest(failures - 1, 0)"
                " WHERE step = %(step)s AND account = %(account)s AND place = ''",
                vars(attempt),
            )
