-- name: line^
-- The line of the action list that the paper file is.
select n, title, due, done_at, not_applicable, evidence from nsi_action where nsi_id = :nsi and kind = 'paper_file';

-- name: add!
-- A line for a paper file that no regime asks for.
insert into nsi_action (nsi_id, n, kind, title, owner)
select :nsi, coalesce(max(n), 0) + 1, 'paper_file', :title, :owner from nsi_action where nsi_id = :nsi;

-- name: ends^
-- Both ends, and whether whoever acts works for each. Who sends may not be known.
select sending_pdu, receiving_pdu, receiving.name as receiving, coalesce(sending.name, '') as sending, reach.all_of_them
         or sending_pdu is null or sending_pdu = any (reach.pdus) as sends,
       reach.all_of_them or receiving_pdu = any (reach.pdus) as receives
from nsi
join pdu receiving on receiving.code = receiving_pdu
left join pdu sending on sending.code = sending_pdu
cross join lateral (
  select coalesce(current_setting('bedspace.nation', true), '') = 'on' as all_of_them,
         string_to_array(coalesce(current_setting('bedspace.pdus', true), ''), ',') as pdus) reach
where nsi.id = :nsi;

-- name: overdue
-- NSIs whose paper file was due before today and has not come, about which nobody was asked since. History is left.
select a.nsi_id from nsi_action a join nsi n on n.id = a.nsi_id
where a.kind = 'paper_file' and a.done_at is null and a.due < :today::date
  and not n.quiet and n.merged_into is null and n.status not in ('withdrawn', 'returned')
  and not exists (select from nsi_question q where q.nsi_id = a.nsi_id and q.kind = 'paper_overdue' and q.asked_at > a.due)
order by a.due limit 50;
