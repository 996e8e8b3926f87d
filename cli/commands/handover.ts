/** Commands on services that are handed over: they speak to the API alone. */
import type { Command } from 'commander';
import type { ApiOptions } from '../client/api';
import type { DocumentOptions } from '../handover/document';
import type { Adopted, ServiceOptions } from '../handover/service';
import { run } from '../run';
import { parseNumber } from '../terminal/arguments';
import { withApi } from './options';

const PHASE = 'PROJECT/PHASE, such as p-4f1c/handover';
const SERVICE = 'PROJECT/PHASE/SERVICE, such as p-4f1c/handover/service-1';
const service = () => import('../handover/service');
/** For commands that a stand-in may give. */
const withVoice = (command: Command): Command => withApi(command.option('--for <person>', 'in the name of somebody absent for whom you stand in'));
const part = (kind: string, key: string, verb: string): string => `${kind}/${encodeURIComponent(key)}/${verb}`;

type Voice = ApiOptions & { readonly for?: string };

export function registerHandover(program: Command): void {
  const command = program.command('handover').description('services that are handed over to those who run them');
  registerServices(command);
  registerEntries(command);
  registerKnowledge(command);
  registerSignOff(command);
}

function registerServices(command: Command): void {
  withApi(command.command('show').description('the services of a phase, and what each still needs').argument('<phase>', PHASE))
    .action((phase: string, options: ApiOptions) => run(async (config) => (await service()).runHandoverShow(config, phase, options), options));
  withApi(command.command('service').description('a service with its criteria, readiness, sessions and conditions').argument('<service>', SERVICE))
    .action((named: string, options: ApiOptions) => run(async (config) => (await service()).runServiceShow(config, named, options), options));
  withApi(command.command('document').description('what was accepted, under which conditions, by whom, on which evidence').argument('<service>', SERVICE).option('--lang <language>', 'nl, fr or en; the language of the terminal when not given')
    .option('--pdf <file>', 'save it as a PDF, and compare that with the record'))
    .action((named: string, options: DocumentOptions) => run(async (config) => (await import('../handover/document')).runDocument(config, named, options), options));
  const facts = (of: Command): Command => of.option('--owner <person>', 'who answers for it').option('--team <team...>', 'teams that receive it; all when not given').option('--level <name=target...>', 'what is promised, such as "Availability=99.5 %"');
  withApi(facts(command.command('add').description('say that a service is handed over').argument('<phase>', PHASE).argument('<name>', 'what it is called').option('--item <item>', 'the inventory item that it stands for')
    .option('--since <date>', 'its handover began elsewhere on this day').option('--accepted-on <date>', 'it was accepted elsewhere on this day').option('--accepted-by <who>', 'by whom it was accepted, as it is told')))
    .action((phase: string, name: string, options: ServiceOptions & Adopted) => run(async (config) => (await service()).runServiceAdd(config, phase, name, options), options));
  withApi(facts(command.command('change').description('say something else of a service').argument('<service>', SERVICE).option('--name <name>', 'what it is called')))
    .action((named: string, options: ServiceOptions & { name?: string }) => run(async (config) => (await service()).runServiceChange(config, named, options), options));
  withVoice(command.command('withdraw').description('say that a service is not handed over').argument('<service>', SERVICE).requiredOption('--reason <text>', 'why'))
    .action((named: string, { reason, ...options }: Voice & { reason: string }) => run(async (config) => (await service()).runServiceCommand(config, named, 'withdraw', { reason }, 'withdrawn', options), options));
}

/** What can be said of an entry with a reason. */
const WITH_REASON = [
  ['reopen', 'reopen', 'say that something is not met after all', 'reopened'], ['waive', 'waiver', 'propose that an item of readiness does not apply', 'proposed'],
] as const;

function registerEntries(command: Command): void {
  withApi(command.command('criterion').description('add an acceptance criterion to one service').argument('<service>', SERVICE).argument('<title>', 'what has to be so').requiredOption('--owner <role>', 'the role that sees to it')
    .option('--due <days>', 'working days from now'))
    .action((named: string, title: string, { owner, due, ...options }: ApiOptions & { owner: string; due?: string }) => (
      run(async (config) => (await service()).runServiceCommand(config, named, 'criteria', { title, owner, ...(due !== undefined && { dueDays: parseNumber('--due', due) }) }, 'added', options), options)));
  withVoice(command.command('meet').description('show that a criterion or an item of readiness is met').argument('<service>', SERVICE).argument('<entry>', 'its key').option('--evidence <field=value...>', 'a document is "NAME" or "NAME <https://…>"'))
    .action((named: string, entry: string, options: Voice & { evidence?: readonly string[] }) => run(async (config) => (await service()).runMeet(config, named, entry, options), options));
  for (const [verb, path, description, said] of WITH_REASON) {
    withVoice(command.command(verb).description(description).argument('<service>', SERVICE).argument('<entry>', 'its key').requiredOption('--reason <text>', 'why'))
      .action((named: string, entry: string, { reason, ...options }: Voice & { reason: string }) => run(async (config) => (await service()).runServiceCommand(config, named, part('entries', entry, path), { reason }, said, options), options));
  }
  withVoice(command.command('accept-waiver').description('accept that an item of readiness does not apply').argument('<service>', SERVICE).argument('<entry>', 'its key'))
    .action((named: string, entry: string, options: Voice) => run(async (config) => (await service()).runServiceCommand(config, named, part('entries', entry, 'waiver/answer'), { accept: true }, 'accepted', options), options));
  withVoice(command.command('refuse-waiver').description('say that an item of readiness applies').argument('<service>', SERVICE).argument('<entry>', 'its key').requiredOption('--reason <text>', 'why'))
    .action((named: string, entry: string, { reason, ...options }: Voice & { reason: string }) => (
      run(async (config) => (await service()).runServiceCommand(config, named, part('entries', entry, 'waiver/answer'), { accept: false, reason }, 'refused', options), options)));
}

