/** What the handover document of a service says: what was accepted, under which conditions, by whom, on which evidence. From its facts alone, so that the same facts make the same document. */
import { z } from 'zod';
import { todayIn } from '../../../config/home';
import type { EvidenceValue } from '../../../domain/evidence-types';
import { standingsOn, expectedDays } from '../../../domain/handover/early-life';
import type { RecordedDay } from '../../../domain/handover/early-life-types';
import { OWN_EVIDENCE } from '../../../domain/handover/entries';
import type { EvidenceField } from '../../../domain/plan';
import type { Instant } from '../../../domain/process';
import type { ApprovalRow, ArticleRow, HandoverRow, ServiceRow } from '../../../domain/rows';
import type { Cell, Names } from '../../names';
import { fillIn } from '../../texts';
import { DOCUMENT, type DocumentWord } from '../../texts/document';
import { amountIn } from '../../texts/said';
import { labelled } from '../../texts/spaces';
import { acceptedIn, exitName, isTrained } from '../support-view';
import { entriesOf } from '../views';

const fact = z.strictObject({ term: z.string(), value: z.string() });
const section = z.strictObject({
  title: z.string(), facts: z.array(fact), texts: z.array(z.string()), table: z.strictObject({ head: z.array(z.string()), rows: z.array(z.array(z.string())) }).nullable(),
});
export const documentContent = z.strictObject({ title: z.string(), state: z.string(), facts: z.array(fact), sections: z.array(section), footer: z.string() });
export type DocumentContent = z.output<typeof documentContent>;
type Section = DocumentContent['sections'][number];

export interface DocumentFacts {
  readonly projectName: string;
  readonly handover: HandoverRow;
  readonly service: ServiceRow;
  readonly articles: readonly ArticleRow[];
  /** The sign-off, if it was asked for. */
  readonly approval: ApprovalRow | null;
  readonly days: Readonly<Record<string, RecordedDay>>;
  readonly timeZone: string;
}

const LOCALES = { nl: 'nl-BE', fr: 'fr-BE', en: 'en-GB' } as const;

class Writer {
  constructor(private readonly facts: DocumentFacts, private readonly names: Names) {}

  word(word: DocumentWord, facts: Readonly<Record<string, string | number>> = {}): string {
    return fillIn(DOCUMENT[this.names.language][word], facts);
  }

