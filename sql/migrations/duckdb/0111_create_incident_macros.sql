-- Words of the facts of incidents that engines write differently.
-- One row for each word of a text, in the select list; an empty text is one empty word.
CREATE OR REPLACE MACRO each_word(words) AS unnest(string_split(words, ' '));
-- The instant of the question, epoch milliseconds.
CREATE OR REPLACE MACRO now_ms() AS epoch_ms(now());
