"""Invented SPOCs for the demo. Real ones are no public record."""

from datetime import date

from bedspace.reference import files
from schemas.locator import KeepSpocs, SpocOf
from schemas.words import Purpose

FIRST_NAMES = ("Robin", "Sam", "Alex", "Jo", "Chris", "Pat", "Ashley", "Morgan", "Kit", "Frankie", "Jamie")

DESKS: dict[str, tuple[list[Purpose], str]] = {
    # mailbox → what it receives, and the team it belongs to
    "spoc": (["transfer", "temporary_move"], "case transfers"),
    "release": (["release"], "resettlement"),
    "ap-referral": (["ap_referral"], "accommodation"),
    "victim": (["victim"], "victim liaison"),
    "mappa": (["mappa"], "public protection"),
}


def demo_spocs() -> KeepSpocs:
    """One SPOC for each PDU and purpose, recognisably invented: telephone numbers are those kept for drama."""
    pdus = [pdu for pdu in files.rows("pdus.csv", files.PduRow) if pdu.until is None]
    spocs = [
        _spoc(pdu, mailbox, purposes, team, n)
        for n, (pdu, (mailbox, (purposes, team))) in enumerate((pdu, desk) for pdu in pdus for desk in DESKS.items())
    ]
    return KeepSpocs(spocs=spocs, from_=date(2021, 6, 26))


def demo_regions() -> KeepSpocs:
    """An SPO whom each region names for its PDUs, for every purpose and with somebody to call at night."""
    regions = [region for region in files.rows("regions.csv", files.RegionRow) if region.code != "NA"]
    return KeepSpocs(spocs=[_spo(region, n) for n, region in enumerate(regions)], from_=date(2021, 6, 26))


def _spo(region: files.RegionRow, n: int) -> SpocOf:
    return SpocOf(
        region=region.code,
        kind="region_spo",
        purposes=[purpose for purposes, _ in DESKS.values() for purpose in purposes],
        name=f"{FIRST_NAMES[n % len(FIRST_NAMES)]} Invented-Region",
        email=f"spo.{region.code.lower()}@region.invalid",
        phone=f"01632 960{700 + n:03}",
        hours="Monday to Friday, 9am to 5pm",
        team=f"{region.name} single point of contact team",
        out_of_hours=f"Duty manager of the region, 01632 960{750 + n:03}",
    )


def _spoc(pdu: files.PduRow, mailbox: str, purposes: list[Purpose], team: str, n: int) -> SpocOf:
    place = pdu.name.split()[0].strip(",")
    return SpocOf(
        pdu=pdu.code,
        purposes=purposes,
        name=f"{FIRST_NAMES[n % len(FIRST_NAMES)]} Invented-{place}",
        email=f"{mailbox}.{pdu.code.lower()}@pdu.invalid",
        phone=f"01632 960{n % 1000:03}",
        hours="Monday to Friday, 9am to 5pm",
        team=f"{pdu.name} {team}",
    )
