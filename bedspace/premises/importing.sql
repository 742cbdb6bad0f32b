-- name: scopes
-- The characteristics there are, also retired ones that something may still have.
select code, scope from characteristic order by code;

-- name: pdus
-- The PDUs of a day.
select code, name from pdu where valid @> :today::date order by code;

-- name: owners
-- Whose beds these codes are, if they are beds already.
select b.code, p.code as premises, b.temporary_reason is not null as temporary
from bed b join premises p on p.id = b.premises_id where b.code = any (:codes::text[]);

-- name: authorities
-- The PDUs of local authorities, where only one is possible.
select a.gss, min(a.pdu_code) as pdu from local_authority_pdu a join pdu u on u.code = a.pdu_code
where a.gss = any (:gss::text[]) and u.valid @> :today::date group by a.gss having count(*) = 1;
