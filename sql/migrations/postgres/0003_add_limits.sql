-- What calls for a supervisor's eye: a queue's abandonment rate, and how long an agent may stay in a state of its
-- calls (within the queue's periods, as its targets), and how long a pause may last. Null = no limit.
alter table queues
  add column if not exists target_abandonment_rate double precision not null default 0.05,
  add column if not exists ring_limit_seconds double precision default 10,
  add column if not exists talk_limit_seconds double precision default 600,
  add column if not exists hold_limit_seconds double precision default 90,
  add column if not exists wrapup_limit_seconds double precision default 90;
alter table pause_reasons add column if not exists limit_seconds double precision default 1200;
