/** The text of a template, with what is wrong shown where it stands. Loaded with the room in which templates are written. */
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup, EditorView } from 'codemirror';
import { useEffect, useRef } from 'react';
import type { Schema } from '../../data/api';
import { completeAt, tellAt, type Known } from './complete';
import type { JsonSchema } from './schema-place';

type Problem = Schema<'TemplateProblem'>;

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', border: '1px solid var(--line)', backgroundColor: 'var(--mantine-color-body)', color: 'var(--mantine-color-text)' },
  '.cm-gutters': { backgroundColor: 'var(--water-pale)', color: 'var(--quiet)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-tooltip': { backgroundColor: 'var(--mantine-color-body)', color: 'var(--mantine-color-text)', border: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--water)', color: 'var(--mantine-color-body)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
});

/** In the colours of the pages, which are readable light and dark. */
const colours = syntaxHighlighting(HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: 'var(--water)' }, { tag: [tags.string, tags.special(tags.string)], color: 'var(--on-course)' },
  { tag: [tags.comment, tags.meta, tags.punctuation, tags.separator], color: 'var(--quiet)' }, { tag: [tags.keyword, tags.labelName, tags.typeName], fontWeight: '600' },
]));

function diagnosticsIn(state: EditorState, problems: readonly Problem[]): Diagnostic[] {
  return problems.map(({ line = 1, column = 1, detail, suggestion }) => {
    const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
    const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
    return { from, to: at.to, severity: 'error', message: suggestion === undefined ? detail : `${detail} (${suggestion})` };
  });
}

interface Help { readonly current: { readonly schema: JsonSchema | undefined; readonly known: Known } }
interface Asked { readonly state: EditorState; readonly pos: number; readonly explicit: boolean }

/** Completion while one writes, and what a name means under the pointer. */
function assistance(help: Help): Extension[] {
  const autocomplete = ({ state, pos, explicit }: Asked): object | null => {
    const { schema, known } = help.current;
    const found = schema && completeAt(schema, known, state.sliceDoc(0, pos));
    if (!found || (!explicit && found.word === '')) return null;
    return { from: pos - found.word.length, options: found.options, validFor: /^[\w.-]*$/ };
  };
  // What is offered is known by the function that offers it: one for as long as the editor is there.
  const data = [{ autocomplete }];
  const hover = hoverTooltip(({ state }, pos) => {
    const { schema } = help.current;
    const line = state.doc.lineAt(pos);
    const said = schema && tellAt(schema, state.sliceDoc(0, line.from), line.text, pos - line.from);
    if (!said) return null;
    const dom = document.createElement('div');
    dom.textContent = said.text;
    dom.style.cssText = 'padding: 4px 8px; max-width: 48ch; white-space: pre-line';
    return { pos: line.from + said.from, end: line.from + said.to, create: () => ({ dom }) };
  });
  return [EditorState.languageData.of(() => data), hover];
}

interface Props {
  readonly text: string;
  readonly label: string;
  readonly change: (text: string) => void;
  readonly problems: readonly Problem[];
  /** What may be written where; without it nothing is offered. */
  readonly schema: JsonSchema | undefined;
  /** What has a name in the template. */
  readonly known: Known;
  /** Where to go, as often as it changes. */
  readonly place: { readonly line: number } | undefined;
}

export default function Editor({ text, label, change, problems, schema, known, place }: Props): React.JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changed = useRef(change);
  changed.current = change;
  const help = useRef({ schema, known });
  help.current = { schema, known };
  useEffect(() => {
    const made = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({ doc: text, extensions: [colours, basicSetup, yaml(), lintGutter(), theme, ...assistance(help), EditorView.contentAttributes.of({ 'aria-label': label }), EditorView.updateListener.of((update) => { if (update.docChanged) changed.current(update.state.doc.toString()); })] }),
    });
    // What scrolls can be scrolled by keys.
    made.scrollDOM.tabIndex = 0;
    view.current = made;
    return () => made.destroy();
    // What stands in it belongs to it from then on.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => { if (view.current) view.current.dispatch(setDiagnostics(view.current.state, diagnosticsIn(view.current.state, problems))); }, [problems]);
  useEffect(() => {
    if (!view.current || !place) return;
    const at = view.current.state.doc.line(Math.min(place.line, view.current.state.doc.lines));
    view.current.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: 'center' }) });
    view.current.focus();
  }, [place]);
  return <div ref={host} style={{ height: '100%', minHeight: 0 }} />;
}
