-- name: clock^
-- One timed rule of an NSI.
select rule, title, due, met_on from nsi_clock where nsi_id = :nsi and rule = :rule and applies;

-- name: meet_clock!
-- The day a rule was met.
update nsi_clock set met_on = :on where nsi_id = :nsi and rule = :rule and met_on is null;

-- name: keep_round!
-- One more time that a rule was met which is due again and again.
insert into nsi_round (nsi_id, rule, due, met_on) values (:nsi, :rule, :due, :on) on conflict do nothing;
