-- CreateTable
CREATE TABLE "service_days" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "handover" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "service_days_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhooks" (
    "id" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "handover" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "service_days_project_idx" ON "service_days"("project");

-- CreateIndex
CREATE INDEX "service_days_handover_idx" ON "service_days"("handover");

-- CreateIndex
CREATE INDEX "service_days_of_date_idx" ON "service_days"("of", "date");

-- CreateIndex
CREATE INDEX "webhooks_project_phase_idx" ON "webhooks"("project", "phase");

-- Rows of handovers, as `sluis_upsert_rows` takes them: those of days with them.
CREATE OR REPLACE FUNCTION sluis_upsert_handover_rows(row_seq int, row_set jsonb, forced boolean) RETURNS void LANGUAGE plpgsql AS $$
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

  IF row_set ? 'day' THEN
    INSERT INTO service_days AS t (id, seq, project, handover, "of", date, data)
    SELECT r->>'id', row_seq, d->>'project', d->>'handover', d->>'of', d->>'date', d
    FROM jsonb_array_elements(row_set->'day') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;
END $$;
