-- name: owed^
-- A delivery by a connection, with the event that owes it.
select o.message_id, o.subject, o.event_id, e.kind, e.at, c.code, c.system, c.profile, c.codes, c.channel, c.settings
from outbox o join event e on e.id = o.event_id join connection c on c.code = o.connection
where o.id = :id;

-- name: nsi^
-- The NSI of a delivery as it stands, with what the same system of the same area calls it.
select n.id, n.reference, n.type, n.status, n.person_id, n.move_on, n.until, n.address, n.postcode, n.rosh, n.mappa,
  n.reason, n.sending_pdu, n.sender_name, n.sender_email, n.referred_on, n.started_on, n.ended_on, n.outcome, n.sub_type,
  n.event_number, n.requirement, n.intended_provider, n.team, n.officer, n.officer_email,
  (select max(r.at) from nsi_report r where r.nsi_id = n.id and r.status = n.status) as status_at,
  (select k.reference from nsi_known_as k join connection theirs on theirs.code = k.source
   where k.nsi_id = n.id and theirs.area = c.area and theirs.system = c.system order by k.since limit 1)
    as external_reference,
  p.name, p.crn, p.noms, p.pnc, p.cro, p.birth_date, p.gender, p.limited_access
from outbox o
join connection c on c.code = o.connection
join nsi n on 'nsi:' || n.id = o.subject
join person p on p.id = n.person_id
where o.id = :id;
