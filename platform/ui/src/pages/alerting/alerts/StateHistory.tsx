import { Text } from '@mantine/core';
import { queryRange } from '../../../api/prometheus';
import { useTime } from '../../../app/time';
import { useData } from '../../../app/useData';
import { Empty, Loaded } from '../../../components/states';
import { matchersOf, promSelector } from '../../../lib/alerting/matchers';
import { stretchesOf, type Stretch } from '../../../lib/alerting/stateHistory';
import { alignRange, queryInterval } from '../../../lib/interval';
import type { Labels } from '../../../lib/labels';
import { describeRange, formatAge } from '../../../lib/time';
import { useTimeText } from '../shared/At';

const POINTS = 600;

/** When an alert was pending and firing over the time range, by the series that its rule has written. */
export function StateHistory({ labels }: { labels: Labels }) {
  const { absolute, range } = useTime();
  const { stepMs } = queryInterval({ range: absolute, maxDataPoints: POINTS });
  const aligned = alignRange(absolute, stepMs);
  const selector = promSelector('ALERTS', matchersOf(labels));
  const history = useData(['alerting', 'state history', selector, range.from, range.to, stepMs], async (access, signal) => stretchesOf(await queryRange(access, selector, aligned, stepMs, signal)));
  return (
    <Loaded data={history}>
      {(stretches) =>
        stretches.length === 0 ? (
          <Empty>No rule here has found this alert in this time ({describeRange(range).toLowerCase()}). One that another system sends has no such history; its incidents stand below.</Empty>
        ) : (
          <div style={{ padding: 10 }}>
            <Strip stretches={stretches} fromMs={aligned.fromMs} toMs={aligned.toMs} />
            <Text size="xs" c="dimmed" mt={4}>
              {words(stretches, stepMs)}
            </Text>
          </div>
        )
      }
    </Loaded>
  );
}

function Strip({ stretches, fromMs, toMs }: { stretches: readonly Stretch[]; fromMs: number; toMs: number }) {
  const text = useTimeText();
  const percent = (ms: number) => (100 * ms) / (toMs - fromMs);
  return (
    <div className="state-strip" role="img" aria-label={stretches.map((each) => `${each.state} from ${text(each.fromMs)} to ${text(each.toMs)}`).join(', ')}>
      {stretches.map((each) => (
        <span
          key={`${each.state} ${each.fromMs}`}
          className={`state-${each.state}`}
          style={{ left: `${percent(each.fromMs - fromMs)}%`, width: `${percent(each.toMs - each.fromMs)}%` }}
          title={`${each.state} ${text(each.fromMs)} to ${text(each.toMs)} (${formatAge(each.toMs - each.fromMs)})`}
        />
      ))}
    </div>
  );
}

function words(stretches: readonly Stretch[], stepMs: number): string {
  const of = (state: Stretch['state']) => stretches.filter((each) => each.state === state);
  const length = (list: readonly Stretch[]) => formatAge(list.reduce((sum, each) => sum + each.toMs - each.fromMs, 0));
  const parts = (['firing', 'pending'] as const).map((state) => ({ state, list: of(state) })).filter(({ list }) => list.length > 0);
  return `${parts.map(({ state, list }) => `${state} ${list.length === 1 ? 'once' : `${list.length} times`}, ${length(list)} in all`).join(' · ')} · to the nearest ${formatAge(stepMs)}`;
}
