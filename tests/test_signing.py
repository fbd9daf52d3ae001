"""Signed claims: read by whom they are meant for, until they expire."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.signing import Flaw, Signer

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_claims_come_back_as_they_were_signed() -> None:
    signer = Signer("secret", "a purpose", lambda: NOW)
    claims = signer.read(signer.sign({"user": "dl_1"}, timedelta(hours=1)))
    assert isinstance(claims, dict)
    assert claims["user"] == "dl_1"


def test_claims_signed_for_one_purpose_are_forged_for_another() -> None:
    signed = Signer("secret", "a purpose", lambda: NOW).sign({}, timedelta(hours=1))
    assert Signer("secret", "another purpose", lambda: NOW).read(signed) is Flaw.FORGED
    assert Signer("another secret", "a purpose", lambda: NOW).read(signed) is Flaw.FORGED


@pytest.mark.parametrize(("later", "flaw"), [(3599, None), (3600, Flaw.EXPIRED), (999_999, Flaw.EXPIRED)])
def test_claims_expire_to_the_second(later: int, flaw: Flaw | None) -> None:
    now = NOW
    signer = Signer("secret", "a purpose", lambda: now)
    signed = signer.sign({}, timedelta(hours=1))
    now = NOW + timedelta(seconds=later)
    found = signer.read(signed)
    assert (found if isinstance(found, Flaw) else None) is flaw


@pytest.mark.parametrize("nonsense", ["", ".", "a.b.c", "\ud800", "eyJhbGciOiJub25lIn0.e30."])
def test_nonsense_is_forged(nonsense: str) -> None:
    assert Signer("secret", "a purpose", lambda: NOW).read(nonsense) is Flaw.FORGED
