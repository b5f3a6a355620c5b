-- How long a pause may last changes from a day on, as the other limits do: a reason has a row for each period.
alter table pause_reasons drop constraint if exists pause_reasons_pkey;
alter table pause_reasons
  add column if not exists id integer generated always as identity primary key,
  add column if not exists valid_from timestamptz,
  add column if not exists valid_to timestamptz;
