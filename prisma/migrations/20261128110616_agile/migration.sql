-- CreateTable
CREATE TABLE "backlogs" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "backlogs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backlog_items" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "backlog" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "backlog_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sprints" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "sprints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sprint_cards" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "sprint" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "sprint_cards_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "backlogs_project_phase_idx" ON "backlogs"("project", "phase");

-- CreateIndex
CREATE INDEX "backlog_items_project_idx" ON "backlog_items"("project");

-- CreateIndex
CREATE INDEX "backlog_items_backlog_status_idx" ON "backlog_items"("backlog", "status");

-- CreateIndex
CREATE INDEX "sprints_project_phase_team_number_idx" ON "sprints"("project", "phase", "team", "number");

-- CreateIndex
CREATE INDEX "sprint_cards_project_idx" ON "sprint_cards"("project");

-- CreateIndex
CREATE INDEX "sprint_cards_sprint_idx" ON "sprint_cards"("sprint");

-- Rows of backlogs and sprints, as `sluis_upsert_rows` takes them.
CREATE FUNCTION sluis_upsert_agile_rows(row_seq int, row_set jsonb, forced boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF row_set ? 'backlog' THEN
    INSERT INTO backlogs AS t (id, seq, project, phase, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'phase', d
    FROM jsonb_array_elements(row_set->'backlog') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'item' THEN
    INSERT INTO backlog_items AS t (id, seq, project, backlog, status, place, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'backlog', d->>'status', d->>'order', d
    FROM jsonb_array_elements(row_set->'item') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, status = excluded.status, place = excluded.place, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'sprint' THEN
    INSERT INTO sprints AS t (id, seq, project, phase, team, number, status, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'phase', d->>'team', (d->>'number')::int, d->>'status', d
    FROM jsonb_array_elements(row_set->'sprint') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, status = excluded.status, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'card' THEN
    INSERT INTO sprint_cards AS t (id, seq, project, sprint, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'sprint', d
    FROM jsonb_array_elements(row_set->'card') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION sluis_upsert_rows(row_seq int, row_set jsonb, forced boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM sluis_upsert_project_rows(row_seq, row_set, forced);
  IF row_set ? 'project' THEN
    UPDATE projects p SET program = p.data->>'program'
    FROM jsonb_array_elements(row_set->'project') r
    WHERE p.id = r->>'id' AND p.program IS DISTINCT FROM p.data->>'program';
  END IF;
  IF row_set ? 'approval' THEN
    INSERT INTO approval_waiting (approval, person)
    SELECT a.id, p.person
    FROM jsonb_array_elements(row_set->'approval') r JOIN approvals a ON a.id = r->>'id',
      LATERAL jsonb_array_elements_text(coalesce(a.data->'delegates', '[]')) p(person)
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM sluis_upsert_directory_rows(row_seq, row_set, forced);
  PERFORM sluis_upsert_agile_rows(row_seq, row_set, forced);
END $$;
