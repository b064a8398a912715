import { lazy, Suspense } from 'react';
import type { RuleLanguage } from '../../../lib/alerting/ruleGroups';

const PromqlEditor = lazy(() => import('../../metrics/PromqlEditor'));
const LogqlEditor = lazy(() => import('../../logs/LogqlEditor'));
const TraceqlEditor = lazy(() => import('../../../components/TraceqlEditor'));

interface ExpressionEditorProps {
  readonly language: RuleLanguage;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
}

/** The editor of the language with its completion. */
export function ExpressionEditor({ language, value, onChange, onRun }: ExpressionEditorProps) {
  const Editor = language === 'promql' ? PromqlEditor : language === 'logql' ? LogqlEditor : TraceqlEditor;
  return (
    <Suspense fallback={<pre className="code">{value}</pre>}>
      <div style={{ display: 'flex' }}>
        <Editor value={value} onChange={onChange} onRun={onRun} />
      </div>
    </Suspense>
  );
}
