-- Roles that hold beyond projects are no rows of a project: whoever holds one is told as well.
CREATE OR REPLACE FUNCTION sluis_deliver_notices(of_project text, notices jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO notifications (id, person, project, at, kind, about)
  SELECT (n->>'key') || '/' || a.person, a.person, of_project, sluis_instant(n->>'at'), n->>'kind', n->'about'
  FROM jsonb_array_elements(notices) n, LATERAL (
    SELECT jsonb_array_elements_text(n->'persons')
    UNION
    SELECT h.person FROM role_holders h WHERE h.project = of_project AND n->'roles' ? h.role
    UNION
    SELECT p.id FROM people p WHERE cardinality(p.global_roles) > 0 AND n->'roles' ?| p.global_roles
  ) a(person)
  ON CONFLICT (id) DO NOTHING
$$;
