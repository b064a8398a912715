import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { knownAlerts } from '../../../api/alertmanager';
import { pendingAlerts } from '../../../api/alerting';
import { useData } from '../../../app/useData';
import { Empty, Loaded } from '../../../components/states';
import { VirtualRows } from '../../../components/VirtualRows';
import { byUrgency } from '../../../lib/alerting/alertFilter';
import type { Matcher } from '../../../lib/alerting/matchers';
import { AlertLine } from '../alerts/AlertLine';

/** The alerts of the moment that matchers take, by the server's own judgement, soon after they are changed. */
export function AffectedAlerts({ matchers }: { matchers: readonly Matcher[] }) {
  const [asked] = useDebouncedValue(matchers, 300);
  const usable = asked.length > 0 && asked.every(({ name }) => name.trim() !== '');
  const found = useData(
    ['alerting', 'affected', asked],
    async (access, signal) => {
      const [known, pending] = await Promise.all([knownAlerts(access, { matchers: asked }, signal), pendingAlerts(access, asked, signal)]);
      return { known: byUrgency(known), pending: pending.length };
    },
    { enabled: usable, compared: false },
  );
  if (!usable) return <Empty>Give a matcher to see which alerts it takes.</Empty>;
  return (
    <Loaded data={found}>
      {({ known, pending }) => (
        <>
          <Text size="sm" px={12} pt={8} role="status">
            {known.length === 0 ? 'No alert of the moment matches' : `${known.length.toLocaleString('en')} ${known.length === 1 ? 'alert matches' : 'alerts match'}`}
            {pending > 0 && `, and ${pending} pending`}. Later ones are kept back as well.
          </Text>
          {known.length > 0 && (
            <VirtualRows
              count={known.length}
              rowHeight={78}
              keyOf={(index) => known[index]?.fingerprint ?? String(index)}
              label="Alerts that match"
              render={(index) => {
                const alert = known[index];
                return alert === undefined ? null : <AlertLine alert={alert} />;
              }}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