  day(at: Instant | undefined | null): string {
    return at === undefined || at === null ? '—' : new Intl.DateTimeFormat(LOCALES[this.names.language], { timeZone: this.facts.timeZone, day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  }

  person(id: string | undefined): string {
    return id === undefined ? '—' : this.names.person(id).name;
  }

  text(ref: { readonly text: string } | undefined): string {
    return ref ? this.names.text(ref) ?? this.word('erased') : '—';
  }

  number(value: number): string {
    return amountIn(this.names.language, value);
  }

  cell(value: Cell | undefined): string {
    if (value === null || value === undefined) return this.word('erased');
    if (typeof value === 'boolean') return this.word(value ? 'yes' : 'no');
    if (typeof value === 'number') return this.number(value);
    if (typeof value !== 'object') return String(value);
    const { name, url, sha256 } = value;
    return [name ?? this.word('erased'), url ?? '', sha256 === undefined ? '' : `SHA-256 ${sha256}`].filter((part) => part !== '').join(' · ');
  }

  private evidence(entry: ServiceRow['entries'][string], key: string): string {
    const { phase, project } = this.facts.service;
    if (entry.status === 'waived') return this.word('not-applicable', { reason: this.text(entry.reason), person: this.person(entry.waivedBy) });
    const evidence = entry.evidence ?? {};
    const fields = this.facts.handover.handover.entries.find((each) => each.key === key)?.evidence ?? OWN_EVIDENCE;
    // In the order of the template; a database gives them in an order of its own.
    const told = [...fields.map((field) => field.key).filter((each) => Object.hasOwn(evidence, each)), ...Object.keys(evidence).filter((each) => !fields.some((field) => field.key === each))];
    return told.map((each) => {
      const [field, path] = [fields.find((one) => one.key === each), `${phase}/${key}/${each}`];
      const shown = this.names.evidence(evidence[each] as EvidenceValue, project);
      const columns = field?.type === 'table' ? field.columns : [];
      const said = typeof shown === 'object' && shown !== null && 'rows' in shown
        ? shown.rows.map((row) => Object.entries(row).map(([column, value]) => this.shown(columns.find((one) => one.key === column), `${path}/${column}`, value)).join(', ')).join('; ') : this.shown(field, path, shown);
      return labelled(this.names.at(`field:${path}`) ?? each, said, this.names.language);
    }).join('\n') || '—';
  }

  /** A value of a field: choices by their name, days as they are written. */
  private shown(field: Pick<EvidenceField, 'type'> | undefined, path: string, value: Cell | undefined): string {
    if (field?.type === 'choice' && typeof value === 'string') return this.names.at(`choice:${path}/${value}`) ?? value;
    return field?.type === 'date' && typeof value === 'string' ? this.day(Date.parse(`${value}T11:00:00Z`)) : this.cell(value);
  }

  entries(kind: 'criterion' | 'readiness'): Section | null {
    const { service, handover } = this.facts;
    const rows = entriesOf(service, handover).flatMap(([key, entry]) => {
      const planned = handover.handover.entries.find((each) => each.key === key);
      if ((planned?.kind ?? 'criterion') !== kind) return [];
      const name = entry.own ? this.text(entry.own.title) : this.names.at(`entry:${service.phase}/${key}`) ?? key;
      return [[name, this.word(`entry-${entry.status}`), this.person(entry.by), this.day(entry.at), this.evidence(entry, key)]];
    });
    const head = (['what', 'status', 'by', 'on', 'evidence'] as const).map((each) => this.word(each));
    return rows.length === 0 ? null : { title: this.word(kind === 'criterion' ? 'criteria' : 'readiness'), facts: [], texts: [], table: { head, rows } };
  }

  knowledge(): Section | null {
    const { service } = this.facts;
    const rows = Object.values(service.sessions).map((session) => [
      session.subject ? this.text(session.subject) : this.names.at(`topic:${service.phase}/${session.topic ?? ''}`) ?? session.topic ?? '—', this.word(`session-${session.status}`), this.day(session.heldAt ?? session.at),
      (session.attended ?? []).map((each) => this.person(each)).join(', ') || '—', this.person(session.answeredBy),
    ]);
    const head = (['what', 'status', 'on', 'attended', 'confirmed-by'] as const).map((each) => this.word(each));
    return rows.length === 0 ? null : { title: this.word('knowledge'), facts: [], texts: [], table: { head, rows } };
  }

  signOffs(): Section {
    const { approval, service } = this.facts;
    const rows = (approval?.votes ?? []).map(({ person, castBy, step, outcome, at, reason }) => [
      castBy === undefined || castBy === person ? this.person(person) : this.word('in-the-name-of', { delegate: this.person(castBy), person: this.person(person) }),
      this.names.at(`sign-off:${service.phase}/${step}`) ?? step, this.word(`vote-${outcome}`), this.day(at), reason ? this.text(reason) : '',
    ]);
    const head = [this.word('who'), this.word('for'), this.word('answer'), this.word('on'), ''];
    const elsewhere = service.adopted?.accepted;
    const before = elsewhere ? [this.word('accepted-elsewhere', { day: this.day(Date.parse(`${elsewhere.on}T11:00:00Z`)), who: this.text(elsewhere.by) })] : [];
    return {
      title: this.word('sign-offs'), facts: service.signOff.digest === undefined ? [] : [{ term: this.word('digest'), value: service.signOff.digest }], texts: rows.length === 0 && !elsewhere ? [this.word('none')] : before, table: rows.length === 0 ? null : { head, rows },
    };
  }

  conditions(): Section | null {
    const rows = Object.values(this.facts.service.conditions).map(({ defect, plan, owner, status, dueAt }) => [this.text(defect), this.text(plan), this.names.role(owner).name, this.day(dueAt), this.word(`condition-${status}`)]);
    const head = (['defect', 'plan', 'by', 'until', 'status'] as const).map((each) => this.word(each));
    return rows.length === 0 ? null : { title: this.word('conditions'), facts: [], texts: [], table: { head, rows } };
  }

  support(): Section | null {
    const { service, handover: { handover: { earlyLife: policy } }, days } = this.facts;
    const life = service.earlyLife;
    if (!life || !policy) return null;
    const noon = (date: string): Instant => Date.parse(`${date}T11:00:00Z`);
    // As it stood when it ended, or at the last day of which something is known: nothing here depends on when it is read.
    const last = life.endedAt === undefined ? life.told : null;
    const until = life.endedAt === undefined ? (last === null ? life.from : new Date(noon(last) + 86_400_000).toISOString().slice(0, 10)) : todayIn(life.timeZone, life.endedAt);
    const accepted = acceptedIn(service, life.endedAt ?? 0);
    const rows = standingsOn(policy, expectedDays(life.from, life.expected), days, { trainingComplete: isTrained(service) }, until).map(({ key, verdict, value, limit }) => [
      exitName(service.phase, key, this.names).name, `${this.word(`verdict-${verdict}`)}${accepted.has(key) ? `, ${this.word('accepted')}` : ''}`, value === null ? '—' : this.number(value), limit === null ? '—' : this.number(limit),
    ]);
    return {
      title: this.word('support'), facts: [
        { term: this.word('period'), value: this.word('from-until', { from: this.day(noon(life.from)), until: this.day(noon(life.until)) }) },
        { term: this.word('days-told'), value: String(Object.keys(days).filter((day) => day >= life.from).length) },
      ],
      texts: life.extensions.map(({ at, days: more, criteria }) => this.word('extended', { days: more, day: this.day(at), criteria: criteria.map((each) => exitName(service.phase, each, this.names).name).join(', ') })),
      table: { head: (['criterion', 'status', 'value', 'limit'] as const).map((each) => this.word(each)), rows },
    };
  }

  articles(): Section | null {
    const texts = this.facts.articles.map(({ title }) => this.text(title));
    return texts.length === 0 ? null : { title: this.word('articles'), facts: [], texts, table: null };
  }

  document(): DocumentContent {
    const { service, handover: { handover }, projectName } = this.facts;
    const { handedBack, levels = [] } = service;
    const state = service.status === 'transferred' ? this.word('transferred', { day: this.day(service.transferredAt) }) : this.word(service.status === 'withdrawn' ? 'withdrawn' : 'draft');
    return {
      title: this.word('title', { service: this.text(service.name) }), state: handedBack ? `${state} ${this.word('handed-back', { day: this.day(handedBack.at), person: this.person(handedBack.by), reason: this.text(handedBack.reason) })}` : state,
      facts: [
        { term: this.word('project'), value: projectName }, { term: this.word('phase'), value: this.names.phase(service.phase) }, { term: this.word('state'), value: this.word(`status-${service.status}`) },
        { term: this.word('owner'), value: service.owner === undefined ? this.names.role(handover.serviceOwner).name : this.person(service.owner) },
        { term: this.word('teams'), value: service.teams.map((team) => this.names.at(`receiver:${service.phase}/${team}`) ?? team).join(', ') }, { term: this.word('delivering'), value: handover.delivering.map((role) => this.names.role(role).name).join(', ') },
        { term: this.word('levels'), value: levels.map(({ name, target, unit }) => labelled(this.text(name), `${this.number(target)} ${this.word(`unit-${unit}`)}`.trim(), this.names.language)).join('; ') || this.word('none') },
      ],
      sections: [this.entries('criterion'), this.entries('readiness'), this.knowledge(), this.signOffs(), this.conditions(), this.support(), this.articles()].filter((each) => each !== null),
      footer: `${service.handover} · ${service.service}`,
    };
  }
}

/** @param names what things are called, in the language of the document. */
export const documentOf = (facts: DocumentFacts, names: Names): DocumentContent => new Writer(facts, names).document();
