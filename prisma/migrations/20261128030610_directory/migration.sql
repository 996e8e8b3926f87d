-- CreateTable
CREATE TABLE "delegations" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "absent" TEXT NOT NULL,
    "delegate" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "project" TEXT,
    "role" TEXT,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "delegations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "groups" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "directory_people" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "manager" TEXT,
    "left_at" TIMESTAMPTZ(3),
    "data" JSONB NOT NULL,

    CONSTRAINT "directory_people_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delegations_absent_until_at_idx" ON "delegations"("absent", "until_at");

-- CreateIndex
CREATE INDEX "delegations_delegate_until_at_idx" ON "delegations"("delegate", "until_at");

-- CreateIndex
CREATE INDEX "directory_people_manager_idx" ON "directory_people"("manager");

-- Rows of the directory, as `sluis_upsert_rows` takes them.
CREATE FUNCTION sluis_upsert_directory_rows(row_seq int, row_set jsonb, forced boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF row_set ? 'delegation' THEN
    INSERT INTO delegations AS t (id, seq, absent, delegate, status, project, role, from_at, until_at, data)
    SELECT r->>'id', row_seq, d->>'absent', d->>'delegate', d->>'status', d->>'project', d->>'role',
      sluis_instant(d->>'from'), sluis_instant(d->>'until'), d
    FROM jsonb_array_elements(row_set->'delegation') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, status = excluded.status, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'group' THEN
    INSERT INTO groups AS t (id, seq, name, data)
    SELECT r->>'id', row_seq, d->'name'->>'text', d
    FROM jsonb_array_elements(row_set->'group') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, name = excluded.name, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;

  IF row_set ? 'person' THEN
    INSERT INTO directory_people AS t (id, seq, manager, left_at, data)
    SELECT r->>'id', row_seq, d->>'manager', sluis_instant(d->>'leftAt'), d
    FROM jsonb_array_elements(row_set->'person') r, LATERAL (SELECT r->'data' AS d) x
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, manager = excluded.manager, left_at = excluded.left_at, data = excluded.data
    WHERE forced OR t.seq <= excluded.seq;
  END IF;
END $$;

-- What there was takes the rows of projects; what is new comes after it: who is waited for in the name of another, and the directory.
ALTER FUNCTION sluis_upsert_rows(int, jsonb, boolean) RENAME TO sluis_upsert_project_rows;

CREATE FUNCTION sluis_upsert_rows(row_seq int, row_set jsonb, forced boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM sluis_upsert_project_rows(row_seq, row_set, forced);
  IF row_set ? 'approval' THEN
    INSERT INTO approval_waiting (approval, person)
    SELECT a.id, p.person
    FROM jsonb_array_elements(row_set->'approval') r JOIN approvals a ON a.id = r->>'id',
      LATERAL jsonb_array_elements_text(coalesce(a.data->'delegates', '[]')) p(person)
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM sluis_upsert_directory_rows(row_seq, row_set, forced);
END $$;
