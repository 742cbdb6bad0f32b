"""Signatures and small print, which say nothing of the person an e-mail is about."""

import re

from adapters.formats.threads import Lines

_CLOSING = re.compile(
    r"^\W{0,3}(?:(?:kind(?:est)?|best|warm(?:est)?|many|with|yours|my|all the)\s){0,2}"
    r"(?:regards|best|wishes|thanks|thank you|sincerely|faithfully|cofion(?: cynnes| gorau)?|diolch(?: yn fawr)?"
    r"|cheers|yn gywir)\W{0,3}$",
    re.IGNORECASE,
)
_SMALL_PRINT = re.compile(
    r"^\W{0,4}(?:this (?:e-?mail|message|communication)(?: and| is| was| contains| may|, its)|disclaimer"
    r"|confidentiality|caution:|the information (?:contained )?in this|if you (?:are not|have received)"
    r"|mae'r (?:neges|e-?bost)"
    r"|please consider the environment|get outlook for|sent from (?:my|outlook|mail)|anfonwyd o fy|external e-?mail"
    r"|\[external\]|official[- ]sensitive$|official$)",
    re.IGNORECASE,
)
_IDENTIFIED = re.compile(r"\b(?:crn|dob|date of birth|release date|address on release|rosh|mappa)\b", re.IGNORECASE)


def without_signature(lines: Lines, sender: str = "") -> Lines:
    """Up to the signature or the small print. Where more is said of the person further down, it is no signature."""
    names = {sender.casefold(), *sender.casefold().replace(",", " ").split()[:2]} - {""}
    last_said = max((at for at, (_, line) in enumerate(lines) if _IDENTIFIED.search(line)), default=-1)
    kept: Lines = []
    skipping = False
    for at, (number, line) in enumerate(lines):
        skipping = skipping and bool(line.strip())
        small_print = bool(_SMALL_PRINT.match(line[:80]))
        closing = line.rstrip() in {"--", "__", "---"} or bool(_CLOSING.match(line[:80]))
        closing = closing or line.strip(" ,.").casefold() in names
        if at > last_said and kept and (closing or (small_print and len(kept) > 1)):
            return kept
        skipping = skipping or small_print
        if not skipping and not closing:
            kept.append((number, line))
    return kept
