-- name: clock^
-- One clock of an NSI.
select due, met_on from nsi_clock where nsi_id = :nsi and rule = :rule and applies;

-- name: pauses
-- When it stood, stands or will stand still.
select lower(during) as begins, upper(during) as ends from nsi_pause where nsi_id = :nsi and rule = :rule;

-- name: pause!
-- It stands still, half-open.
insert into nsi_pause (nsi_id, rule, during, reason, note, paused_at)
values (:nsi, :rule, daterange(:begins::date, :ends::date), :reason, :note, :now);

-- name: resume$
-- It goes on today; answers the pause that is shorter by it. One that has not begun is over after its first day.
update nsi_pause set during = daterange(lower(during), greatest(:today::date, lower(during) + 1))
where nsi_id = :nsi and rule = :rule and upper(during) > greatest(:today::date, lower(during) + 1)
returning id;
