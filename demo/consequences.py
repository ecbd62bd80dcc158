"""The consequences in the demonstration: example standards, proposals on the published years, and a few decisions."""

from collections.abc import Callable, Iterator
from functools import partial

import pghistory

from core import jobs
from core.files.excel.csv_parsing import parsed
from core.models import Job, User
from demo import FOLDER
from evaluation.ranking.models import Publication
from evaluation.ranking.queries.sealed_results import latest_publications
from platforms.choices import PlatformType
from rewards.actions import confirm_proposal, reject_proposal
from rewards.choices import ProposalStatus
from rewards.models import OperatorReplacement, Reward, RewardStandard, YellowCard
from rewards.models.consequences import Proposal

YEARS = (2024, 2025)
CONFIRMED = "演示决定:经核对封存的评价结果,情况属实,予以确认。"
REJECTED = "演示决定:该平台已说明情况并完成整改,本次不予黄牌警告。"


def load_standards(*, by: User) -> None:
    """Standards with plainly fictional amounts; one that exists is left as it is. Whoever sets them decides nothing."""
    headings, *rows = parsed((FOLDER / "reward-standards.csv").read_bytes()).rows
    with pghistory.context(user=by.pk):
        for row in (dict(zip(headings, cells, strict=True)) for cells in rows):
            _load_standard(row)


def _load_standard(row: dict[str, str]) -> None:
    standard, _ = RewardStandard.objects.get_or_create(
        year=int(row["年度"]),
        platform_type=row["平台类型"],
        defaults={"basis": "演示标准(示例,不代表实际标准和金额)"},
    )
    standard.tiers.get_or_create(
        lower_bound=row["总分下限"], defaults={"name": row["等次"], "amount": int(row["奖励金额(元)"])}
    )


def consequence_steps(people: tuple[User, ...]) -> Iterator[tuple[str, Callable[[], Job | None]]]:
    """Propose on both years; confirm last year's first reward, its county card and its advice; reject one card."""
    for publication in latest_publications().filter(year__in=YEARS).order_by("year", "platform_type"):
        yield f"提出结果应用建议 {publication.title}", partial(_propose, publication, people[0])
    for model in (Reward, YellowCard, OperatorReplacement):
        yield f"确认{model._meta.verbose_name}并生成函件", partial(_confirm, model, people)
    yield "不予采纳一项黄牌警告", partial(_reject, people)


def _propose(publication: Publication, by: User) -> Job:
    return jobs.enqueue(
        "rewards.propose_consequences",
        key=f"{publication.pk}:demo",
        arguments={"publication": publication.pk},
        by=by,
    )


def _confirm(model: type[Proposal], people: tuple[User, ...]) -> Job | None:
    found = _first(model, YEARS[-1], PlatformType.COUNTY_WINDOW)
    if found is None:
        return None
    decided = confirm_proposal(proposal=found, reason=CONFIRMED, by=_decider(found, people))
    return Job.objects.get(kind="rewards.write_letter", idempotency_key=f"{model._meta.model_name}:{decided.pk}")


def _reject(people: tuple[User, ...]) -> None:
    found = _first(YellowCard, YEARS[0], PlatformType.CLUSTER_WINDOW)
    if found is not None:
        reject_proposal(proposal=found, reason=REJECTED, by=_decider(found, people))


def _first(model: type[Proposal], year: int, platform_type: str) -> Proposal | None:
    """The first proposal, unless this group already holds a decision: the demonstration may be run again."""
    group = model._default_manager.filter(publication__year=year, publication__platform_type=platform_type)
    if group.exclude(status=ProposalStatus.PROPOSED).exists():
        return None
    return group.select_related("publication").order_by("standing__position").first()


def _decider(proposal: Proposal, people: tuple[User, ...]) -> User:
    return next(person for person in people if person.has_perm("rewards.decide_proposal", proposal))
