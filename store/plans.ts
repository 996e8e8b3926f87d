/** The plans that projects run on, and the calendars that plans are made with. */
import type { WorkingCalendar } from '../domain/calendar';
import type { Plan } from '../domain/plan';
import type { Key } from '../domain/process';
import type { Database } from './client';

/** Keeps a version of a project's plan; one that is kept already stays. @returns the plan that is kept. */
export async function keepPlan(db: Database, project: string, version: number, plan: Plan): Promise<Plan> {
  await db.prisma.plan.createMany({ data: [{ project, version, plan: JSON.parse(JSON.stringify(plan)) }], skipDuplicates: true });
  const kept = await db.prisma.plan.findUniqueOrThrow({ where: { project_version: { project, version } } });
  return kept.plan as unknown as Plan;
}

/** The newest version of a calendar; null when it was never resolved. */
export async function findCalendar(db: Database, key: Key): Promise<WorkingCalendar | null> {
  const found = await db.prisma.calendar.findFirst({ where: { key }, orderBy: { version: 'desc' }, select: { data: true } });
  return found ? (found.data as unknown as WorkingCalendar) : null;
}
