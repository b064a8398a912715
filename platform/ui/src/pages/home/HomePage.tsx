import { SimpleGrid, Stack, Title } from '@mantine/core';
import { IncidentList } from '../../components/IncidentList';
import { PageTitle } from '../../components/PageTitle';
import { FiringAlerts } from './FiringAlerts';
import { IngestPanel } from './IngestPanel';
import { ServiceTable } from './ServiceTable';
import { Summary } from './Summary';
import { Ways } from './Ways';

/** The state of the observed system at once, and the ways into everything else. */
export default function HomePage() {
  return (
    <Stack gap="md">
      <PageTitle title="Home" />
      <Summary />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <section aria-labelledby="home-services">
          <Title order={2} mb="xs" id="home-services">
            Services
          </Title>
          <ServiceTable />
        </section>
        <Stack gap="md">
          <section aria-labelledby="home-alerts">
            <Title order={2} mb="xs" id="home-alerts">
              Alerts
            </Title>
            <FiringAlerts />
          </section>
          <section aria-labelledby="home-incidents">
            <Title order={2} mb="xs" id="home-incidents">
              Recent incidents
            </Title>
            <div className="card">
              <Stack gap={6} p="sm">
                <IncidentList limit={5} />
              </Stack>
            </div>
          </section>
          <section aria-labelledby="home-ingest">
            <Title order={2} mb="xs" id="home-ingest">
              Ingest and storage
            </Title>
            <IngestPanel />
          </section>
        </Stack>
      </SimpleGrid>
      <section aria-labelledby="home-ways">
        <Title order={2} mb="xs" id="home-ways">
          Look closer
        </Title>
        <Ways />
      </section>
    </Stack>
  );
}
