/** Commands on working calendars: they speak to the API alone. */
import type { Command } from 'commander';
import type { AnnounceOptions } from '../client/calendars';
import type { ApiOptions } from '../client/api';
import { run } from '../run';
import { withApi } from './options';

const work = () => import('../client/calendars');

export function registerCalendar(program: Command): void {
  const calendar = program.command('calendar').description('working days: what is known of each year, and what is announced');

  withApi(calendar.command('list').description('the calendars, with the replacement days and closures of each year'))
    .action((options: ApiOptions) => run(async (config) => (await work()).runCalendarList(config, options), options));
  withApi(calendar.command('announce').description('announce the replacement days and closures of a year; running projects are told')
    .argument('<calendar>', 'such as be').argument('<year>', 'such as 2027')
    .option('--replacement <date...>', 'a day that replaces a public holiday on a day off; several may follow')
    .option('--closure <date...>', 'a day on which the organisation is closed, or FIRST..LAST; several may follow'))
    .action((named: string, year: string, options: AnnounceOptions) => run(async (config) => (await work()).runAnnounce(config, named, year, options), options));
}
