-- What people wrote is found in Dutch, French and English, and as it stands: names and codes are no words of a language.
CREATE FUNCTION sluis_search_vector(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple', said) || to_tsvector('pg_catalog.dutch', said) || to_tsvector('pg_catalog.french', said) || to_tsvector('pg_catalog.english', said)
$$;

-- Words as people type them: "quotes" for phrases, - for what is not meant; the last word may be its beginning.
CREATE FUNCTION sluis_search_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT websearch_to_tsquery('pg_catalog.simple', words) || websearch_to_tsquery('pg_catalog.dutch', words) || websearch_to_tsquery('pg_catalog.french', words)
    || websearch_to_tsquery('pg_catalog.english', words)
    || CASE WHEN words ~ '^[[:alnum:]]+([^[:alnum:]"-]+[[:alnum:]]+)*$'
         THEN to_tsquery('pg_catalog.simple', array_to_string(regexp_split_to_array(words, '[^[:alnum:]]+'), ' & ') || ':*') ELSE ''::tsquery END
$$;

-- An erased text has none, and is not found.
CREATE INDEX texts_search_idx ON texts USING gin (sluis_search_vector(text)) WHERE text IS NOT NULL;
