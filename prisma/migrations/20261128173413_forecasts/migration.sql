-- AlterTable
ALTER TABLE "webhooks" ADD COLUMN     "rotation" TEXT;

-- CreateTable
CREATE TABLE "forecasts" (
    "project" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3),
    "claimed_at" TIMESTAMPTZ(3),
    "seqs" BIGINT NOT NULL,
    "data" JSONB,

    CONSTRAINT "forecasts_pkey" PRIMARY KEY ("project")
);
