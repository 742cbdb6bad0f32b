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
-- The oldest that wait, or whose reader died; none of a connection that is paused.
with taken as (
  update inbox
  set state = 'reading', attempts = attempts + 1, reading_until = :until
  where id in (select id from inbox
               where (state = 'stored' or state = 'reading' and reading_until < :now)
                 and (cardinality(:only::uuid[]) = 0 or id = any (:only::uuid[]))
                 and not exists (select from connection c where c.code = inbox.connection and c.paused_at is not null)
               order by received_at, id limit :limit::int
               for update skip locked)
  returning id, content_type, raw, connection
)
select t.id as inbox_id, t.content_type, t.raw,
       case when c.code is not null
            then jsonb_build_object('system', c.system, 'profile', c.profile, 'codes', c.codes) end as using,
       coalesce(c.trusted, false) as trusted
from taken t left join connection c on c.code = t.connection;

-- name: waiting$
-- Whether there is anything to take.
select exists (select from inbox
               where (state = 'stored' or state = 'reading' and reading_until < :now)
                 and not exists (select from connection c where c.code = inbox.connection and c.paused_at is not null));
