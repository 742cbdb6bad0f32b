-- name: roads
-- Connections in that are looked along now.
select code, channel, settings, failures from connection
where direction = 'in' and channel <> 'http' and paused_at is null and (broken_until is null or broken_until <= :now)
order by code;
