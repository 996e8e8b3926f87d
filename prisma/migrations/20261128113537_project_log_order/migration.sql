-- DropIndex
DROP INDEX "events_project_position_idx";

-- CreateIndex
CREATE INDEX "events_project_tx_position_idx" ON "events"("project", "tx", "position");
