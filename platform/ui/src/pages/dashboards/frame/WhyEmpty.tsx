import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { platformStatus } from '../../../api/platform';
import { labelValues, nearestMetricNames } from '../../../api/prometheus';
import { runtimeInfo } from '../../../api/prometheusStatus';
import { useTime } from '../../../app/time';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { Empty } from '../../../components/states';
import type { PanelModel } from '../../../lib/dashboard/model';
import { metricNames } from '../../../lib/promqlNames';
import { emptyVariables, retentionMs } from '../../../lib/query/whyEmpty';
import type { PreparedTarget } from '../../../lib/query/prepare';
import type { TemplateScope } from '../../../lib/template/scope';
import { describeRange, formatAge, parseDuration } from '../../../lib/time';

interface Props {
  readonly panel: PanelModel;
  readonly scope: TemplateScope;
  readonly targets: readonly PreparedTarget[];
}

/** Says why a panel without data has none: no query, an empty variable, a time that is not kept, an unknown metric, or no match. */
export function WhyEmpty({ panel, scope, targets }: Props) {
  if (panel.targets.length === 0) {
    return <Empty>This panel has no query.</Empty>;
  }
  if (targets.length === 0) {
    return <Empty>{panel.targets.every((target) => target.hide) ? 'All queries of this panel are hidden.' : 'The query of this panel is empty.'}</Empty>;
  }
  const [variable] = emptyVariables(panel, scope);
  if (variable !== undefined) {
    return <Empty>The variable “{variable}” has no value, so the query finds nothing. Choose one, or look whether its own query finds any in this range.</Empty>;
  }
  return <NothingFound targets={targets} />;
}

function NothingFound({ targets }: { targets: readonly PreparedTarget[] }) {
  const { range, timeZone, nowMs } = useTime();
  const newestMs = Math.max(...targets.map((target) => target.range.toMs));
  const old = nowMs - newestMs > 3_600_000;
  const runtime = useData(['runtimeinfo'], runtimeInfo, { enabled: old, refreshes: false });
  const status = useData(['platform-status'], platformStatus, { enabled: old && targets.some((target) => target.kind !== 'prometheus'), refreshes: false });
  const keptMs = retentionMs(
    targets,
    runtime.kind === 'loaded' ? parseDuration((runtime.value['storageRetention'] ?? '').split(' ')[0] ?? '') : undefined,
    status.kind === 'loaded' ? status.value.retention : [],
  );
  const period = describeRange(range, timeZone).toLowerCase();
  if (keptMs !== undefined && newestMs < nowMs - keptMs) {
    return <Empty>This range is older than what is kept ({formatAge(keptMs)}).</Empty>;
  }
  const exprs = targets.flatMap((target) => (target.kind === 'prometheus' ? [target.expr] : []));
  const names = [...new Set(exprs.flatMap(metricNames))].slice(0, 20);
  if (names.length === 0) {
    return <Empty>{targets.some((target) => target.kind === 'loki') ? 'No lines match' : targets.some((target) => target.kind === 'tempo') ? 'No traces match' : 'There are no data'} in this range ({period}).</Empty>;
  }
  return <MetricMissing names={names} exprs={exprs} period={period} />;
}

function MetricMissing({ names, exprs, period }: { names: readonly string[]; exprs: readonly string[]; period: string }) {
  const { absolute, range } = useTime();
  const href = useHref();
  const selector = `{__name__=~${JSON.stringify(names.join('|'))}}`;
  const present = useData(['names', selector, range.from, range.to], (access, signal) => labelValues(access, '__name__', absolute, selector, signal));
  const missing = present.kind === 'loaded' ? names.filter((name) => !present.value.includes(name)) : [];
  const [first = ''] = missing;
  const near = useData(['near', first, range.from, range.to], (access, signal) => nearestMetricNames(access, first, absolute, signal), { enabled: first !== '' });
  if (present.kind !== 'loaded') {
    return present.kind === 'failed' ? <Empty>No data in this range ({period}).</Empty> : null;
  }
  if (missing.length === 0) {
    return <Empty>The metric is there, but no series meets the conditions of the query in this range ({period}).</Empty>;
  }
  const others = near.kind === 'loaded' ? near.value.slice(0, 3) : [];
  return (
    <Empty>
      No samples of {missing.join(', ')} in this range ({period}).
      {others.length > 0 && (
        <>
          {' '}
          Did you mean{' '}
          {others.map((name, i) => (
            <span key={name}>
              {i > 0 && (i === others.length - 1 ? ' or ' : ', ')}
              <Anchor component={Link} size="sm" underline="always" href={href('/explore/metrics', { expr: exprs.map((expr) => expr.replaceAll(first, name)) })}>
                {name}
              </Anchor>
            </span>
          ))}
          ?
        </>
      )}
    </Empty>
  );
}
