-- name: to_write_to
-- Who has something due, and had no digest today.
select distinct o.email from owed_to(:today::date, :soon::date) o
where not exists (select from digest d where d.email = o.email and d.day = :today)
order by o.email limit :limit::int;

-- name: lines
-- The NSIs that somebody has something due of.
select distinct o.nsi_id from owed_to(:today::date, :soon::date) o where o.email = :email;

-- name: keep$
-- The digest of the day, once.
insert into digest (email, day, at, nsis) values (:email, :day, :now, :nsis::uuid[])
on conflict do nothing returning id;
