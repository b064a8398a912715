import { labelValues } from '../../api/prometheus';
import { useData } from '../../app/useData';
import { useTime } from '../../app/time';
import { Empty } from '../../components/states';
import { metricNames } from '../../lib/promqlNames';
import { describeRange } from '../../lib/time';
import type { PanelQuery } from './usePanelData';

/** Tells a metric that is not there at all from a query whose conditions nothing meets. */
export function WhyEmpty({ queries }: { queries: readonly PanelQuery[] }) {
  const { range, absolute } = useTime();
  const names = [...new Set(queries.filter((query) => query.dataSource === 'prometheus').flatMap((query) => metricNames(query.expr)))];
  const selector = `{__name__=~${JSON.stringify(names.join('|'))}}`;
  const present = useData(['names', selector, range.from, range.to], (access, signal) => labelValues(access, '__name__', absolute, selector, signal), {
    enabled: names.length > 0,
  });
  const period = describeRange(range).toLowerCase();
  if (names.length === 0) {
    return <Empty>No lines or series match in this range ({period}).</Empty>;
  }
  if (present.kind !== 'loaded') {
    return present.kind === 'failed' ? <Empty>No data.</Empty> : null;
  }
  const missing = names.filter((name) => !present.value.includes(name));
  if (missing.length > 0) {
    return <Empty>No samples of {missing.join(', ')} in this range ({period}).</Empty>;
  }
  return <Empty>The metric is there, but no series meets the conditions of the query in this range ({period}).</Empty>;
}
