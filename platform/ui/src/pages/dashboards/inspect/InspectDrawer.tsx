import { Drawer, Tabs } from '@mantine/core';
import { useUrlState } from '../../../app/urlState';
import { Failure } from '../../../components/states';
import type { PanelModel } from '../../../lib/dashboard/model';
import type { TemplateScope } from '../../../lib/template/scope';
import { usePanelData, usePreparedTargets } from '../data/usePanelData';
import { DataTab } from './DataTab';
import { JsonTab } from './JsonTab';
import { QueryTab } from './QueryTab';

/** The width at which panels on a wide screen mostly ask; inspection asks again, with statistics. */
const WIDTH_PX = 800;

interface Props {
  readonly panel: PanelModel;
  readonly scope: TemplateScope;
}

/** What stands behind a panel: its data, its queries as they were sent with the server's statistics, and its JSON. */
export default function InspectDrawer({ panel, scope }: Props) {
  const { params, patch } = useUrlState();
  const data = usePanelData(panel, scope, WIDTH_PX, true, { stats: true });
  const { targets } = usePreparedTargets(panel, scope, WIDTH_PX);
  const title = scope.replace(panel.title, 'text');
  const wanted = params.get('inspectTab') ?? 'data';
  const tab = ['data', 'query', 'json'].includes(wanted) ? wanted : 'data';
  return (
    <Drawer opened onClose={() => patch({ inspect: undefined, inspectTab: undefined })} position="right" size="min(860px, 100vw)" title={`Inspect ${title}`} padding="md" closeButtonProps={{ 'aria-label': 'Close' }}>
      {data.failures.map((failure) => (
        <Failure key={`${failure.refId} ${failure.message}`} message={failure.refId === '' ? failure.message : `Query ${failure.refId}: ${failure.message}`} />
      ))}
      <Tabs value={tab} onChange={(next) => patch({ inspectTab: next ?? undefined }, 'replace')} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="data">Data</Tabs.Tab>
          <Tabs.Tab value="query">Queries</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="data">
          <DataTab panel={panel} title={title} data={data} />
        </Tabs.Panel>
        <Tabs.Panel value="query">
          <QueryTab data={data} targets={targets} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <JsonTab panel={panel} data={data} title={title} />
        </Tabs.Panel>
      </Tabs>
    </Drawer>
  );
}
