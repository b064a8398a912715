import { Badge, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { Link } from 'wouter';
import { dashboards, type DashboardEntry } from '../../api/grafana';
import { useHref, useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { Icon } from '../../components/Icon';
import { PageTitle } from '../../components/PageTitle';
import { Empty, Loaded } from '../../components/states';

/** Every dashboard, or those of one folder. */
export default function DashboardsPage({ folderUid }: { folderUid: string | undefined }) {
  const { params, patch } = useUrlState();
  const search = params.get('search') ?? '';
  return (
    <Stack gap="xs">
      <PageTitle title="Dashboards">
        <TextInput
          aria-label="Search dashboards"
          placeholder="Search by title, folder or tag"
          leftSection={<Icon name="search" />}
          value={search}
          onChange={(event) => patch({ search: event.currentTarget.value }, 'replace')}
          size="xs"
          w={240}
        />
      </PageTitle>
      <Loaded data={useData(['dashboards'], dashboards)}>{(list) => <DashboardList list={list.filter((entry) => folderUid === undefined || entry.folderUid === folderUid)} search={search} />}</Loaded>
    </Stack>
  );
}

function DashboardList({ list, search }: { list: readonly DashboardEntry[]; search: string }) {
  const href = useHref();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = list.filter((entry) => {
    const text = `${entry.title} ${entry.folder} ${entry.tags.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (found.length === 0) {
    return (
      <div className="card">
        <Empty>{list.length === 0 ? 'There are no dashboards. Put Grafana dashboard files into the folder named under “files: dashboards”.' : 'No dashboard matches.'}</Empty>
      </div>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs">
      {found.map((entry) => (
        <Link key={entry.uid} href={href(`/d/${encodeURIComponent(entry.uid)}`)} className="card card-link">
          <div style={{ padding: '12px 14px' }}>
            <Text fw={600} className="wrap-anywhere">
              {entry.title}
            </Text>
            <Group gap={4} mt={4}>
              <Text size="xs" c="dimmed" className="wrap-anywhere">
                {entry.folder === '' ? 'General' : entry.folder}
              </Text>
              {entry.tags.map((tag) => (
                <Badge key={tag} size="xs" variant="light" tt="none" maw="100%">
                  {tag}
                </Badge>
              ))}
            </Group>
          </div>
        </Link>
      ))}
    </SimpleGrid>
  );
}
