import { SimpleGrid, Text } from '@mantine/core';
import { Link } from 'wouter';
import { dashboards } from '../../api/grafana';
import { useHref } from '../../app/urlState';
import { useData } from '../../app/useData';

const PAGES = [
  { path: '/explore/metrics', title: 'Metrics', text: 'Graph any PromQL query; from an exemplar to its trace.' },
  { path: '/explore/logs', title: 'Logs', text: 'Search, filter and follow; from a line to its trace.' },
  { path: '/explore/traces', title: 'Traces', text: 'Find by service, duration and attributes; the waterfall of one.' },
  { path: '/alerting', title: 'Alerting', text: 'What fires and who was told, silences, routes and rules.' },
  { path: '/status', title: 'Status', text: 'Listeners, targets, pipelines, storage of this process.' },
];

/** Every dashboard and every page, one step away. */
export function Ways() {
  const href = useHref();
  const list = useData(['dashboards'], dashboards, { refreshes: false });
  const entries = list.kind === 'loaded' ? list.value : [];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="xs">
      {entries.map((entry) => (
        <Way key={entry.uid} href={href(`/d/${encodeURIComponent(entry.uid)}`)} title={entry.title} text={['Dashboard', ...entry.tags].join(' · ')} />
      ))}
      {PAGES.map((page) => (
        <Way key={page.path} href={href(page.path)} title={page.title} text={page.text} />
      ))}
    </SimpleGrid>
  );
}

function Way({ href, title, text }: { href: string; title: string; text: string }) {
  return (
    <Link href={href} className="card card-link">
      <div style={{ padding: '10px 12px' }}>
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {text}
        </Text>
      </div>
    </Link>
  );
}
