-- The key by which callers' numbers were turned into caller_key; whoever brings another one loads nothing.
CREATE TABLE IF NOT EXISTS store.caller_key (secret VARCHAR NOT NULL, taken_at TIMESTAMP NOT NULL);
