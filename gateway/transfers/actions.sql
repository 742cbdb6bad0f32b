-- name: action^
-- One line of the action list.
select title, rule, done_at from nsi_action where nsi_id = :nsi and n = :n;

-- name: complete!
-- Marks a line as done.
update nsi_action set done_at = :now where nsi_id = :nsi and n = :n;

-- name: clock^
-- One timed rule of an NSI.
select rule, title, met_on from nsi_clock where nsi_id = :nsi and rule = :rule;

-- name: meet_clock!
-- The day a rule was met.
update nsi_clock set met_on = :on where nsi_id = :nsi and rule = :rule and met_on is null;
