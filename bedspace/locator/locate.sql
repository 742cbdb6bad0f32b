-- name: called
-- Everything that goes by a name, with the PDUs it lies in; a prison with its postcode instead.
select c.kind, c.name,
       coalesce(case c.kind
         when 'pdu' then array[c.code]
         when 'region' then array(select code from pdu where region_code = c.code)
         when 'area' then array(select pdu_code from area_2003_pdu where area_code = c.code)
         when 'prison' then '{}'::text[]
         else array(select pdu_code from local_authority_pdu where gss = c.code)
       end, '{}') as pdus,
       (select postcode from prison where c.kind = 'prison' and code = c.code) as postcode,
       (select name from local_authority where c.kind in ('town', 'village') and gss = c.code) as within
from called c
where c.key = :key and c.kind = any(:kinds::text[])
order by c.kind, c.code;

-- name: authorities^
-- The names of local authorities, and all PDUs that they lie in.
select (select string_agg(name, ' and ' order by name) from local_authority where gss = any(:gss::text[])) as names,
       array(select distinct pdu_code from local_authority_pdu where gss = any(:gss::text[])) as pdus;

-- name: receivers
-- The PDUs in force on a day, successors standing in for those that have ended; each with its region and SPOC.
with recursive heir (code) as (
  select unnest(:pdus::text[])
  union
  select ended.successor from heir join pdu ended using (code)
  where ended.successor is not null and upper(ended.valid) <= :on::date
)
select p.code as pdu_code, p.name as pdu_name, r.code as region_code, r.name as region_name,
       s.id, s.name, s.email, s.phone, s.hours, s.team
from heir
join pdu p using (code)
join region r on r.code = p.region_code
left join lateral (
  select id, name, email, phone, hours, team from spoc
  where pdu_code = p.code and valid @> :on::date and purpose in (:purpose::text, 'transfer')
  order by purpose = :purpose::text desc
  limit 1
) s on true
where p.valid @> :on::date
order by p.name;

-- name: every_name
-- All names, those of today's organisation first, to suggest from.
select key, name from called where kind = any(:kinds::text[])
order by array_position(array['authority', 'pdu', 'region', 'area', 'town', 'prison', 'village'], kind), key;
