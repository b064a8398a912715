import { Button, Group, Modal, Select, Stack, Tabs, TagsInput, Textarea, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Failure } from '../../../components/states';
import { setSettings } from '../../../lib/dashboard/edit';
import { migrateDashboard } from '../../../lib/dashboard/migrate';
import { readMigrated } from '../../../lib/dashboard/read';
import type { Json } from '../../../lib/json';

const TextEditor = lazy(() => import('../../../components/TextEditor'));

interface Props {
  readonly json: Json;
  readonly onApply: (json: Json) => void;
  readonly onClose: () => void;
}

/** What a dashboard is called, its time, and its whole document as text, with variables, annotations and links. */
export function SettingsDialog({ json, onApply, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title="Settings of the dashboard" size="xl">
      <Tabs defaultValue="general" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="general">General</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="general">
          <General json={json} onApply={onApply} onClose={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <JsonText json={json} label="Document of the dashboard" onApply={(next) => onApply({ ...migrateDashboard(next), uid: json['uid'] })} onClose={onClose} />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

function General({ json, onApply, onClose }: Props) {
  const model = readMigrated(json);
  const [title, setTitle] = useState(model.title);
  const [description, setDescription] = useState(model.description);
  const [tags, setTags] = useState<string[]>([...model.tags]);
  const [from, setFrom] = useState(model.time?.from ?? 'now-6h');
  const [to, setTo] = useState(model.time?.to ?? 'now');
  const [refresh, setRefresh] = useState(model.refresh ?? '');
  const [tooltip, setTooltip] = useState(String(model.graphTooltip));
  const apply = () => {
    onApply(setSettings(json, { title, description, tags, time: { from, to }, refresh, graphTooltip: Number(tooltip) }));
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Stack gap="sm">
        <TextInput label="Title" required value={title} onChange={(event) => setTitle(event.currentTarget.value)} data-autofocus />
        <Textarea label="Description" autosize value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
        <TagsInput label="Tags" value={tags} onChange={setTags} />
        <Group grow>
          <TextInput label="From" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput label="To" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
          <TextInput label="Refresh every" placeholder="not by itself" value={refresh} onChange={(event) => setRefresh(event.currentTarget.value)} />
        </Group>
        <Select label="Cursor of the panels" value={tooltip} onChange={(value) => setTooltip(value ?? '0')} data={[{ value: '0', label: 'each its own' }, { value: '1', label: 'shared crosshair' }, { value: '2', label: 'shared crosshair and tooltip' }]} allowDeselect={false} />
        <Group justify="flex-end">
          <Button size="xs" type="submit" disabled={title.trim() === ''}>
            Apply
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** JSON that is taken over once it can be read. */
export function JsonText({ json, label, onApply, onClose }: Props & { label: string }) {
  const [text, setText] = useState(() => JSON.stringify(json, undefined, 2));
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const apply = () => {
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        setFailure('The text must be a JSON object.');
        return;
      }
      onApply(parsed as Json);
      onClose();
    } catch (error) {
      setFailure(`The text is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <Stack gap="sm">
      <Suspense fallback={null}>
        <TextEditor value={text} label={label} format="json" height="50vh" onChange={setText} />
      </Suspense>
      {failure !== undefined && <Failure message={failure} />}
      <Group justify="flex-end">
        <Button size="xs" onClick={apply}>
          Apply
        </Button>
      </Group>
    </Stack>
  );
}
