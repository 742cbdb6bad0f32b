"""Premises put together: each on its own, by region, or all."""

from collections.abc import Sequence

from bedspace.occupancy.rows import Site
from schemas.occupancy import Part

Parts = dict[tuple[str, str], list[int]]
"""Code and name of a part → the places of its premises."""


def parts_of(sites: Sequence[Site], by: Part) -> Parts:
    found: Parts = {}
    for n, site in enumerate(sites):
        found.setdefault(_key(site, by), []).append(n)
    return dict(sorted(found.items(), key=lambda item: item[0][1])) if by == "region" else found


def _key(site: Site, by: Part) -> tuple[str, str]:
    if by == "nation":
        return "", ""
    return (site.code, site.name) if by == "premises" else (site.region or "", site.region_name or "")
