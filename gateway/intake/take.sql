-- name: give_up
-- Messages whose readers died too often are for a person.
update inbox
set state = 'review', settled_at = :now, reading_until = null,
    reason = 'Reading this message failed ' || attempts || ' times. Read it by hand; the original is kept.'
where id in (select id from inbox
             where state = 'reading' and reading_until < :now and attempts >= :most
             for update skip locked)
returning id;

-- name: take
-- The oldest that wait, or whose reader died.
update inbox
set state = 'reading', attempts = attempts + 1, reading_until = :until
where id in (select id from inbox
             where (state = 'stored' or state = 'reading' and reading_until < :now)
               and (cardinality(:only::uuid[]) = 0 or id = any (:only::uuid[]))
             order by received_at, id limit :limit::int
             for update skip locked)
returning id as inbox_id, content_type, raw;

-- name: waiting$
-- Whether there is anything to take.
select exists (select from inbox where state = 'stored' or state = 'reading' and reading_until < :now);
