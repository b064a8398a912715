import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef, type CSSProperties } from 'react';
import { HIGHLIGHT, LOOK } from './CodeEditor';

/** What is to be said about a line, counted from 1; 0 is about the whole text and shows at its first line. */
export interface LineMessage {
  readonly line: number;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info';
}

interface TextEditorProps {
  readonly value: string;
  readonly label: string;
  readonly format: 'yaml' | 'json' | 'text';
  readonly onChange?: ((value: string) => void) | undefined;
  readonly messages?: readonly LineMessage[] | undefined;
  readonly height?: string | undefined;
  /** A line to show, counted from 1. */
  readonly at?: number | undefined;
}

const NO_MESSAGES: readonly LineMessage[] = [];

/** An editor of whole documents, with messages at their lines. Without `onChange` it is to be read. */
export default function TextEditor(props: TextEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const readOnly = props.onChange === undefined;
  useEffect(() => {
    if (!holder.current) {
      return undefined;
    }
    const made = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          indentUnit.of('  '),
          lintGutter(),
          ...(readOnly ? [EditorState.readOnly.of(true)] : [highlightActiveLine()]),
          EditorView.lineWrapping,
          syntaxHighlighting(HIGHLIGHT),
          LOOK,
          ...languageOf(latest.current.format),
          EditorView.contentAttributes.of({ 'aria-label': latest.current.label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
          }),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = undefined;
    };
  }, [readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== props.value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } });
    }
  }, [props.value]);
  const messages = props.messages ?? NO_MESSAGES;
  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, messages.map((message) => diagnosticOf(editor, message))));
  }, [messages, props.value]);
  useEffect(() => {
    const editor = view.current;
    if (editor && props.at !== undefined) {
      const line = editor.state.doc.line(Math.min(Math.max(1, props.at), editor.state.doc.lines));
      editor.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
    }
  }, [props.at]);
  return <div ref={holder} className="editor text-editor" style={{ '--editor-height': props.height ?? '420px' } as CSSProperties} />;
}

function languageOf(format: TextEditorProps['format']): Extension[] {
  return format === 'yaml' ? [yaml()] : format === 'json' ? [json()] : [];
}

function diagnosticOf(editor: EditorView, message: LineMessage): Diagnostic {
  const line = editor.state.doc.line(Math.min(Math.max(1, message.line), editor.state.doc.lines));
  return { from: line.from, to: line.to, severity: message.severity, message: message.message };
}
