import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { Empty, Failure } from '../../../components/states';
import { readIntervals, readReceivers } from '../../../lib/alerting/receivers';
import { addRoute, moveRoute, NEW_ROUTE, readRoutes, removeRoute, setRoute, type RouteNode } from '../../../lib/alerting/routeTree';
import { RouteForm } from './RouteForm';
import type { Draft } from './useDraft';

interface Tree {
  readonly root: RouteNode | undefined;
  readonly receivers: readonly string[];
  readonly intervals: readonly string[];
  readonly mistake: string;
}

/** The routing tree: which alerts go to which receiver, grouped and repeated how. */
export function RoutingEditor({ draft }: { draft: Draft }) {
  const tree = treeOf(draft.edited.configuration);
  if (tree.mistake !== '') {
    return <Failure message={`alertmanager.yml cannot be read: ${tree.mistake}`} />;
  }
  if (!tree.root) {
    return (
      <div className="card">
        <Empty>
          There is no route yet.{' '}
          {draft.editable && (
            <Button size="compact-xs" variant="default" disabled={tree.receivers.length === 0} onClick={() => draft.change((text) => addRoute(text, [], { ...NEW_ROUTE, receiver: tree.receivers[0] ?? '' }))}>
              Send everything to {tree.receivers[0] ?? 'a receiver, once there is one'}
            </Button>
          )}
        </Empty>
      </div>
    );
  }
  return (
    <Stack gap={6}>
      <Text size="xs" c="dimmed">
        An alert goes to the first child whose matchers it fulfils, and on to the next where that child continues; where no child takes it, the route itself tells its receiver. What a route does not say it has from its parent.
      </Text>
      <Branch node={tree.root} siblings={1} tree={tree} draft={draft} />
    </Stack>
  );
}

function treeOf(text: string): Tree {
  try {
    return { root: readRoutes(text), receivers: readReceivers(text).map(({ name }) => name), intervals: readIntervals(text), mistake: '' };
  } catch (error) {
    return { root: undefined, receivers: [], intervals: [], mistake: error instanceof Error ? error.message : String(error) };
  }
}

function Branch({ node, siblings, tree, draft }: { node: RouteNode; siblings: number; tree: Tree; draft: Draft }) {
  const [editing, setEditing] = useState(false);
  const place = node.path.at(-1) ?? 0;
  const isRoot = node.path.length === 0;
  return (
    <div className="route-branch">
      <Stack gap={6} className="card" p="xs">
        <Group gap="xs" justify="space-between" align="flex-start">
          <Summary node={node} isRoot={isRoot} />
          {draft.editable && (
            <Group gap={4}>
              {place > 0 && (
                <Button size="compact-xs" variant="default" aria-label="Move up" onClick={() => draft.change((text) => moveRoute(text, node.path, -1))}>
                  ↑
                </Button>
              )}
              {place < siblings - 1 && (
                <Button size="compact-xs" variant="default" aria-label="Move down" onClick={() => draft.change((text) => moveRoute(text, node.path, 1))}>
                  ↓
                </Button>
              )}
              <Button size="compact-xs" variant="default" aria-expanded={editing} onClick={() => setEditing(!editing)}>
                Edit
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => draft.change((text) => addRoute(text, node.path, { ...NEW_ROUTE, receiver: node.fields.receiver, matchers: ['severity="critical"'] }))}>
                Add child
              </Button>
              {!isRoot && (
                <ConfirmButton color="red" question={`Remove this route${node.children.length > 0 ? ' and all below it' : ''}?`} onConfirm={() => draft.change((text) => removeRoute(text, node.path))}>
                  Remove
                </ConfirmButton>
              )}
            </Group>
          )}
        </Group>
        {editing && (
          <RouteForm
            fields={node.fields}
            isRoot={isRoot}
            receivers={tree.receivers}
            intervals={tree.intervals}
            onDone={(fields) => {
              if (fields) draft.change((text) => setRoute(text, node.path, fields));
              setEditing(false);
            }}
          />
        )}
      </Stack>
      {node.children.length > 0 && (
        <div className="route-children">
          {node.children.map((child) => (
            <Branch key={child.path.join('.')} node={child} siblings={node.children.length} tree={tree} draft={draft} />
          ))}
        </div>
      )}
    </div>
  );
}

function Summary({ node, isRoot }: { node: RouteNode; isRoot: boolean }) {
  const { fields } = node;
  const facts = [
    fields.groupBy.length > 0 && `grouped by ${fields.groupBy.join(', ')}`,
    fields.groupWait !== '' && `waits ${fields.groupWait}`,
    fields.groupInterval !== '' && `then every ${fields.groupInterval}`,
    fields.repeatInterval !== '' && `repeats after ${fields.repeatInterval}`,
    fields.active.length > 0 && `only within ${fields.active.join(', ')}`,
    fields.mute.length > 0 && `not within ${fields.mute.join(', ')}`,
  ].filter((fact) => typeof fact === 'string');
  return (
    <div style={{ minWidth: 0, flex: '1 1 240px' }}>
      <Group gap={6}>
        {isRoot ? (
          <Text size="sm">all alerts</Text>
        ) : fields.matchers.length === 0 ? (
          <Text size="sm">every alert</Text>
        ) : (
          fields.matchers.map((matcher) => (
            <Badge key={matcher} variant="default" radius="sm" tt="none" fw={400} maw="100%" title={matcher}>
              {matcher}
            </Badge>
          ))
        )}
        <Text size="sm">→</Text>
        <Text size="sm" fw={600} className="wrap-anywhere">
          {fields.receiver === '' ? 'as its parent' : fields.receiver}
        </Text>
        {fields.goesOn && (
          <Badge variant="light" color="blue">
            continues
          </Badge>
        )}
      </Group>
      {facts.length > 0 && (
        <Text size="xs" c="dimmed">
          {facts.join(' · ')}
        </Text>
      )}
    </div>
  );
}
