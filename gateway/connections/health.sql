-- name: good^
-- It went well: answers how many failures came before.
update connection c set failures = 0, broken_until = null, last_good_at = :now
from (select code, failures from connection where code = :code for update) before
where c.code = before.code returning before.failures;

-- name: bad^
-- It did not: answers how many failures in a row that makes.
update connection set failures = failures + 1, last_error_at = :now, last_error = :error
where code = :code returning failures;

-- name: break_until!
-- Nobody tries until then.
update connection set broken_until = :until where code = :code;

-- name: faulty!
-- One message was not what it should be, which says nothing of the road.
update connection set last_error_at = :now, last_error = :error where code = :code;
