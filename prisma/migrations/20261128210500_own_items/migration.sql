-- Whoever opens their work is told what they see to in all backlogs: few items have an owner.
CREATE INDEX backlog_items_owner_idx ON backlog_items ((data->>'owner')) WHERE data ? 'owner';
