import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { LanguageSupport, LRLanguage } from '@codemirror/language';
import { parser } from '@grafana/lezer-logql';
import { styleTags, tags } from '@lezer/highlight';
import { useEffect, useMemo, useRef } from 'react';
import type { Access } from '../../api/http';
import { logLabelNames, logLabelValues } from '../../api/loki';
import { useAccess } from '../../app/access';
import { useTime } from '../../app/time';
import CodeEditor from '../../components/CodeEditor';
import { logqlCursor } from '../../lib/logqlCursor';
import type { AbsoluteRange } from '../../lib/time';

interface LogqlEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onRun: (value: string) => void;
}

const LOGQL = LRLanguage.define({
  name: 'logql',
  parser: parser.configure({
    props: [
      styleTags({
        Identifier: tags.labelName,
        LineComment: tags.comment,
        Number: tags.number,
        String: tags.string,
        'Json Logfmt Unpack Pattern Regexp Unwrap LabelFormat LineFormat Decolorize Drop Keep By Without On Ignoring And Or Unless Bool Offset': tags.keyword,
        'RangeOp VectorOp ConvOp': tags.function(tags.variableName),
        'Duration Bytes': tags.number,
      }),
    ],
  }),
});

/** LogQL in the published grammar's colours, with completion of labels and their values in stream selectors. */
export default function LogqlEditor({ value, onChange, onRun }: LogqlEditorProps) {
  const { access } = useAccess();
  const { absolute } = useTime();
  const range = useRef(absolute);
  useEffect(() => {
    range.current = absolute;
  });
  const language = useMemo(
    () => new LanguageSupport(LOGQL, LOGQL.data.of({ autocomplete: (context: CompletionContext) => complete(context, access, () => range.current) })),
    [access],
  );
  return <CodeEditor value={value} label="LogQL query" placeholder={'LogQL, for example {service_name="api"} |= "error"'} language={language} onChange={onChange} onRun={onRun} />;
}

async function complete(context: CompletionContext, access: Access, range: () => AbsoluteRange): Promise<CompletionResult | null> {
  const cursor = logqlCursor(context.state.sliceDoc(0, context.pos));
  switch (cursor.kind) {
    case 'label': {
      if (cursor.typed === '' && !context.explicit && !/[{,]\s*$/.test(context.state.sliceDoc(0, context.pos))) return null;
      const names = await logLabelNames(access, range()).catch(() => []);
      return { from: context.pos - cursor.typed.length, options: names.map((label) => ({ label, type: 'property', apply: `${label}=` })) };
    }
    case 'value': {
      const values = await logLabelValues(access, cursor.label, range()).catch(() => []);
      return { from: context.pos - cursor.typed.length, options: values.map((label) => ({ label, type: 'text', apply: cursor.quoted ? label : JSON.stringify(label) })) };
    }
    case 'elsewhere':
      return null;
  }
}
