-- Live answers by campaign and minute: how many, and the nuisance calls among them. An answer counts at the start of its dial.
-- $1 since · $2 ids of earlier calls that count too
select campaign, floor(extract(epoch from started_at) / 60)::integer as minute, count(*)::integer as answers, (count(*) filter (where result = 'nuisance'))::integer as nuisances
from contact_attempts where (started_at >= $1 or call_id = any($2::text[])) and result in ('passed', 'nuisance')
group by campaign, minute order by campaign, minute
