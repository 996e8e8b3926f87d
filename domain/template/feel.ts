/**
 * Conditions in FEEL (the expression language of DMN): parsed by a library, type-checked against the names of the template, and made into
 * our own frozen tree, so that a published condition never changes its meaning with a version of the library. Supported is what a lifecycle
 * needs: comparisons, `in`, `between`, `and`, `or`, `not`, arithmetic, `if`, `min`, `max`, `sum`, `contains`, `starts with`, `ends with`,
 * `date("…")`. There is no `now()`: a condition asks what people delivered, not what time it is.
 */
import { parser, trackVariables } from 'lezer-feel';
import type { Arithmetic, Comparison, Expression, Reference, Scalar, TextTest } from '../expression';
import { type ProblemCode, suggest } from './problem';
import { didYouMean, say, type Sentence, told } from './say';

export type ValueType = 'number' | 'text' | 'boolean' | 'date' | 'null';

/** Something that a condition can name. */
export interface Known {
  readonly to: Reference;
  readonly type: ValueType;
  /** The only values that it can have. */
  readonly choices?: readonly string[];
}

/** What can be named, by path: `evidence` → task → field, and so on. */
export type Names = { readonly [name: string]: Names | Known };

export interface FeelProblem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly said: Sentence;
  readonly suggestion?: string;
}

export type ParsedCondition =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problems: readonly FeelProblem[] };

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

interface Typed {
  readonly expression: Expression;
  readonly type: ValueType;
  readonly choices?: readonly string[];
}

class Refused extends Error {
  constructor(readonly problem: FeelProblem) {
    super(problem.detail);
  }
}

const MAX_DEPTH = 60;
const isKnown = (value: Names | Known): value is Known => Array.isArray(value.to);

type Parser = ReturnType<typeof parser.configure>;

/** A parser for what a condition may name, and what it made of each text. */
interface Parsing {
  readonly parser: Parser;
  readonly known: Map<string, ParsedCondition>;
}

// A template is compiled for many parameters and inventories: its conditions are the same, and reading one takes a millisecond.
const parsings = new WeakMap<Names, Parsing>();

function parsingOf(names: Names): Parsing {
  // The parser needs the names: a name may hold what is an operator elsewhere.
  const parsing = parsings.get(names)
    ?? { parser: parser.configure({ top: 'Expression', contextTracker: trackVariables(contextOf(names)) }), known: new Map<string, ParsedCondition>() };
  parsings.set(names, parsing);
  return parsing;
}

/** Parses a condition. Never throws. @param names what the condition may name; they never change. */
export function parseCondition(text: string, names: Names): ParsedCondition {
  const { known } = parsingOf(names);
  const parsed = known.get(text) ?? parse(text, names);
  known.set(text, parsed);
  return parsed;
}

function parse(text: string, names: Names): ParsedCondition {
  try {
    const typed = new Reader(text, names).read();
    if (typed.type !== 'boolean') {
      return { ok: false, problems: [{ code: 'condition-type', ...told(say`a condition must be true or false; this is a ${typed.type}`) }] };
    }
    return { ok: true, expression: typed.expression };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problems: [error.problem] };
    throw error;
  }
}

const refuse = (code: ProblemCode, said: Sentence, suggestion?: string): never => {
  throw new Refused({ code, ...told(said), ...(suggestion !== undefined && { suggestion }) });
};

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const CLOCKS: ReadonlySet<string> = new Set(['now', 'today']);
const TEXT_TESTS: Readonly<Record<string, TextTest>> = { 'contains': 'contains', 'starts with': 'starts-with', 'ends with': 'ends-with' };
const NUMBERS: Readonly<Record<string, 'least' | 'greatest' | 'sum'>> = { min: 'least', max: 'greatest', sum: 'sum' };

class Reader {
  constructor(private readonly text: string, private readonly names: Names) {}

  read(): Typed {
    const tree = parsingOf(this.names).parser.parse(this.text);
    tree.iterate({ enter: (node) => { if (node.type.isError) this.syntax(node.from); } });
    const top = tree.topNode.firstChild;
    return top ? this.expression(top, 0) : refuse('condition-syntax', say`the condition is empty`);
  }

