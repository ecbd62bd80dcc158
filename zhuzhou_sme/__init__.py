"""The only package that knows all apps: settings, addresses, the desk and the worker."""

from zhuzhou_sme.celery import app as celery_app

__all__ = ["celery_app"]
