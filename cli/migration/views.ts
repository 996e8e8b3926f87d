/** What the API says about moving projects. */
import type { Schema } from '../../client';

/** `name` is told where many are looked at. */
export type Migration = Schema<'Migration'> & { readonly name?: string | null };
/** What became of one project. */
export type Moved = Schema<'MovedProjects'>['items'][number];
