-- name: release^
-- One release with how its placement and its NSI stand. Where nobody has said where the person is supervised, it is the
-- PDU of resettlement.
select r.id, r.reference, r.person_id, r.kind, r.prison_code, r.release_on, r.until, r.state, r.address, r.near, r.postcode,
       r.address_checked, r.reside_where_approved, r.approved_address, r.provider, r.arranged_address,
       r.pdu_code, r.region_code, r.home_pdu, coalesce(r.home_pdu, r.pdu_code) as home, r.rosh, r.needs, r.gender,
       r.nights, r.before_non_working, r.date_confirmed_at, r.officer_name, r.officer_email, r.contact_name,
       r.contact_email, r.suitability_id, r.placement_id, r.nsi_id, r.nsi_is_ours, r.external_reference,
       pl.state as placement_state, pl.reference as placement_reference, pl.arrives_on, pl.departs_on, pl.timeliness,
       pl.premises_id,
       pr.name as premises, pr.postcode as premises_postcode, pr.pdu_code as premises_pdu,
       n.status as nsi_status, n.type as nsi_type, n.receiving_pdu as nsi_pdu, n.move_on as nsi_from, n.until as nsi_until,
       n.reference as nsi_reference,
       exists (select from nsi_reroute x where x.nsi_id = n.id) as nsi_sent_on
from release r
left join placement pl on pl.id = r.placement_id
left join premises pr on pr.id = pl.premises_id
left join nsi n on n.id = r.nsi_id and n.status not in ('completed', 'withdrawn', 'returned')
where r.id = :id;

-- name: lock^
-- Takes a release in hand.
select id from release where id = :id for no key update;

-- name: tell!
-- One more line of history, by whoever acts.
insert into release_history (release_id, at, kind, note) values (:release, :at, :kind, :note);

-- name: ask$
-- Something that somebody must decide; nothing where it is asked already.
insert into release_question (release_id, kind, said, asked_at) values (:release, :kind, :said, :now)
on conflict (release_id, kind) where answered_at is null do nothing returning id;

-- name: answer$
-- Whoever acts has decided.
update release_question set answered_at = :now, answer = :answer, answered_by = current_setting('bedspace.actor', true)
where release_id = :release and kind = :kind and answered_at is null returning id;

-- name: open_questions
-- What waits to be decided.
select kind, said from release_question where release_id = :release and answered_at is null order by id;

-- name: set_state!
-- Where it stands now.
update release set state = :state, changed_at = :now where id = :id;

-- name: was_met_by_record$
-- Whether a need is met by what is recorded, and not by a reason.
select exists (select from release_need
               where release_id = :release and kind = :kind and met_at is not null and not_applicable is null);
