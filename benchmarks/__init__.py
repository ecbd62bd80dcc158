"""Ours and the limit side by side in one run: `make bench`, measured figures in docs/benchmarks.md."""

import os

os.environ["DATABASE_ROLE"] = "owner"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzhou_sme.settings")
os.environ.setdefault("SECRET_KEY", "benchmark-only-0123456789-0123456789-0123456789")

import django

django.setup()
