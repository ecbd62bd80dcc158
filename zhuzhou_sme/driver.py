"""Which of the two drivers speaks to PostgreSQL: psycopg2 or psycopg 3. The settings choose before Django loads one.

Django, django-pghistory and django-pgtrigger each take psycopg 3 where it can be imported and psycopg2 otherwise; none
has a setting for it. With one driver installed there is nothing to do. With both, psycopg2 is chosen by making psycopg
3 unimportable in this process, in the way that the import system has for it: `sys.modules["psycopg"] = None`.
"""

import sys
from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

DRIVERS = ("psycopg", "psycopg2")


def choose_driver(name: str) -> None:
    """Hold this process to the driver of that name. Refused if it is unknown or not installed, or psycopg2 asked for
    after psycopg 3 was loaded."""
    if name not in DRIVERS:
        raise ImproperlyConfigured(f"DATABASE_DRIVER 应为 {' 或 '.join(DRIVERS)},当前是 {name!r}。")
    if find_spec(name) is None:
        raise ImproperlyConfigured(f"DATABASE_DRIVER 指定的 {name} 没有安装。")
    if name == "psycopg2":
        if sys.modules.get("psycopg") is not None:
            raise ImproperlyConfigured("psycopg 在读取设置之前已被载入,不能再改用 psycopg2。")
        sys.modules["psycopg"] = None  # type: ignore[assignment]
