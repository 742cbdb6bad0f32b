-- name: region^
-- A region, whether it records ViSOR, and whether it is in reach. Locked.
select code, visor, region_in_scope(code) as ours from region where code = :code for update;

-- name: switch!
-- A region records ViSOR from now on, or no more.
update region set visor = :on where code = :code;

-- name: pass_visor$
-- The ViSOR record passes: `passed`, `stays`, or null where there is none.
select pass_visor(:person::uuid, :to::text, :on::date, :now::timestamptz);

-- name: ask!
-- Ask at the newest NSI of a person.
insert into nsi_question (nsi_id, kind, said, asked_at)
select id, 'visor_stays', :said::text, :now::timestamptz from nsi
where person_id = :person::uuid and merged_into is null order by number desc limit 1
on conflict do nothing;
