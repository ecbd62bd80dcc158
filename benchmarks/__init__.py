"""Ours and the limit side by side in one run: `make bench`, measured figures in docs/benchmarks.md."""

import os

os.environ["DATABASE_ROLE"] = os.environ.get("BENCHMARK_ROLE", "owner")  # a child may be what runs in operation
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzhou_sme.settings")
os.environ.setdefault("SECRET_KEY", "benchmark-only-0123456789-0123456789-0123456789")

import django

django.setup()
