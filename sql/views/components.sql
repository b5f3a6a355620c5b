-- The time of each component by quarter-hour: what it is meant to serve, all day and night, and what it stood still, weighted with how much of it did.
-- Without an outage there is no row of it in the store, and the time is there all the same. What is not yet over counts up to now; a budget is of the whole range.
-- For a tenant or a site its own outages count. Without them those of everybody, which of several at once are the largest and not their sum.
-- For readers of SQL: the last 400 days.
-- fact: components
-- dimensions: component tenant site
-- wholes: tenant site
-- time: quarter
-- kept: always
-- columns:
--   outage_ns    sum  stood still: milliseconds × millionths
--   service_ms   sum  meant to serve, up to now
--   allowed_ns   sum  of it, what it may stand still
--   budget_ns    sum  what it may stand still in the whole range, the future too
CREATE OR REPLACE VIEW facts.components AS
SELECT
  component, tenant, site, quarter,
  (least(quarter * 900000 + 900000, end_ms) - greatest(quarter * 900000, start_ms)) * share_ppm AS outage_ns,
  0 AS service_ms, 0 AS allowed_ns, 0 AS budget_ns
FROM (
  SELECT component, tenant, site, start_ms, end_ms, share_ppm, each_from_to(quarter_of(instant_ms(start_ms)), quarter_of(instant_ms(end_ms - 1))) AS quarter
  FROM (
    SELECT
      component, tenant, site, CAST(share_ppm AS BIGINT) AS share_ppm,
      greatest(ms_of(from_at), /*{from*/now_ms() - 34560000000/*from}*/) AS start_ms,
      least(coalesce(ms_of(to_at), /*{now*/now_ms()/*now}*/), /*{now*/now_ms()/*now}*/, /*{to*/now_ms()/*to}*/) AS end_ms
    FROM store.component_outages
  ) AS spans
  WHERE end_ms > start_ms
) AS pieces
UNION ALL
SELECT
  component, tenant, site, quarter,
  0 AS outage_ns, past_ms AS service_ms, past_ms * allowed_ppm AS allowed_ns, 900000 * allowed_ppm AS budget_ns
FROM (
  SELECT component, tenant, site, allowed_ppm, quarter, least(greatest(/*{now*/now_ms()/*now}*/ - quarter * 900000, 0), 900000) AS past_ms
  FROM (
    SELECT
      component, tenant, site, allowed_ppm,
      each_from_to(quarter_of(instant_ms(/*{from*/now_ms() - 34560000000/*from}*/)), quarter_of(instant_ms(/*{to*/now_ms()/*to}*/ - 1))) AS quarter
    FROM (
      SELECT c.component AS component, t.tenant AS tenant, s.site AS site, CAST(c.allowed_ppm AS BIGINT) AS allowed_ppm
      FROM dim.components AS c
      CROSS JOIN (SELECT tenant FROM dim.tenants UNION ALL SELECT '' AS tenant) AS t
      CROSS JOIN (SELECT site FROM dim.sites UNION ALL SELECT '' AS site) AS s
    ) AS places
  ) AS quarters
) AS served
