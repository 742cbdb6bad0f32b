-- name: set_scope^
-- Opens row-level security as far as the permission and the account reach, for this transaction only.
select set_config('bedspace.nation', :nation, true), set_config('bedspace.regions', :regions, true),
       set_config('bedspace.pdus', :pdus, true), set_config('bedspace.premises', :premises, true),
       set_config('bedspace.actor', :actor, true), set_config('bedspace.role', :role, true),
       set_config('bedspace.nsi', :nsi, true), set_config('bedspace.prisons', :prisons, true),
       set_config('bedspace.everyone', :everyone, true);

-- name: claim_key^
-- Takes an idempotency key, or waits for the one who has it.
insert into idempotency (actor, key, fingerprint, given_at) values (:actor, :key, :fingerprint, :now)
on conflict (actor, key) do nothing returning key;

-- name: given_answer^
-- The answer already given under a key.
select fingerprint, answer, given_at from idempotency where actor = :actor and key = :key for update;

-- name: renew_key!
-- Takes over a key whose 24 hours are over.
update idempotency set fingerprint = :fingerprint, answer = null, given_at = :now where actor = :actor and key = :key;

-- name: keep_answer!
-- Keeps the answer for a repeat.
update idempotency set answer = :answer where actor = :actor and key = :key;

-- name: keep_events
-- The events of one act, in their order, for the changes feed; answers their ids in the same order.
insert into event (at, kind, subject, person_id, body)
select :at, kind, subject, person_id, body
from unnest(:kinds::text[], :subjects::text[], :persons::uuid[], :bodies::jsonb[]) with ordinality
  as happened (kind, subject, person_id, body, n)
order by n returning id;

-- name: owe!
-- One delivery that an event asks for; when it is due is the database's to say, whose clock the relays go by.
insert into outbox (event_id, channel, purpose, subject, lane)
values (:event_id, :channel, :purpose, :subject, :lane);

-- name: audit!
-- Who did what to whose record.
insert into audit (at, actor, role, action, subject, persons, reason, outcome)
values (:at, :actor, :role, :action, :subject, :persons, :reason, :outcome);
