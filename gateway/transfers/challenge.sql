-- name: receives$
-- Whether whoever acts works at the receiving end of an NSI.
select pdu_in_scope(receiving_pdu) from nsi where id = :nsi;

-- name: open_one^
-- The open challenge of an NSI.
select id, raised_at, adjudicate_by from nsi_challenge where nsi_id = :nsi and decision is null;

-- name: keep!
-- A challenge of the receiver.
insert into nsi_challenge (id, nsi_id, reason, said, raised_at, raised_pdu, adjudicate_by)
values (:id, :nsi, :reason, :said, :now, :pdu, :by);

-- name: nsi_of$
-- Which NSI is challenged.
select nsi_id from nsi_challenge where id = :id;

-- name: taken^
-- One challenge, when its NSI is locked.
select id, nsi_id, raised_by, decision, decided_by from nsi_challenge where id = :id;

-- name: involved$
-- Whether whoever acts has done anything else on an NSI: then they belong to an end of it.
select exists (select from nsi_history where nsi_id = :nsi and by_whom = current_setting('bedspace.actor', true)
                 and kind <> all (array['challenge_decided', 'hard_to_place', 'hard_to_place_led', 'hard_to_place_decided']))
    or exists (select from nsi_challenge where nsi_id = :nsi and raised_by = current_setting('bedspace.actor', true))
    or exists (select from nsi join inbox on inbox.id = nsi.inbox_id
               where nsi.id = :nsi and inbox.submitted_by = current_setting('bedspace.actor', true));

-- name: decide!
-- What was decided, by whom and why.
update nsi_challenge set decision = :decision, decided_at = :now, decided_by = current_setting('bedspace.actor', true),
  decided_role = current_setting('bedspace.role', true), why = :why
where id = :id and decision is null;

-- name: add_actions!
-- Conditions become lines of the action list, after those that there are.
insert into nsi_action (nsi_id, n, title, owner, due, kind, mandatory)
select :nsi, (select coalesce(max(n), 0) from nsi_action where nsi_id = :nsi) + a.n, a.title, a.owner, a.due, 'other', true
from unnest(:titles::text[], :owners::text[], :dues::date[]) with ordinality a (title, owner, due, n);

-- name: of_nsi
-- The challenges of an NSI, newest first. What is said of the person is masked with them.
select c.id, c.nsi_id as nsi, n.reference, n.person_id, c.reason, case when p.id is not null then c.said end as said,
       c.raised_at, c.raised_by, c.raised_pdu, c.adjudicate_by, c.decision is null and c.adjudicate_by < :today::date as overdue,
       c.decision, c.decided_at, c.decided_by, case when p.id is not null then nullif(c.why, '') end as why, p.id is not null as seen
from nsi_challenge c join nsi n on n.id = c.nsi_id left join person p on p.id = n.person_id
where n.id = :nsi order by c.raised_at desc;

-- name: queue
-- The queue of the national lead: open ones as they are due, or those decided.
select c.id, c.nsi_id as nsi, n.reference, n.person_id, c.reason, case when p.id is not null then c.said end as said,
       c.raised_at, c.raised_by, c.raised_pdu, c.adjudicate_by, c.decision is null and c.adjudicate_by < :today::date as overdue,
       c.decision, c.decided_at, c.decided_by, case when p.id is not null then nullif(c.why, '') end as why, p.id is not null as seen,
       n.type, n.status, n.rosh, n.move_on, n.sending_pdu, n.receiving_pdu
from nsi_challenge c join nsi n on n.id = c.nsi_id left join person p on p.id = n.person_id
where (c.decision is null) = :open::boolean
  and (:after::date is null or (c.adjudicate_by, c.id) > (:after, :after_id::uuid))
order by c.adjudicate_by, c.id limit :limit::int;

-- name: person_of$
-- Whom an NSI is about.
select person_id from nsi where id = :nsi;
