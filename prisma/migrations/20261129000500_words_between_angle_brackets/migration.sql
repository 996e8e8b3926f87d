-- The parser of PostgreSQL takes what stands between < and > for a tag, and finds no word in it. People write words there: they are read as any others.
DROP INDEX texts_search_idx;

CREATE OR REPLACE FUNCTION sluis_search_vector(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple', translate(said, '<>', '  ')) || '|:64'::tsvector || to_tsvector('pg_catalog.dutch', translate(said, '<>', '  '))
    || '|:64'::tsvector || to_tsvector('pg_catalog.french', translate(said, '<>', '  ')) || '|:64'::tsvector || to_tsvector('pg_catalog.english', translate(said, '<>', '  '))
$$;

CREATE OR REPLACE FUNCTION sluis_search_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT websearch_to_tsquery('pg_catalog.simple', asked) || websearch_to_tsquery('pg_catalog.dutch', asked) || websearch_to_tsquery('pg_catalog.french', asked)
    || websearch_to_tsquery('pg_catalog.english', asked)
    || CASE WHEN asked ~ '^[[:alnum:]]+([^[:alnum:]"-]+[[:alnum:]]+)*$'
         THEN to_tsquery('pg_catalog.simple', array_to_string(regexp_split_to_array(asked, '[^[:alnum:]]+'), ' & ') || ':*') ELSE ''::tsquery END
  FROM (SELECT btrim(translate(words, '<>', '  ')) AS asked) said
$$;

CREATE INDEX texts_search_idx ON texts USING gin (sluis_search_vector(text)) WHERE text IS NOT NULL;
