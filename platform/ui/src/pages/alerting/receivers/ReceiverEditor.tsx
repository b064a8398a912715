import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { addIntegration, FORMS, INTEGRATIONS, receiverYaml, removeIntegration, renameReceiver, SENDS_RESOLVED, setField, setReceiverYaml, type FormField, type IntegrationKey, type ReceiverIntegration, type ReceiverView } from '../../../lib/alerting/receivers';
import type { Draft } from './useDraft';

const TextEditor = lazy(() => import('../../../components/TextEditor'));

/** A receiver by forms, and whole as YAML. */
export function ReceiverEditor({ receiver, draft }: { receiver: ReceiverView; draft: Draft }) {
  const [yaml, setYaml] = useState<string | undefined>(undefined);
  if (yaml !== undefined || !draft.editable) {
    const text = yaml ?? receiverYaml(draft.edited.configuration, receiver.name);
    return (
      <Stack gap="xs">
        <Suspense fallback={null}>
          <TextEditor value={text} label={`Receiver ${receiver.name}`} format="yaml" height="40vh" onChange={draft.editable ? setYaml : undefined} />
        </Suspense>
        {draft.editable && (
          <Group gap="xs">
            <Button
              size="xs"
              onClick={() => {
                draft.change((whole) => setReceiverYaml(whole, receiver.name, text));
                setYaml(undefined);
              }}
            >
              Take over
            </Button>
            <Button size="xs" variant="default" onClick={() => setYaml(undefined)}>
              Cancel
            </Button>
          </Group>
        )}
      </Stack>
    );
  }
  return (
    <Stack gap="sm">
      <Name receiver={receiver} draft={draft} />
      {receiver.integrations.map((integration) => (
        <IntegrationForm key={`${integration.key} ${integration.index}`} receiver={receiver.name} integration={integration} draft={draft} />
      ))}
      <Group gap="xs" align="flex-end">
        <Select size="xs" w={230} label="Add a way to tell" placeholder="Choose" searchable data={Object.entries(INTEGRATIONS).map(([value, label]) => ({ value, label }))} value={null} onChange={(key) => key && draft.change((text) => addIntegration(text, receiver.name, key as IntegrationKey))} />
        <Button size="xs" variant="default" onClick={() => setYaml(receiverYaml(draft.edited.configuration, receiver.name))}>
          Edit as YAML
        </Button>
      </Group>
    </Stack>
  );
}

function Name({ receiver, draft }: { receiver: ReceiverView; draft: Draft }) {
  const [name, setName] = useState(receiver.name);
  return (
    <Group gap="xs" align="flex-end">
      <TextInput size="xs" w={220} label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      {name !== receiver.name && name.trim() !== '' && (
        <Button size="xs" variant="default" onClick={() => draft.change((text) => renameReceiver(text, receiver.name, name.trim()))}>
          Rename
        </Button>
      )}
    </Group>
  );
}

function IntegrationForm({ receiver, integration, draft }: { receiver: string; integration: ReceiverIntegration; draft: Draft }) {
  const fields = FORMS[integration.key];
  const set = (field: FormField, value: string) => draft.change((text) => setField(text, receiver, integration.key, integration.index, field, value));
  return (
    <Stack gap={6} className="card" p="xs" component="section" aria-label={`${INTEGRATIONS[integration.key]} ${integration.index + 1}`}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {INTEGRATIONS[integration.key]}
        </Text>
        <ConfirmButton color="red" question={`Remove this way to tell (${INTEGRATIONS[integration.key]})?`} onConfirm={() => draft.change((text) => removeIntegration(text, receiver, integration.key, integration.index))}>
          Remove
        </ConfirmButton>
      </Group>
      {fields === undefined ? (
        <Text size="sm" c="dimmed">
          Its settings are edited as YAML.
        </Text>
      ) : (
        <Group gap="sm" align="flex-end">
          {fields.map((field) => (
            <Field key={field.path} field={field} integration={integration} onChange={(value) => set(field, value)} />
          ))}
        </Group>
      )}
      {fields !== undefined && integration.others.length > 0 && (
        <Text size="xs" c="dimmed">
          Also written, and edited as YAML: {integration.others.join(', ')}
        </Text>
      )}
    </Stack>
  );
}

function Field({ field, integration, onChange }: { field: FormField; integration: ReceiverIntegration; onChange: (value: string) => void }) {
  const value = integration.values[field.path] ?? '';
  if (field.kind === 'boolean') {
    const standard = SENDS_RESOLVED[integration.key] ? 'yes' : 'no';
    return <Select size="xs" w={200} label={field.label} data={[{ value: '', label: `as usual (${standard})` }, { value: 'true', label: 'yes' }, { value: 'false', label: 'no' }]} value={value} allowDeselect={false} onChange={(next) => onChange(next ?? '')} />;
  }
  return <Written field={field} value={value} onChange={onChange} />;
}

/** A text is taken over when its field is left: each change writes the whole configuration anew. */
function Written({ field, value, onChange }: { field: FormField; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  return (
    <TextInput
      size="xs"
      style={{ flex: '1 1 200px' }}
      label={field.label}
      {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
      {...(field.secret ? { description: value === '<secret>' ? 'Stored, and not shown. Write another to change it.' : 'Not shown once it is saved.', autoComplete: 'off' } : {})}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed !== undefined && typed !== value) onChange(typed);
        setTyped(undefined);
      }}
    />
  );
}
