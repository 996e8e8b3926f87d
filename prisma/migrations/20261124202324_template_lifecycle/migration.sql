-- AlterTable
ALTER TABLE "template_versions" ADD COLUMN     "deprecated_at" TIMESTAMPTZ(3),
ADD COLUMN     "published_by" TEXT;
