-- name: lock_names
-- Messages of one conversation are gathered one after the other.
select pg_advisory_xact_lock(hashtextextended(name, 2)) from (select unnest(:names::text[]) as name order by 1) named;

-- name: keep_names!
-- By which names what follows will find it.
update inbox set thread_names = :names::text[] where id = :id;

-- name: threads
-- The threads of the messages that share a name with it, the oldest first.
select coalesce(thread, id) as thread from inbox
where id <> :id::uuid and thread_names && :names::text[]
group by 1 order by min(received_at), 1;

-- name: gather!
-- It, and all that belongs to these threads, belong to one.
update inbox set thread = :thread::uuid
where (id = :id::uuid or id = any (:threads::uuid[]) or thread = any (:threads::uuid[]))
  and thread is distinct from :thread::uuid;
