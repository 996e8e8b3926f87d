-- CreateTable
CREATE TABLE "handovers" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "handovers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "services" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "handover" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "services_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "knowledge_articles" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "handover" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "knowledge_articles_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "handovers_project_phase_idx" ON "handovers"("project", "phase");

-- CreateIndex
CREATE INDEX "services_project_idx" ON "services"("project");

-- CreateIndex
CREATE INDEX "services_handover_idx" ON "services"("handover");

-- CreateIndex
CREATE INDEX "knowledge_articles_project_idx" ON "knowledge_articles"("project");

-- CreateIndex
CREATE INDEX "knowledge_articles_handover_service_idx" ON "knowledge_articles"("handover", "service");

-- Rows of handovers, as `sluis_upsert_rows` takes them.
CREATE FUNCTION sluis_upsert_handover_rows(row_seq int, row_set jsonb, forced boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF row_set ? 'handover' THEN
    INSERT INTO handovers AS t (id, seq, project, phase, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'phase', d
    FROM jsonb_array_elements(row_set->'handover') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'service' THEN
    INSERT INTO services AS t (id, seq, project, handover, service, status, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'handover', d->>'service', d->>'status', d
    FROM jsonb_array_elements(row_set->'service') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, status = excluded.status, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'article' THEN
    INSERT INTO knowledge_articles AS t (id, seq, project, handover, service, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'handover', d->>'service', d
    FROM jsonb_array_elements(row_set->'article') r, LATERAL (SELECT r->'data' AS d) x
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
  PERFORM sluis_upsert_handover_rows(row_seq, row_set, forced);
END $$;
