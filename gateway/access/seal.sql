-- name: sole_sealer$
-- Whether we are the one sealer, until the end of this transaction.
select pg_try_advisory_xact_lock(hashtext('bedspace audit seal'));

-- name: oldest_running$
-- Every transaction below this one has ended, and its rows are there or never will be.
select pg_snapshot_xmin(pg_current_snapshot());

-- name: head^
-- The newest seal.
select seq, hash from audit_seal order by seq desc limit 1;

-- name: unsealed
-- Rows that no seal covers, of transactions that have ended since we last looked.
select a.id, a.at, a.actor, a.role, a.action, a.subject, a.persons, a.reason, a.outcome
from audit a
where a.xid >= :seen::xid8 and a.xid < :before::xid8 and not exists (select from audit_seal s where s.audit_id = a.id)
order by a.id limit :limit;

-- name: seal!
-- Adds links to the chain.
insert into audit_seal (seq, audit_id, previous, hash)
select * from unnest(:seqs::bigint[], :ids::bigint[], :previouses::bytea[], :hashes::bytea[]);

-- name: chain
-- The chain in order from a place on, each link with the row it covers; the row is empty where it has been deleted.
select s.seq, s.audit_id, s.previous, s.hash,
       a.id, a.at, a.actor, a.role, a.action, a.subject, a.persons, a.reason, a.outcome
from audit_seal s left join audit a on a.id = s.audit_id
where s.seq > :after order by s.seq limit :limit;
