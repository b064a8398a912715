import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import '../alertingRules.css';
import { backtest, type BacktestResult } from '../../../api/ruler';
import { useTime } from '../../../app/time';
import { useUrlState, type UrlPatch } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Empty, Loaded } from '../../../components/states';
import { describeRange } from '../../../lib/time';
import { ExpressionEditor } from '../rules/ExpressionEditor';
import { BacktestReport } from './BacktestReport';

/** When rules would have fired over the stored history of the chosen time: one that is written here, or the loaded ones. */
export default function BacktestPage() {
  const { params, patch } = useUrlState();
  const loaded = params.get('what') === 'loaded';
  // Another address begins the form anew; another time range does not.
  const asked = JSON.stringify(['expr', 'alert', 'for', 'keep', 'interval', 'group', 'rule'].map((name) => params.get(name)));
  return (
    <Stack gap="sm">
      <PageTitle title="Backtest" />
      <AlertingTabs />
      <Text size="sm" c="dimmed">
        Rules of PromQL are evaluated as they would have been, over the time that is chosen at the top. Nothing is written and nobody is told.
      </Text>
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-label="Which rules"
        data={[
          { value: 'written', label: 'A rule written here' },
          { value: 'loaded', label: 'Loaded rules' },
        ]}
        value={loaded ? 'loaded' : 'written'}
        onChange={(value) => patch({ what: value === 'loaded' ? 'loaded' : undefined, run: undefined })}
      />
      {loaded ? <LoadedForm key={asked} /> : <WrittenForm key={asked} />}
      {params.get('run') === 'on' && <Results loaded={loaded} params={params} />}
    </Stack>
  );
}

type Field = 'expr' | 'alert' | 'for' | 'keep' | 'interval';

function WrittenForm() {
  const { params, patch } = useUrlState();
  const [fields, setFields] = useState<Record<Field, string>>(() => ({
    expr: params.get('expr') ?? '',
    alert: params.get('alert') ?? '',
    for: params.get('for') ?? '',
    keep: params.get('keep') ?? '',
    interval: params.get('interval') ?? '',
  }));
  const input = (name: Field, label: string, placeholder: string) => (
    <TextInput size="xs" w={140} label={label} placeholder={placeholder} value={fields[name]} onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })} />
  );
  const run = () => patch({ ...fields, run: 'on' } satisfies UrlPatch);
  return (
    <Stack gap="xs" className="card" p="sm">
      <ExpressionEditor language="promql" value={fields.expr} onChange={(expr) => setFields((now) => ({ ...now, expr }))} onRun={run} />
      <Group gap="sm" align="flex-end">
        {input('alert', 'Name', 'Backtest')}
        {input('for', 'For', '5m')}
        {input('keep', 'Keep firing for', 'none')}
        {input('interval', 'Interval', 'the default')}
        <Button size="xs" disabled={fields.expr.trim() === ''} onClick={run}>
          Try
        </Button>
      </Group>
    </Stack>
  );
}

function LoadedForm() {
  const { params, patch } = useUrlState();
  const [group, setGroup] = useState(params.get('group') ?? '');
  const [rule, setRule] = useState(params.get('rule') ?? '');
  return (
    <Group gap="sm" align="flex-end" className="card" p="sm">
      <TextInput size="xs" w={220} label="Group" placeholder="all" value={group} onChange={(event) => setGroup(event.currentTarget.value)} />
      <TextInput size="xs" w={220} label="Rule" placeholder="all" value={rule} onChange={(event) => setRule(event.currentTarget.value)} />
      <Button size="xs" onClick={() => patch({ group, rule, run: 'on' })}>
        Try
      </Button>
      <Text size="xs" c="dimmed">
        At most 100 rules at once.
      </Text>
    </Group>
  );
}

function Results({ loaded, params }: { loaded: boolean; params: URLSearchParams }) {
  const { absolute, range } = useTime();
  const text = (name: string) => params.get(name) || undefined;
  const asked = loaded
    ? { group: text('group'), rule: text('rule') }
    : { expr: text('expr'), alert: text('alert'), for: text('for'), keep_firing_for: text('keep'), interval: text('interval') };
  const data = useData(
    ['backtest', JSON.stringify(asked), range.from, range.to],
    (access, signal) => backtest(access, { ...asked, start: absolute.fromMs / 1000, end: absolute.toMs / 1000 }, signal),
    { refreshes: false, enabled: loaded || text('expr') !== undefined },
  );
  return (
    <Loaded data={data} height={160}>
      {(results) => (results.length === 0 ? <Empty>{`There was nothing to try in ${describeRange(range)}.`}</Empty> : <Stack gap="md">{sorted(results).map((result, index) => <Result key={index} result={result} />)}</Stack>)}
    </Loaded>
  );
}

/** Those that fired most come first. */
function sorted(results: readonly BacktestResult[]): BacktestResult[] {
  return [...results].sort((a, b) => b.fired - a.fired || b.firingSeconds - a.firingSeconds);
}

function Result({ result }: { result: BacktestResult }) {
  return (
    <Section title={result.group === '' ? result.rule : `${result.rule} (${result.group})`}>
      <div style={{ padding: 10 }}>
        <BacktestReport result={result} />
      </div>
    </Section>
  );
}
