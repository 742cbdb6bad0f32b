-- name: one_at_a_time!
-- Those who change the organisation do so one after the other, so that no circle arises between two.
lock table pdu_successor in share row exclusive mode;

-- name: region$
-- Whether there is such a region.
select exists (select from region where code = :code);

-- name: pdu^
-- A PDU and its days.
select code, name, lower(valid) as begins, upper(valid) as ends from pdu where code = :code;

-- name: keep_pdu$
-- A PDU from a day on; one that is there keeps its end. Answers the day it begins, none where it ends before.
insert into pdu (code, region_code, name, title, valid, by_hand)
values (:code, :region, :name, :title, daterange(:from_::date, null), true)
on conflict (code) do update
  set region_code = excluded.region_code, name = excluded.name, title = excluded.title, by_hand = true,
      valid = daterange(:from_::date, upper(pdu.valid))
  where upper(pdu.valid) is null or upper(pdu.valid) > :from_::date
returning lower(valid);

-- name: keep_called!
-- What it is called, so that it is found.
insert into called (key, kind, code, name, by_hand)
select key, :kind, :code, :name, true from unnest(:keys::text[]) key
on conflict (key, kind, code) do update set name = excluded.name, by_hand = true;

-- name: undo_end!
-- As if no end had been said: no successors, and the authorities that had passed to them are back.
with heirs as (
  delete from pdu_successor where pdu_code = :pdu returning successor
), back as (
  delete from local_authority_pdu l using pdu, heirs
  where pdu.code = :pdu and l.pdu_code = heirs.successor and l.by_hand and lower(l.valid) = upper(pdu.valid)
    and exists (select from local_authority_pdu old where old.gss = l.gss and old.pdu_code = :pdu
                and upper(old.valid) = upper(pdu.valid))
  returning l.gss
)
update local_authority_pdu l set valid = daterange(lower(l.valid), null)
where l.pdu_code = :pdu and l.gss in (select gss from back);

-- name: set_end!
-- The days of a PDU.
update pdu set valid = :valid::daterange, by_hand = true where code = :pdu;

-- name: leads_back$
-- Whether a PDU is, by way of those that take over from the heir, a successor of itself.
with recursive line (code) as (
  select :heir::text
  union
  select s.successor from line join pdu_successor s on s.pdu_code = line.code
)
select exists (select from line where code = :pdu);

-- name: succeed!
-- One takes over.
insert into pdu_successor (pdu_code, successor, by_hand) values (:pdu, :heir, true) on conflict do nothing;

-- name: not_of$
-- Authorities that do not lie in a PDU.
select array(select gss from unnest(:gss::text[]) as given (gss)
             where not exists (select from local_authority_pdu l where l.gss = given.gss and l.pdu_code = :pdu));

-- name: pass_authorities!
-- Authorities lie in the heir from the day on, and in the PDU to the day before.
with closed as (
  update local_authority_pdu set valid = daterange(lower(valid), :on::date), by_hand = true
  where pdu_code = :pdu and gss = any(:gss::text[]) and (lower(valid) is null or lower(valid) < :on::date)
)
insert into local_authority_pdu (gss, pdu_code, basis, by_hand, valid)
select gss, :heir, 'named', true, daterange(:on::date, null) from unnest(:gss::text[]) gss
on conflict (gss, pdu_code) do update set valid = excluded.valid, by_hand = true;

-- name: unknown$
-- Codes that no PDU or authority has.
select array(select code from unnest(:pdus::text[]) as given (code)
             where not exists (select from pdu where pdu.code = given.code)
             union
             select gss from unnest(:gss::text[]) as given (gss)
             where not exists (select from local_authority a where a.gss = given.gss) order by 1);

-- name: authority_leads_to$
-- Whether an authority is followed, in the end, by one of the others.
with recursive line (gss) as (
  select :gss::text
  union
  select a.successor from line join local_authority a using (gss) where a.successor is not null
)
select exists (select from line where gss = any(:others::text[]));

-- name: keep_authority!
-- An authority from a day on; of one that is there only the name.
insert into local_authority (gss, name, valid, by_hand) values (:gss, :name, daterange(:from_::date, null), true)
on conflict (gss) do update set name = excluded.name, by_hand = true;

-- name: replace!
-- Those that it is made of end on the day.
update local_authority set valid = daterange(lower(valid), :from_::date), successor = :gss, by_hand = true
where gss = any(:replaces::text[]);

-- name: forget_links!
-- Links of an authority that would have begun on the day or later.
delete from local_authority_pdu where gss = :gss and lower(valid) >= :from_::date;

-- name: shorten_links!
-- The other PDUs of an authority are so to the day before.
update local_authority_pdu set valid = daterange(lower(valid), :from_::date), by_hand = true
where gss = :gss and valid @> :from_::date and pdu_code <> all(:pdus::text[]);

-- name: link!
-- The PDUs of an authority from the day on.
insert into local_authority_pdu (gss, pdu_code, basis, by_hand, valid)
select :gss, pdu, 'named', true, daterange(:from_::date, null) from unnest(:pdus::text[]) pdu
on conflict (gss, pdu_code) do update set by_hand = true, valid = daterange(lower(local_authority_pdu.valid), null);
