-- CreateIndex
CREATE INDEX "notifications_person_read_at_idx" ON "notifications"("person", "read_at");
