"""Addresses of the room members, by screen; and the names allauth looks for."""

from django.urls import path

from serai.members.views import (
    audience,
    bench,
    countries,
    data,
    grants,
    imports,
    invitations,
    keys,
    me,
    membership,
    organisations,
    people,
    people_imports,
    security,
    sign_in,
    unlocks,
)

app_name = "members"
urlpatterns = [
    # signing in and out
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("sign-in/second-step/", sign_in.second_step, name="second_step"),
    path("sign-in/again/", sign_in.sign_in_again, name="sign_in_again"),
    path("sign-in/passkey/options/", sign_in.passkey_options, name="passkey_options"),
    path("sign-in/passkey/", sign_in.passkey_sign_in, name="passkey_sign_in"),
    path("sign-in/service/<slug:provider_id>/", sign_in.service, name="service"),
    path("sign-in/sample/", sign_in.sample_sign_in, name="sample_sign_in"),
    path("sign-in/sample/<str:token>/", sign_in.sample_enter, name="sample_enter"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    # oneself
    path("me/", me.me, name="me"),
    path("me/sign-ins/<str:public_id>/end/", me.end_sign_in, name="end_sign_in"),
    path("me/security/", security.security, name="security"),
    path("me/security/passkey/", security.add_passkey, name="add_passkey"),
    path("me/security/<int:number>/remove/", security.remove, name="remove_authenticator"),
    path("me/security/app/start/", security.start_totp, name="start_totp"),
    path("me/security/app/", security.add_totp, name="add_totp"),
    path("me/security/app/qr.svg", security.totp_qr, name="totp_qr"),
    path("me/security/recovery-codes/", security.recovery_codes, name="recovery_codes"),
    path("me/data/", data.data, name="data"),
    path("me/data/<str:public_id>/copy/", data.copy, name="data_copy"),
    path("me/keys/", keys.keys, name="keys"),
    path("me/keys/new/", keys.make_key, name="make_key"),
    path("me/keys/kept/", keys.keep_key, name="keep_key"),
    path("me/keys/<str:public_id>/revoke/", keys.revoke_key, name="revoke_key"),
    path("me/invitations/", invitations.welcome, name="welcome"),
    # people, invitations, roles
    path("people/", people.people, name="people"),
    path("people/import/", people_imports.upload, name="import_people"),
    path("people/import/check/", people_imports.check, name="check_people"),
    path("people/import/undo/<slug:key>/", people_imports.undo, name="undo_people"),
    path("people/sheet/", people_imports.sheet, name="people_sheet"),
    path("people/<str:public_id>/", people.person, name="person"),
    path("people/<str:public_id>/pause/", people.pause, name="pause_person"),
    path("people/<str:public_id>/resume/", people.resume, name="resume_person"),
    path("people/<str:public_id>/close/", people.close, name="close_person"),
    path("people/<str:public_id>/give/", grants.give, name="give_role"),
    path("roles/", grants.grants, name="grants"),
    path("roles/<str:public_id>/end/", grants.end, name="end_grant"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.invite, name="invite"),
    path("invitations/<str:public_id>/", invitations.invitation, name="invitation"),
    path("invitation/<str:token>/", invitations.accept, name="accept_invitation"),
    path("data-requests/", data.data_requests, name="data_requests"),
    path("data-requests/<str:public_id>/", data.answer, name="answer_data_request"),
    path("unlocks/", unlocks.unlocks, name="unlock"),
    path("unlocks/<str:public_id>/close/", unlocks.close, name="close_unlock"),
    path("bench/", bench.bench, name="bench"),
    path("bench/<str:name>/", bench.bench_table, name="bench_table"),
    path("bench/<str:name>/<int:number>/", bench.bench_row, name="bench_row"),
    # organisations
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.add, name="add_organisation"),
    path("organisations/import/", imports.upload, name="import_organisations"),
    path("organisations/import/check/", imports.check, name="check_import"),
    path("organisations/import/undo/<slug:key>/", imports.undo, name="undo_import"),
    path("organisations/<str:public_id>/", organisations.organisation, name="organisation"),
    path("organisations/<str:public_id>/edit/", organisations.edit, name="edit_organisation"),
    path("organisations/<str:public_id>/merge/", organisations.merge, name="merge_organisation"),
    path("organisations/<str:public_id>/close/", organisations.close, name="close_organisation"),
    path("organisations/<str:public_id>/reopen/", organisations.reopen, name="reopen_organisation"),
    # members
    path("", countries.members, name="members"),
    path("new/", countries.add, name="add_member"),
    path("<str:iso3>/", countries.member, name="member"),
    path("<str:iso3>/edit/", countries.edit, name="edit_member"),
    path("<str:iso3>/end/", membership.end, name="end_member"),
    path("<str:iso3>/keep/", membership.keep, name="keep_member"),
    path("<str:iso3>/audience/", audience.audience, name="audience"),
    path("shares/<str:public_id>/end/", audience.end_share, name="end_share"),
]

# allauth finds these by name; the service's answer comes without a language in its address.
account_urlpatterns = [
    path("sign-in/start/", sign_in.sign_in, name="account_login"),
    path("sign-in/start/code/", sign_in.sign_in_code, name="account_confirm_login_code"),
    path("sign-in/start/second-step/", sign_in.second_step, name="mfa_authenticate"),
]
service_urlpatterns = [
    path(
        "sign-in/service/<slug:provider_id>/answer/",
        sign_in.service_answer,
        name="openid_connect_callback",
    ),
]
