-- name: recount!
-- What is asked of a release and when it is due; a day that moves is told of again.
insert into release_need as n (release_id, kind, due)
select :release, a.kind, a.due from unnest(:kinds::text[], :dues::date[]) a (kind, due)
on conflict (release_id, kind) do update
set due = excluded.due, alerted_at = case when n.due = excluded.due then n.alerted_at end;

-- name: settle$
-- Somebody says that a need is met, or why it is none; answers whether there is such a need that was open.
update release_need set met_at = :now, met_by = current_setting('bedspace.actor', true), not_applicable = :why::text
where release_id = :release and kind = :kind and met_at is null returning true;

-- name: reopen$
-- What was met is not any more.
update release_need set met_at = null, met_by = null, not_applicable = null, alerted_at = null
where release_id = :release and kind = :kind and met_at is not null returning true;

-- name: needs
-- All that is asked of a release, what is due first before.
select kind, due, met_at, met_by, not_applicable, alerted_at from release_need
where release_id = :release order by due, kind;

-- name: lacking
-- What is due and neither met nor told of.
select kind, due from release_need
where release_id = :release and met_at is null and alerted_at is null and due <= :today::date order by due, kind;

-- name: told!
-- People are told that these lack.
update release_need set alerted_at = :now where release_id = :release and kind = any (:kinds::text[]);
