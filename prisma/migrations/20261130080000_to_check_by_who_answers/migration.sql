-- Who answers for a task that is to be checked finds it by their role: few tasks are at a time.
CREATE INDEX tasks_to_check_idx ON tasks (project, (data->>'accountable')) WHERE status = 'to-check';

-- The rows of those that are to be checked now do not say who answers for them yet: they are made anew.
UPDATE streams SET stale = 'tasks that are to be checked do not name who answers for them yet'
WHERE stale IS NULL AND stream IN (SELECT stage FROM tasks WHERE status = 'to-check');
