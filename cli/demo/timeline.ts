/** Prints what happens as a timeline: time, who, what; phases as headings. */
import type { EvidenceInput } from './story';
import type { Task } from './views';
import type { Language } from './words';
import { style } from '../terminal/style';

const INDENT = ' '.repeat(10);

export class Timeline {
  /** Room for names: most fit. */
  private width = 16;
  private readonly names = new Map<string, string>();

  constructor(private readonly say: (line: string) => void, private readonly language: Language) {}

  /** Takes in how people are called. */
  learn(people: readonly { readonly id: string; readonly name: string }[]): void {
    for (const { id, name } of people) {
      this.names.set(id, name);
      this.width = Math.max(this.width, name.length);
    }
  }

  nameOf(person: string): string {
    return this.names.get(person) ?? person;
  }

  title(text: string): void {
    this.say(style.bold(text));
  }

  heading(text: string): void {
    this.say('');
    this.say(style.bold(style.cyan(`── ${text} ${'─'.repeat(Math.max(4, 76 - text.length))}`)));
  }

  /** Something a person did. */
  did(at: string, person: string, what: string, detail = ''): void {
    this.say(`${style.dim(this.time(at))}  ${this.nameOf(person).padEnd(this.width)}  ${what}${detail === '' ? '' : style.dim(`  ${detail}`)}`);
  }

  /** Something that happened by itself. */
  happened(text: string): void {
    this.say(`${INDENT}${style.yellow('◆')} ${style.bold(text)}`);
  }

  note(text: string): void {
    this.say(`${INDENT}${' '.repeat(this.width + 2)}${style.italic(text)}`);
  }

  /** Something that was tried and came out as it must. */
  checked(text: string): void {
    this.say(`${INDENT}${style.green('✓')} ${style.dim(text)}`);
  }

  date(at: string): string {
    return new Date(at).toLocaleDateString(`${this.language}-BE`, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Brussels' });
  }

  /** A text after its label. French puts a space before the colon. */
  labelled(label: string, text: string): string {
    if (label.endsWith('?')) return `${label} ${text}`;
    return this.language === 'fr' ? `${label} : ${text}` : `${label}: ${text}`;
  }

  private time(at: string): string {
    return new Date(at).toLocaleTimeString('nl-BE', { timeZone: 'Europe/Brussels' });
  }

  /** The first two things that some evidence says, in words. */
  summary(task: Task, evidence: EvidenceInput): string {
    const parts = Object.entries(evidence).flatMap(([key, value]) => {
      const field = task.fields.find((each) => each.key === key);
      if (typeof value === 'object') return [value.name];
      if (typeof value === 'boolean' || field?.type === 'link') return [];
      if (typeof value === 'number') return [`${field?.name ?? key} ${value.toLocaleString(`${this.language}-BE`)}`];
      if (field?.type === 'choice') return [this.labelled(field.name, field.choices?.find((choice) => choice.key === value)?.name ?? value)];
      if (field?.type === 'date') return [this.date(value)];
      return [value];
    });
    const text = parts.slice(0, 2).join(' · ');
    return text.length > 90 ? `${text.slice(0, 89)}…` : text;
  }
}
