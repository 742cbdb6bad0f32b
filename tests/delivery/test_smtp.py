"""Where mail is handed over, as the setting says."""

import pytest

from gateway.delivery.smtp import smtp_of
from schemas.errors import Invalid


def test_a_mail_server_is_read_from_its_url() -> None:
    server = smtp_of("smtp://post%40office:pa%2Fss@mail.example.invalid:2525")
    assert (server.host, server.port, server.username, server.password, server.tls) == (
        "mail.example.invalid",
        2525,
        "post@office",
        "pa/ss",
        False,
    )


@pytest.mark.parametrize(
    ("url", "port", "tls"), [("smtp://mail.invalid", 25, False), ("smtps://mail.invalid", 465, True)]
)
def test_a_port_left_out_is_the_usual_one(url: str, port: int, tls: bool) -> None:  # noqa: FBT001  # a case of the table
    assert (smtp_of(url).port, smtp_of(url).tls) == (port, tls)


@pytest.mark.parametrize("url", ["", "mail.example.invalid", "http://mail", "smtp://", "smtp://u:secret@h:port"])
def test_what_is_no_mail_server_is_said_without_quoting_it(url: str) -> None:
    with pytest.raises(Invalid, match="write smtp://user") as raised:
        smtp_of(url)
    assert "secret" not in str(raised.value)
