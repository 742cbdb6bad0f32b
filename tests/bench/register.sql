-- name: make_dice!
-- A share in [0, 1) for a number and a purpose: the same in every run.
create function pg_temp.dice(n bigint, purpose bigint) returns float8 language sql immutable as
  'select (hashint8extended(n, purpose) & 1073741823) / 1073741824.0';

-- name: make_premises!
-- All over England, one in nine for women.
insert into premises (code, name, postcode, lat, lon, gender, invented)
select 'AP' || lpad(n::text, 6, '0'), 'Example House ' || n, 'LS1 4AP', 50.5 + 4.4 * pg_temp.dice(n, 1),
       -3.4 + 4.3 * pg_temp.dice(n, 2), case when n % 9 = 0 then 'female' else 'male' end, true
from generate_series(0, :count::int - 1) n order by n;

-- name: make_rooms!
-- Rooms of one bed each.
insert into room (premises_id, name)
select p.id, 'Room ' || n from premises p, generate_series(1, :beds::int) n order by p.id, n;

-- name: make_beds!
-- The bed of each room.
insert into bed (code, premises_id, room_id) select 'B' || id, premises_id, id from room order by id;

-- name: make_offers!
-- Rooms have each characteristic as often as its share says.
insert into room_characteristic (room_id, code)
select r.id, o.code
from room r, unnest(:codes::text[], :shares::float8[]) with ordinality as o (code, share, n)
where pg_temp.dice(r.id, 10 + o.n) < o.share order by r.id;

-- name: in_bulk#
-- What the triggers would keep is made beside the claims, set by set.
set session_replication_role = replica;
set work_mem = '1GB';
set maintenance_work_mem = '1GB';

-- name: draw_stays!
-- Stays end to end, with a few empty nights between, from five years ago until some weeks or months from today.
create temporary table drawn as
with pace as (
  select b.id as bed_id, n, (array[28, 56, 84, 84, 84])[1 + floor(5 * pg_temp.dice(b.id * 64 + n, 3))::int] as nights,
         (array[0, 2, 3, 7, 20])[1 + floor(5 * pg_temp.dice(b.id * 64 + n, 4))::int] as gap
  from bed b, generate_series(0, 47) n
), laid as (
  select bed_id, nights, :today::date - 5 * 365 + floor(84 * pg_temp.dice(bed_id, 5))::int
         + (sum(nights + gap) over (partition by bed_id order by n) - nights - gap)::int as first
  from pace
)
select bed_id, daterange(first, first + nights) as during, md5(bed_id || 'person' || first)::uuid as person_id,
       md5(bed_id || 'placement' || first)::uuid as placement_id
from laid where first < :today::date + 20 + floor(220 * pg_temp.dice(bed_id, 6))::int order by bed_id, first;

-- name: make_history!
-- Stays that are over.
insert into bed_claim_history (id, bed_id, kind, during, person_id, placement_id, placed_by, placed_at,
                               ended_at, ended_by, ended_how)
select row_number() over (), bed_id, 'stay', during, person_id, placement_id, 'bench', lower(during), upper(during),
       'bench', 'departed'
from drawn where upper(during) <= :today::date;

-- name: make_placements!
-- Of everybody who has arrived or is booked.
insert into placement (id, person_id, state, origin, gender, arrives_on, departs_on, premises_id, referred_by,
                       referred_at, arrived_at, changed_at)
select placement_id, person_id, case when lower(during) <= :today then 'arrived' else 'booked' end, 'import', p.gender,
       lower(during), upper(during), p.id, 'bench', lower(during), case when lower(during) <= :today then lower(during) end,
       lower(during)
from drawn join bed on bed.id = bed_id join premises p on p.id = premises_id where upper(during) > :today::date;

-- name: make_claims!
-- Stays and bookings that are not over.
insert into bed_claim (bed_id, kind, during, person_id, placement_id, placed_by, placed_at)
select bed_id, case when lower(during) <= :today then 'stay' else 'booking' end, during, person_id, placement_id,
       'bench', lower(during)
from drawn where upper(during) > :today::date;

-- name: make_presences!
-- Where each of these persons sleeps.
insert into presence (claim_id, person_id, during) select id, person_id, during from bed_claim;

-- name: size^
-- What there is.
select (select count(*) from premises) as premises, (select count(*) from bed) as beds,
       (select count(*) from bed_claim) as live, (select count(*) from bed_claim_history) as past;
