-- AlterTable
ALTER TABLE "delegations" ADD COLUMN     "program" TEXT;

-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "program" TEXT;

-- CreateTable
CREATE TABLE "programs" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "programs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "projects_program_idx" ON "projects"("program");

-- Rows of the directory, as `sluis_upsert_rows` takes them.
CREATE OR REPLACE FUNCTION sluis_upsert_directory_rows(row_seq int, row_set jsonb, forced boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF row_set ? 'delegation' THEN
    INSERT INTO delegations AS t (id, seq, absent, delegate, status, project, program, role, from_at, until_at, data)
    SELECT r->>'id', row_seq, d->>'absent', d->>'delegate', d->>'status', d->>'project', d->>'program', d->>'role',
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

  IF row_set ? 'program' THEN
    INSERT INTO programs AS t (id, seq, name, data)
    SELECT r->>'id', row_seq, d->'name'->>'text', d
    FROM jsonb_array_elements(row_set->'program') r, LATERAL (SELECT r->'data' AS d) x
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
END $$;

-- Of roles that somebody holds beyond projects, those with which they are asked and told in a project: where somebody manages the program that it
-- belongs to, other program managers are not.
CREATE FUNCTION sluis_roles_beyond(of_project text, roles text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM role_holders h WHERE h.project = of_project AND h.role = 'program-manager')
    THEN array_remove(roles, 'program-manager') ELSE roles END
$$;

CREATE OR REPLACE FUNCTION sluis_deliver_notices(of_project text, notices jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO notifications (id, person, project, at, kind, about)
  SELECT (n->>'key') || '/' || a.person, a.person, of_project, sluis_instant(n->>'at'), n->>'kind', n->'about'
  FROM jsonb_array_elements(notices) n, LATERAL (
    SELECT jsonb_array_elements_text(n->'persons')
    UNION
    SELECT h.person FROM role_holders h WHERE h.project = of_project AND n->'roles' ? h.role
    UNION
    SELECT p.id FROM people p WHERE cardinality(p.global_roles) > 0 AND n->'roles' ?| sluis_roles_beyond(of_project, p.global_roles)
  ) a(person)
  ON CONFLICT (id) DO NOTHING
$$;
