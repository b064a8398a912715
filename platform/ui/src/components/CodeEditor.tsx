import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';

interface CodeEditorProps {
  readonly value: string;
  readonly label: string;
  readonly placeholder: string;
  /** The language with its completion. */
  readonly language: Extension;
  readonly onChange: (value: string) => void;
  /** Enter; a line break is Shift-Enter. */
  readonly onRun: (value: string) => void;
}

/** Colours of all editors. */
export const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'light-dark(#9c36b5, #da77f2)' },
  { tag: [tags.function(tags.variableName)], color: 'light-dark(#1971c2, #74c0fc)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'light-dark(#216e36, #8ce99a)' },
  { tag: [tags.number, tags.literal], color: 'light-dark(#a83800, #ffa94d)' },
  { tag: [tags.labelName, tags.propertyName], color: 'light-dark(#0b7285, #66d9e8)' },
  { tag: tags.comment, color: 'light-dark(#5c636a, #a6a7ab)' },
  { tag: tags.invalid, color: 'light-dark(#e03131, #ff8787)' },
]);

/** How all editors look. */
export const LOOK = EditorView.theme({
  '&': { backgroundColor: 'transparent' },
  '.cm-content': { fontFamily: 'var(--mantine-font-family-monospace)', padding: '6px 0', caretColor: 'currentColor' },
  '.cm-scroller': { overflow: 'auto', maxHeight: '180px' },
  '.cm-cursor': { borderLeftColor: 'currentColor' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'light-dark(#d0ebff, #1c3d5a)' },
  '.cm-tooltip': { backgroundColor: 'var(--mantine-color-body)', color: 'inherit', border: '1px solid var(--mantine-color-default-border)', maxWidth: '90vw' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--mantine-primary-color-filled)', color: '#fff' },
});

/** A one-query editor: Enter runs it, Tab leaves it. */
export default function CodeEditor(props: CodeEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const language = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = holder.current;
    if (!element) {
      return undefined;
    }
    const run = (editor: EditorView) => {
      latest.current.onRun(editor.state.doc.toString());
      return true;
    };
    const made = new EditorView({
      parent: element,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          history(),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          autocompletion(),
          EditorView.lineWrapping,
          syntaxHighlighting(HIGHLIGHT),
          LOOK,
          language.current.of(latest.current.language),
          placeholder(latest.current.placeholder),
          EditorView.contentAttributes.of({ 'aria-label': latest.current.label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
          keymap.of([...closeBracketsKeymap, ...completionKeymap]),
          Prec.high(keymap.of([{ key: 'Mod-Enter', run }])),
          keymap.of([{ key: 'Enter', run }, { key: 'Shift-Enter', run: insertLine }, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = undefined;
    };
  }, []);
  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(props.language) });
  }, [props.language]);
  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== props.value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } });
    }
  }, [props.value]);
  return <div ref={holder} className="editor" />;
}

function insertLine(view: EditorView): boolean {
  view.dispatch(view.state.replaceSelection('\n'));
  return true;
}
