import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { AlertExplanation } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { scheduleWords } from '../../../lib/alerting/silence';
import { At } from './At';
import { LabelMarks } from './Labels';
import { alertPlace } from './places';

type Route = AlertExplanation['routes'][number];

/** Who is told of an alert, or what keeps it from being told. */
export function Explanation({ explanation }: { explanation: AlertExplanation }) {
  return (
    <Stack gap="xs" p="sm">
      <Group gap="xs">
        <Badge color={explanation.told ? 'teal' : 'gray'} variant="light">
          {explanation.told ? 'told' : 'not told'}
        </Badge>
        <Text size="sm" className="wrap-anywhere" style={{ flex: 1 }}>
          {explanation.summary}
        </Text>
      </Group>
      {!explanation.known && (
        <Text size="xs" c="dimmed">
          No alert with exactly these labels fires at this time: the answer is for the case that it did.
        </Text>
      )}
      <Holders explanation={explanation} />
      {explanation.routes.map((route) => (
        <RouteFacts key={route.id} route={route} held={explanation.silencedBy.length + explanation.inhibitedBy.length > 0} />
      ))}
      {explanation.notes.map((note) => (
        <Text key={note} size="xs" c="dimmed">
          {note}
        </Text>
      ))}
    </Stack>
  );
}

/** The silences and inhibitions that hold it. */
function Holders({ explanation }: { explanation: AlertExplanation }) {
  const href = useHref();
  return (
    <>
      {explanation.silencedBy.map((silence) => (
        <div key={silence.id}>
          <Text size="sm" className="wrap-anywhere">
            Silenced by{' '}
            <Anchor component={Link} href={href(`/alerting/silences/${silence.id}`)} size="sm" underline="always">
              {silence.comment === '' ? silence.id : silence.comment.split('\n', 1)[0]}
            </Anchor>{' '}
            of {silence.createdBy === '' ? 'nobody named' : silence.createdBy}
          </Text>
          <Text size="xs" c="dimmed" className="wrap-anywhere">
            {silence.matchers} until <At at={silence.endsAt} />
            {silence.schedule !== undefined && ` · ${scheduleWords(silence.schedule)}`}
          </Text>
        </div>
      ))}
      {explanation.inhibitedBy.map((inhibition) => (
        <div key={inhibition.fingerprint + inhibition.rule}>
          <Text size="sm" className="wrap-anywhere">
            Inhibited by{' '}
            <Anchor component={Link} href={href(...alertPlace(inhibition.labels))} size="sm" underline="always">
              {inhibition.labels['alertname'] ?? inhibition.fingerprint}
            </Anchor>
            {inhibition.equal.length > 0 && `, which has the same ${inhibition.equal.join(', ')}`}
          </Text>
          <Text size="xs" c="dimmed" className="wrap-anywhere">
            {inhibition.sourceMatchers} inhibits {inhibition.targetMatchers}
          </Text>
        </div>
      ))}
    </>
  );
}

/** @param held whether it is held whichever route takes it, which is told above */
function RouteFacts({ route, held }: { route: Route; held: boolean }) {
  const href = useHref();
  return (
    <div className="route-node">
      <Stack gap={4}>
        <Group gap="xs">
          <Text size="sm" fw={600} className="wrap-anywhere">
            {route.receiver}
          </Text>
          <Badge color={route.told ? 'teal' : 'gray'} variant="light" size="sm">
            {route.told ? 'told' : 'not told'}
          </Badge>
        </Group>
        {!held && (
          <Text size="sm" className="wrap-anywhere">
            {route.why}
          </Text>
        )}
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          by the route {route.path.map((matchers) => (matchers === '{}' ? 'all alerts' : matchers)).join(' › ')}
        </Text>
        <Group gap={4}>
          <Text size="xs" c="dimmed">
            group
          </Text>
          {Object.keys(route.groupLabels).length === 0 ? <Text size="xs">all alerts of the route together</Text> : <LabelMarks labels={route.groupLabels} />}
        </Group>
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          waits {route.groupWait}, changes every {route.groupInterval}, repeats after {route.repeatInterval}
          {route.integrations.length > 0 && ` · ${route.integrations.join(', ')}`}
        </Text>
        <Group gap="sm">
          <Anchor component={Link} href={href('/alerting/incidents', { group: route.groupKey })} size="xs">
            Incidents of the group
          </Anchor>
          <Anchor component={Link} href={href('/alerting/notifications', { group: route.groupKey })} size="xs">
            Notifications of the group
          </Anchor>
        </Group>
      </Stack>
    </div>
  );
}
