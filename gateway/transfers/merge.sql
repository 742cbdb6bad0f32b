-- name: id_called$
-- An NSI by id or reference.
select id from nsi where id::text = :called or reference = upper(:called);

-- name: alone
-- Lets merges and reports about one person wait for each other, until this transaction ends.
select pg_advisory_xact_lock(hashtextextended('merge:' || :person::uuid::text, 0));

-- name: person_of$
-- Whose NSI it is.
select person_id from nsi where id = :id;

-- name: both
-- Two NSIs, locked.
select n.id, n.reference, n.type, n.status, n.move_on, n.merged_into, n.person_id,
       (select array_agg(m.reference) from nsi m where m.merged_into = n.id) as merged
from nsi n where n.id = any (:ids::uuid[]) order by n.id for no key update of n;

-- name: merge!
-- One is over, quietly, and points to the other.
update nsi set merged_into = :into_, status = 'withdrawn', ended_on = :today, outcome = 'raised_in_error',
  started_on = case when started_on <= :today then started_on end
where id = :id;

-- name: unmerge!
-- It points nowhere any more.
update nsi set merged_into = null where id = :id;
