-- The organisation, dated, and who receives whom.

create table region (
  code text primary key,
  name text not null unique
);

create table pdu (
  code text primary key,
  region_code text not null references region,
  name text not null,             -- short: `Leeds`
  title text not null,            -- as published, with the districts in brackets
  valid daterange not null default daterange('2021-06-26', null),
  successor text references pdu
);

create table local_authority (
  gss text primary key check (gss ~ '^[EW]\d{8}$'),
  name text not null
);

-- A split authority has several rows: then the locator says so and does not guess.
create table local_authority_pdu (
  gss text not null references local_authority,
  pdu_code text not null references pdu,
  basis text not null check (basis in ('named', 'inferred')),
  primary key (gss, pdu_code)
);

create table prison (
  code text primary key,
  name text not null,
  postcode text,
  male boolean not null,
  female boolean not null,
  active boolean not null
);

create table area_2003 (
  code text primary key,
  name text not null,
  region_code text not null references region
);

-- Who receives, by purpose and date.
create table spoc (
  id int generated always as identity primary key,
  pdu_code text not null references pdu,
  purpose text not null check (purpose in ('transfer', 'temporary_move', 'release', 'ap_referral', 'victim', 'mappa')),
  name text not null,
  email text not null,
  phone text not null,
  hours text not null,
  team text not null,
  valid daterange not null default daterange('2021-06-26', null),
  constraint one_spoc_a_purpose_and_day exclude using gist (pdu_code with =, purpose with =, valid with &&)
);

grant select, insert, update, delete on region, pdu, local_authority, local_authority_pdu, prison, area_2003, spoc
  to bedspace_app;
