import { Autocomplete, Button, Group, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTime } from '../../../app/time';
import { useUrlState } from '../../../app/urlState';
import { byUrgency } from '../../../lib/alerting/alertFilter';
import { formatMatchers, matchersOf } from '../../../lib/alerting/matchers';
import { fromLocalInput, toLocalInput } from '../../../lib/alerting/silence';
import { useAlertsOfMoment } from '../alerts/useAlerts';

const CHOICES = 100;

/** The labels of an alert, typed or of one that is known, and a time. */
export function WhyForm() {
  const { params } = useUrlState();
  const labels = params.get('labels') ?? '';
  const at = params.get('at') ?? '';
  return <Form key={`${labels} ${at}`} labels={labels} at={at} />;
}

function Form({ labels, at }: { labels: string; at: string }) {
  const { patch } = useUrlState();
  const { timeZone } = useTime();
  const [text, setText] = useState(labels);
  const [time, setTime] = useState(at === '' ? '' : toLocalInput(Date.parse(at), timeZone));
  const known = useAlertsOfMoment();
  const alerts = known.kind === 'loaded' ? known.value : undefined;
  const choices = useMemo(() => [...new Set(byUrgency(alerts ?? []).slice(0, CHOICES).map((alert) => formatMatchers(matchersOf(alert.labels))))], [alerts]);
  const send = (wanted: string) => {
    const ms = fromLocalInput(time, timeZone);
    patch({ labels: wanted.trim(), label: undefined, at: Number.isNaN(ms) ? undefined : new Date(ms).toISOString() });
  };
  return (
    <form
      style={{ padding: 12 }}
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      <Group gap="xs" align="flex-end">
        <Autocomplete
          label="Labels, or an alert that is known"
          placeholder={'alertname="Down", severity="critical", team="core"'}
          size="xs"
          value={text}
          onChange={setText}
          onOptionSubmit={send}
          data={choices}
          limit={20}
          spellCheck={false}
          style={{ flex: '1 1 300px', minWidth: 0 }}
        />
        <TextInput type="datetime-local" step={1} label="At (now unless told)" size="xs" value={time} onChange={(event) => setTime(event.currentTarget.value)} />
        <Button type="submit" size="xs">
          Why
        </Button>
      </Group>
    </form>
  );
}
