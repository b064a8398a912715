import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { dashboard } from '../../api/grafana';
import { useTime } from '../../app/time';
import { useData } from '../../app/useData';
import { PageTitle } from '../../components/PageTitle';
import { Empty, Failure, Loaded } from '../../components/states';
import type { Dashboard } from '../../lib/dashboard';
import { PanelRow } from './PanelRow';
import { useVariables } from './useVariables';
import { VariableBar } from './VariableBar';

/** A Grafana dashboard, drawn from its JSON. */
export default function DashboardPage({ uid }: { uid: string }) {
  const loaded = useData(['dashboard', uid], (access, signal) => dashboard(access, uid, signal), { refreshes: false });
  return <Loaded data={loaded}>{(found) => <DashboardView dashboard={found} />}</Loaded>;
}

function DashboardView({ dashboard: shown }: { dashboard: Dashboard }) {
  const { setDefaults } = useTime();
  useEffect(() => {
    setDefaults({ range: shown.time, refresh: shown.refresh });
    // Only once: afterwards the address holds what the user chose.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown.uid]);
  const variables = useVariables(shown);
  const panels = shown.rows.reduce((sum, row) => sum + row.panels.length, 0);
  return (
    <Stack gap="xs">
      <PageTitle title={shown.title} />
      {shown.description !== '' && (
        <Text size="sm" c="dimmed">
          {shown.description}
        </Text>
      )}
      <VariableBar variables={variables} />
      {variables.failure !== undefined && <Failure message={variables.failure} />}
      {panels === 0 && <Empty>This dashboard has no panels.</Empty>}
      {variables.ready && shown.rows.map((row) => <PanelRow key={row.key} row={row} values={variables.values} />)}
    </Stack>
  );
}
