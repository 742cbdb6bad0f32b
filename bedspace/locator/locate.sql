-- name: called
-- Everything that goes by a name, with the PDUs it lies in on a day; a prison with its postcode instead.
select c.kind, c.name,
       case c.kind
         when 'pdu' then pdus_on(array[c.code], :on::date)
         when 'region' then array(select code from pdu where region_code = c.code and valid @> :on::date)
         when 'area' then pdus_on(array(select pdu_code from area_2003_pdu where area_code = c.code), :on::date)
         when 'prison' then '{}'::text[]
         else pdus_of_authority(c.code, :on::date)
       end as pdus,
       (select postcode from prison where c.kind = 'prison' and code = c.code) as postcode,
       (select name from local_authority where c.kind in ('town', 'village') and gss = c.code) as within
from called c
where c.key = :key and c.kind = any(:kinds::text[])
order by c.kind, c.code;

-- name: authorities^
-- The names of local authorities, and all PDUs that they lie in on a day.
select string_agg(name, ' and ' order by name) as names,
       array(select distinct pdu from unnest(:gss::text[]) g, unnest(pdus_of_authority(g, :on::date)) pdu order by pdu)
         as pdus
from local_authority where gss = any(:gss::text[]);

-- name: sector^
-- The PDU that a postcode sector of an authority lies in on a day, if somebody has decided it, and who.
select pdus_on(array[pdu_code], :on::date) as pdus, said_by, invented
from postcode_sector where gss = :gss and sector = :sector and valid @> :on::date;

-- name: receivers
-- PDUs, each with its region and who answers there for a purpose on a day: its SPOC, whoever covers for the SPOC, whom
-- the region names; and where there is none, the same for transfers. With it the SPOC that should and is not there.
select p.code as pdu_code, p.name as pdu_name, r.code as region_code, r.name as region_name,
       c.id, c.name, c.email, c.phone, c.hours, c.out_of_hours, c.team, c.kind, c.for_purpose,
       away.name as away_name, upper(away.during) as away_until
from pdu p
join region r on r.code = p.region_code
left join lateral (
  select who.id, who.name, who.email, who.phone, who.hours, who.out_of_hours, who.team, who.kind,
         own.purpose as for_purpose
  from (
    select id, purpose, kind from spoc
    where pdu_code = p.code and kind = 'spoc' and purpose in (:purpose::text, 'transfer') and valid @> :on::date
    union all
    select id, purpose, kind from spoc
    where region_code = p.region_code and purpose in (:purpose::text, 'transfer') and valid @> :on::date
  ) own
  left join spoc_absence a on a.spoc_id = own.id and a.during @> :on::date
  join spoc who on who.id = case when a.id is null then own.id else a.cover_id end
  order by own.purpose = :purpose::text desc, own.kind = 'spoc' desc
  limit 1
) c on true
left join lateral (
  select own.name, a.during
  from spoc own join spoc_absence a on a.spoc_id = own.id and a.during @> :on::date
  where own.pdu_code = p.code and own.kind = 'spoc' and own.valid @> :on::date
    and (own.purpose = :purpose::text or own.purpose = 'transfer' and c.for_purpose is distinct from :purpose::text)
  order by own.purpose = :purpose::text desc
  limit 1
) away on true
where p.code = any(:pdus::text[])
order by p.name;

-- name: every_name
-- All names, those of today's organisation first, to suggest from.
select key, name, kind from called where kind = any(:kinds::text[])
order by array_position(array['authority', 'pdu', 'region', 'area', 'town', 'prison', 'village'], kind), key;
