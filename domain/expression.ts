/**
 * Conditions as workflows evaluate them: a frozen tree that publication makes of FEEL. Pure, without clock; three-valued as FEEL is, so
 * that what is not known yet is neither true nor false.
 */
import { unreachable } from './unreachable';

export type Scalar = string | number | boolean | null;

/**
 * What a condition can look at.
 * - `parameter/KEY`: a parameter of the project
 * - `evidence/TASK/FIELD`: what a task of the same phase delivered; null while it is not done
 * - `fact/PHASE/TASK/FIELD`: what a task of a phase that has passed delivered
 * - `gate/KEY`: the outcome of a gate; null before
 * - `done/TASK`: whether a task of the same phase is done
 * - `item/KEY`: an attribute of the inventory item (`id` and `kind` among them)
 */
export type Reference =
  | readonly ['parameter', string] | readonly ['evidence', string, string] | readonly ['fact', string, string, string]
  | readonly ['gate', string] | readonly ['done', string] | readonly ['item', string];

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/';
export type TextTest = 'contains' | 'starts-with' | 'ends-with';

export type Expression =
  | { readonly kind: 'value'; readonly value: Scalar }
  | { readonly kind: 'reference'; readonly to: Reference }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'compare'; readonly by: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'calculate'; readonly by: Arithmetic; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'text'; readonly test: TextTest; readonly text: Expression; readonly part: Expression }
  | { readonly kind: 'if'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'least' | 'greatest' | 'sum'; readonly of: readonly Expression[] };

export type Resolve = (to: Reference) => Scalar;

/** The value of an expression. Never throws: what can't be computed (a division by zero, a comparison with null) is null. */
export function evaluate(expression: Expression, resolve: Resolve): Scalar {
  switch (expression.kind) {
    case 'value': return expression.value;
    case 'reference': return resolve(expression.to);
    case 'all': return junction(expression.of, resolve, false);
    case 'any': return junction(expression.of, resolve, true);
    case 'not': {
      const value = evaluate(expression.of, resolve);
      return typeof value === 'boolean' ? !value : null;
    }
    case 'compare': return compare(expression.by, evaluate(expression.left, resolve), evaluate(expression.right, resolve));
    case 'calculate': return calculate(expression.by, evaluate(expression.left, resolve), evaluate(expression.right, resolve));
    case 'text': return testText(expression.test, evaluate(expression.text, resolve), evaluate(expression.part, resolve));
    case 'if': return evaluate(evaluate(expression.condition, resolve) === true ? expression.yes : expression.no, resolve);
    case 'least':
    case 'greatest':
    case 'sum': {
      const numbers = expression.of.map((each) => evaluate(each, resolve));
      if (!numbers.every((each) => typeof each === 'number')) return null;
      if (expression.kind === 'sum') return finite(numbers.reduce((total, each) => total + each, 0));
      return expression.kind === 'least' ? Math.min(...numbers) : Math.max(...numbers);
    }
    default: return unreachable(expression);
  }
}

/** Whether a condition holds: what is not known does not hold. */
export function isTrue(condition: Expression, resolve: Resolve): boolean {
  return evaluate(condition, resolve) === true;
}

/** All references in an expression, each once. */
export function referencesOf(expression: Expression): readonly Reference[] {
  const found = new Map<string, Reference>();
  const walk = (each: Expression): void => {
    switch (each.kind) {
      case 'value': return;
      case 'reference': found.set(each.to.join('/'), each.to); return;
      case 'not': walk(each.of); return;
      case 'if': [each.condition, each.yes, each.no].forEach(walk); return;
      case 'compare':
      case 'calculate': [each.left, each.right].forEach(walk); return;
      case 'text': [each.text, each.part].forEach(walk); return;
      case 'all':
      case 'any':
      case 'least':
      case 'greatest':
      case 'sum': each.of.forEach(walk); return;
      default: unreachable(each);
    }
  };
  walk(expression);
  return [...found.values()];
}

/** The expression with values in place of the references for which `value` gives one; what has none left is its value. */
export function replaceReferences(expression: Expression, value: (to: Reference) => Scalar | undefined): Expression {
  const inner = (each: Expression): Expression => replaceReferences(each, value);
  const replaced = ((): Expression => {
    switch (expression.kind) {
      case 'value': return expression;
      case 'reference': {
        const found = value(expression.to);
        return found === undefined ? expression : { kind: 'value', value: found };
      }
      case 'not': return { kind: 'not', of: inner(expression.of) };
      case 'if': return { kind: 'if', condition: inner(expression.condition), yes: inner(expression.yes), no: inner(expression.no) };
      case 'compare':
      case 'calculate': return { ...expression, left: inner(expression.left), right: inner(expression.right) } as Expression;
      case 'text': return { ...expression, text: inner(expression.text), part: inner(expression.part) };
      case 'all':
      case 'any':
      case 'least':
      case 'greatest':
      case 'sum': return { kind: expression.kind, of: expression.of.map(inner) };
      default: return unreachable(expression);
    }
  })();
  return referencesOf(replaced).length > 0 ? replaced : { kind: 'value', value: evaluate(replaced, () => null) };
}

/** Of `decisive` (false for `and`, true for `or`) one is enough; else one unknown makes all unknown. */
function junction(parts: readonly Expression[], resolve: Resolve, decisive: boolean): boolean | null {
  let unknown = false;
  for (const part of parts) {
    const value = evaluate(part, resolve);
    if (value === decisive) return decisive;
    if (typeof value !== 'boolean') unknown = true;
  }
  return unknown ? null : !decisive;
}

function compare(by: Comparison, left: Scalar, right: Scalar): boolean | null {
  if (by === '=') return left === right;
  if (by === '!=') return left !== right;
  // Dates are texts of a form that sorts as they do.
  if (left === null || right === null || typeof left !== typeof right || typeof left === 'boolean') return null;
  switch (by) {
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
    default: return unreachable(by);
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function calculate(by: Arithmetic, left: Scalar, right: Scalar): number | null {
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  switch (by) {
    case '+': return finite(left + right);
    case '-': return finite(left - right);
    case '*': return finite(left * right);
    case '/': return finite(left / right);
    default: return unreachable(by);
  }
}

function testText(test: TextTest, text: Scalar, part: Scalar): boolean | null {
  if (typeof text !== 'string' || typeof part !== 'string') return null;
  switch (test) {
    case 'contains': return text.includes(part);
    case 'starts-with': return text.startsWith(part);
    case 'ends-with': return text.endsWith(part);
    default: return unreachable(test);
  }
}
