/** How services are handed over in a phase: do its names exist, each once, and does it fit together? */
import type { Report } from './check-references';
import { say, type Sentence } from './say';
import type { Template, TemplateField, TemplateGate, TemplatePhase } from './schema';

type Path = readonly (string | number)[];

/** What the checks of references lend. */
export interface HandoverChecks {
  readonly report: Report;
  needRole(path: Path, role: string): void;
  unique(items: readonly { readonly key: string }[], path: Path, kind: Sentence): void;
  field(field: TemplateField, path: Path): void;
  approval(approval: TemplateGate['approval'], path: Path): void;
}

export function checkHandover({ kind, handover, tasks }: TemplatePhase, path: Path, checks: HandoverChecks): void {
  if (!handover) return;
  const { report, needRole, unique } = checks;
  const at = [...path, 'handover'];
  if (kind !== 'handover') report(at, 'not-handover', say`no service is handed over in a phase of the kind "${kind}": make it one of the kind "handover"`);
  handover.delivering.forEach((role, index) => needRole([...at, 'delivering', index], role));
  needRole([...at, 'serviceOwner'], handover.serviceOwner);
  unique(handover.teams, [...at, 'teams'], say`team of the phase`);
  handover.teams.forEach(({ roles }, index) => roles.forEach((role, place) => needRole([...at, 'teams', index, 'roles', place], role)));
  unique(handover.earlyLife?.criteria ?? [], [...at, 'earlyLife', 'criteria'], say`exit criterion of the phase`);
  unique(handover.knowledge, [...at, 'knowledge'], say`topic of the phase`);
  // Tasks and entries are named alike: their fields are found by phase and key.
  const taken = new Set(tasks.map(({ key }) => key));
  for (const list of ['criteria', 'readiness'] as const) {
    handover[list].forEach((entry, index) => {
      const place = [...at, list, index];
      if (taken.has(entry.key)) report([...place, 'key'], 'duplicate-key', say`another task, criterion or item of the phase has the key "${entry.key}" already`);
      taken.add(entry.key);
      needRole([...place, 'owner'], entry.owner);
      unique(entry.evidence, [...place, 'evidence'], say`field of the entry`);
      entry.evidence.forEach((each, nth) => checks.field(each, [...place, 'evidence', nth]));
    });
  }
  checks.approval(handover.signOff, [...at, 'signOff']);
  if (handover.earlyLife) checkEarlyLife(handover.earlyLife, [...at, 'earlyLife'], checks);
  handover.signOff.steps.forEach(({ when }, index) => {
    if (when !== undefined) report([...at, 'signOff', 'steps', index, 'when'], 'sign-off-when', say`all who sign a service off sign each service`);
  });
}

/** Only incidents have priorities; a service level has no sum. */
function checkEarlyLife({ days, criteria }: NonNullable<NonNullable<TemplatePhase['handover']>['earlyLife']>, at: Path, { report }: Pick<HandoverChecks, 'report'>): void {
  criteria.forEach((criterion, index) => {
    if (criterion.kind !== 'figures') return;
    const { measure, priorities, over, last, limit } = criterion;
    const path = [...at, 'criteria', index];
    if (priorities && measure !== 'incidents' && measure !== 'open-incidents') report([...path, 'priorities'], 'exit-criterion', say`only incidents have priorities`);
    if (measure === 'service-level' && over === 'total') report([...path, 'over'], 'exit-criterion', say`a service level has no total: say "each-day" or "last-day"`);
    if (measure === 'open-incidents' && over === 'total') report([...path, 'over'], 'exit-criterion', say`what stays open would count anew each day: say "each-day" or "last-day"`);
    if (measure === 'service-level' && typeof limit === 'number' && limit > 100) report([...path, 'limit'], 'exit-criterion', say`a service level is at most 100 %`);
    if (typeof last === 'number' && typeof days === 'number' && last > days) report([...path, 'last'], 'exit-criterion', say`the period has only ${days} days`);
  });
}

/** A gate asks for services of its own phase, or of one before it. */
export function checkServicesAsked({ phases }: Template, { key, gate }: TemplatePhase, path: Path, before: ReadonlySet<string>, report: Report): void {
  gate?.criteria.forEach((criterion, index) => {
    if (criterion.kind !== 'handover') return;
    const of = criterion.of ?? key;
    const isHandedOver = phases.find((phase) => phase.key === of)?.handover !== undefined;
    if (!isHandedOver || (of !== key && !before.has(of))) {
      report([...path, 'gate', 'criteria', index, criterion.of === undefined ? 'kind' : 'of'], 'not-handover', isHandedOver ? say`"${of}" is no phase before "${key}"` : say`no services are handed over in "${of}": give it a handover`);
    }
  });
}
