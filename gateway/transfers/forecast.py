"""What is overdue, and what will be within some days if nothing is done, by the PDU whose it is to do."""

from datetime import datetime, timedelta
from itertools import groupby

from msgspec import convert

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.chasing import Forecast, ForecastAnswer, ForecastLine, ForecastPdu

sql = queries(__file__)

MOST = 100


async def forecast(tx: Tx, command: Forecast, now: datetime) -> Done[ForecastAnswer]:
    """As far as the account reaches."""
    today = london_today(now)
    until = today + timedelta(days=command.days)
    rows = await sql.forecast(tx, today=today, until=until, pdu=command.pdu)
    pdus = [
        _pdu(code, [convert(row, ForecastLine) for row in some], some[0]["pdu_name"])
        for code, some in ((code, list(group)) for code, group in groupby(rows, key=lambda row: row["pdu"]))
    ]
    return Done(ForecastAnswer(until=until, pdus=pdus), subject="forecast")


def _pdu(code: str, lines: list[ForecastLine], name: str) -> ForecastPdu:
    overdue = sum(line.overdue for line in lines)
    return ForecastPdu(pdu=code, name=name, overdue=overdue, coming=len(lines) - overdue, lines=lines[:MOST])
