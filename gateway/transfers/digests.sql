-- name: to_write_to
-- Who has something due of which NSIs, and had no digest today.
select o.email, array_agg(distinct o.nsi_id) as nsis from owed_to(:today::date, :soon::date) o
where not exists (select from digest d where d.email = o.email and d.day = :today)
group by o.email order by o.email limit :limit::int;

-- name: keep$
-- The digest of the day, once.
insert into digest (email, day, at, nsis) values (:email, :day, :now, :nsis::uuid[])
on conflict do nothing returning id;
