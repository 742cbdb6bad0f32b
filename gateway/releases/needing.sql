-- name: due_to_alert
-- Releases where something is due, lacks, and nobody was told; and those whose day is past without a word.
select r.id from release r
where r.state not in ('released', 'returned', 'cancelled')
  and (exists (select from release_need n
               where n.release_id = r.id and n.met_at is null and n.alerted_at is null and n.due <= :today::date)
       or r.release_on < :today
          and not exists (select from release_question q where q.release_id = r.id and q.kind = 'was_released'))
order by r.release_on limit 200;

-- name: ask_whether_released$
-- Asked once, whatever was answered.
insert into release_question (release_id, kind, said, asked_at)
select :release, 'was_released', 'The day of the release is past. Was the person released? Record it, move it, or cancel it.', :now
where not exists (select from release_question where release_id = :release and kind = 'was_released')
returning id;
