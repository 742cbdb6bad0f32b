"""Texts as they are sent: how long, and whether they may be about the person."""

from typing import Annotated

from msgspec import Meta

PersonText = Annotated[str, Meta(min_length=1, max_length=40)]
"""A CRN, or the id of a person."""
PduCode = Annotated[str, Meta(min_length=1, max_length=20)]
Code = Annotated[str, Meta(min_length=1, max_length=40)]
Said = Annotated[str, Meta(max_length=500)]
"""Nothing about the person."""
Name = Annotated[str, Meta(min_length=1, max_length=200)]
AboutPerson = Annotated[str, Meta(min_length=1, max_length=4000)]
"""Masked with the person."""
