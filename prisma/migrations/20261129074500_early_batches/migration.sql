-- Batches come from the API too, by several ways at once: one that comes before its turn must not stop its stream.
DROP FUNCTION sluis_project(text, text, text, int, text, boolean, int, text, text, int[], timestamptz[], text[], text[], text[], text[], text[], text, text, text);

-- Appends a batch to its stream and projects it, as one statement and so as one transaction. Repeating it is harmless.
--
-- The arrays run in parallel, one place per event. Events stand as texts: nothing in them can hold the append back.
-- Answers 'ok'; 'repeated' (the log had every event already); 'stale: …' (appended, but the read model could not follow);
-- 'superseded' (the log had other events beyond `with_settled` and beyond what was settled before: they were discarded, the read model
-- is to be repaired); 'outdated: …' (nothing appended: the workflow task that sent the batch was lost, and its repetition was faster);
-- 'early: …' (nothing appended, only when it `may_be_early`: the batch before it is on another way, or what stands at the end of the log
-- may stem from a workflow task that was lost);
-- 'broken: …' (nothing appended: the batch does not continue the log; the stream is stopped, and so is every later batch).
CREATE FUNCTION sluis_project(
  of_stream text, of_project text, of_process text, with_rules int, with_input text, is_final boolean, with_settled int,
  genesis text, previous text,
  seqs int[], ats timestamptz[], bys text[], command_ids text[], types text[], contents text[], hashes text[],
  command_set text, row_set text, notice_set text, may_be_early boolean DEFAULT false
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  log_seq int;
  log_head text;
  log_broken text;
  log_settled int;
  rival_at timestamptz;
  superseded boolean := false;
  n int := cardinality(seqs);
  first_seq int := seqs[1];
  last_seq int := seqs[cardinality(seqs)];
  altered int;
  problem text;
  failure text;
  is_new boolean;
BEGIN
  SELECT seq, head, broken, settled INTO log_seq, log_head, log_broken, log_settled FROM streams WHERE stream = of_stream FOR UPDATE;
  IF NOT FOUND THEN
    IF may_be_early THEN
      RETURN 'early: the log does not know this stream';
    END IF;
    INSERT INTO streams (stream, project, process, seq, head, rules, input)
    VALUES (of_stream, of_project, of_process, 0, genesis, with_rules, with_input::json)
    ON CONFLICT (stream) DO NOTHING;
    SELECT seq, head, broken, settled INTO log_seq, log_head, log_broken, log_settled FROM streams WHERE stream = of_stream FOR UPDATE;
  END IF;
  IF log_broken IS NOT NULL THEN
    RETURN 'broken: ' || log_broken;
  END IF;

  is_new := n > 0 AND last_seq > log_seq;
  IF n > 0 THEN
    IF first_seq < 1 OR EXISTS (SELECT FROM unnest(seqs) WITH ORDINALITY u(q, i) WHERE q <> first_seq + i - 1) THEN
      problem := format('gap: a batch that begins at %s does not run on without gaps', first_seq);
    ELSIF first_seq > log_seq + 1 THEN
      problem := format('gap: the log ends at %s and a batch begins at %s', log_seq, first_seq);
    ELSIF first_seq = log_seq + 1 THEN
      IF previous <> log_head THEN
        problem := format('link: event %s does not follow the head of the log', first_seq);
      END IF;
    ELSE
      SELECT min(u.q) INTO altered
      FROM unnest(seqs, hashes) u(q, h) LEFT JOIN events e ON e.stream = of_stream AND e.seq = u.q
      WHERE u.q <= log_seq AND e.hash IS DISTINCT FROM u.h;
      IF altered IS NOT NULL THEN
        problem := format('content: event %s stands in the log with another content', altered);
      ELSIF is_new AND hashes[log_seq - first_seq + 1] <> log_head THEN
        problem := format('link: event %s does not follow the head of the log', log_seq + 1);
      END IF;
    END IF;
    IF problem IS NOT NULL AND may_be_early AND (first_seq > log_seq + 1 OR first_seq = log_seq + 1 AND log_seq > log_settled) THEN
      RETURN 'early: ' || problem;
    END IF;
    IF problem IS NOT NULL AND with_settled IS NOT NULL THEN
      -- The time of a repeated workflow task is later than that of the lost one: so the two can be told apart.
      SELECT at INTO rival_at FROM events WHERE stream = of_stream AND seq = coalesce(altered, log_seq);
      IF rival_at > ats[coalesce(altered, first_seq) - first_seq + 1] THEN
        RETURN 'outdated: ' || problem;
      ELSIF altered > log_settled AND rival_at < ats[altered - first_seq + 1] THEN
        log_head := sluis_discard_tail(of_stream, altered, genesis);
        log_seq := altered - 1;
        is_new := true;
        superseded := true;
        problem := NULL;
      END IF;
    END IF;
    IF problem IS NOT NULL THEN
      UPDATE streams SET broken = problem WHERE stream = of_stream;
      RETURN 'broken: ' || problem;
    END IF;
  END IF;

  IF is_new THEN
    INSERT INTO events (stream, seq, project, type, at, by, command_id, event, prev_hash, hash)
    SELECT of_stream, seqs[i], of_project, types[i], ats[i], bys[i]::json, command_ids[i], contents[i]::json,
      CASE WHEN i = 1 THEN previous ELSE hashes[i - 1] END, hashes[i]
    FROM generate_series(log_seq - first_seq + 2, n) i
    ORDER BY i;
  END IF;
  UPDATE streams SET
    seq = CASE WHEN is_new THEN last_seq ELSE seq END,
    head = CASE WHEN is_new THEN hashes[n] ELSE head END,
    rules = greatest(rules, with_rules),
    final = final OR is_final,
    settled = greatest(settled, least(with_settled, CASE WHEN is_new THEN last_seq ELSE seq END))
  WHERE stream = of_stream;

  IF command_set IS NOT NULL THEN
    INSERT INTO commands (stream, id, hash, from_seq, to_seq, at)
    SELECT of_stream, c->>'id', c->>'hash', (c->>'from')::int, (c->>'to')::int, sluis_instant(c->>'at')
    FROM jsonb_array_elements(command_set::jsonb) c
    ON CONFLICT (stream, id) DO NOTHING;
  END IF;

  IF n > 0 AND NOT is_new THEN
    RETURN 'repeated';
  END IF;

  -- Each part in a subtransaction of its own: what fails in it is undone and noted, and the append stands.
  IF is_new AND row_set IS NOT NULL THEN
    BEGIN
      PERFORM sluis_upsert_rows(last_seq, row_set::jsonb);
    EXCEPTION WHEN OTHERS THEN
      IF sluis_is_passing(SQLSTATE) THEN RAISE; END IF;
      failure := format('rows of event %s: %s', last_seq, SQLERRM);
    END;
  END IF;
  IF notice_set IS NOT NULL THEN
    BEGIN
      PERFORM sluis_deliver_notices(of_project, notice_set::jsonb);
    EXCEPTION WHEN OTHERS THEN
      IF sluis_is_passing(SQLSTATE) THEN RAISE; END IF;
      failure := concat_ws('; ', failure, format('notices of event %s: %s', last_seq, SQLERRM));
    END;
  END IF;
  IF failure IS NOT NULL THEN
    UPDATE streams SET stale = failure, stale_from = least(stale_from, CASE WHEN is_new THEN log_seq + 1 ELSE log_seq END) WHERE stream = of_stream;
    RETURN 'stale: ' || failure;
  END IF;
  RETURN CASE WHEN superseded THEN 'superseded' ELSE 'ok' END;
END $$;
