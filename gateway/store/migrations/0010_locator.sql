-- The locator in full.
select 1;
