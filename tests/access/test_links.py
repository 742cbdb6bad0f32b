"""Confirm links: only as we made them, and only for their days."""

import base64
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.access.links import LASTS, confirm_token, nsi_of_token
from schemas.errors import NotThere

SECRET = b"invented secret of thirty-two by"
NSI = UUID("0b5e0000-0000-4000-8000-000000000001")


def test_a_link_opens_its_nsi_until_it_expires(now: datetime) -> None:
    token = confirm_token(SECRET, NSI, now + LASTS)
    assert nsi_of_token(SECRET, token, now + LASTS - timedelta(seconds=1)) == NSI
    with pytest.raises(NotThere, match="has expired"):
        nsi_of_token(SECRET, token, now + LASTS)


def test_a_link_fits_in_a_url_as_it_is(now: datetime) -> None:
    assert set(confirm_token(SECRET, NSI, now)) <= set(base64.urlsafe_b64encode(bytes(range(256))).decode())


def test_a_link_of_another_installation_opens_nothing(now: datetime) -> None:
    token = confirm_token(b"another secret of thirty-two by", NSI, now + LASTS)
    with pytest.raises(NotThere, match="does not open anything"):
        nsi_of_token(SECRET, token, now)


@given(place=st.integers(0, 35), mask=st.integers(1, 255))
def test_a_link_changed_in_any_byte_opens_nothing(place: int, mask: int) -> None:
    now = datetime.fromisoformat("2026-11-22T10:00:00+00:00")
    raw = bytearray(base64.urlsafe_b64decode(confirm_token(SECRET, NSI, now + LASTS)))
    raw[place] ^= mask
    with pytest.raises(NotThere):
        nsi_of_token(SECRET, base64.urlsafe_b64encode(raw).decode(), now)


@given(st.text(max_size=100) | st.from_regex(r"[A-Za-z0-9_-]{0,60}={0,2}"))
def test_words_that_are_no_link_open_nothing(words: str) -> None:
    with pytest.raises(NotThere):
        nsi_of_token(SECRET, words, datetime.fromisoformat("2026-11-22T10:00:00+00:00"))
