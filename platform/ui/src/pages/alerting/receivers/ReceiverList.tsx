import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { Section } from '../../../components/Section';
import { Empty, Failure } from '../../../components/states';
import { addReceiver, INTEGRATIONS, readReceivers, removeReceiver, type ReceiverView } from '../../../lib/alerting/receivers';
import { readRoutes, type RouteNode } from '../../../lib/alerting/routeTree';
import { ReceiverEditor } from './ReceiverEditor';
import { TestSend } from './TestSend';
import type { Draft } from './useDraft';

/** The receivers with what each is told by; opened, a form. */
export function ReceiverList({ draft }: { draft: Draft }) {
  const [name, setName] = useState('');
  const read = readSafely(draft.edited.configuration);
  if (read.mistake !== '') {
    return <Failure message={`alertmanager.yml cannot be read: ${read.mistake}`} />;
  }
  const taken = read.receivers.some((receiver) => receiver.name === name.trim());
  return (
    <Stack gap="sm">
      {read.receivers.length === 0 && (
        <div className="card">
          <Empty>There are no receivers.</Empty>
        </div>
      )}
      {read.receivers.map((receiver) => (
        <OneReceiver key={receiver.name} receiver={receiver} draft={draft} used={read.used.has(receiver.name)} />
      ))}
      {draft.editable && (
        <Group gap="xs" align="flex-end">
          <TextInput size="xs" w={220} label="New receiver" placeholder="team-core" value={name} error={taken ? 'There is one of this name.' : undefined} onChange={(event) => setName(event.currentTarget.value)} />
          <Button
            size="xs"
            variant="default"
            disabled={name.trim() === '' || taken}
            onClick={() => {
              draft.change((text) => addReceiver(text, name.trim()));
              setName('');
            }}
          >
            Add
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function readSafely(text: string): { receivers: ReceiverView[]; used: Set<string>; mistake: string } {
  try {
    const root = readRoutes(text);
    return { receivers: readReceivers(text), used: new Set(root ? receiversOf(root) : []), mistake: '' };
  } catch (error) {
    return { receivers: [], used: new Set(), mistake: error instanceof Error ? error.message : String(error) };
  }
}

function receiversOf(route: RouteNode): string[] {
  return [route.fields.receiver, ...route.children.flatMap(receiversOf)];
}

function OneReceiver({ receiver, draft, used }: { receiver: ReceiverView; draft: Draft; used: boolean }) {
  const [opened, setOpened] = useState<'no' | 'edit' | 'test'>('no');
  const kinds = [...new Set(receiver.integrations.map(({ key }) => INTEGRATIONS[key]))];
  return (
    <Section title={receiver.name}>
      <Stack gap="xs" p="xs">
        <Group gap="xs" justify="space-between">
          <Group gap={6}>
            {kinds.length === 0 ? (
              <Text size="sm" c="dimmed">
                tells nobody
              </Text>
            ) : (
              kinds.map((kind) => (
                <Badge key={kind} variant="default" tt="none">
                  {kind}
                </Badge>
              ))
            )}
            {!used && (
              <Badge color="yellow" variant="light">
                no route names it
              </Badge>
            )}
          </Group>
          <Group gap={6}>
            <Button size="compact-xs" variant="default" aria-expanded={opened === 'test'} onClick={() => setOpened(opened === 'test' ? 'no' : 'test')}>
              Test
            </Button>
            <Button size="compact-xs" variant="default" aria-expanded={opened === 'edit'} onClick={() => setOpened(opened === 'edit' ? 'no' : 'edit')}>
              {draft.editable ? 'Edit' : 'Show'}
            </Button>
            {draft.editable && (
              <ConfirmButton color="red" question={`Remove the receiver ${receiver.name}?${used ? ' Routes still name it: give them another one.' : ''}`} onConfirm={() => draft.change((text) => removeReceiver(text, receiver.name))}>
                Remove
              </ConfirmButton>
            )}
          </Group>
        </Group>
        {opened === 'edit' && <ReceiverEditor receiver={receiver} draft={draft} />}
        {opened === 'test' && <TestSend receiver={receiver.name} draft={draft} />}
      </Stack>
    </Section>
  );
}
