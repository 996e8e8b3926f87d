-- CreateTable
CREATE TABLE "pulses" (
    "sprint" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "key_id" TEXT NOT NULL,
    "answers" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "closed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "pulses_pkey" PRIMARY KEY ("sprint")
);

-- CreateTable
CREATE TABLE "pulse_marks" (
    "sprint" TEXT NOT NULL,
    "mark" TEXT NOT NULL,

    CONSTRAINT "pulse_marks_pkey" PRIMARY KEY ("sprint","mark")
);

-- CreateIndex
CREATE INDEX "pulses_project_phase_team_idx" ON "pulses"("project", "phase", "team");
