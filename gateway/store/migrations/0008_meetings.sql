-- Who must not meet whom.
select 1;
