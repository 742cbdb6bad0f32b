-- The register: premises, rooms, beds, and every claim on a bed.

-- What a room or premises offers. Retired by ending `valid`, never deleted.
create table characteristic (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name text not null,
  scope text not null check (scope in ('premises', 'room')),
  valid daterange not null default daterange('2021-06-26', null)
);

insert into characteristic (code, name, scope) values
  ('step_free', 'Step-free', 'room'),
  ('wheelchair', 'Wheelchair accessible', 'room'),
  ('en_suite', 'En-suite', 'room'),
  ('single_room', 'Single room', 'room'),
  ('ground_floor', 'Ground floor', 'room'),
  ('near_office', 'Near the staff office', 'room'),
  ('mobility_aids', 'Fixed mobility aids', 'room'),
  ('call_for_help', 'Call for help in the room', 'room'),
  ('arson_suitable', 'Suitable for arson risk', 'room'),
  ('sexual_offence_suitable', 'Suitable for sexual offence risk', 'room'),
  ('catered', 'Catered', 'premises'),
  ('pipe', 'PIPE (psychologically informed planned environment)', 'premises'),
  ('esap', 'Enhanced security', 'premises'),
  ('rfap', 'Recovery focused', 'premises'),
  ('mhap', 'Mental health specialist', 'premises'),
  ('lift', 'Lift', 'premises'),
  ('hearing_loop', 'Hearing loop', 'premises'),
  ('braille_signs', 'Braille signs', 'premises'),
  ('tactile_floor', 'Tactile flooring', 'premises'),
  ('exploitation_suitable', 'Suitable for people at risk of exploitation', 'premises'),
  ('accepts_sexual_offences', 'Accepts sexual offences against adults', 'premises'),
  ('accepts_child_sexual_offences', 'Accepts sexual offences against children', 'premises'),
  ('accepts_child_other_offences', 'Accepts other offences against children', 'premises'),
  ('accepts_hate_offences', 'Accepts hate offences', 'premises');

create table premises (
  id int generated always as identity primary key,
  code text not null unique,
  name text not null,
  postcode text not null,
  lat double precision not null check (lat between 49 and 61),
  lon double precision not null check (lon between -9 and 2),
  pdu_code text references pdu,
  gender text not null check (gender in ('male', 'female')),
  type text not null default 'standard'
    check (type in ('standard', 'pipe', 'esap', 'rfap', 'mental_health', 'independent')),
  invented boolean not null      -- rooms, gender, type and characteristics are made up (the demo)
);

create table premises_characteristic (
  premises_id int not null references premises,
  code text not null references characteristic,
  primary key (premises_id, code)
);

create table room (
  id int generated always as identity primary key,
  premises_id int not null references premises,
  name text not null,
  unique (premises_id, name)
);

create table room_characteristic (
  room_id int not null references room on delete cascade,
  code text not null references characteristic,
  primary key (room_id, code)
);

create table bed (
  id int generated always as identity primary key,
  code text not null unique,
  premises_id int not null references premises,
  room_id int not null references room,
  open daterange not null default daterange('2021-06-26', null),    -- the nights it exists
  confirmed_at timestamptz,                   -- when somebody there last said that this record is right
  confirmed_by text,
  constraint a_bed_opens_on_a_day check (not isempty(open) and not lower_inf(open))
);
create index bed_by_premises on bed (premises_id);
create index bed_by_room on bed (room_id);

-- One row a bed, touched by every write of a claim: writers queue here, and readers see which beds changed.
create table bed_state (
  bed_id int primary key references bed on delete cascade,
  xid xid8 not null default pg_current_xact_id()
);
create index bed_state_by_xid on bed_state (xid);

