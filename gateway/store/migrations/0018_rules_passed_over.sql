-- A rule whose mandatory action was closed by a reason alone is not met: neither open, nor "not applicable".
alter table nsi_clock add column passed_over_on date;
