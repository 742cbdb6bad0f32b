-- name: queue!
-- Lets two imports of one source for one person wait for each other, until this transaction ends.
select pg_advisory_xact_lock(hashtextextended('contacts:' || :person::uuid::text || :source::text, 0));

-- name: known
-- What a source has brought of a person, locked.
select id, at, kind, outcome, note, external_reference from contact
where person_id = :person and source = :source and external_reference is not null for update;
