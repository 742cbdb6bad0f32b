-- name: one_at_a_time
-- Lets reports of one record wait for each other, until this transaction ends.
select pg_advisory_xact_lock(hashtextextended('report:' || :source::text || ':' || :record::text, 0));

-- name: known_as$
-- The NSI that a far system calls so.
select nsi_id from nsi_known_as where source = :source and reference = :record;

-- name: is_known_as!
-- What a far system calls an NSI.
insert into nsi_known_as (source, reference, nsi_id, since) values (:source, :record, :nsi, :now);

-- name: holds$
-- The NSI itself, or the one that it was merged into.
select coalesce(merged_into, id) from nsi where id = :id;

-- name: report^
-- What a version said.
select status, at, started_on, ended_on, outcome from nsi_report
where nsi_id = :nsi and source = :source and record = :record and version = :version;

-- name: newest$
-- The highest version that a source has reported of a record.
select max(version) from nsi_report where nsi_id = :nsi and source = :source and record = :record;

-- name: set_fields!
-- The fields that a far system owns. What it leaves out it does not know, and stays.
update nsi set until = case when coalesce(:until::date, until) > move_on then coalesce(:until, until) end,
  address = coalesce(:address, address),
  rosh = coalesce(:rosh, rosh), mappa = coalesce(:mappa, mappa), reason = coalesce(:reason, reason),
  sub_type = coalesce(:sub_type, sub_type), event_number = coalesce(:event_number, event_number),
  requirement = coalesce(:requirement, requirement), intended_provider = coalesce(:intended_provider, intended_provider),
  team = coalesce(:team, team), officer = coalesce(:officer, officer), officer_email = coalesce(:officer_email, officer_email)
where id = :nsi;

-- name: person_called$
-- Whoever has a CRN, seen or not.
select id from people_like(:crn::text, null, null, null) where crn = :crn;

-- name: open_questions
-- What somebody is asked.
select said from nsi_question where nsi_id = :nsi and answered_at is null order by id;

-- name: cases_in_flight^
-- What the region of a PDU does with cases in flight.
select r.code, r.name, r.cases_in_flight from pdu p join region r on r.code = p.region_code where p.code = :pdu;

-- name: region_in_reach$
-- Whether an account keeps a region.
select region_in_scope(:region::text) from region where code = :region;

-- name: keep_in_flight!
-- What a region does with cases in flight from now on.
update region set cases_in_flight = :how where code = :region;

-- name: over_like$
-- An NSI of the same person, kind, day and receiving PDU that is over, and that a source knows by no other reference.
select n.id from nsi n
where n.person_id = :person and n.type = :type and n.move_on = :move_on and n.receiving_pdu = :pdu
  and n.status in ('completed', 'withdrawn', 'returned') and n.merged_into is null and n.source <> 'bedspace'
  and not exists (select from nsi_known_as k where k.nsi_id = n.id and k.source = :source)
  and not exists (select from nsi o where o.person_id = n.person_id and o.type = n.type and o.move_on = n.move_on
                  and o.receiving_pdu = n.receiving_pdu and o.status not in ('completed', 'withdrawn', 'returned'))
order by n.number desc limit 1;
