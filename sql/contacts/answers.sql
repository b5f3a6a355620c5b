-- Live answers by campaign and minute: how many, and the nuisance calls among them. An answer counts at the start of its dial.
-- What an agent who had the call says with a status of the system was no person, and has passed all the same: it counts as it did when it was dialed.
-- $1 since · $2 ids of earlier calls that count too
select campaign, floor(extract(epoch from started_at) / 60)::integer as minute, count(*)::integer as answers, (count(*) filter (where result = 'nuisance'))::integer as nuisances
from contact_attempts where (started_at >= $1 or call_id = any($2::text[]))
  and (result in ('passed', 'nuisance') or (status_group = 0 and result in ('machine', 'invalid', 'no-answer')))
group by campaign, minute order by campaign, minute
