import { Stack, Title } from '@mantine/core';
import { PageTitle } from '../../components/PageTitle';
import { Notifications } from './Notifications';
import { Rules } from './Rules';

/** Which rules there are, what is firing and since when, and who was told. */
export default function AlertsPage() {
  return (
    <Stack gap="md">
      <PageTitle title="Alerts" />
      <Rules />
      <section aria-labelledby="notifications">
        <Title order={2} mb="xs" id="notifications">
          Notifications
        </Title>
        <Notifications />
      </section>
    </Stack>
  );
}
