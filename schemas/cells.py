"""Cells that no spreadsheet runs."""

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
TELEPHONE = re.compile(r"\+\d[\d ()-]*")


def neutral(text: str) -> str:
    """What begins as a formula gets an apostrophe, which `plain` takes off again."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def plain(text: str) -> str:
    """As it was before `neutral`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def is_formula(text: str) -> bool:
    """A telephone number is none."""
    return text.startswith(FORMULA) and bool(text.strip()) and not TELEPHONE.fullmatch(text.strip())
