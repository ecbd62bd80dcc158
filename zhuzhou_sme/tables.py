"""What may happen to the rows of every table while the portal runs: the whole list, the libraries' tables included.

Applied by the owner after every migration (`core.db_roles`); a table that is missing here stops it. What is final is
out of the run-time role's reach: it may add and read, or only read; where a row becomes final by its status, guards
that it cannot get round freeze it (docs/decisions/0013-walls-in-the-database.md)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connections

from core.db_roles import ADD, KEEP, OPEN, READ, Rows, apply_walls, stamped

HISTORIES = (
    "core_user", "core_office", "core_secondfactor", "core_linkedidentity",
    "platforms_region", "platforms_platform", "platforms_operator", "platforms_operatorterm", "platforms_recognition",
    "platforms_membership", "platforms_enterprise", "platforms_guidance",
    "evaluation_indicatorsystem", "evaluation_keytask", "evaluation_platformtarget", "evaluation_reportingperiod",
    "evaluation_submittedfigure", "evaluation_evidence", "evaluation_importbatch", "evaluation_assessorappointment",
    "evaluation_assessormark", "evaluation_ranking", "evaluation_bulletin",
    "rewards_reward", "rewards_yellowcard", "rewards_operatorreplacement", "rewards_rewardstandard",
    "rewards_rewardtier",
)  # fmt: skip
"""Each has a table of events that its triggers alone write."""

LIBRARIES: Mapping[str, Rows] = {
    "account_emailaddress": OPEN,
    "account_emailconfirmation": READ,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    "core_user_groups": READ,
    "core_user_user_permissions": READ,
    "django_admin_log": ADD,
    "django_content_type": READ,
    "django_migrations": READ,
    "django_session": OPEN,
    "mfa_authenticator": OPEN,
    "pghistory_context": READ,
    "socialaccount_socialaccount": OPEN,
    "socialaccount_socialapp": READ,
    "socialaccount_socialtoken": OPEN,
    "usersessions_usersession": OPEN,
}
OURS: Mapping[str, Rows] = {
    "core_attachment": ADD,
    "core_changerequest": stamped(
        "account_id", "status", "decision_reason", "decided_at", "decided_by_id", "told_at"
    ),
    "core_damagedfile": stamped("mended_at"),
    "core_job": stamped(
        "state", "attempts", "token", "lease_until", "run_after", "finished_at",
        "progress_done", "progress_total", "progress_note", "result", "error", "retried_at", "retried_by_id",
    ),
    "core_keptform": OPEN,
    "core_office": KEEP,
    "core_sealedfile": ADD,
    "core_signin": ADD,
    "core_signinfailure": OPEN,
    "core_knownaddress": OPEN,
    "core_user": KEEP,
    "platforms_region": OPEN,
    "platforms_platform": OPEN,
    "platforms_operator": OPEN,
    "platforms_operatorterm": OPEN,
    "platforms_recognition": OPEN,
    "platforms_membership": OPEN,
    "platforms_enterprise": stamped("name"),
    "platforms_enterpriserecognition": ADD,
    "platforms_recognitionlist": ADD,
    "platforms_recognitionupload": OPEN,
    "platforms_servicelist": ADD,
    "platforms_servicerecord": stamped("withdrawn_at", "withdrawn_by_id"),
    "platforms_serviceupload": OPEN,
    "platforms_guidance": stamped("acknowledged_at", "acknowledged_by_id"),
    "evaluation_indicatorsystem": KEEP,
    "evaluation_keytask": OPEN,
    "evaluation_platformtarget": OPEN,
    "evaluation_reportingperiod": KEEP,
    # Nothing of it changes; to lock a row, the run-time role must be able to write one of its columns.
    "evaluation_submission": stamped("id"),
    "evaluation_submittedfigure": KEEP,
    "evaluation_evidence": stamped("removed_at", "removed_by_id"),
    "evaluation_submissionreceipt": ADD,
    "evaluation_annualsummary": ADD,
    "evaluation_importbatch": stamped("status"),
    "evaluation_figure": ADD,
    "evaluation_assessorappointment": OPEN,
    "evaluation_assessormark": OPEN,
    "evaluation_ranking": KEEP,
    "evaluation_scorecard": Rows("追加和删除,不能修改;发布后冻结", insert=True, delete=True),
    "evaluation_publication": ADD,
    "evaluation_publicationfile": ADD,
    "evaluation_standing": ADD,
    "evaluation_bulletin": KEEP,
    "rewards_reward": OPEN,
    "rewards_yellowcard": OPEN,
    "rewards_operatorreplacement": OPEN,
    "rewards_rewardstandard": OPEN,
    "rewards_rewardtier": OPEN,
}  # fmt: skip
ROWS: Mapping[str, Rows] = {**LIBRARIES, **OURS, **{f"{table}event": READ for table in HISTORIES}}


def after_migration(*, using: str, **options: Any) -> None:
    """A receiver of `post_migrate`: not of the flush that ends some tests, which migrates nothing."""
    if "plan" in options and settings.DATABASE_ROLE == "owner":
        apply_walls(connections[using], role=settings.DATABASE_APP_ROLE, rows=ROWS)