function registerKnowledge(command: Command): void {
  withApi(command.command('plan-session').description('say when a session is to be held').argument('<service>', SERVICE).argument('<session>', 'its key').option('--at <moment>', 'such as 2027-03-31T14:00').option('--by <person>', 'who gives it'))
    .action((named: string, session: string, { at, by, ...options }: ApiOptions & { at?: string; by?: string }) => run(async (config) => {
      const { momentIn, runServiceCommand } = await service();
      await runServiceCommand(config, named, part('sessions', session, 'plan'), { ...(at !== undefined && { at: momentIn('--at', at) }), ...(by !== undefined && { givenBy: by }) }, 'planned', options);
    }, options));
  withApi(command.command('add-session').description('plan one more session').argument('<service>', SERVICE).argument('<subject>', 'what it is about').option('--at <moment>', 'such as 2027-03-31T14:00')
    .option('--kind <kind>', 'session, shadowing or reverse-shadowing').option('--by <person>', 'who gives it'))
    .action((named: string, subject: string, { at, kind, by, ...options }: ApiOptions & { at?: string; kind?: string; by?: string }) => run(async (config) => {
      const { momentIn, runServiceCommand } = await service();
      await runServiceCommand(config, named, 'sessions', { subject, ...(at !== undefined && { at: momentIn('--at', at) }), ...(kind !== undefined && { kind }), ...(by !== undefined && { givenBy: by }) }, 'planned', options);
    }, options));
  withVoice(command.command('hold-session').description('say that a session was held, and who was there').argument('<service>', SERVICE).argument('<session>', 'its key').argument('<people...>', 'ids of who was there')
    .option('--at <moment>', 'when; now when not given'))
    .action((named: string, session: string, attended: string[], { at, ...options }: Voice & { at?: string }) => run(async (config) => {
      const { momentIn, runServiceCommand } = await service();
      await runServiceCommand(config, named, part('sessions', session, 'hold'), { heldAt: at === undefined ? new Date().toISOString() : momentIn('--at', at), attended }, 'noted', options);
    }, options));
  withVoice(command.command('confirm-session').description('confirm that the knowledge came over').argument('<service>', SERVICE).argument('<session>', 'its key'))
    .action((named: string, session: string, options: Voice) => run(async (config) => (await service()).runServiceCommand(config, named, part('sessions', session, 'confirm'), {}, 'confirmed', options), options));
  withVoice(command.command('session-missing').description('say what is still missing: another session follows').argument('<service>', SERVICE).argument('<session>', 'its key').argument('<text>', 'what is missing'))
    .action((named: string, session: string, missing: string, options: Voice) => run(async (config) => (await service()).runServiceCommand(config, named, part('sessions', session, 'missing'), { missing }, 'noted', options), options));
  withApi(command.command('article').description('write what a service desk is to know').argument('<service>', SERVICE).argument('<title>', 'by which it is found').argument('<text>', 'what to do'))
    .action((named: string, title: string, text: string, options: ApiOptions) => run(async (config) => (await service()).runServiceCommand(config, named, 'articles', { title, text }, 'written', options), options));
}

function registerSignOff(command: Command): void {
  withVoice(command.command('sign-off').description('ask for the sign-off of a service').argument('<service>', SERVICE))
    .action((named: string, options: Voice) => run(async (config) => (await service()).runServiceCommand(config, named, 'sign-off', {}, 'asked', options), options));
  withVoice(command.command('transfer').description('take a service over for good').argument('<service>', SERVICE))
    .action((named: string, options: Voice) => run(async (config) => (await service()).runServiceCommand(config, named, 'transfer', {}, 'transferred', options), options));
  withVoice(command.command('hand-back').description('give a service back to the project during early-life support').argument('<service>', SERVICE).argument('<missing...>', 'keys of what is to be done again').requiredOption('--reason <text>', 'why'))
    .action((named: string, missing: string[], { reason, ...options }: Voice & { reason: string }) => run(async (config) => (await service()).runServiceCommand(config, named, 'hand-back', { missing, reason }, 'handed back', options), options));
  withVoice(command.command('meet-condition').description('say that a condition of acceptance is met').argument('<service>', SERVICE).argument('<condition>', 'its key').requiredOption('--note <text>', 'how'))
    .action((named: string, condition: string, { note, ...options }: Voice & { note: string }) => run(async (config) => (await service()).runServiceCommand(config, named, part('conditions', condition, 'meet'), { note }, 'met', options), options));
  withVoice(command.command('renew-condition').description('accept a condition anew').argument('<service>', SERVICE).argument('<condition>', 'its key').requiredOption('--days <days>', 'working days from now').requiredOption('--note <text>', 'why'))
    .action((named: string, condition: string, { days, note, ...options }: Voice & { days: string; note: string }) => (
      run(async (config) => (await service()).runServiceCommand(config, named, part('conditions', condition, 'renew'), { dueDays: parseNumber('--days', days), note }, 'accepted anew', options), options)));
}
