-- Nobody is told of what they did themselves, also where a role of theirs is told.
CREATE OR REPLACE FUNCTION sluis_deliver_notices(of_project text, notices jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO notifications (id, person, project, at, kind, about)
  SELECT (n->>'key') || '/' || a.person, a.person, of_project, sluis_instant(n->>'at'), n->>'kind', n->'about'
  FROM jsonb_array_elements(notices) n, LATERAL (
    SELECT jsonb_array_elements_text(n->'persons')
    UNION
    SELECT h.person FROM role_holders h WHERE h.project = of_project AND n->'roles' ? h.role
    UNION
    SELECT p.id FROM people p WHERE cardinality(p.global_roles) > 0 AND n->'roles' ?| sluis_roles_beyond(of_project, p.global_roles)
  ) a(person)
  WHERE NOT coalesce(n->'except', '[]') ? a.person
  ON CONFLICT (id) DO NOTHING
$$;
