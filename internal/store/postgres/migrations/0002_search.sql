-- The newest articles with some words. PostgreSQL does not know what a look into
-- a tsvector costs that is kept out of line (30 µs), takes a walk backwards over
-- all articles for cheap, and guesses that a word it has no statistics of is in
-- every 200th. So the way is chosen here: where the words are in few articles,
-- all of them are taken from the index and sorted; where they are in many, the
-- newest articles are looked through, and only if those do not have them all of
-- the many are sorted.
--
-- strict is what must be met; loose the same words in any order, which the index
-- can count without a look at the articles. feed may be NULL.
CREATE FUNCTION newest_with(strict text, loose text, of_feed text, before bigint, most bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 20
SET enable_seqscan = off -- it would look into every tsvector
AS $$
#variable_conflict use_column
DECLARE
  asked  tsquery := to_tsquery('onrecord', strict);
  simple tsquery := to_tsquery('onrecord', loose);
  few    constant integer := 5000;
  newest constant integer := 5000; -- at most 150 ms
  found  bigint[];
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM article_text WHERE words @@ simple LIMIT few) AS counted) = few THEN
    IF of_feed IS NULL THEN
      SELECT array_agg(t.cursor) INTO found FROM (
        SELECT n.cursor FROM (SELECT cursor, words FROM article_text WHERE cursor < before ORDER BY cursor DESC LIMIT newest) AS n
        WHERE n.words @@ asked ORDER BY n.cursor DESC LIMIT most) AS t;
    ELSE
      SELECT array_agg(t.cursor) INTO found FROM (
        SELECT n.cursor FROM (SELECT a.cursor FROM article a WHERE a.feed = of_feed AND a.cursor < before ORDER BY a.cursor DESC LIMIT newest) AS n
        JOIN article_text w ON w.cursor = n.cursor
        WHERE w.words @@ asked ORDER BY n.cursor DESC LIMIT most) AS t;
    END IF;
    IF cardinality(found) >= most THEN
      RETURN QUERY SELECT unnest(found);
      RETURN;
    END IF;
  END IF;
  RETURN QUERY
    WITH every AS MATERIALIZED (SELECT cursor FROM article_text WHERE words @@ asked)
    SELECT e.cursor FROM every e
    WHERE e.cursor < before AND (of_feed IS NULL OR EXISTS (SELECT 1 FROM article a WHERE a.cursor = e.cursor AND a.feed = of_feed))
    ORDER BY e.cursor DESC LIMIT most;
END
$$;

-- What was added last is searched one by one until it is put into the index:
-- a little at a time.
ALTER INDEX article_text_words SET (gin_pending_list_limit = 512);
