-- Rollups by UTC day beside those by quarter-hour, for long ranges: the same columns. A day stands at its first
-- quarter-hour, so that the same expressions read both. BIGINT: a day of thousands of agents without a number is more
-- than 2^31 ms.
CREATE TABLE IF NOT EXISTS store.agent_states_by_day AS
  SELECT quarter, tenant, site, agent, CAST(columns(* EXCLUDE (quarter, tenant, site, agent)) AS BIGINT) FROM store.agent_states_by_quarter LIMIT 0;
CREATE TABLE IF NOT EXISTS store.calls_by_day AS
  SELECT quarter, tenant, site, campaign, medium, CAST(columns(* EXCLUDE (quarter, tenant, site, campaign, medium)) AS BIGINT) FROM store.calls_by_quarter LIMIT 0;
CREATE TABLE IF NOT EXISTS store.calls_waits_by_day AS
  SELECT quarter, tenant, site, campaign, medium, wait_bucket, CAST(columns(* EXCLUDE (quarter, tenant, site, campaign, medium, wait_bucket)) AS BIGINT) FROM store.calls_waits_by_quarter LIMIT 0;
CREATE TABLE IF NOT EXISTS store.legs_by_day AS
  SELECT quarter, tenant, site, campaign, queue, medium, CAST(columns(* EXCLUDE (quarter, tenant, site, campaign, queue, medium)) AS BIGINT) FROM store.legs_by_quarter LIMIT 0;
CREATE TABLE IF NOT EXISTS store.legs_waits_by_day AS
  SELECT quarter, tenant, site, campaign, queue, medium, wait_bucket, CAST(columns(* EXCLUDE (quarter, tenant, site, campaign, queue, medium, wait_bucket)) AS BIGINT) FROM store.legs_waits_by_quarter LIMIT 0;
