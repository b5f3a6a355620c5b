-- What the program made up and all its processes must share, such as the key of the callers' hashes.
create table secrets (name text primary key, value text not null);
