-- CreateTable
CREATE TABLE "inventory_items" (
    "project" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "attributes" JSONB NOT NULL,

    CONSTRAINT "inventory_items_pkey" PRIMARY KEY ("project","id")
);
