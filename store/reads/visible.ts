/** What a delegation is for, and which projects one sees, as conditions of queries. Arguments are SQL. */

/** Whether a delegation, named `d`, is for a project. */
export const concernsProject = (project: string): string =>
  `coalesce(d.project, ${project}) = ${project} AND (d.program IS NULL OR d.program = (SELECT o.program FROM projects o WHERE o.id = ${project}))`;

/** Whether a delegation makes a person somebody's delegate now. */
export const delegatedTo = (person: string, delegation = 'd'): string => `${delegation}.delegate = ${person} AND ${delegation}.status = 'active' AND ${delegation}.until_at > now()`;

/** The delegation by which a person is absent in a role of a project now: of several the narrowest, as `absencesIn` of the domain has it. */
export const delegationThatHolds = (absent: string, project: string, role: string): string => `(SELECT d.id FROM delegations d
  WHERE d.absent = ${absent} AND d.status = 'active' AND d.until_at > now() AND ${concernsProject(project)} AND coalesce(d.role, ${role}) = ${role}
  ORDER BY d.project IS NULL, d.program IS NULL, d.role IS NULL LIMIT 1)`;

/** Whether a person holds a role in a project, or stands in for somebody who does. */
export const hasPart = (person: string, project: string): string => `EXISTS (SELECT FROM role_holders h WHERE h.project = ${project} AND (h.person = ${person} OR EXISTS (
  SELECT FROM delegations d WHERE d.absent = h.person AND ${delegatedTo(person)}
    AND ${concernsProject(project)} AND coalesce(d.role, h.role) = h.role)))`;
