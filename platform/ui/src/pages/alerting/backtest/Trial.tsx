import { backtest } from '../../../api/ruler';
import { useTime } from '../../../app/time';
import { useData } from '../../../app/useData';
import { Loaded } from '../../../components/states';
import type { RuleDraft } from '../../../lib/alerting/ruleYaml';
import { BacktestReport } from './BacktestReport';

/** When a rule would have fired in the chosen time. It is asked once, not again on each refresh. */
export function Trial({ draft, interval }: { draft: RuleDraft; interval: string }) {
  const { absolute, range } = useTime();
  const parameters = {
    expr: draft.expr,
    alert: draft.name === '' ? 'Preview' : draft.name,
    for: draft.holdFor === '' ? undefined : draft.holdFor,
    keep_firing_for: draft.keepFiringFor === '' ? undefined : draft.keepFiringFor,
    interval: interval === '' ? undefined : interval,
    label: draft.labels.filter(([name]) => name !== '').map(([name, text]) => `${name}=${text}`),
    annotation: draft.annotations.filter(([name]) => name !== '').map(([name, text]) => `${name}=${text}`),
  };
  const data = useData(
    ['trial', JSON.stringify(parameters), range.from, range.to],
    (access, signal) => backtest(access, { ...parameters, start: absolute.fromMs / 1000, end: absolute.toMs / 1000 }, signal),
    { refreshes: false },
  );
  return <Loaded data={data}>{(results) => results.map((result, index) => <BacktestReport key={index} result={result} />)}</Loaded>;
}
