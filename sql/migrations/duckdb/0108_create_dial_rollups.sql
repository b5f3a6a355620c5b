-- Rollups of outbound calls by UTC quarter-hour and by UTC day, filled by sql/rollups/ when a day closes. Columns as in facts.dials.
CREATE TABLE IF NOT EXISTS store.dials_by_quarter (
  quarter INTEGER NOT NULL,
  tenant VARCHAR NOT NULL,
  site VARCHAR NOT NULL,
  campaign VARCHAR NOT NULL,
  agent VARCHAR NOT NULL,
  medium VARCHAR NOT NULL,
  dial_attempts BIGINT NOT NULL,
  reached BIGINT NOT NULL,
  passed BIGINT NOT NULL,
  nuisance_calls BIGINT NOT NULL,
  machines BIGINT NOT NULL,
  busy BIGINT NOT NULL,
  invalid BIGINT NOT NULL,
  no_answer BIGINT NOT NULL,
  cancelled BIGINT NOT NULL,
  interrupted BIGINT NOT NULL,
  wait_s BIGINT NOT NULL,
  handled BIGINT NOT NULL,
  talk_s BIGINT NOT NULL,
  hold_s BIGINT NOT NULL,
  wrapup_s BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS store.dials_by_day AS FROM store.dials_by_quarter LIMIT 0;
