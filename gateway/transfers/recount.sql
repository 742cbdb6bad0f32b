-- name: facts$
-- What clocks, actions and documents of an NSI hang on.
select case_facts(:nsi::uuid, :today::date);

-- name: clocks
-- Its clocks as they are kept.
select rule, due, met_on, applies from nsi_clock where nsi_id = :nsi order by rule;

-- name: pauses
-- When its clocks stand still.
select rule, lower(during) as begins, upper(during) as ends from nsi_pause where nsi_id = :nsi;

-- name: rounds
-- Each time that a rule was met which is due again and again.
select rule, due, met_on from nsi_round where nsi_id = :nsi order by rule, due;

-- name: keep_rounds!
-- Further times.
insert into nsi_round (nsi_id, rule, due, met_on)
select :nsi, :rule, r.* from unnest(:dues::date[], :mets::date[]) r on conflict do nothing;

-- name: keep_clocks!
-- Clocks as they are now. What was met stays met, on the first day on which it was.
insert into nsi_clock (nsi_id, rule, title, due, met_on, phase, owner)
select :nsi, c.* from unnest(:rules::text[], :titles::text[], :dues::date[], :mets::date[], :phases::text[], :owners::text[]) c
on conflict (nsi_id, rule) do update
set due = case when nsi_clock.met_on is null then excluded.due else nsi_clock.due end,
  met_on = least(nsi_clock.met_on, excluded.met_on), title = excluded.title, owner = excluded.owner, applies = true;

-- name: drop_clocks!
-- Rules that are no longer for this case.
update nsi_clock set applies = false
where nsi_id = :nsi and met_on is null and applies and not rule = any (:rules::text[]);

-- name: pass_over!
-- Rules whose mandatory action was closed by a reason alone, since when; and no others.
update nsi_clock set passed_over_on = case when rule = any (:rules::text[]) then :today::date end
where nsi_id = :nsi and (passed_over_on is not null) <> (rule = any (:rules));

-- name: actions
-- Its action list as it is kept.
select n, kind, rule, done_at, done_by, not_applicable, evidence, due, mandatory from nsi_action
where nsi_id = :nsi order by n;

-- name: add_actions!
-- Further lines.
insert into nsi_action (nsi_id, n, kind, title, owner, rule, due_with, due, mandatory)
select :nsi, (select coalesce(max(n), 0) from nsi_action where nsi_id = :nsi) + a.at,
       a.kind, a.title, a.owner, a.rule, a.due_with, a.due, a.mandatory
from unnest(:kinds::text[], :titles::text[], :owners::text[], :rules::text[], :dues_with::text[], :dues::date[],
            :mandatory::boolean[])
  with ordinality a (kind, title, owner, rule, due_with, due, mandatory, at);

-- name: keep_actions!
-- When open lines are due, and whether they must be closed before the end; those that the gateway had closed are open
-- again.
update nsi_action set due = coalesce(a.due, nsi_action.due), mandatory = a.mandatory, rule = a.rule, due_with = a.due_with,
  done_at = case when done_by = 'gateway' then null else done_at end,
  not_applicable = case when done_by = 'gateway' then null else not_applicable end,
  done_by = nullif(done_by, 'gateway')
from unnest(:kinds::text[], :rules::text[], :dues_with::text[], :dues::date[], :mandatory::boolean[])
  a (kind, rule, due_with, due, mandatory)
where nsi_action.nsi_id = :nsi and nsi_action.kind = a.kind and (done_at is null or done_by = 'gateway');

-- name: drop_actions!
-- Lines that nobody asks for any more.
update nsi_action set done_at = :now, done_by = 'gateway', not_applicable = :why
where nsi_id = :nsi and done_at is null and kind = any (:kinds::text[]);

-- name: documents
-- Its checklist as it is kept.
select kind, need, why, received_on, complete from nsi_document where nsi_id = :nsi;

-- name: keep_documents!
-- The checklist; what a person said is not applicable stays so.
insert into nsi_document (nsi_id, kind, need, why)
select :nsi, d.* from unnest(:kinds::text[], :needs::text[], :whys::text[]) d
on conflict (nsi_id, kind) do update set need = excluded.need, why = excluded.why
where nsi_document.need <> 'not_applicable' or nsi_document.why = :gone;

-- name: drop_documents!
-- What is not wanted any more, and has not come.
update nsi_document set need = 'not_applicable', why = :gone
where nsi_id = :nsi and need <> 'not_applicable' and received_on is null and not kind = any (:kinds::text[]);
