-- name: a_hold_lapses$
-- Whether some hold's time is over: a look costs nothing, the verb is audited.
select exists (select from bed_claim where kind = 'hold' and expires_at <= :now);

-- name: prune!
-- Answers older than a repeat may ask for.
delete from idempotency where given_at < :before;
