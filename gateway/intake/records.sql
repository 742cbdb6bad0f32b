-- name: message^
-- A message that is being read, and its connection; its lease is renewed.
update inbox i set reading_until = :until
from connection c
where i.id = :id and c.code = i.connection and i.state = 'reading'
returning i.id as inbox_id, i.received_at, i.area, i.submitted_by, c.code as connection, c.way, c.quiet,
  c.records_temporary_moves;

-- name: taken_before
-- Numbers of the records of a message that were taken already.
select n from inbox_record where inbox_id = :id and n between :first::int and :last::int;

-- name: lock_connection
-- Records of one connection are taken one file after the other, in the order in which they are sent.
select pg_advisory_xact_lock(hashtextextended('connection:' || :connection::text, 0));

-- name: known^
-- A record as it was last taken.
select digest, version, nsi_id from far_record where connection = :connection and reference = :reference;

-- name: know!
-- A record as it is taken now.
insert into far_record (connection, reference, digest, version, nsi_id, seen_at)
values (:connection, :reference, :digest, :version, :nsi, :now)
on conflict (connection, reference) do update
set digest = excluded.digest, version = excluded.version, nsi_id = excluded.nsi_id, seen_at = excluded.seen_at;

-- name: seen!
-- It came again as it was.
update far_record set seen_at = :now where connection = :connection and reference = :reference;

-- name: keep_record!
-- What a record came to.
insert into inbox_record (inbox_id, n, kind, state, reason, line, missing, nsi_id, draft)
values (:inbox, :n, :kind, :state, :reason, :line::int, :missing, :nsi::uuid, :draft);

-- name: counts
-- How many records of a message came to what.
select state, count(*)::int as count from inbox_record where inbox_id = :id group by state;

-- name: nsis
-- The NSIs that records of a message were raised as, or are known as; not more than a page can show.
select nsi_id from inbox_record where inbox_id = :id and nsi_id is not null group by nsi_id order by min(n) limit 200;

-- name: first_refused^
-- The first that a person must look at, and why.
select line, reason from inbox_record where inbox_id = :id and state in ('refused', 'review') order by n limit 1;

-- name: count_codes!
-- Codes that have no word yet.
insert into connection_code (connection, field, code, times, first_at, last_at)
select :connection::text, field, code, times, :now::timestamptz, :now::timestamptz
from unnest(:fields::text[], :codes::text[], :times::int[]) as u(field, code, times)
on conflict (connection, field, code) do update
set times = connection_code.times + excluded.times, last_at = excluded.last_at;
