-- When a component stood still, and how much of it (share_ppm, millionths; of incidents at once the largest). The spans of a component do not
-- overlap; to_at NULL = it still does. They stand for everybody (tenant and site '') and again as each tenant, each site and each tenant at each site had them.
CREATE TABLE IF NOT EXISTS store.component_outages (
  component VARCHAR NOT NULL,
  tenant VARCHAR NOT NULL,
  site VARCHAR NOT NULL,
  from_at TIMESTAMP NOT NULL,
  to_at TIMESTAMP,
  share_ppm INTEGER NOT NULL
);
-- What availability is told of. allowed_ppm: of its time, what it may stand still (1000 = 99.9 %).
CREATE TABLE IF NOT EXISTS dim.components (component VARCHAR NOT NULL, name_fr VARCHAR NOT NULL, name_en VARCHAR NOT NULL, allowed_ppm INTEGER NOT NULL);
