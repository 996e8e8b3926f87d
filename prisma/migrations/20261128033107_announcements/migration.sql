-- CreateTable
CREATE TABLE "calendar_announcements" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "replacement_days" TEXT[],
    "closures" TEXT[],
    "announced_by" TEXT NOT NULL,
    "announced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_announcements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_told" (
    "project" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "calendar_told_pkey" PRIMARY KEY ("project")
);

-- CreateIndex
CREATE INDEX "calendar_announcements_key_year_idx" ON "calendar_announcements"("key", "year");
