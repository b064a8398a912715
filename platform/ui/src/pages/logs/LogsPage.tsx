import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useUrlState } from '../../app/urlState';
import { Icon } from '../../components/Icon';
import { PageTitle } from '../../components/PageTitle';
import { withSearch } from '../../lib/logs';
import { Filters } from './Filters';
import { LogResults } from './LogResults';
import { SearchBox } from './SearchBox';

const LogqlEditor = lazy(() => import('./LogqlEditor'));

const LIMITS = [200, 1000, 5000];

/** Log lines, newest first: chosen by labels, searched by words, followed live. */
export default function LogsPage() {
  const { params, patch } = useUrlState();
  const query = params.get('query') ?? '';
  const search = params.get('search') ?? '';
  const ignoreCase = params.get('case') !== 'exact';
  const live = params.get('live') === 'on';
  const wrap = params.get('wrap') === 'on';
  const limit = LIMITS.find((entry) => String(entry) === params.get('limit')) ?? 200;
  const whole = withSearch(query, search, ignoreCase);
  return (
    <Stack gap="sm">
      <PageTitle title="Logs">
        <Group gap="md">
          <Switch size="xs" label="Wrap" checked={wrap} onChange={() => patch({ wrap: wrap ? undefined : 'on' }, 'replace')} />
          <Button
            size="xs"
            variant={live ? 'filled' : 'default'}
            leftSection={<Icon name={live ? 'close' : 'play'} size={13} />}
            onClick={() => patch({ live: live ? undefined : 'on' })}
          >
            {live ? 'Stop following' : 'Follow live'}
          </Button>
        </Group>
      </PageTitle>
      <Filters query={query} onChange={(next) => patch({ query: next })} />
      <SearchBox key={search} search={search} ignoreCase={ignoreCase} onSearch={(text) => patch({ search: text })} onIgnoreCase={(ignore) => patch({ case: ignore ? undefined : 'exact' })} />
      <QueryDraft key={query} query={query} onRun={(next) => patch({ query: next })} />
      <LogResults
        query={whole}
        limit={limit}
        live={live}
        wrap={wrap}
        onQuery={(change) => patch({ query: change(query) })}
        more={
          limit < (LIMITS.at(-1) ?? 0) ? (
            <Button size="compact-xs" variant="light" onClick={() => patch({ limit: String(LIMITS.find((entry) => entry > limit)) }, 'replace')}>
              Load more
            </Button>
          ) : (
            <Text size="xs" c="dimmed">
              Narrow the time range for older lines.
            </Text>
          )
        }
      />
    </Stack>
  );
}

function QueryDraft({ query, onRun }: { query: string; onRun: (query: string) => void }) {
  const [draft, setDraft] = useState(query);
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Suspense fallback={<div className="editor" style={{ minHeight: 34 }} />}>
        <LogqlEditor value={draft} onChange={setDraft} onRun={onRun} />
      </Suspense>
      <Button size="xs" h={34} onClick={() => onRun(draft)}>
        Run
      </Button>
    </Group>
  );
}
