-- name: keep_report$
-- One more report; answers whether it was not there yet.
with kept as (
  insert into nsi_report (nsi_id, source, record, version, status, at, started_on, ended_on, outcome, received_at)
  values (:nsi, :source, :record, :version, :status, :at, :started_on, :ended_on, :outcome, :received_at)
  on conflict do nothing returning 1)
select exists (select from kept);

-- name: reports
-- All that is reported of an NSI, and by far systems of those merged into it.
select r.source, r.record, r.version, r.status, r.at, r.started_on, r.ended_on, r.outcome
from nsi_report r
where r.nsi_id = :nsi
   or (r.source <> 'bedspace' and r.nsi_id in (select id from nsi where merged_into = :nsi));

-- name: set_folded!
-- What follows from the reports: nsi_history has what was before.
update nsi set status = :status, started_on = :started_on, ended_on = :ended_on, outcome = :outcome
where id = :nsi;

-- name: ask!
-- A question for a person, unless it is open or was answered by one.
insert into nsi_question (nsi_id, kind, said, asked_at)
select :nsi, :kind, :said, :now
where not exists (
  select from nsi_question
  where nsi_id = :nsi and kind = :kind and said = :said and (answered_at is null or answered_by <> 'gateway'));

-- name: settle!
-- Questions of a kind that do not arise any more.
update nsi_question set answered_at = :now, answered_by = 'gateway', answer = 'What has arrived since settles it.'
where nsi_id = :nsi and kind = :kind and answered_at is null and said <> all (:still::text[]);
