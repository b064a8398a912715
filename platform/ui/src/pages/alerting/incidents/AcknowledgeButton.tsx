import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { acknowledge, unacknowledge, type Incident } from '../../../api/alerting';
import { useAction } from '../../../app/useAction';
import { parseDuration } from '../../../lib/time';
import { ActionFailure } from '../shared/ActionFailure';
import { Ago } from '../shared/Ago';
import { useAuthor } from '../shared/useAuthor';

interface AcknowledgeButtonProps {
  readonly incident: Incident;
  /** Fingerprints; none for all that fire. */
  readonly alerts?: readonly string[];
}

const NONE: readonly string[] = [];

/** Says that somebody has seen the alerts, or takes that back. */
export function AcknowledgeButton({ incident, alerts = NONE }: AcknowledgeButtonProps) {
  return incident.acknowledgement === undefined ? <Acknowledge incident={incident} alerts={alerts} /> : <Acknowledged incident={incident} acknowledgement={incident.acknowledgement} />;
}

function Acknowledge({ incident, alerts }: { incident: Incident; alerts: readonly string[] }) {
  const [opened, setOpened] = useState(false);
  const [author, setAuthor] = useAuthor();
  const [duration, setDuration] = useState('24h');
  const [comment, setComment] = useState('');
  const action = useAction((access) => acknowledge(access, incident.id, { author: author.trim(), comment: comment.trim(), duration, alerts }), () => setOpened(false));
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button size="xs" onClick={() => setOpened(!opened)}>
          Acknowledge
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            action.run(undefined);
          }}
        >
          <Stack gap="xs">
            <TextInput label="Who" size="xs" value={author} onChange={(event) => setAuthor(event.currentTarget.value)} required data-autofocus />
            <TextInput
              label="For"
              size="xs"
              value={duration}
              onChange={(event) => setDuration(event.currentTarget.value.trim())}
              error={parseDuration(duration) === undefined ? 'A duration such as 2h or 1d, at most 30d' : undefined}
              required
            />
            <TextInput label="Comment" size="xs" value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
            <Text size="xs" c="dimmed">
              {alerts.length === 0 ? 'All alerts that fire' : 'This alert'} will not be told again until then, unless something new fires.
            </Text>
            <ActionFailure action={action} />
            <Button type="submit" size="xs" loading={action.busy} disabled={author.trim() === '' || parseDuration(duration) === undefined}>
              Acknowledge
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function Acknowledged({ incident, acknowledgement }: { incident: Incident; acknowledgement: NonNullable<Incident['acknowledgement']> }) {
  const [author, setAuthor] = useAuthor();
  const [unnamed] = useState(author.trim() === '');
  const action = useAction((access) => unacknowledge(access, incident.id, author.trim()));
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text size="sm" className="wrap-anywhere">
          Acknowledged by {acknowledgement.by}, until <Ago at={acknowledgement.until} />
          {acknowledgement.comment !== '' && `: ${acknowledgement.comment}`}
        </Text>
        {unnamed && <TextInput size="xs" placeholder="Your name" aria-label="Your name" value={author} onChange={(event) => setAuthor(event.currentTarget.value)} />}
        <Button size="xs" variant="default" loading={action.busy} disabled={author.trim() === ''} onClick={() => action.run(undefined)}>
          Take back
        </Button>
      </Group>
      <ActionFailure action={action} />
    </Stack>
  );
}
