-- How an outbound campaign dials; null = the core does not dial for it.
alter table campaigns add column if not exists outbound jsonb;
