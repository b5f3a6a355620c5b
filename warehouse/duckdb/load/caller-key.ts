/** One number for its spellings; what is not all digits after that is a masked or a withheld one. Of the stage's row `s`. */
export const CALLER_DIGITS = "ltrim(CASE WHEN regexp_full_match(s.caller, '[0-9]+') THEN s.caller ELSE regexp_replace(s.caller, '[+ .()/-]', '', 'g') END, '0')";

/**
 * Keyed, so that numbers cannot be found by trying all of them; '' for masked and missing ones. It follows from
 * the caller and is dear: rows that are not written need none. 128 bits tell all callers apart;
 * the whole hash was half of what a stored call weighed. Over {@link CALLER_DIGITS} as `caller_digits`.
 */
export const CALLER_KEY = "coalesce(s.caller_key, CASE WHEN length(caller_digits) >= 4 AND TRY_CAST(caller_digits AS HUGEINT) IS NOT NULL THEN left(sha256($secret || caller_digits), 32) ELSE '' END)";
