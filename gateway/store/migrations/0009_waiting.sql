-- The waiting list: what is proposed, to whom, and why not.
select 1;