  private syntax(at: number): never {
    const before = this.text.slice(Math.max(0, at - 20), at);
    return refuse('condition-syntax', at >= this.text.length ? say`the condition ends too early` : say`not understood after "${before}" (character ${at + 1})`);
  }

  private of(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  /** The children that mean something. */
  private parts(node: SyntaxNode): SyntaxNode[] {
    const parts: SyntaxNode[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (!child.type.name.endsWith('Comment')) parts.push(child);
    }
    return parts;
  }

  private expression(node: SyntaxNode, depth: number): Typed {
    if (depth > MAX_DEPTH) refuse('condition-syntax', say`the condition is nested too deeply`);
    const next = (child: SyntaxNode | undefined): Typed => (child ? this.expression(child, depth + 1) : this.syntax(node.to));
    const parts = this.parts(node);
    switch (node.type.name) {
      case 'ParenthesizedExpression': return next(parts.find(({ type }) => type.name !== '(' && type.name !== ')'));
      case 'NumericLiteral': return constant(Number(this.of(node).replace(/\s+/g, '')), 'number');
      case 'StringLiteral': return constant(this.string(node), 'text');
      case 'BooleanLiteral': return constant(this.of(node) === 'true', 'boolean');
      case 'NullLiteral':
      case 'null': return constant(null, 'null');
      case 'DateTimeLiteral': return this.date(node);
      case 'VariableName':
      case 'PathExpression': return this.reference(node);
      case 'Conjunction': return this.junction('all', next(parts[0]), next(parts[2]));
      case 'Disjunction': return this.junction('any', next(parts[0]), next(parts[2]));
      case 'ArithmeticExpression': return this.arithmetic(parts, next);
      case 'IfExpression': {
        const [condition, yes, no] = [next(parts[1]), next(parts[3]), next(parts[5])];
        need(condition, 'boolean', 'if');
        return { expression: { kind: 'if', condition: condition.expression, yes: yes.expression, no: no.expression }, type: common(yes, no) };
      }
      case 'Comparison': return this.comparison(parts, depth, next);
      case 'FunctionInvocation': return this.call(parts, next);
      default:
        return refuse('condition-unsupported', say`"${this.of(node)}" can't be used in a condition; docs/templates.md lists what can`);
    }
  }

  private string(node: SyntaxNode): string {
    try {
      return String(JSON.parse(this.of(node)));
    } catch {
      return refuse('condition-syntax', say`${this.of(node)} is no text`);
    }
  }

  private date(node: SyntaxNode): Typed {
    const [, text] = /^date\s*\(\s*"(\d{4}-\d{2}-\d{2})"\s*\)$/.exec(this.of(node)) ?? [];
    if (text === undefined) return refuse('condition-unsupported', say`${this.of(node)}: write a date as date("2027-01-31")`);
    return constant(text, 'date');
  }

  private reference(node: SyntaxNode): Typed {
    const places = this.path(node);
    const path = places.map(({ name }) => name);
    let at: Names | Known = this.names;
    for (const [index, { name, from }] of places.entries()) {
      if (isKnown(at)) return refuse('condition-unknown-name', say`"${path.slice(0, index).join('.')}" has no part "${name}"`);
      const found: Names | Known | undefined = Object.hasOwn(at, name) ? at[name] : undefined;
      if (!found) {
        // A misspelt name with hyphens was read as a subtraction: all of it is meant.
        const written = /^[a-z0-9]+(-[a-z0-9]+)*/i.exec(this.text.slice(from))?.[0] ?? name;
        const suggestion = suggest(written, Object.keys(at));
        const of = index === 0 ? '' : say` in "${path.slice(0, index).join('.')}"`;
        const known = Object.keys(at).slice(0, 12).join(', ') || say`nothing`;
        return refuse('condition-unknown-name', say`there is no "${written}"${of}${suggestion ? didYouMean(suggestion) : say`; known are ${known}`}`, suggestion);
      }
      at = found;
    }
    if (!isKnown(at)) return refuse('condition-unknown-name', say`"${path.join('.')}" is no value; name one of its parts: ${Object.keys(at).slice(0, 12).join(', ')}`);
    return { expression: { kind: 'reference', to: at.to }, type: at.type, ...(at.choices && { choices: at.choices }) };
  }

  private path(node: SyntaxNode): { name: string; from: number }[] {
    if (node.type.name === 'VariableName') return [{ name: this.name(node), from: node.from }];
    const [left, , right] = this.parts(node);
    if (!left || right?.type.name !== 'PathName' || (left.type.name !== 'VariableName' && left.type.name !== 'PathExpression')) {
      return refuse('condition-unsupported', say`"${this.of(node)}" can't be used in a condition`);
    }
    return [...this.path(left), { name: this.name(right), from: right.from }];
  }

  private name(node: SyntaxNode): string {
    return this.of(node).replace(/\s*-\s*/g, '-').replace(/\s+/g, ' ');
  }

  private junction(kind: 'all' | 'any', left: Typed, right: Typed): Typed {
    for (const each of [left, right]) need(each, 'boolean', kind === 'all' ? 'and' : 'or');
    const flat = [left, right].flatMap(({ expression }) => (expression.kind === kind ? expression.of : [expression]));
    return { expression: { kind, of: flat }, type: 'boolean' };
  }

  private arithmetic(parts: readonly SyntaxNode[], next: (child: SyntaxNode | undefined) => Typed): Typed {
    // A sign alone stands before what it turns.
    const isSign = parts.length === 2;
    const left = isSign ? constant(0, 'number') : next(parts[0]);
    const sign = parts[isSign ? 0 : 1];
    const by = sign ? this.of(sign) : '';
    const right = next(parts[isSign ? 1 : 2]);
    if (!['+', '-', '*', '/'].includes(by)) refuse('condition-unsupported', say`"${by}" can't be used in a condition`);
    for (const each of [left, right]) need(each, 'number', by);
    return { expression: { kind: 'calculate', by: by as Arithmetic, left: left.expression, right: right.expression }, type: 'number' };
  }

  private comparison(parts: readonly SyntaxNode[], depth: number, next: (child: SyntaxNode | undefined) => Typed): Typed {
    const left = next(parts[0]);
    const operator = parts[1]?.type.name;
    if (operator === 'CompareOp') return compared(this.of(parts[1] as SyntaxNode), left, next(parts[2]));
    if (operator === 'between') return both(compared('>=', left, next(parts[2])), compared('<=', left, next(parts[4])));
    if (operator === 'in') return this.membership(left, parts.slice(2), depth);
    return refuse('condition-unsupported', say`"${parts.map((part) => this.of(part)).join(' ')}" can't be used in a condition`);
  }

  /** `x in (a, b)`, `x in [1..5]`, `x in (> 5)`. */
  private membership(left: Typed, parts: readonly SyntaxNode[], depth: number): Typed {
    const tests: Typed[] = [];
    const walk = (node: SyntaxNode): void => {
      const inner = this.parts(node);
      switch (node.type.name) {
        case '(':
        case ')':
        case ',': return;
        case 'PositiveUnaryTests':
        case 'PositiveUnaryTest':
        case 'SimplePositiveUnaryTest':
        case 'ParenthesizedExpression':
          if (inner[0]?.type.name === 'CompareOp') {
            tests.push(compared(this.of(inner[0]), left, this.expression(inner[1] ?? node, depth + 1)));
          } else inner.forEach(walk);
          return;
        case 'Interval': {
          const [open, from, , to, close] = inner;
          if (!open || !from || !to || !close) return this.syntax(node.to);
          tests.push(both(compared(this.of(open) === '[' ? '>=' : '>', left, this.expression(from, depth + 1)),
            compared(this.of(close) === ']' ? '<=' : '<', left, this.expression(to, depth + 1))));
          return;
        }
        default: tests.push(compared('=', left, this.expression(node, depth + 1)));
      }
    };
    parts.forEach(walk);
    const [first, ...others] = tests;
    if (!first) return refuse('condition-syntax', say`in: nothing to compare with`);
    return others.reduce((all, each) => this.junction('any', all, each), first);
  }

  private call(parts: readonly SyntaxNode[], next: (child: SyntaxNode | undefined) => Typed): Typed {
    const [callee, , list] = parts;
    const name = callee ? this.name(callee) : '';
    const given = list?.type.name === 'PositionalParameters' ? this.parts(list).filter(({ type }) => type.name !== ',') : [];
    if (CLOCKS.has(name)) return refuse('condition-clock', say`${name}() can't be used: a condition must mean the same whenever it is looked at`);
    const values = given.map(next);
    const [one, two] = values;
    if (name === 'not' && one && values.length === 1) {
      need(one, 'boolean', 'not');
      return { expression: { kind: 'not', of: one.expression }, type: 'boolean' };
    }
    const test = Object.hasOwn(TEXT_TESTS, name) ? TEXT_TESTS[name] : undefined;
    if (test && one && two && values.length === 2) {
      for (const each of [one, two]) need(each, 'text', name);
      return { expression: { kind: 'text', test, text: one.expression, part: two.expression }, type: 'boolean' };
    }
    const kind = Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
    if (kind && values.length > 0) {
      for (const each of values) need(each, 'number', name);
      return { expression: { kind, of: values.map(({ expression }) => expression) }, type: 'number' };
    }
    const known = ['not', 'date', ...Object.keys(TEXT_TESTS), ...Object.keys(NUMBERS)];
    const suggestion = known.includes(name) ? undefined : suggest(name, known);
    return refuse('condition-unsupported', known.includes(name) ? say`${name}() takes other arguments` : say`there is no function "${name}"; known are ${known.join(', ')}`, suggestion);
  }
}

const constant = (value: Scalar, type: ValueType): Typed => ({ expression: { kind: 'value', value }, type });

function need(typed: Typed, type: ValueType, where: string): void {
  if (typed.type !== type) refuse('condition-type', say`${where} takes a ${type}, not a ${typed.type}`);
}

function common(one: Typed, other: Typed): ValueType {
  if (one.type === other.type || other.type === 'null') return one.type;
  if (one.type === 'null') return other.type;
  return refuse('condition-type', say`if gives a ${one.type} or a ${other.type}; both must be of one type`);
}

const both = (one: Typed, other: Typed): Typed =>
  ({ expression: { kind: 'all', of: [one.expression, other.expression] }, type: 'boolean' });

function compared(by: string, left: Typed, right: Typed): Typed {
  if (!COMPARISONS.has(by)) return refuse('condition-unsupported', say`"${by}" can't be used in a condition`);
  const isEquality = by === '=' || by === '!=';
  if (left.type !== right.type && !(isEquality && (left.type === 'null' || right.type === 'null'))) {
    const hint = left.type === 'date' || right.type === 'date' ? say`; write a date as date("2027-01-31")` : '';
    return refuse('condition-type', say`a ${left.type} can't be compared with a ${right.type}${hint}`);
  }
  if (!isEquality && left.type === 'boolean') return refuse('condition-type', say`true and false have no order`);
  choice(left, right);
  choice(right, left);
  return { expression: { kind: 'compare', by: by as Comparison, left: left.expression, right: right.expression }, type: 'boolean' };
}

/** A choice is compared with one of its values. */
function choice(one: Typed, other: Typed): void {
  if (!one.choices || other.expression.kind !== 'value' || typeof other.expression.value !== 'string') return;
  const { value } = other.expression;
  if (one.choices.includes(value)) return;
  const suggestion = suggest(value, one.choices);
  refuse('unknown-choice', say`there is no choice "${value}"${suggestion ? didYouMean(suggestion) : say`; known are ${one.choices.join(', ')}`}`, suggestion);
}

/** The names as the parser takes them: it looks at keys only. */
function contextOf(names: Names): Record<string, unknown> {
  return Object.fromEntries(Object.entries(names).map(([name, value]) => [name, isKnown(value) ? 1 : contextOf(value)]));
}
