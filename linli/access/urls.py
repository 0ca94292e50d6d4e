"""Addresses at the door."""

from django.urls import path

from linli.access.views import accounts, hats, own, pins, signing, slips

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-in/phone/", signing.phone, name="sign-in-phone"),
    path("sign-in/code/", signing.code, name="sign-in-code"),
    path("sign-in/start/", signing.start, name="sign-in-start"),
    path("sign-in/second/", signing.second, name="second-factor"),
    path("sign-in/again/", pins.prove, name="prove-again"),
    path("join/", slips.join, name="home-join"),
    path("bind/", slips.bind, name="phone-bind"),
    path("pin/", pins.enter, name="pin"),
    path("lock/", pins.lock, name="lock"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("hats/", hats.choose, name="hats"),
    path("roles/<slug:person_uid>/", hats.wear_role, name="role-wear"),
    path("account/", own.show, name="account"),
    path("account/passphrase/", own.set_passphrase, name="passphrase-set"),
    path("account/second-factor/", own.offer, name="second-factor-offer"),
    path("account/recovery/", own.renew, name="recovery-renew"),
    path("account/sessions/<slug:uid>/end/", own.end_session, name="session-end"),
    path("account/pin/", pins.set_pin, name="pin-set"),
    path("account/devices/", pins.office, name="office-devices"),
    path("account/devices/<slug:uid>/end/", pins.end_device, name="device-end"),
    path("accounts/<slug:person_uid>/", accounts.open_for, name="account-open"),
    path("accounts/<slug:person_uid>/invitation/", slips.invite, name="account-invite"),
]
