import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { LanguageSupport, LRLanguage } from '@codemirror/language';
import { useEffect, useMemo, useRef } from 'react';
import type { Access } from '../api/http';
import { spanTags, spanTagValues } from '../api/traceTags';
import { useAccess } from '../app/access';
import { useTime } from '../app/time';
import type { AbsoluteRange } from '../lib/time';
import CodeEditor from './CodeEditor';
import { QUERY_PARSERS } from './queryLanguages';

interface TraceqlEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onRun: (value: string) => void;
}

const TRACEQL = LRLanguage.define({ name: 'traceql', parser: QUERY_PARSERS.traceql });
const INTRINSICS = ['duration', 'name', 'status', 'statusMessage', 'kind', 'rootName', 'rootServiceName', 'traceDuration', 'nestedSetParent', 'childCount', 'event:name', 'instrumentation:name'];
const FUNCTIONS = ['rate()', 'count_over_time()', 'min_over_time()', 'max_over_time()', 'avg_over_time()', 'sum_over_time()', 'quantile_over_time()', 'histogram_over_time()', 'by()', 'select()', 'count()', 'avg()', 'sum()', 'min()', 'max()', 'topk()', 'bottomk()'];

/** TraceQL in the published grammar's colours, with completion of attributes and their values. */
export default function TraceqlEditor({ value, onChange, onRun }: TraceqlEditorProps) {
  const { access } = useAccess();
  const { absolute } = useTime();
  const range = useRef(absolute);
  useEffect(() => {
    range.current = absolute;
  });
  const language = useMemo(() => new LanguageSupport(TRACEQL, TRACEQL.data.of({ autocomplete: (context: CompletionContext) => complete(context, access, () => range.current) })), [access]);
  return <CodeEditor value={value} label="TraceQL query" placeholder={'TraceQL, for example { status = error } | rate() by (resource.service.name)'} language={language} onChange={onChange} onRun={onRun} />;
}

async function complete(context: CompletionContext, access: Access, range: () => AbsoluteRange): Promise<CompletionResult | null> {
  const value = context.matchBefore(/[\w.:]+\s*(?:=|!=)\s*"?[\w./-]*/);
  if (value) {
    const match = /^([\w.:]+)\s*(?:=|!=)\s*("?)([\w./-]*)$/.exec(value.text);
    const typed = match?.[3] ?? '';
    const quoted = match?.[2] === '"';
    const values = await spanTagValues(access, match?.[1] ?? '', range()).catch(() => []);
    return { from: context.pos - typed.length, options: values.map(({ type, text }) => ({ label: text, type: 'text', apply: type === 'string' && !quoted ? JSON.stringify(text) : text })) };
  }
  const word = context.matchBefore(/[\w.:]*/);
  if (!word || (word.text === '' && !context.explicit)) {
    return null;
  }
  const tags = await spanTags(access, range()).catch(() => []);
  return {
    from: word.from,
    options: [...INTRINSICS.map((label) => ({ label, type: 'property' })), ...FUNCTIONS.map((label) => ({ label, type: 'function' })), ...tags.map((label) => ({ label, type: 'property' }))],
    validFor: /^[\w.:]*$/,
  };
}
