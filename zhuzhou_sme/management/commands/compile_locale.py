"""Compile the catalogue that fills the libraries' gaps in Chinese."""

from django.core.management.base import BaseCommand

from zhuzhou_sme.management.catalogue import COMPILED, SOURCE, compiled


class Command(BaseCommand):
    help = "由 locale/zh_Hans/LC_MESSAGES/django.po 生成 django.mo"

    def handle(self, *args: object, **options: object) -> None:
        COMPILED.write_bytes(compiled(SOURCE.read_text(encoding="utf-8")))
        self.stdout.write(f"已生成 {COMPILED.name}")
