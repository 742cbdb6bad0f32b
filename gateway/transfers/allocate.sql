-- name: allocate!
-- To a team and an officer.
update nsi set team = :team, officer = :officer, officer_email = :officer_email where id = :id;

-- name: is_allocated_so$
-- Whether it is allocated so already.
select team is not distinct from :team::text and officer is not distinct from :officer::text
  and officer_email is not distinct from :officer_email::text
from nsi where id = :id;

-- name: sees_the_person$
-- Whether who acts may see the person of an NSI.
select exists (select from person where id = :person);

-- name: question^
-- One question about an NSI.
select id, answered_at from nsi_question where nsi_id = :nsi and id = :n;

-- name: answer!
-- Answers a question.
update nsi_question set answered_at = :now, answered_by = current_setting('bedspace.actor', true), answer = :answer
where id = :n;
