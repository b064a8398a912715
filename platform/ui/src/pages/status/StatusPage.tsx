import { SimpleGrid, Stack } from '@mantine/core';
import { platformStatus } from '../../api/platform';
import { useData } from '../../app/useData';
import { PageTitle } from '../../components/PageTitle';
import { Loaded } from '../../components/states';
import { StatusTabs } from '../../components/StatusTabs';
import { Configuration, Pipelines } from './Configuration';
import { Listeners } from './Listeners';
import { IngestTotals, ProcessFacts, Storage } from './Process';
import { RuntimeFacts } from './RuntimeFacts';
import { Targets } from './Targets';
import { Unfinished } from './Unfinished';

/** What this process is, where it listens, what it takes in and keeps, and whom it scrapes. */
export default function StatusPage() {
  const status = useData(['status'], platformStatus);
  return (
    <Stack gap="md">
      <PageTitle title="Status" />
      <StatusTabs />
      <Loaded data={status}>
        {(state) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <ProcessFacts status={state} />
            <Storage status={state} />
            <IngestTotals status={state} />
            <Listeners listeners={state.listeners} />
            <Pipelines pipelines={state.pipelines} />
            <Configuration files={state.configurationFiles} restartNeeds={state.restartNeeds} />
            <RuntimeFacts />
            <Targets pools={state.scrapePools} />
          </SimpleGrid>
        )}
      </Loaded>
      <Unfinished queries={status.kind === 'loaded' ? status.value.unfinishedQueries : []} />
    </Stack>
  );
}
