-- name: page
-- What happened after a place of the feed, in the order in which it will always be read, with whether one may see it.
-- Nothing of a transaction that is still running, nor of one younger than it: it might yet put something before.
with stretch as materialized (
  select id, xid, at, kind, subject, person_id, body from event
  where (xid, id) > (:xid::text::xid8, :id::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by xid, id
  limit :many
)
select id, xid::text as xid, at, kind, subject, person_id, body,
  case split_part(subject, ':', 1)
    when 'nsi' then exists (select from nsi where nsi.id::text = split_part(subject, ':', 2))
    when 'placement' then exists (select from placement p where p.id::text = split_part(subject, ':', 2))
    when 'release' then exists (select from release r where r.id::text = split_part(subject, ':', 2))
    else split_part(subject, ':', 1) = any (:open::text[])
  end as seen
from stretch order by xid, id;

-- name: at_end^
-- The last place of the feed as it stands.
select xid::text as xid, id from event
where xid < pg_snapshot_xmin(pg_current_snapshot())
order by xid desc, id desc limit 1;

-- name: stands$
-- Whether a place of the feed is still where it was: a restore gives transactions other numbers.
select exists (select from event where id = :id::bigint and xid = :xid::text::xid8);
