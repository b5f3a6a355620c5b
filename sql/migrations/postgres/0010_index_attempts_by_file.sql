-- What became of a file's contacts is asked by file, and whether any of them was ever dialed.
create index if not exists contact_attempts_of_file on contact_attempts (file, result);
