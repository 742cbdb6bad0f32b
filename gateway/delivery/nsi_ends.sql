-- name: about^
-- What a letter to an end of an NSI is written from: nothing about the person. Who was responsible before, and who is.
select n.id, n.reference, n.type, n.person_id, n.sender_email, n.sending_pdu, n.receiving_pdu,
       (held.pdus)[1] as new_pdu, (held.pdus)[2] as former_pdu
from nsi n
cross join lateral (
  select array(select pdu_code from (
    select pdu_code, since, lag(pdu_code) over (order by since) as before
    from responsibility r where r.person_id = n.person_id) line
    where pdu_code is distinct from before order by since desc limit 2) as pdus) held
where n.id = :id;

-- name: contact^
-- Who receives at a PDU on a day: its SPOC for the purpose or whoever covers, else whom its region names.
select s.id, s.email
from pdu p
join lateral (
  select coalesce(
    (select coalesce((select cover_id from spoc_absence a where a.spoc_id = spoc.id and a.during @> :today::date), id)
     from spoc where pdu_code = p.code and valid @> :today and purpose in (:purpose::text, 'transfer')
     order by purpose = :purpose desc, kind = 'spoc' desc, id limit 1),
    (select id from spoc where region_code = p.region_code and valid @> :today and purpose in (:purpose, 'transfer')
     order by purpose = :purpose desc, id limit 1)) as id) chosen on true
join spoc s on s.id = chosen.id
where p.code = :pdu;

-- name: national_lead$
-- Who leads nationally today, or covers.
select told_at('national_lead', null, :today::date);
