import { Button, Group, Stack, Switch, Tabs } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useUrlState } from '../../app/urlState';
import { PageTitle } from '../../components/PageTitle';
import { Empty } from '../../components/states';
import { GraphTab } from './GraphTab';
import { QueryList } from './QueryList';
import { TableTab } from './TableTab';

/** Any PromQL, as a graph over the range or as a table at its end. */
export default function MetricsPage() {
  const { params, patch } = useUrlState();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const exprs = params.getAll('expr').filter((expr) => expr.trim() !== '');
  const tab = params.get('tab') === 'table' ? 'table' : 'graph';
  const exemplars = params.get('exemplars') === 'on';
  const stacked = params.get('stacked') === 'on';
  return (
    <Stack gap="sm" ref={ref}>
      <PageTitle title="Metrics" />
      <QueryList exprs={exprs} onRun={(next) => patch({ expr: next })} />
      <Tabs value={tab} onChange={(value) => patch({ tab: value === 'table' ? 'table' : undefined })} keepMounted={false}>
        <Group justify="space-between" gap="xs" mb="xs">
          <Tabs.List>
            <Tabs.Tab value="graph">Graph</Tabs.Tab>
            <Tabs.Tab value="table">Table</Tabs.Tab>
          </Tabs.List>
          {tab === 'graph' && (
            <Group gap="md">
              <Switch size="xs" label="Stacked" checked={stacked} onChange={() => patch({ stacked: stacked ? undefined : 'on' }, 'replace')} />
              <Switch size="xs" label="Exemplars" checked={exemplars} onChange={() => patch({ exemplars: exemplars ? undefined : 'on' }, 'replace')} />
            </Group>
          )}
        </Group>
        {exprs.length === 0 ? (
          <div className="card">
            <Empty>Write a query above and press Enter. Ctrl-Space completes metrics, labels and their values.</Empty>
            <Examples onChoose={(expr) => patch({ expr: [expr] })} />
          </div>
        ) : (
          <>
            <Tabs.Panel value="graph">{width > 0 && <GraphTab exprs={exprs} width={width} exemplars={exemplars} stacked={stacked} />}</Tabs.Panel>
            <Tabs.Panel value="table">
              <TableTab exprs={exprs} />
            </Tabs.Panel>
          </>
        )}
      </Tabs>
    </Stack>
  );
}

const EXAMPLES = ['up', 'sum by (endpoint) (rate(http_requests_total[5m]))', 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))'];

function Examples({ onChoose }: { onChoose: (expr: string) => void }) {
  return (
    <Group justify="center" gap="xs" p="sm" pt={0}>
      {EXAMPLES.map((expr) => (
        <Button key={expr} variant="light" size="compact-xs" className="mono" maw="100%" onClick={() => onChoose(expr)}>
          {expr}
        </Button>
      ))}
    </Group>
  );
}
