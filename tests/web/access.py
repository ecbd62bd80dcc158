"""Who gets what at which address: one line of answers per group of addresses, written by hand and held by test_access.

The columns are the roles of tests.web.world.ROLES. `in` = sent to sign in, `door` = sent to the desk's own door (which
leads a stranger on to sign in and tells a window account kindly where its pages are), else the status of a GET.
"""

#         anonymous expired window county city_platform bureau auditor
ANSWERS = {
    # The desk's reading pages: city platform, bureau, auditor
    "in in door 403 200 200 200": """
        admin:core_job_changelist admin:evaluation_annualsummary_change
        admin:evaluation_annualsummary_changelist admin:evaluation_annualsummary_history
        admin:evaluation_bulletin_change admin:evaluation_bulletin_changelist
        admin:evaluation_bulletin_history admin:evaluation_importbatch_change
        admin:evaluation_importbatch_changelist admin:evaluation_importbatch_history
        admin:evaluation_indicatorsystem_change admin:evaluation_indicatorsystem_changelist
        admin:evaluation_indicatorsystem_history admin:evaluation_ranking_changelist
        admin:evaluation_scorecard_changelist admin:platforms_operator_change
        admin:platforms_operator_changelist admin:platforms_operator_export admin:platforms_operator_history
        admin:platforms_region_change admin:platforms_region_changelist admin:platforms_region_export
        admin:platforms_region_history admin:rewards_rewardstandard_change
        admin:rewards_rewardstandard_changelist admin:rewards_rewardstandard_history desk_assessors desk_batch
        desk_batches desk_marks_compared
        desk_schedules
        desk_bulletin desk_bulletin_pdf desk_bulletins desk_consequences desk_consequences_decision
        desk_consequences_publication desk_period desk_periods desk_ranking desk_rankings desk_scorecard desk_summaries
        desk_summary desk_summary_file desk_summary_stamped desk_system desk_systems desk_plans
        desk_plan_differences desk_plan_progress
        desk_recognition_list desk_recognition_lists desk_recognition_overlaps
    """,
    # Public pages
    "200 200 200 200 200 200 200": """
        account_inactive bulletin bulletin_pdf bulletins consequences health home indicator_system
        indicator_systems open_data open_data_edition open_data_file open_data_latest open_data_latest_file
        policy privacy ranking ranking_edition rankings socialaccount_login_cancelled standing
        standing_edition
        scoring_program
    """,
    # The bureau keeps the registers, accounts and systems
    "in in door 403 403 200 403": """
        desk_ask_sign_in admin:core_signinfailure_delete admin:core_user_add
        admin:platforms_membership_add admin:platforms_operator_add
        admin:platforms_operator_delete admin:platforms_operator_import admin:platforms_operatorterm_add
        admin:platforms_operatorterm_delete admin:platforms_operatorterm_import
        admin:platforms_recognition_import
        admin:platforms_platform_add admin:platforms_platform_delete admin:platforms_platform_import
        admin:platforms_recognition_add admin:platforms_recognition_delete admin:platforms_region_add
        admin:platforms_region_delete admin:platforms_region_import admin:rewards_rewardstandard_add
        admin:rewards_rewardstandard_delete desk_import_system desk_plan desk_plan_publish desk_plan_targets
    """,
    # What only a workflow writes: nobody adds or deletes it by hand
    "in in door 403 403 403 403": """
        admin:platforms_membership_delete admin:core_changerequest_add
        admin:core_signin_add admin:core_signin_delete admin:core_signinfailure_add
        admin:core_job_add admin:core_office_add admin:core_office_delete
        admin:core_user_delete admin:evaluation_annualsummary_add admin:evaluation_annualsummary_delete
        admin:evaluation_bulletin_add admin:evaluation_bulletin_delete admin:evaluation_importbatch_add
        admin:evaluation_importbatch_delete admin:evaluation_indicatorsystem_add
        admin:evaluation_indicatorsystem_delete admin:evaluation_ranking_add admin:evaluation_scorecard_add
        admin:platforms_operator_process_import admin:platforms_operatorterm_process_import
        admin:platforms_platform_process_import admin:platforms_recognition_process_import
        admin:platforms_region_process_import
    """,
    # The registers and the handed-in figures that a county reads too, its own rows; what has come in of them
    "in in door 200 200 200 200": """
        admin:core_changerequest_changelist desk_check desk_checks desk_evidence_file
        desk_completeness desk_completeness_figures desk_completeness_of desk_guidance desk_platform_guidance
        desk_reminder_list desk_reminder_workbook
        admin:platforms_operatorterm_change admin:platforms_operatorterm_changelist
        admin:platforms_operatorterm_export admin:platforms_operatorterm_history
        admin:platforms_platform_change admin:platforms_platform_changelist admin:platforms_platform_export
        admin:platforms_platform_history admin:platforms_recognition_change
        admin:platforms_recognition_changelist admin:platforms_recognition_export
        admin:platforms_recognition_history desk_roles desk_services
    """,
    # Accounts, the office's particulars, lockouts: bureau, and the auditor reads
    "in in door 403 403 200 200": """
        admin:core_signin_changelist admin:core_signin_change admin:core_signin_history
        admin:core_signinfailure_change admin:core_signinfailure_changelist admin:core_signinfailure_history
        admin:core_office_change admin:core_office_history admin:core_user_change admin:core_user_changelist
        admin:core_user_history admin:platforms_membership_change admin:platforms_membership_changelist
        admin:platforms_membership_history
    """,
    # Rows outside a county's scope are not there
    "in in door 404 200 200 200": """
        admin:core_job_change admin:core_job_history admin:evaluation_ranking_change
        admin:evaluation_ranking_history admin:evaluation_scorecard_change admin:evaluation_scorecard_history
        desk_job
    """,
    # A request for a change: whoever asked, and oversight
    "in in door 404 404 200 200": """
        admin:core_changerequest_change admin:core_changerequest_history desk_change
    """,
    "in in door 404 404 403 403": """
        admin:core_changerequest_delete
    """,
    "in in door 405 405 405 405": """
        desk_change_step desk_job_retry
    """,
    # Steps: a POST alone
    "in in door 403 405 405 405": """
        desk_bulletin_step desk_consequences_propose desk_period_step desk_ranking_step desk_score desk_system_step
    """,
    # Every desk role
    "door door door 200 200 200 200": """
        admin:index admin:jsi18n admin:password_change_done
    """,
    # A unit's managers keep their own people; in the tests the window and the county are such
    "in in 405 404 404 404 404": """
        my_people_step
    """,
    "in in door 200 404 404 404": """
        desk_people
    """,
    "in in door 405 404 404 404": """
        desk_people_step
    """,
    # Not there for a county, not to be deleted by anybody
    "in in door 404 403 403 403": """
        admin:core_job_delete admin:evaluation_ranking_delete admin:evaluation_scorecard_delete
    """,
    # The window's own things
    "in in 200 404 404 404 404": """
        my_evidence my_figure my_people my_receipt my_standing my_submission my_submission_document
        my_submission_receipt my_summaries my_summary_file my_summary_outline my_summary_stamped my_summary_text
        my_recognitions my_service_add my_services my_services_import my_services_job
    """,
    # What the workspace takes by POST alone
    "in in 405 405 405 405 405": """
        account_change_told my_evidence_remove my_guidance_acknowledge my_service_withdraw my_submission_save
        kept_let_go
    """,
    # Steps the auditor never takes
    "in in door 403 405 405 403": """
        desk_assessor_appoint desk_assessor_dismiss desk_bulletin_draft desk_bulletin_texts
        desk_check_accept desk_check_step desk_period_open
    """,
    # Reminding all platforms at once
    "in in door 405 405 405 403": """
        desk_remind
    """,
    # An assessor's own sheet: the city platform's account is appointed
    "in in door 403 200 404 404": """
        desk_marking
    """,
    # Imports and gathering: city platform and bureau
    "in in door 403 200 200 403": """
        desk_gather desk_import_figures desk_import_hub
        desk_import_recognitions
    """,
    # A preview whose upload has gone leads back to the upload
    "in in door 403 302 302 403": """
        desk_preview_figures desk_preview_hub
        desk_preview_recognitions
    """,
    # One's own account: password, second factor, sessions
    "in in 200 200 200 200 200": """
        account_change_password account_reauthenticate mfa_index mfa_list_webauthn usersessions_list
        page_session
    """,
    # What changes how one signs in is confirmed first; nobody here is in the middle of signing in
    "in in 302 302 302 302 302": """
        after_login mfa_activate_totp mfa_add_webauthn mfa_authenticate mfa_edit_webauthn
        mfa_generate_recovery_codes mfa_login_webauthn mfa_reauthenticate mfa_reauthenticate_webauthn
        mfa_remove_webauthn
    """,
    # Nothing set up yet; no identity centre is named
    "in in 404 404 404 404 404": """
        mfa_deactivate_totp mfa_download_recovery_codes mfa_view_recovery_codes socialaccount_connections
    """,
    # One page changes passwords
    "door door door 302 302 302 302": """
        admin:password_change
    """,
    # Sign-in: whoever is in goes to their work
    "200 200 302 302 302 302 302": """
        account_login
    """,
    # Sign-out
    "302 302 200 200 200 200 200": """
        account_logout
    """,
    "door door door 404 200 200 200": """
        admin:app_list
    """,
    "door door door 403 403 403 403": """
        admin:autocomplete
    """,
    "in in door 302 302 302 302": """
        admin:core_office_changelist
    """,
    "in in 403 302 302 302 302": """
        admin:login
    """,
    "door door 302 405 405 405 405": """
        admin:logout
    """,
    "in in 404 200 200 200 200": """
        components
    """,
    # Nothing confirmed yet; no identity centre is named
    "404 404 404 404 404 404 404": """
        consequences_of_year openid_connect_callback openid_connect_login
    """,
    "in in door 403 404 404 404": """
        desk_consequences_letter
    """,
    "in in door 403 403 405 403": """
        desk_plan_copy
    """,
    "in in door 403 302 302 302": """
        desk_publication
    """,
    "in in 200 302 302 302 302": """
        my_home
    """,
    "in in 302 404 404 404 404": """
        my_services_preview
    """,
}

EXPECTED = {name: row.split() for row, names in ANSWERS.items() for name in names.split()}
