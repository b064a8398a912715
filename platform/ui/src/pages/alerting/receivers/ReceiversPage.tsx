import { Alert, SegmentedControl, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import '../alertingRules.css';
import type { AlertmanagerConfiguration } from '../../../api/alertmanagerConfig';
import { useAccess } from '../../../app/access';
import { useUrlState } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Loaded } from '../../../components/states';
import { DraftBar } from './DraftBar';
import { ReceiverList } from './ReceiverList';
import { RoutingEditor } from './RoutingEditor';
import { useDraft, useRunningConfiguration } from './useDraft';

const ConfigurationText = lazy(() => import('./ConfigurationText'));
const ConfigurationVersions = lazy(() => import('./ConfigurationVersions'));

const VIEWS = [
  { value: 'receivers', label: 'Receivers' },
  { value: 'routes', label: 'Routes' },
  { value: 'text', label: 'alertmanager.yml' },
  { value: 'versions', label: 'Versions' },
];

/** Who is told of alerts: the tenant's receivers and routes, to be read and edited. */
export default function ReceiversPage() {
  const { access } = useAccess();
  const data = useRunningConfiguration();
  return (
    <Stack gap="sm">
      <PageTitle title="Receivers and routes" />
      <AlertingTabs />
      <Loaded data={data} height={200}>
        {(running) => <Editor key={`${access.tenant} ${running.version} ${running.source}`} running={running} />}
      </Loaded>
    </Stack>
  );
}

function Editor({ running }: { running: AlertmanagerConfiguration }) {
  const { params, patch } = useUrlState();
  const draft = useDraft(running);
  const view = VIEWS.find(({ value }) => value === params.get('view'))?.value ?? 'receivers';
  return (
    <>
      <Source running={running} />
      <SegmentedControl size="xs" style={{ alignSelf: 'flex-start', maxWidth: '100%' }} aria-label="What to show" data={VIEWS.filter(({ value }) => value !== 'versions' || draft.editable)} value={view} onChange={(value) => patch({ view: value === 'receivers' ? undefined : value })} />
      <DraftBar draft={draft} />
      <Suspense fallback={null}>
        {view === 'receivers' && <ReceiverList draft={draft} />}
        {view === 'routes' && <RoutingEditor draft={draft} />}
        {view === 'text' && <ConfigurationText draft={draft} />}
        {view === 'versions' && draft.editable && <ConfigurationVersions />}
      </Suspense>
    </>
  );
}

function Source({ running }: { running: AlertmanagerConfiguration }) {
  if (running.source === 'stored') {
    return null;
  }
  return (
    <Alert color="blue" p="xs" variant="light">
      <Text size="sm">
        {running.source === 'file'
          ? 'The operator’s tenant follows alertmanager.yml. It is read-only here: change the file and reload. Test sends and previews work.'
          : 'This tenant has no configuration: alerts are kept and shown, and nobody is told. Add a receiver and a route, then save.'}
      </Text>
    </Alert>
  );
}
