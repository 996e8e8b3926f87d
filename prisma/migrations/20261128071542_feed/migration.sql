-- CreateIndex
CREATE INDEX "events_tx_position_idx" ON "events"("tx", "position");
