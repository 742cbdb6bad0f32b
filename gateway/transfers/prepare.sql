-- name: open_like^
-- The open NSI of the same person, kind, day and receiving PDU.
select id, reference from nsi
where person_id = :person and type = :type and move_on = :move_on and receiving_pdu = :receiving_pdu
  and status not in ('completed', 'withdrawn', 'returned')
order by number limit 1;

-- name: keep_nsi$
-- A new NSI; answers its reference.
insert into nsi (id, type, status, person_id, move_on, until, address, postcode, rosh, mappa, reason,
                 sending_pdu, sending_region, sending_said, sender_name, sender_email,
                 receiving_pdu, receiving_region, spoc_id, missing, inbox_id, regime, referred_on, way, sub_type, event_number, requirement,
                 intended_provider, team, officer, officer_email, source, quiet, created_at)
values (:id, :type, :status, :person_id, :move_on, :until, :address, :postcode, :rosh, :mappa, :reason,
        :sending_pdu, :sending_region, :sending_said, :sender_name, :sender_email,
        :receiving_pdu, :receiving_region, :spoc_id, :missing, :inbox_id, :regime, :referred_on, :way, :sub_type, :event_number, :requirement,
        :intended_provider, :team, :officer, :officer_email, :source, :quiet, :now)
returning reference;

-- name: keep_evidence!
-- Where each field was read.
insert into nsi_evidence (nsi_id, field, text, source, confidence)
select :nsi, e.* from unnest(:fields::text[], :texts::text[], :sources::text[], :confidences::real[]) e;

-- name: tell!
-- One more line of history, by whoever acts.
insert into nsi_history (nsi_id, at, kind, status, note, by_whom)
values (:nsi, :at, :kind, :status, :note, current_setting('bedspace.actor', true));

-- name: first_responsible!
-- The sending side is responsible, where nobody was on record yet: a message moves no responsibility.
insert into responsibility (person_id, since, region_code, pdu_code, officer)
select :person, :since, :region, :pdu, :officer
where not exists (select from responsibility where person_id = :person);

-- name: keep_note!
-- A note about the person.
insert into nsi_note (nsi_id, at, text) values (:nsi, :now, :text);
