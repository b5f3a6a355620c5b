-- UTC days before the latest of these are read from their rollups only: their rows are taken away (VIGIE_KEEP_DAYS).
CREATE TABLE store.gone (day DATE NOT NULL);
