-- The words of a text stand in it four times, once for each way of reading them. A phrase must not begin at the end of one reading and go on at the
-- beginning of the next: between them lie more places than a phrase may leave out. The mark is no word that anybody can ask for.
DROP INDEX texts_search_idx;

CREATE OR REPLACE FUNCTION sluis_search_vector(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple', said) || '|:64'::tsvector || to_tsvector('pg_catalog.dutch', said) || '|:64'::tsvector || to_tsvector('pg_catalog.french', said)
    || '|:64'::tsvector || to_tsvector('pg_catalog.english', said)
$$;

CREATE INDEX texts_search_idx ON texts USING gin (sluis_search_vector(text)) WHERE text IS NOT NULL;
