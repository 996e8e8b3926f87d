-- The event log is append-only: whoever wants to alter it has to take this trigger away first, and `audit verify` still tells.
CREATE FUNCTION sluis_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only sluis_discard_tail says this, for its own transaction; what it takes away stands in discarded_events.
  IF TG_OP = 'DELETE' AND current_setting('sluis.discarding', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION sluis_refuse_change();

-- An instant of the domain (milliseconds since 1970) as a timestamp; null stays null.
CREATE FUNCTION sluis_instant(ms text) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_timestamp(ms::double precision / 1000)
$$;

-- Upserts rows of the read model: `{ "task": [{ "id", "data" }, …], … }`, each id at most once. `row_seq` is the last event they
-- reflect; a row that reflects a later one stays as it is, unless forced.
CREATE FUNCTION sluis_upsert_rows(row_seq int, row_set jsonb, forced boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  touched text[];
BEGIN
  IF row_set ? 'project' THEN
    INSERT INTO projects AS t (id, seq, name, status, template, template_version, started_at, ended_at, data)
    SELECT r->>'id', row_seq, d->'name'->>'text', d->>'status', d->>'template', d->>'templateVersion',
      sluis_instant(d->>'startedAt'), sluis_instant(d->>'endedAt'), d
    FROM jsonb_array_elements(row_set->'project') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, name = excluded.name, status = excluded.status,
      template = excluded.template, template_version = excluded.template_version, started_at = excluded.started_at,
      ended_at = excluded.ended_at, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'phase' THEN
    INSERT INTO phases AS t (id, seq, project, phase, position, status, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'phase', (d->>'position')::int, d->>'status', d
    FROM jsonb_array_elements(row_set->'phase') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, position = excluded.position, status = excluded.status, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'stage' THEN
    INSERT INTO stages AS t (id, seq, project, phase, status, gate_status, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'phase', d->>'status', d->>'gateStatus', d
    FROM jsonb_array_elements(row_set->'stage') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, status = excluded.status, gate_status = excluded.gate_status, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'task' THEN
    INSERT INTO tasks AS t (id, seq, project, phase, stage, task, position, status, role, assignee, due_at, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'phase', d->>'stage', d->>'task', (d->>'position')::int, d->>'status',
      d->>'role', d->>'assignee', sluis_instant(d->>'dueAt'), d
    FROM jsonb_array_elements(row_set->'task') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, position = excluded.position, status = excluded.status,
      role = excluded.role, assignee = excluded.assignee, due_at = excluded.due_at, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'approval' THEN
    WITH upserted AS (
      INSERT INTO approvals AS t (id, seq, project, phase, gate, status, opened_at, data)
      SELECT r->>'id', row_seq, d->>'project', d->>'phase', d->>'gate', d->>'status', sluis_instant(d->>'openedAt'), d
      FROM jsonb_array_elements(row_set->'approval') r, LATERAL (SELECT r->'data' AS d) x
      ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, status = excluded.status, opened_at = excluded.opened_at, data = excluded.data
      WHERE forced OR t.seq <= excluded.seq
      RETURNING t.id
    )
    SELECT array_agg(id) INTO touched FROM upserted;
    DELETE FROM approval_waiting w USING approvals a
    WHERE w.approval = a.id AND a.id = ANY (touched) AND NOT a.data->'waitingFor' ? w.person;
    INSERT INTO approval_waiting (approval, person)
    SELECT a.id, p.person FROM approvals a, LATERAL jsonb_array_elements_text(a.data->'waitingFor') p(person)
    WHERE a.id = ANY (touched)
    ON CONFLICT DO NOTHING;
  END IF;

  IF row_set ? 'role' THEN
    WITH upserted AS (
      INSERT INTO project_roles AS t (id, seq, project, role, data)
      SELECT r->>'id', row_seq, d->>'project', d->>'role', d
      FROM jsonb_array_elements(row_set->'role') r, LATERAL (SELECT r->'data' AS d) x
      ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, data = excluded.data
      WHERE forced OR t.seq <= excluded.seq
      RETURNING t.id
    )
    SELECT array_agg(id) INTO touched FROM upserted;
    DELETE FROM role_holders h USING project_roles r
    WHERE r.id = ANY (touched) AND h.project = r.project AND h.role = r.role AND NOT r.data->'persons' ? h.person;
    INSERT INTO role_holders (project, role, person)
    SELECT r.project, r.role, p.person
    FROM project_roles r, LATERAL jsonb_array_elements_text(r.data->'persons') p(person)
    WHERE r.id = ANY (touched)
    ON CONFLICT DO NOTHING;
  END IF;
END $$;

-- Delivers notices to persons and to whoever holds the roles of the project now; one per notice and person.
CREATE FUNCTION sluis_deliver_notices(of_project text, notices jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO notifications (id, person, project, at, kind, about)
  SELECT (n->>'key') || '/' || a.person, a.person, of_project, sluis_instant(n->>'at'), n->>'kind', n->'about'
  FROM jsonb_array_elements(notices) n, LATERAL (
    SELECT jsonb_array_elements_text(n->'persons')
    UNION
    SELECT h.person FROM role_holders h WHERE h.project = of_project AND n->'roles' ? h.role
  ) a(person)
  ON CONFLICT (id) DO NOTHING
$$;

-- Takes the events from `first_gone` on out of a stream, with their commands and notices: the workflow task that made them was lost.
-- The read model is left to repair. The caller holds the lock on the stream.
CREATE FUNCTION sluis_discard_tail(of_stream text, first_gone int, genesis text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  new_head text := coalesce((SELECT hash FROM events WHERE stream = of_stream AND seq = first_gone - 1), genesis);
BEGIN
  DELETE FROM notifications n USING events e
  WHERE e.stream = of_stream AND e.seq >= first_gone AND starts_with(n.id, of_stream || '/' || e.seq || '/');
  PERFORM set_config('sluis.discarding', 'on', true);
  WITH gone AS (DELETE FROM events WHERE stream = of_stream AND seq >= first_gone RETURNING *)
  INSERT INTO discarded_events (stream, seq, project, type, at, by, command_id, event, prev_hash, hash, logged_at)
  SELECT stream, seq, project, type, at, by, command_id, event, prev_hash, hash, logged_at FROM gone ORDER BY seq;
  PERFORM set_config('sluis.discarding', '', true);
  DELETE FROM commands WHERE stream = of_stream AND to_seq >= first_gone;
  UPDATE streams SET seq = first_gone - 1, head = new_head, sealed = least(sealed, first_gone - 1), final = false,
    stale = format('events from %s on were discarded', first_gone), stale_from = least(stale_from, first_gone)
  WHERE stream = of_stream;
  RETURN new_head;
END $$;

-- Whether an error lies in the circumstances (deadlock, lock, resources, operator, system): then trying again is right.
CREATE FUNCTION sluis_is_passing(sqlstate_code text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT left(sqlstate_code, 2) IN ('25', '40', '53', '55', '57', '58')
$$;

-- Appends a batch to its stream and projects it, as one statement and so as one transaction. Repeating it is harmless.
--
-- The arrays run in parallel, one place per event. Events stand as texts: nothing in them can hold the append back.
-- Answers 'ok'; 'repeated' (the log had every event already); 'stale: …' (appended, but the read model could not follow);
-- 'superseded' (the log had other events beyond `with_settled` and beyond what was settled before: they were discarded, the read model
-- is to be repaired); 'outdated: …' (nothing appended: the workflow task that sent the batch was lost, and its repetition was faster);
-- 'broken: …' (nothing appended: the batch does not continue the log; the stream is stopped, and so is every later batch).
CREATE FUNCTION sluis_project(
  of_stream text, of_project text, of_process text, with_rules int, with_input text, is_final boolean, with_settled int,
  genesis text, previous text,
  seqs int[], ats timestamptz[], bys text[], command_ids text[], types text[], contents text[], hashes text[],
  command_set text, row_set text, notice_set text
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
