-- name: origin^
-- The sending PDU and region: of the PDU named, else of the area that handed the message in.
select p.code as pdu, p.region_code as region, 1 as rank from pdu p where p.code = :pdu
union all
select p.code, p.region_code, 2 from pdu p where p.code = :area
union all
select null, a.region_code, 3 from area_2003 a where a.code = :area
union all
select null, r.code, 4 from region r where r.code = :area
order by rank limit 1;
