-- Premises kept by their staff.
select 1;
