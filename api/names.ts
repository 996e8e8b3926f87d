/** What things are called: texts of the template version in one language, kept texts, names of people. */
import type { DocumentRef, EvidenceValue, TableValue, TextRef } from '../domain/evidence-types';
import { splitTaskKey } from '../domain/inventory';
import type { Operation } from '../domain/change/types';
import type { Template, Text } from '../domain/template/schema';
import { texts } from '../domain/template/texts';
import { withAdded } from './added';
import { OWN_TEXTS } from './texts/own';
import { labelled } from './texts/spaces';
import type { FileFacts } from '../store/files/rows';
import type { Language } from './http/language';

/** Where the content of a file is. */
export const fileHref = (project: string, sha256: string): string => `/api/v1/projects/${encodeURIComponent(project)}/files/${sha256}`;

export interface NamedPerson {
  readonly id: string;
  readonly name: string;
}

export interface NamedKey {
  readonly key: string;
  readonly name: string;
}

/** An inventory item of a project. */
export interface ItemRef {
  readonly project: string;
  readonly item: string;
}

/** An uploaded file: where its content is. */
export interface FileLink {
  readonly type: string;
  readonly size: number;
  readonly href: string;
}

/** A value of evidence as people read it; an erased text is null. */
export type Cell = string | number | boolean | null | { name: string | null; url?: string | null; sha256?: string; file?: FileLink };

const byTemplate = new WeakMap<Template, Readonly<Record<string, Text>>>();

/** What people read of a template, by path; flattened once for each version. */
export function textsOf(template: Template): Readonly<Record<string, Text>> {
  const known = byTemplate.get(template) ?? texts(template);
  byTemplate.set(template, known);
  return known;
}

/** The names that a view needs. Made per request, of what was read for it. */
export class Names {
  private readonly texts: readonly Readonly<Record<string, Text>>[];

  constructor(
    readonly template: Template,
    readonly language: Language,
    private readonly kept: ReadonlyMap<string, string | null>,
    private readonly people: ReadonlyMap<string, string>,
    /** Names of inventory items, by project and id with a space between. */
    private readonly items: ReadonlyMap<string, string> = new Map(),
    /** Versions that the project moved on from, the latest first: they name what is not in its template any more. */
    private readonly former: readonly Template[] = [],
    private readonly files: readonly FileFacts[] = [],
  ) {
    this.texts = [template, ...former].map(textsOf);
  }

  /** These names, with those of what operations add to the plan. @param read the title of an addition; the kept text when not given. */
  adding(operations: readonly Operation[] | undefined, read = (ref: TextRef): string | null => this.text(ref)): Names {
    const template = withAdded(this.template, operations, read);
    return template === this.template ? this : new Names(template, this.language, this.kept, this.people, this.items, this.former, this.files);
  }

  /** The text at a path of the template (`domain/template/texts.ts`); undefined when it has none. */
  at(path: string): string | undefined {
    for (const each of this.texts) if (Object.hasOwn(each, path)) return each[path]?.[this.language];
    return OWN_TEXTS[path]?.[this.language];
  }

  /** A role; one that stands for a person is called by their name, one that stands for a group by its key. */
  role(key: string): NamedKey {
    const [, kind, id = ''] = /^(group|person):(.+)$/.exec(key) ?? [];
    return { key, name: this.at(`role:${key}`) ?? (kind === 'person' ? this.person(id).name : kind === 'group' ? id : key) };
  }

  phase(key: string): string {
    return this.at(`phase:${key}`) ?? key;
  }

  /** A sprint, `TEAM/NUMBER`. */
  sprint(phase: string, sprint: string): string {
    const [team = '', number = ''] = sprint.split('/');
    return `${this.at(`team:${phase}/${team}`) ?? team} ${number}`;
  }

  /** A task; one that stands for a condition is called by its defect. */
  task(phase: string, key: string, condition?: { readonly defect: TextRef } | null, project?: string): string {
    const { task, item } = splitTaskKey(key);
    const name = this.at(`task:${phase}/${task}`) ?? (condition ? this.text(condition.defect) : null) ?? task;
    return item === undefined ? name : `${name} — ${this.item(project ?? '', item).name}`;
  }

  /** What a task of a phase waits for, as its row has it: another task of the phase, `phase:KEY`, or items of a backlog (see `awaitedKey`). */
  awaited(phase: string | undefined, id: string, project?: string): string {
    if (id.startsWith('phase:')) return this.phase(id.slice('phase:'.length));
    if (!id.startsWith('backlog:')) return phase === undefined ? id : this.task(phase, id, null, project);
    const [backlog = '', first = '', label = '*'] = id.slice('backlog:'.length).split('/');
    const what = /^\d+$/.test(first) ? `#${first}` : [first, label].filter((each) => each !== '*').join(' ');
    return what === '' ? this.phase(backlog) : labelled(this.phase(backlog), what, this.language);
  }

  /** An inventory item of a project. */
  item(project: string, item: string): NamedKey {
    return { key: item, name: this.items.get(`${project} ${item}`) ?? item };
  }

  person(id: string): NamedPerson {
    return { id, name: this.people.get(id) ?? id };
  }

  /** A kept text; null when it was erased. */
  text(ref: TextRef): string | null {
    return this.kept.get(ref.text) ?? null;
  }

  /** An uploaded file of a project; undefined when it has none of this digest. */
  file(project: string, sha256: string): FileLink | undefined {
    const found = this.files.find((each) => each.project === project && each.sha256 === sha256);
    return found && { type: found.type, size: found.size, href: fileHref(project, sha256) };
  }

  /** An evidence value of a project with its texts in place. */
  evidence(value: EvidenceValue, project: string): Cell | { rows: Record<string, Cell>[] } {
    if (typeof value === 'object' && 'rows' in value) {
      return { rows: value.rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, this.cell(cell, project)]))) };
    }
    return this.cell(value, project);
  }

  private cell(value: Exclude<EvidenceValue, TableValue>, project: string): Cell {
    if (typeof value !== 'object') return value;
    if (!('name' in value)) return this.text(value);
    const { name, url, sha256 }: DocumentRef = value;
    const file = sha256 === undefined || url ? undefined : this.file(project, sha256);
    return { name: this.text(name), ...(url && { url: this.text(url) }), ...(sha256 !== undefined && { sha256 }), ...(file && { file }) };
  }
}
