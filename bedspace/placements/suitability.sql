-- name: acting_pdu^
-- The PDU given; else that of the account, when it works for one only. Whether the account may act for it.
select code, region_code,
       coalesce(current_setting('bedspace.pdus', true), '') = ''
       or code = any (string_to_array(current_setting('bedspace.pdus', true), ',')) as ours
from pdu where code = coalesce(:pdu::text, nullif(current_setting('bedspace.pdus', true), ''));

-- name: decide$
-- A decision whether approved premises suit, by whoever acts.
insert into suitability (person_id, suitable, reason, note, pointed_to, decided_at, decided_by, decided_role, pdu_code,
                         region_code)
values (:person, :suitable, :reason, :note, :pointed_to, :now, current_setting('bedspace.actor', true),
        current_setting('bedspace.role', true), :pdu, :region)
returning id;

-- name: decision_of^
-- Whether the decision given, or the newest about a person, says that approved premises suit.
select id, suitable from decision_of(:person::uuid, :id::bigint);
