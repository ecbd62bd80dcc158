"""Every publication computed anew from its sealed bundle: after a restore, or whenever somebody doubts one."""

from django.core.management.base import BaseCommand, CommandError

from evaluation.ranking.queries.recomputed import recomputed


class Command(BaseCommand):
    help = "用封存的评价数据包重新计算每一期已公布的排名,与封存的结果和公布的名次逐字节核对;有不符时退出码不为零"

    def handle(self, *args: object, **options: object) -> None:
        found = list(recomputed())
        wrong = [(publication, fault) for publication, fault in found if fault]
        for publication, fault in wrong:
            self.stdout.write(f"{publication}(第{publication.edition}版):{fault}")
        if wrong:
            raise CommandError(f"{len(found)}期排名中有{len(wrong)}期不符")
        self.stdout.write(f"{len(found)}期排名重新计算的结果全部一致")