create table bed_claim (
  id bigint generated always as identity primary key,
  bed_id int not null references bed,
  kind text not null check (kind in ('hold', 'booking', 'stay', 'turnaround', 'out_of_service')),
  during daterange not null,
  person_id uuid,
  reason text,
  expires_at timestamptz,
  placed_by text not null,
  placed_at timestamptz not null,
  constraint a_claim_has_nights check (not isempty(during) and not lower_inf(during)),
  constraint a_hold_lapses check ((kind = 'hold') = (expires_at is not null)),
  constraint a_stay_has_a_person check (kind <> 'stay' or person_id is not null),
  constraint a_bed_has_one_claim_a_night exclude using gist (bed_id with =, during with &&)
);
create index bed_claim_by_bed on bed_claim (bed_id, upper(during)) include (during, kind, expires_at);
create index bed_claim_lapsing on bed_claim (expires_at) where kind = 'hold';

-- Where a person sleeps: in the key its table would be distributed by.
create table presence (
  claim_id bigint primary key references bed_claim on delete cascade,
  person_id uuid not null,
  during daterange not null,
  constraint a_person_has_one_bed_a_night exclude using gist (person_id with =, during with &&)
);

-- Claims that are over: ended, lapsed, or past.
create table bed_claim_history (
  id bigint primary key,
  bed_id int not null references bed,
  kind text not null,
  during daterange not null,
  person_id uuid,
  reason text,
  expires_at timestamptz,
  placed_by text not null,
  placed_at timestamptz not null,
  ended_at timestamptz not null,
  ended_by text not null,
  ended_how text not null check (ended_how in ('ended', 'lapsed', 'past'))
);
create index bed_claim_history_by_bed on bed_claim_history (bed_id, upper(during));

create function touch_bed() returns trigger language plpgsql as $$
declare
  touched int;
begin
  for touched in
    select distinct b from unnest(array[
      case when tg_op <> 'INSERT' then old.bed_id end,
      case when tg_op <> 'DELETE' then new.bed_id end]) as b
    where b is not null order by b
  loop
    update bed_state set xid = pg_current_xact_id() where bed_id = touched;
    if not found then
      raise exception 'bed % has no row in bed_state', touched;
    end if;
  end loop;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger bed_touched_first before insert or update or delete on bed_claim
  for each row execute function touch_bed();

create function keep_bed_state() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into bed_state (bed_id) values (new.id);
  else
    update bed_state set xid = pg_current_xact_id() where bed_id = new.id;
  end if;
  return new;
end
$$;
create trigger bed_has_a_state after insert or update on bed
  for each row execute function keep_bed_state();

-- One row for the shape of the register: which premises, rooms, beds and characteristics there are. They change
-- rarely, so it may be touched by each such transaction; a reader that sees it touched reads everything again.
create table register_shape (
  only_one boolean primary key default true check (only_one),
  xid xid8 not null default pg_current_xact_id()
);
insert into register_shape default values;

create function touch_shape() returns trigger language plpgsql as $$
begin
  update register_shape set xid = pg_current_xact_id() where xid <> pg_current_xact_id();
  return null;
end
$$;
create trigger shape_touched after insert or update or delete on characteristic
  for each statement execute function touch_shape();
create trigger shape_touched after insert or update or delete on premises
  for each statement execute function touch_shape();
create trigger shape_touched after insert or update or delete on premises_characteristic
  for each statement execute function touch_shape();
create trigger shape_touched after insert or update or delete on room
  for each statement execute function touch_shape();
create trigger shape_touched after insert or update or delete on room_characteristic
  for each statement execute function touch_shape();
create trigger shape_touched after insert or delete or update of code, premises_id, room_id, open on bed
  for each statement execute function touch_shape();

create function keep_presence() returns trigger language plpgsql as $$
begin
  delete from presence where claim_id = new.id;
  if new.person_id is not null then
    insert into presence (claim_id, person_id, during) values (new.id, new.person_id, new.during);
  end if;
  return null;
end
$$;
create trigger a_claim_for_a_person_is_a_presence after insert or update on bed_claim
  for each row execute function keep_presence();

grant select, insert, update, delete on
  characteristic, premises, premises_characteristic, room, room_characteristic, bed, bed_state, bed_claim, presence
  to bedspace_app;
grant select, update on register_shape to bedspace_app;
grant select, insert on bed_claim_history to bedspace_app;
