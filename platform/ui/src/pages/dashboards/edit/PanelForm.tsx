import { Group, NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { setSettings } from '../../../lib/dashboard/edit';
import { optionalNumber, string, type Json } from '../../../lib/json';
import { panelTypes } from '../panels/registry';

/** Type, title and the times of a panel. */
export function PanelForm({ panel, onChange }: { panel: Json; onChange: (panel: Json) => void }) {
  const set = (change: Json) => onChange(setSettings(panel, change));
  const type = string(panel['type']);
  const types = panelTypes();
  return (
    <Stack gap="sm" maw={720}>
      <Select
        label="Type"
        description="Another type keeps queries and values; options of the former one stay in the document"
        searchable
        allowDeselect={false}
        value={type}
        data={[...new Set([...types, type])].filter((one) => one !== '' && one !== 'table-old')}
        onChange={(value) => value !== null && set({ type: value })}
      />
      <TextInput label="Title" value={string(panel['title'])} onChange={(event) => set({ title: event.currentTarget.value })} />
      <Textarea label="Description" autosize value={string(panel['description'])} onChange={(event) => set({ description: event.currentTarget.value === '' ? undefined : event.currentTarget.value })} />
      <Group grow>
        <TextInput label="Least step" placeholder="such as 30s" value={string(panel['interval'])} onChange={(event) => set({ interval: event.currentTarget.value || undefined })} />
        <NumberInput label="Points at most" value={optionalNumber(panel['maxDataPoints']) ?? ''} min={1} onChange={(value) => set({ maxDataPoints: value === '' ? undefined : Number(value) })} />
        <TextInput label="Range of its own" placeholder="such as 2h" value={string(panel['timeFrom'])} onChange={(event) => set({ timeFrom: event.currentTarget.value || undefined })} />
      </Group>
      <Switch label="Without frame and background" checked={panel['transparent'] === true} onChange={(event) => set({ transparent: event.currentTarget.checked ? true : undefined })} />
    </Stack>
  );
}
