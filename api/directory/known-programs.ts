/** Programs as projects name them. */
import type { ProgramOf } from '../../domain/project/types';
import type { Deps } from '../deps';
import { Problem } from '../problem';

/** A program as a project is told of it. @throws Problem of a wrong field when there is none of this key. */
export async function knownProgram(deps: Deps, wanted: string): Promise<ProgramOf> {
  const [found] = await deps.reads.programs([wanted]);
  if (!found) throw Problem.fields([{ pointer: '/program', code: 'choice' }]);
  return { key: found.program, managers: found.managers };
}

/** Calls programs by their names; one whose name was erased, by its key. */
export async function readProgramNames(deps: Deps, programs: readonly (string | null | undefined)[]): Promise<(program: string | null | undefined) => { key: string; name: string } | null> {
  const wanted = [...new Set(programs.filter((each) => typeof each === 'string'))];
  const found = wanted.length > 0 ? await deps.reads.programs(wanted) : [];
  const texts = await deps.reads.texts(found.map(({ name }) => name.text));
  const names = new Map(found.map(({ program, name }) => [program, texts.get(name.text) ?? program]));
  return (program) => (typeof program === 'string' ? { key: program, name: names.get(program) ?? program } : null);
}
