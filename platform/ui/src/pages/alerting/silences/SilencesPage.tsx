import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { useHref, useUrlState } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Empty, Loaded } from '../../../components/states';
import { VirtualRows } from '../../../components/VirtualRows';
import { formatMatchers, parseMatchers } from '../../../lib/alerting/matchers';
import { SILENCE_STATES, type Silence, type SilenceState } from '../../../lib/alerting/silence';
import { MatcherFilter } from '../shared/MatcherFilter';
import { SilenceLine } from './SilenceLine';
import { useSilences } from './useSilences';

/** What keeps alerts from being told, by state. */
export default function SilencesPage() {
  const href = useHref();
  return (
    <Stack gap="sm">
      <PageTitle title="Silences">
        <Button component={Link} href={href('/alerting/silences/new')} size="xs">
          New silence
        </Button>
      </PageTitle>
      <AlertingTabs />
      <Loaded data={useSilences()} height={200}>
        {(all) => <Found all={all} />}
      </Loaded>
    </Stack>
  );
}

function Found({ all }: { all: readonly Silence[] }) {
  const { params, patch } = useUrlState();
  const state = SILENCE_STATES.find((each) => each === params.get('state')) ?? 'active';
  const search = (params.get('search') ?? '').trim().toLowerCase();
  const filter = params.get('filter') ?? '';
  const matching = useMemo(() => all.filter((silence) => hasMatchers(silence, filter) && hasText(silence, search)), [all, filter, search]);
  const shown = useMemo(() => matching.filter((silence) => silence.state === state), [matching, state]);
  return (
    <>
      <Group gap="xs" align="flex-start">
        <MatcherFilter label="Matchers that it has" />
        <TextInput label="Comment, author or value" size="xs" value={params.get('search') ?? ''} onChange={(event) => patch({ search: event.currentTarget.value }, 'replace')} style={{ flex: '1 1 200px' }} />
      </Group>
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-label="State of the silences"
        data={SILENCE_STATES.map((each) => ({ value: each, label: `${each} ${matching.filter((silence) => silence.state === each).length}` }))}
        value={state}
        onChange={(value) => patch({ state: value === 'active' ? undefined : value })}
      />
      <div className="card">
        {shown.length === 0 ? (
          <NoSilences state={state} others={all.length} />
        ) : (
          <VirtualRows
            count={shown.length}
            rowHeight={92}
            keyOf={(index) => shown[index]?.id ?? String(index)}
            label="Silences"
            render={(index) => {
              const silence = shown[index];
              return silence === undefined ? null : <SilenceLine silence={silence} />;
            }}
          />
        )}
      </div>
    </>
  );
}

function hasText(silence: Silence, search: string): boolean {
  return search === '' || [silence.comment, silence.createdBy, formatMatchers(silence.matchers), silence.id].some((text) => text.toLowerCase().includes(search));
}

/** As Alertmanager filters silences: each given matcher is one of the silence's. */
function hasMatchers(silence: Silence, filter: string): boolean {
  const parsed = parseMatchers(filter);
  if (parsed.kind === 'wrong') return true;
  return parsed.matchers.every((wanted) => silence.matchers.some(({ name, operator, value }) => name === wanted.name && operator === wanted.operator && value === wanted.value));
}

const WHY: Record<SilenceState, string> = {
  active: 'No silence holds now.',
  pending: 'No silence is about to begin. A recurring one is pending between its times.',
  expired: 'No silence has ended in the last five days; older ones are forgotten.',
};

function NoSilences({ state, others }: { state: SilenceState; others: number }) {
  return <Empty>{others === 0 ? 'There is no silence. “New silence” keeps alerts from being told for a time, with a preview of which ones.' : WHY[state]}</Empty>;
}
