import { queryRange } from '../../../api/prometheus';
import { useTime } from '../../../app/time';
import { useData } from '../../../app/useData';
import { AlertTimeline } from '../../../components/AlertTimeline';
import { Section } from '../../../components/Section';
import { Loaded } from '../../../components/states';
import { linesOfAlerts } from '../../../lib/alerting/firing';
import type { LoadedRule } from '../../../lib/alerting/ruleGroups';
import { alignRange, queryInterval } from '../../../lib/interval';
import { quote } from '../../../lib/labels';

/** When the rule's alerts were pending and fired in the chosen time, by their ALERTS. */
export function RuleHistory({ rule }: { rule: LoadedRule }) {
  const { absolute } = useTime();
  const interval = queryInterval({ range: absolute, maxDataPoints: 600 });
  const range = alignRange(absolute, interval.stepMs);
  const fixed = Object.entries(rule.labels).filter(([name, value]) => name !== 'alertname' && !value.includes('{{'));
  const selector = `ALERTS{${[['alertname', rule.name], ...fixed].map(([name, value]) => `${quote(name ?? '')}=${quote(value ?? '')}`).join(', ')}}`;
  const data = useData(['state history', selector, range.fromMs, range.toMs], (access, signal) => queryRange(access, selector, range, interval.stepMs, signal));
  return (
    <Section title="State history">
      <div style={{ padding: 8 }}>
        <Loaded data={data}>{(frame) => <AlertTimeline lines={linesOfAlerts(frame)} range={range} empty="No alert was pending or firing in this range." />}</Loaded>
      </div>
    </Section>
  );
}
