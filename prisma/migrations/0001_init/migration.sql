-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "people" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "global_roles" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "hash" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "template_versions" (
    "key" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "template_versions_pkey" PRIMARY KEY ("key","version")
);

-- CreateTable
CREATE TABLE "calendars" (
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "resolved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendars_pkey" PRIMARY KEY ("key","version")
);

-- CreateTable
CREATE TABLE "plans" (
    "project" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "plan" JSONB NOT NULL,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("project","version")
);

-- CreateTable
CREATE TABLE "streams" (
    "stream" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "process" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "head" TEXT NOT NULL,
    "rules" INTEGER NOT NULL,
    "final" BOOLEAN NOT NULL DEFAULT false,
    "settled" INTEGER NOT NULL DEFAULT 0,
    "input" JSON,
    "stale" TEXT,
    "stale_from" INTEGER,
    "broken" TEXT,
    "gap" TEXT,
    "sealed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "streams_pkey" PRIMARY KEY ("stream")
);

-- CreateTable
CREATE TABLE "events" (
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "tx" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "project" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" JSON NOT NULL,
    "command_id" TEXT NOT NULL,
    "event" JSON NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "logged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "events_pkey" PRIMARY KEY ("stream","seq")
);

-- CreateTable
CREATE TABLE "discarded_events" (
    "id" SERIAL NOT NULL,
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" JSON NOT NULL,
    "command_id" TEXT NOT NULL,
    "event" JSON NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "logged_at" TIMESTAMPTZ(3) NOT NULL,
    "discarded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "discarded_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commands" (
    "stream" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "from_seq" INTEGER NOT NULL,
    "to_seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "commands_pkey" PRIMARY KEY ("stream","id")
);

-- CreateTable
CREATE TABLE "checkpoints" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "streams" INTEGER NOT NULL,
    "prev_digest" TEXT NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "checkpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "checkpoint_heads" (
    "checkpoint_id" INTEGER NOT NULL,
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "checkpoint_heads_pkey" PRIMARY KEY ("checkpoint_id","stream")
);

-- CreateTable
CREATE TABLE "texts" (
    "ref" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "text" TEXT,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "texts_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "template_version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "data" JSONB NOT NULL,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phases" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "phases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stages" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "gate_status" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "stages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "assignee" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "data" JSONB NOT NULL,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approvals" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "gate" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_waiting" (
    "approval" TEXT NOT NULL,
    "person" TEXT NOT NULL,

    CONSTRAINT "approval_waiting_pkey" PRIMARY KEY ("approval","person")
);

-- CreateTable
CREATE TABLE "project_roles" (
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "project_roles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_holders" (
    "project" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "person" TEXT NOT NULL,

    CONSTRAINT "role_holders_pkey" PRIMARY KEY ("project","role","person")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "about" JSONB NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "people_email_key" ON "people"("email");

-- CreateIndex
CREATE INDEX "tokens_person_id_idx" ON "tokens"("person_id");

-- CreateIndex
CREATE INDEX "streams_project_idx" ON "streams"("project");

-- CreateIndex
CREATE INDEX "streams_final_rules_idx" ON "streams"("final", "rules");

-- CreateIndex
CREATE INDEX "events_project_position_idx" ON "events"("project", "position");

-- CreateIndex
CREATE INDEX "events_position_idx" ON "events"("position");

-- CreateIndex
CREATE INDEX "discarded_events_stream_seq_idx" ON "discarded_events"("stream", "seq");

-- CreateIndex
CREATE INDEX "checkpoint_heads_stream_idx" ON "checkpoint_heads"("stream");

-- CreateIndex
CREATE INDEX "texts_project_idx" ON "texts"("project");

-- CreateIndex
CREATE INDEX "projects_started_at_id_idx" ON "projects"("started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "projects_status_started_at_id_idx" ON "projects"("status", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "phases_project_position_idx" ON "phases"("project", "position");

-- CreateIndex
CREATE INDEX "stages_project_idx" ON "stages"("project");

-- CreateIndex
CREATE INDEX "tasks_project_status_role_idx" ON "tasks"("project", "status", "role");

-- CreateIndex
CREATE INDEX "tasks_assignee_status_idx" ON "tasks"("assignee", "status");

-- CreateIndex
CREATE INDEX "approvals_project_idx" ON "approvals"("project");

-- CreateIndex
CREATE INDEX "approval_waiting_person_idx" ON "approval_waiting"("person");

-- CreateIndex
CREATE INDEX "project_roles_project_idx" ON "project_roles"("project");

-- CreateIndex
CREATE INDEX "role_holders_person_project_idx" ON "role_holders"("person", "project");

-- CreateIndex
CREATE INDEX "notifications_person_at_id_idx" ON "notifications"("person", "at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkpoint_heads" ADD CONSTRAINT "checkpoint_heads_checkpoint_id_fkey" FOREIGN KEY ("checkpoint_id") REFERENCES "checkpoints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

