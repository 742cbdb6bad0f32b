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
  successor text references pdu,
  by_hand boolean not null default false   -- kept by a person: loading the published data again leaves the row alone
);

create table local_authority (
  gss text primary key check (gss ~ '^[EW]\d{8}$'),
  name text not null,
  valid daterange not null default daterange(null, null),
  successor text references local_authority
);

-- A split authority has several rows: then the locator says so and does not guess.
create table local_authority_pdu (
  gss text not null references local_authority,
  pdu_code text not null references pdu,
  basis text not null check (basis in ('named', 'inferred')),
  by_hand boolean not null default false,
  primary key (gss, pdu_code)
);

create table prison (
  code text primary key,
  name text not null,
  postcode text,
  male boolean not null,
  female boolean not null,
  active boolean not null,
  by_hand boolean not null default false
);

create table area_2003 (
  code text primary key,
  name text not null,
  region_code text not null references region
);

create table area_2003_pdu (
  area_code text not null references area_2003,
  pdu_code text not null references pdu,
  primary key (area_code, pdu_code)
);

-- What people call any of these, and places in them. A name that stands for several has several rows.
create table called (
  key text not null,              -- folded: lower case, no accents, no punctuation
  kind text not null check (kind in ('pdu', 'authority', 'prison', 'area', 'region', 'town', 'village')),
  code text not null,             -- of a town or village: the local authority it lies in
  name text not null,             -- as it is shown
  by_hand boolean not null default false,
  primary key (key, kind, code)
);

-- Which version of the published data is loaded.
create table reference_loaded (
  only_one boolean primary key default true check (only_one),
  sha256 bytea not null
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

grant select, insert, update, delete on region, pdu, local_authority, local_authority_pdu, prison, area_2003,
  area_2003_pdu, called, reference_loaded, spoc
  to bedspace_app;
