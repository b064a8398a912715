import { Badge, Button, Code, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { previewReceiver, testReceiver, type ToldAlerts, type TriedIntegration } from '../../../api/alertmanagerConfig';
import { useAccess } from '../../../app/access';
import { Failure } from '../../../components/states';
import { formatSeconds } from '../../../lib/alerting/figures';
import type { Draft } from './useDraft';

type Shown = { readonly kind: 'nothing' } | { readonly kind: 'failed'; readonly message: string } | { readonly kind: 'sent' | 'preview'; readonly integrations: readonly TriedIntegration[] };

/** Sends a test notification to a receiver, or shows what would be sent; by what is edited where something is. */
export function TestSend({ receiver, draft }: { receiver: string; draft: Draft }) {
  const { access } = useAccess();
  const [current, setCurrent] = useState(false);
  const [matchers, setMatchers] = useState('');
  const [shown, setShown] = useState<Shown>({ kind: 'nothing' });
  const [busy, setBusy] = useState(false);
  const alerts: ToldAlerts = current ? { kind: 'current', matchers: matchers.split(',').map((each) => each.trim()).filter((each) => each !== '') } : { kind: 'sample' };
  const edited = draft.dirty ? draft.edited : undefined;
  const run = async (kind: 'sent' | 'preview') => {
    setBusy(true);
    try {
      const { integrations } = kind === 'sent' ? await testReceiver(access, receiver, alerts, edited) : await previewReceiver(access, receiver, alerts, edited);
      setShown({ kind, integrations });
    } catch (error) {
      setShown({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="xs" className="card" p="xs" component="section" aria-label={`Test of ${receiver}`}>
      <Group gap="sm" align="flex-end">
        <SegmentedControl size="xs" aria-label="Which alerts" data={[{ value: 'sample', label: 'A sample alert' }, { value: 'current', label: 'Known alerts' }]} value={current ? 'current' : 'sample'} onChange={(value) => setCurrent(value === 'current')} />
        {current && <TextInput size="xs" w={280} aria-label="Matchers, apart by commas" placeholder={'severity="critical", team="core"'} value={matchers} onChange={(event) => setMatchers(event.currentTarget.value)} />}
        <Button size="xs" loading={busy} onClick={() => void run('sent')}>
          Send a test
        </Button>
        <Button size="xs" variant="default" loading={busy} onClick={() => void run('preview')}>
          Show what would be sent
        </Button>
      </Group>
      {edited !== undefined && (
        <Text size="xs" c="dimmed">
          By the changed configuration, which is not saved yet.
        </Text>
      )}
      {shown.kind === 'failed' && <Failure message={shown.message} />}
      {(shown.kind === 'sent' || shown.kind === 'preview') && <Results kind={shown.kind} integrations={shown.integrations} />}
    </Stack>
  );
}

function Results({ kind, integrations }: { kind: 'sent' | 'preview'; integrations: readonly TriedIntegration[] }) {
  if (integrations.length === 0) {
    return (
      <Text size="sm" role="status">
        {kind === 'sent' ? 'The receiver has no way to tell anybody.' : 'It has no way to tell that sends requests. Mail is previewed among the templates.'}
      </Text>
    );
  }
  return (
    <Stack gap="sm" role="status">
      {integrations.map((each) => (
        <div key={each.integration}>
          <Group gap="xs">
            {kind === 'sent' && (
              <Badge color={each.delivered ? 'teal' : 'red'} variant="light">
                {each.delivered ? 'delivered' : 'failed'}
              </Badge>
            )}
            <Text size="sm" fw={600}>
              {each.integration}
            </Text>
            <Text size="xs" c="dimmed" className="wrap-anywhere">
              {each.target}
              {kind === 'sent' && ` · ${formatSeconds(each.seconds)}`}
            </Text>
          </Group>
          {each.error !== '' && (
            <Text size="sm" c="red" className="wrap-anywhere">
              {each.error}
              {each.retry && ' (another try may succeed)'}
            </Text>
          )}
          {each.exchanges.map((exchange, index) => (
            <details key={index} className="found" open={kind === 'preview'}>
              <summary>
                {exchange.request}
                {exchange.status > 0 && kind === 'sent' && `: ${exchange.status}`}
              </summary>
              <Code block className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
                {pretty(exchange.payload)}
              </Code>
              {exchange.response !== '' && kind === 'sent' && (
                <Code block mt={4} className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
                  {exchange.response}
                </Code>
              )}
            </details>
          ))}
        </div>
      ))}
    </Stack>
  );
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), undefined, 2);
  } catch {
    return payload;
  }
}
