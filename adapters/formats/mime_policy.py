"""How the standard library is asked to take an e-mail apart: nothing raises, and no header is long."""

import re
from email._policybase import Compat32

_LONGEST = 4_000
_LONGEST_CONTENT = 1_500
"""The library reads parameters of Content-* headers in time that grows with the square of their length."""

BOUNDARIES = re.compile(rb"boundary[ \t]{0,8}=|message/rfc822", re.IGNORECASE)
MOST_BOUNDARIES = 60
"""And enclosed messages; the library's time grows with their depth times the lines."""


class WaryPolicy(Compat32):
    """Keeps headers as they came, shortened. (`policy.default` raises on one real e-mail in twenty.)"""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, _, value = sourcelines[0].partition(":")
        if name[:8].lower() == "content-":  # unfolded, or a boundary broken at its space is not found again
            value = "".join([value, *sourcelines[1:]])[:_LONGEST_CONTENT].replace("\r", "").replace("\n", "")
            return name.rstrip(), value.strip()
        return name.rstrip(), "".join([value, *sourcelines[1:]])[:_LONGEST].strip()

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002  # the signature is the library's
        return value


WARY = WaryPolicy()
