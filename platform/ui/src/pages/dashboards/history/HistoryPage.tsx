import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { dashboardVersions, originalText } from '../../../api/dashboardLibrary';
import { dashboard, type StoredDashboard } from '../../../api/grafana';
import { useUrlState } from '../../../app/urlState';
import { useAction } from '../../../app/useAction';
import { useData } from '../../../app/useData';
import { download } from '../../../components/download';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Failure, Loaded } from '../../../components/states';
import { readHistoryView } from '../../../lib/dashboards/changes';
import { object, string } from '../../../lib/json';
import { Comparison } from './Comparison';
import { VersionJson } from './VersionJson';
import { VersionTable } from './VersionTable';
import './history.css';

/** How many versions are asked for at a time. */
const STEP = 50;

/** The versions of a dashboard: who saved what and when, what differs, and the way back. */
export default function HistoryPage({ uid }: { uid: string }) {
  const stored = useData(['dashboard', uid], (access, signal) => dashboard(access, uid, signal), { refreshes: false });
  return <Loaded data={stored}>{(found) => <History stored={found} />}</Loaded>;
}

function History({ stored }: { stored: StoredDashboard }) {
  const { uid } = stored;
  const { params, patch } = useUrlState();
  const view = readHistoryView(params);
  const [limit, setLimit] = useState(STEP);
  const versions = useData(['dashboard', uid, 'versions', limit], (access, signal) => dashboardVersions(access, uid, 0, limit, signal), { refreshes: false });
  const original = useAction(originalText, (text, { version }) => download(fileName(uid, version, text), text, 'application/octet-stream'));
  const title = string(stored.document['title']) || string(object(stored.document['spec'])['title']) || uid;
  return (
    <Stack gap="md">
      <PageTitle title={`History of ${title}`}>
        <Group gap={6}>
          <Button size="compact-sm" variant="default" loading={original.busy} onClick={() => original.run({ uid, version: undefined })}>
            Export the original
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => patch({ history: undefined, base: undefined, new: undefined, diff: undefined, json: undefined })}>
            Back to the dashboard
          </Button>
        </Group>
      </PageTitle>
      {original.failure && <Failure message={original.failure.message} status={original.failure.status} />}
      {stored.provisioned && (
        <Text size="sm" c="dimmed">
          This dashboard comes from a file: its versions are kept where the file is kept, and only the present one is here.
        </Text>
      )}
      <Section title="Versions">
        <Loaded data={versions}>
          {(list) => (
            <>
              <VersionTable stored={stored} versions={list} view={view} onExport={(version) => original.run({ uid, version })} />
              {list.length === limit && (
                <Button m="xs" size="compact-sm" variant="default" onClick={() => setLimit(limit + STEP)}>
                  Show older versions
                </Button>
              )}
            </>
          )}
        </Loaded>
      </Section>
      {view.base !== undefined && view.next !== undefined && view.base !== view.next && <Comparison uid={uid} base={view.base} next={view.next} lines={view.lines} />}
      {view.json !== undefined && <VersionJson uid={uid} version={view.json} />}
    </Stack>
  );
}

/** The original may be YAML: only JSON begins with a brace. */
function fileName(uid: string, version: number | undefined, text: string): string {
  const name = version === undefined ? uid : `${uid}-version-${version}`;
  return `${name.replace(/[^\w.-]+/g, '_')}.${/^\uFEFF?\s*\{/.test(text) ? 'json' : 'yaml'}`;
}
