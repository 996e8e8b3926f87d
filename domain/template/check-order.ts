/** Can everything in a template happen, one after the other, and does its calendar reach that far? */
import type { WorkingCalendar } from '../calendar';
import { reachable } from '../reachable';
import { calendarKey } from './calendar-key';
import { type Problem, toPointer } from './problem';
import type { Template } from './schema';
import { say, told } from './say';

/** A moment (a phase opens, a task is done, a phase has passed), the moments it waits for, and the working days it takes after them. */
interface Moment {
  readonly label: string;
  readonly pointer: string;
  readonly after: string[];
  readonly days: number;
}
type Graph = ReadonlyMap<string, Moment>;

/** Each further circle costs a pass over the graph, and an author mends the first ones first. */
const MAX_CYCLES = 20;

/** Circles among tasks, among phases and across both, stops that lead back, and a calendar that doesn't fit. */
export function checkOrder(template: Template, calendar: WorkingCalendar): Problem[] {
  const problems = [...checkCircles(template), ...checkCalendar(template, calendar)];
  return problems.length > 0 ? problems : checkReach(wholeGraph(template), calendar);
}

/** Circles among tasks, among phases and across both, and stops that lead back. */
export function checkCircles(template: Template): Problem[] {
  const phases = phaseGraph(template);
  const problems = [
    ...template.phases.flatMap((_, index) => cycles(taskGraph(template, index), 'task-cycle')),
    ...cycles(phases, 'phase-cycle'),
  ];
  // Circles of one kind are circles of the whole too: what is named once is not named again.
  if (problems.length === 0) problems.push(...cycles(wholeGraph(template), 'dependency-cycle'));
  // In a circle of phases each is before each: nothing could be said of stops.
  if (!problems.some(({ code }) => code === 'phase-cycle')) problems.push(...checkStops(template, phases));
  return problems;
}

function phaseGraph(template: Template): Graph {
  return new Map(template.phases.map(({ key, after }, index) => (
    [key, { label: key, pointer: toPointer(['phases', index, 'after']), after, days: 0 }])));
}

function taskGraph(template: Template, phase: number): Graph {
  const tasks = template.phases[phase]?.tasks ?? [];
  return new Map(tasks.map((task, index) => [task.key, {
    label: task.key, pointer: toPointer(['phases', phase, 'tasks', index, 'after']), days: 0,
    after: task.after.filter((one) => typeof one === 'string'),
  }]));
}

function wholeGraph(template: Template): Graph {
  const graph = new Map<string, Moment>();
  template.phases.forEach((phase, index) => {
    const at = ['phases', index];
    graph.set(`open ${phase.key}`, {
      label: `phase ${phase.key} opens`, pointer: toPointer([...at, 'after']), after: phase.after.map((other) => `passed ${other}`), days: 0,
    });
    graph.set(`passed ${phase.key}`, {
      label: `phase ${phase.key} has passed`, pointer: toPointer(at), days: 0,
      after: [`open ${phase.key}`, ...phase.tasks.map((task) => `task ${phase.key}/${task.key}`)],
    });
    phase.tasks.forEach((task, place) => graph.set(`task ${phase.key}/${task.key}`, {
      label: `task ${phase.key}/${task.key}`, pointer: toPointer([...at, 'tasks', place, 'after']), days: typeof task.dueDays === 'number' ? task.dueDays : 0,
      after: [`open ${phase.key}`, ...task.after.map((one) => (
        typeof one === 'string' ? `task ${phase.key}/${one}` : 'backlog' in one ? `open ${one.backlog}` : `${one.reaches} ${one.phase}`))],
    }));
  });
  return graph;
}

