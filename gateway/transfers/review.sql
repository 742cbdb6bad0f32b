-- name: sees_the_person$
-- Whether whoever acts may see the person.
select exists (select from person where id = :person);

-- name: keep!
-- Answers of whoever acts: a further one to a question corrects the one before.
insert into case_review (id, nsi_id, read_at, question, answer, why)
select gen_random_uuid(), :nsi, :now, a.question, a.answer, a.why
from unnest(:questions::text[], :answers::text[], :whys::text[]) a (question, answer, why)
on conflict on constraint a_question_is_answered_once_by_a_reader do update
set answer = excluded.answer, why = excluded.why, read_at = excluded.read_at;

-- name: reviews
-- What readers have found.
select question, answer, why, read_by, read_at from case_review where nsi_id = :nsi;
