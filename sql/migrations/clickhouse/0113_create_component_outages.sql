-- When a component stood still, and how much of it (share_ppm, millionths; of incidents at once the largest). The spans of a component do not
-- overlap; to_at NULL = it still does. They stand for everybody (tenant and site '') and again as each tenant, each site and each tenant at each site had them.
CREATE TABLE IF NOT EXISTS store.component_outages{on_cluster} (
  component String,
  tenant String,
  site String,
  from_at DateTime64(3, 'UTC'),
  to_at Nullable(DateTime64(3, 'UTC')),
  share_ppm Int32
) ENGINE = {everywhere}MergeTree ORDER BY (component, tenant, site, from_at);
-- What availability is told of. allowed_ppm: of its time, what it may stand still (1000 = 99.9 %).
CREATE TABLE IF NOT EXISTS dim.components{on_cluster} (component String, name_fr String, name_en String, allowed_ppm Int32) ENGINE = {everywhere}MergeTree ORDER BY component;