/** The order in which everything can happen; what is in no circle and behind none. Unknown names count as never waited for. */
function inOrder(graph: Graph, without: ReadonlySet<string>): string[] {
  const waiting = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const [key, { after }] of graph) {
    if (without.has(key)) continue;
    const real = [...new Set(after)].filter((other) => graph.has(other) && !without.has(other));
    waiting.set(key, real.length);
    for (const other of real) {
      const list = followers.get(other);
      if (list) list.push(key);
      else followers.set(other, [key]);
    }
  }
  const order = [...waiting].filter(([, count]) => count === 0).map(([key]) => key);
  for (let index = 0; index < order.length; index += 1) {
    for (const follower of followers.get(order[index]!) ?? []) {
      const left = waiting.get(follower)! - 1;
      waiting.set(follower, left);
      if (left === 0) order.push(follower);
    }
  }
  return order;
}

/** Circles that share nothing, each reported at its first member in the order of the template. */
function cycles(graph: Graph, code: 'task-cycle' | 'phase-cycle' | 'dependency-cycle'): Problem[] {
  const problems: Problem[] = [];
  const removed = new Set<string>();
  while (problems.length < MAX_CYCLES) {
    const possible = new Set(inOrder(graph, removed));
    const stuck = [...graph.keys()].filter((key) => !possible.has(key) && !removed.has(key));
    if (stuck.length === 0) break;
    const circle = walkCircle(graph, stuck);
    for (const key of circle) removed.add(key);
    const moments = circle.map((key) => graph.get(key)!);
    const text = [...moments, moments[0]!].map(({ label }) => label).join(' → ');
    problems.push({ pointer: moments[0]!.pointer, code, ...told(say`each waits for the next, in a circle: ${text}`) });
  }
  return problems;
}

/** Everything stuck waits for something stuck: following that leads into a circle. It starts at its first in the template. */
function walkCircle(graph: Graph, stuck: readonly string[]): string[] {
  const inside = new Set(stuck);
  const place = new Map<string, number>();
  const path: string[] = [];
  let key = stuck[0]!;
  while (!place.has(key)) {
    place.set(key, path.length);
    path.push(key);
    key = graph.get(key)!.after.find((other) => inside.has(other))!;
  }
  const circle = path.slice(place.get(key));
  const members = new Set(circle);
  const start = circle.indexOf([...graph.keys()].find((one) => members.has(one))!);
  return [...circle.slice(start), ...circle.slice(0, start)];
}

/** A stop may open a phase ahead, not one that has passed by then. */
function checkStops(template: Template, phases: Graph): Problem[] {
  return template.phases.flatMap(({ key, gate }, index): Problem[] => {
    if (gate?.onStop === undefined || gate.onStop === key || !ancestors(phases, key).has(gate.onStop)) return [];
    const detail = say`"${gate.onStop}" has passed when "${key}" is stopped`;
    return [{ pointer: toPointer(['phases', index, 'gate', 'onStop']), code: 'stop-to-earlier-phase', ...told(detail) }];
  });
}

function ancestors(phases: Graph, key: string): ReadonlySet<string> {
  const before = (from: string): readonly string[] => phases.get(from)?.after ?? [];
  return reachable(before(key), before);
}

function checkCalendar(template: Template, calendar: WorkingCalendar): Problem[] {
  const named = calendarKey(template);
  if (named === calendar.key) return [];
  const detail = say`the template names the calendar "${named}", not "${calendar.key}"`;
  return [{ pointer: '/calendar', code: 'calendar-mismatch', ...told(detail) }];
}

/** The longest chain of due dates must fit in the working days that the calendar knows. */
function checkReach(whole: Graph, calendar: WorkingCalendar): Problem[] {
  const end = new Map<string, number>();
  let longest = 0;
  for (const key of inOrder(whole, new Set())) {
    const { after, days } = whole.get(key)!;
    const reached = after.reduce((latest, other) => Math.max(latest, end.get(other) ?? 0), 0) + days;
    end.set(key, reached);
    longest = Math.max(longest, reached);
  }
  const known = calendar.days.split('1').length - 1;
  if (longest <= known) return [];
  const detail = say`the plan takes up to ${longest} working days; the calendar "${calendar.key}" knows ${known}`;
  return [{ pointer: '/calendar', code: 'calendar-too-short', ...told(detail) }];
}
