import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { AlertRoute } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';

interface RouteTreeProps {
  readonly root: AlertRoute;
  /** The routes that an alert passes; undefined where none is asked about. */
  readonly path: ReadonlySet<string> | undefined;
  /** Those of them that take it. */
  readonly taken: ReadonlySet<string>;
}

/** The routes as a nested list, in the order in which alerts try them. */
export function RouteTree({ root, path, taken }: RouteTreeProps) {
  return (
    <ul className="route-tree" aria-label="Routes">
      <Node route={root} isRoot path={path} taken={taken} />
    </ul>
  );
}

function Node({ route, isRoot, path, taken }: { route: AlertRoute; isRoot: boolean; path: RouteTreeProps['path']; taken: ReadonlySet<string> }) {
  const on = path?.has(route.id) ?? false;
  return (
    <li>
      <div className={`route-node${path === undefined ? '' : on ? ' on-path' : ' off-path'}`}>
        <Facts route={route} isRoot={isRoot} taken={taken.has(route.id)} passed={on} />
      </div>
      {route.routes.length > 0 && (
        <ul>
          {route.routes.map((child) => (
            <Node key={child.id} route={child} isRoot={false} path={path} taken={taken} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Facts({ route, isRoot, taken, passed }: { route: AlertRoute; isRoot: boolean; taken: boolean; passed: boolean }) {
  const href = useHref();
  const labels = Object.entries(route.labels);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        {route.matchers.length === 0 ? (
          <Text size="sm" fw={600}>
            {isRoot ? 'All alerts' : 'All that come here'}
          </Text>
        ) : (
          route.matchers.map((matcher) => (
            <span key={matcher} className="label-mark mono">
              {matcher}
            </span>
          ))
        )}
        {taken && (
          <Badge size="sm" color="indigo">
            takes it
          </Badge>
        )}
        {passed && !taken && (
          <Badge size="sm" variant="light">
            passed
          </Badge>
        )}
        {route.continues && (
          <Badge size="sm" variant="default" title="The routes after this one are tried too">
            continue
          </Badge>
        )}
        {route.heldBy.length > 0 && (
          <Badge size="sm" color="yellow" variant="light" tt="none">
            held back by {route.heldBy.join(', ')}
          </Badge>
        )}
      </Group>
      <Text size="sm" className="wrap-anywhere">
        to{' '}
        <Anchor component={Link} href={href('/alerting/notifications', { receiver: route.receiver })} size="sm" fw={600} underline="always">
          {route.receiver}
        </Anchor>
        <Text span size="xs" c="dimmed">
          {' '}
          {route.integrations.length === 0 ? 'tells nobody: it has no integration' : route.integrations.join(', ')}
        </Text>
      </Text>
      <Text size="xs" c="dimmed" className="wrap-anywhere">
        grouped by {route.groupBy.length === 0 ? 'nothing (all together)' : route.groupBy.includes('...') ? 'all labels' : route.groupBy.join(', ')} · waits {route.groupWait} · changes every {route.groupInterval} · repeats after{' '}
        {route.repeatInterval}
      </Text>
      {(route.muteTimeIntervals.length > 0 || route.activeTimeIntervals.length > 0) && (
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          {route.activeTimeIntervals.length > 0 && `tells only within ${route.activeTimeIntervals.join(', ')}. `}
          {route.muteTimeIntervals.length > 0 && `tells nothing within ${route.muteTimeIntervals.join(', ')}.`}
        </Text>
      )}
      {labels.length > 0 && (
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          gives the labels {labels.map(([name, value]) => `${name}=${value}`).join(', ')}
        </Text>
      )}
    </Stack>
  );
}
