import { PromQLExtension, type PrometheusClient } from '@prometheus-io/codemirror-promql';
import { EqlRegex, Neq, NeqRegex } from '@prometheus-io/lezer-promql';
import { useEffect, useMemo, useRef } from 'react';
import { labelNames, labelValues, metadata, series } from '../../api/prometheus';
import type { Access } from '../../api/http';
import { useAccess } from '../../app/access';
import { useTime } from '../../app/time';
import CodeEditor from '../../components/CodeEditor';
import { selectorOf, type LabelMatcher } from '../../lib/promLabels';
import type { AbsoluteRange } from '../../lib/time';

interface PromqlEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onRun: (value: string) => void;
}

/** PromQL with completion from the data of the chosen time range. */
export default function PromqlEditor({ value, onChange, onRun }: PromqlEditorProps) {
  const { access } = useAccess();
  const { absolute } = useTime();
  const range = useRef(absolute);
  useEffect(() => {
    range.current = absolute;
  });
  const language = useMemo(() => new PromQLExtension().setComplete({ remote: completionClient(access, () => range.current) }).asExtension(), [access]);
  return <CodeEditor value={value} label="PromQL query" placeholder="PromQL, for example rate(http_requests_total[5m])" language={language} onChange={onChange} onRun={onRun} />;
}

/** What completion asks for, always about the current range. A request that fails completes nothing. */
function completionClient(access: Access, range: () => AbsoluteRange): PrometheusClient {
  return {
    labelNames: (metric) => labelNames(access, range(), selectorOf(metric)).catch(() => []),
    labelValues: (label, metric, matchers) =>
      labelValues(access, label, range(), selectorOf(metric, matchers?.map(toMatcher))).catch(() => []),
    metricMetadata: () => metadata(access).catch(() => ({})),
    series: async (metric, matchers) => {
      const selector = selectorOf(metric, matchers?.map(toMatcher));
      const found = selector === undefined ? [] : await series(access, selector, range()).catch(() => []);
      return found.map((labels) => new Map(Object.entries(labels)));
    },
    metricNames: () => labelValues(access, '__name__', range()).catch(() => []),
    flags: () => Promise.resolve({}),
  };
}

function toMatcher(matcher: { type: number; name: string; value: string }): LabelMatcher {
  return { name: matcher.name, operator: operatorOf(matcher.type), value: matcher.value };
}

/** The grammar gives the operator of a matcher as the number of its term. */
function operatorOf(term: number): LabelMatcher['operator'] {
  return term === Neq ? '!=' : term === EqlRegex ? '=~' : term === NeqRegex ? '!~' : '=';
}
