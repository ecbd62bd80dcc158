"""Job handlers of rewards: load by id, call one action."""

from dataclasses import asdict

from core.jobs import Arguments, Effect, Report
from core.paper import render_pdf
from evaluation.ranking.models import Publication
from rewards.actions import propose_consequences, seal_letter
from rewards.documents import letter_of
from rewards.queries.proposals import proposal_by_model


def propose(arguments: Arguments, report: Report) -> Effect:
    publication = Publication.objects.get(pk=arguments["publication"])
    report(0, 1, f"正在按《{publication}》推算结果应用建议")
    return lambda: asdict(propose_consequences(publication=publication, by=arguments["by"]))


def write_letter(arguments: Arguments, report: Report) -> Effect:
    proposal = proposal_by_model(arguments["model"], arguments["proposal"])
    report(0, 1, "正在生成函件")
    letter = letter_of(proposal)
    pdf = render_pdf(letter.template, {"letter": letter, "page": letter.page})
    return lambda: {"sha256": seal_letter(proposal=proposal, pdf=pdf).pk}
