-- AlterTable
ALTER TABLE "template_versions" ADD COLUMN     "text" TEXT;
