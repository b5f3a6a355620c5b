-- Of attempts that have just begun, those that must not be: asked after their beginning, so that what other dialers and the
-- do-not-call list said meanwhile is seen. until: when the number may be dialed again, infinity = never.
-- $1 attempts · $2 now · $3 limits as [{most, days}] · $4 end of a lock-out that began now, as seconds
select attempt.id, max(reason.until) as until, bool_or(reason.listed) as listed
from contact_attempts as attempt
cross join lateral (
  select 'infinity'::timestamptz as until, true as listed from do_not_call as listed where listed.tenant = attempt.tenant and listed.number = attempt.number
  union all
  select earlier.ended_at + make_interval(secs => $4), false from contact_attempts as earlier
  where earlier.tenant = attempt.tenant and earlier.number = attempt.number and earlier.id <> attempt.id
    and earlier.result = 'nuisance' and earlier.ended_at > $2::timestamptz - make_interval(secs => $4)
  union all
  -- The number may be dialed again when so many are old that one more is within the limit.
  select oldest.started_at + make_interval(secs => (period ->> 'days')::double precision * 86400), false
  from jsonb_array_elements($3::jsonb) as period
  cross join lateral (
    select earlier.started_at from contact_attempts as earlier
    where earlier.tenant = attempt.tenant and earlier.number = attempt.number and earlier.id <> attempt.id
      and earlier.started_at > $2::timestamptz - make_interval(secs => (period ->> 'days')::double precision * 86400)
    order by earlier.started_at desc offset (period ->> 'most')::integer - 1 limit 1
  ) as oldest
) as reason
where attempt.id = any($1::bigint[])
group by attempt.id
