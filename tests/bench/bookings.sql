-- name: without_promises#
-- The columns of a claim, and beside them what would promise nothing, or promise with the constraint alone.
create table if not exists bench_bare (
  id bigint generated always as identity primary key, bed_id int not null, kind text not null, during daterange not null,
  person_id uuid, reason text, expires_at timestamptz, placement_id uuid, outage_id bigint, placed_by text not null,
  placed_at timestamptz not null);
create table if not exists bench_exclude (
  like bench_bare including all, exclude using gist (bed_id with =, during with &&));
grant all on bench_bare, bench_exclude to bedspace_app;

-- name: bare!
-- A row, and nothing is promised.
insert into bench_bare (bed_id, kind, during, reason, expires_at, placed_by, placed_at)
values (:bed_id, 'hold', daterange(:first, :end), 'bench', :expires_at, 'bench', :now);

-- name: exclude!
-- The constraint alone.
insert into bench_exclude (bed_id, kind, during, reason, expires_at, placed_by, placed_at)
values (:bed_id, 'hold', daterange(:first, :end), 'bench', :expires_at, 'bench', :now);

-- name: is_free$
-- Whether nobody has the bed, as one asks before one inserts.
select not exists (select from bench_bare where bed_id = :bed_id and during && daterange(:first, :end));

-- name: claimed$
-- How many claims a bed has in a table without promises.
select count(*) from bench_bare where bed_id = :bed_id;

-- name: empty#
-- Everything that was written while it was measured.
truncate bench_bare, bench_exclude;
delete from bed_claim where reason = 'bench';
