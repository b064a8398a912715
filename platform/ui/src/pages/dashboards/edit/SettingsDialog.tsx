import { Button, Group, Modal, Select, Stack, Tabs, TagsInput, Textarea, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Failure } from '../../../components/states';
import { annotationFailures } from '../../../lib/dashboard/annotationEdits';
import { setSettings } from '../../../lib/dashboard/edit';
import { linkFailures } from '../../../lib/dashboard/linkEdits';
import { migrateDashboard } from '../../../lib/dashboard/migrate';
import { variableFailures } from '../../../lib/dashboard/variableEdits';
import { array, number, object, string, type Json } from '../../../lib/json';
import { AnnotationList, annotationsOf, LinkList, linksOf, VariableList, variablesOf } from './SettingsLists';

const TextEditor = lazy(() => import('../../../components/TextEditor'));

interface Props {
  readonly json: Json;
  readonly onApply: (json: Json) => void;
  readonly onClose: () => void;
}

/** What a dashboard is called, its time, variables, annotations and links, and its whole document as text. All tabs change one draft. */
export function SettingsDialog({ json, onApply, onClose }: Props) {
  const [draft, setDraft] = useState(json);
  const [tab, setTab] = useState<string | null>('general');
  // What was wrong before does not hinder other changes.
  const before = failuresOf(json);
  const failures = failuresOf(draft).filter((failure) => !before.includes(failure));
  const untouched = draft === json;
  return (
    <Modal opened onClose={onClose} title="Settings of the dashboard" size="xl" closeOnClickOutside={untouched} closeOnEscape={untouched}>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="general">General</Tabs.Tab>
          <Tabs.Tab value="variables">Variables</Tabs.Tab>
          <Tabs.Tab value="annotations">Annotations</Tabs.Tab>
          <Tabs.Tab value="links">Links</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="general">
          <General json={draft} onChange={setDraft} />
        </Tabs.Panel>
        <Tabs.Panel value="variables">
          <VariableList json={draft} onChange={setDraft} />
        </Tabs.Panel>
        <Tabs.Panel value="annotations">
          <AnnotationList json={draft} onChange={setDraft} />
        </Tabs.Panel>
        <Tabs.Panel value="links">
          <LinkList json={draft} onChange={setDraft} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <JsonText json={draft} label="Document of the dashboard" onApply={(next) => onApply({ ...migrateDashboard(next), uid: json['uid'] })} onClose={onClose} />
        </Tabs.Panel>
      </Tabs>
      {tab !== 'json' && (
        <Stack gap="xs" mt="md">
          {failures.length > 0 && <Failure message={failures.join(' ')} />}
          <Group justify="flex-end">
            <Button size="xs" variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              size="xs"
              disabled={untouched || failures.length > 0}
              onClick={() => {
                onApply(draft);
                onClose();
              }}
            >
              Apply
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function failuresOf(json: Json): string[] {
  const title = string(json['title']).trim() === '' ? ['Give the dashboard a title.'] : [];
  return [...title, ...variableFailures(variablesOf(json)), ...annotationFailures(annotationsOf(json)), ...linkFailures(linksOf(json))];
}

function General({ json, onChange }: { json: Json; onChange: (json: Json) => void }) {
  const set = (change: Json) => onChange(setSettings(json, change));
  const time = object(json['time']);
  const setTime = (change: Json) => set({ time: { from: string(time['from'], 'now-6h'), to: string(time['to'], 'now'), ...change } });
  const title = string(json['title']);
  return (
    <Stack gap="sm">
      <TextInput label="Title" required value={title} error={title.trim() === '' ? 'Give the dashboard a title.' : undefined} onChange={(event) => set({ title: event.currentTarget.value })} data-autofocus />
      <Textarea label="Description" autosize value={string(json['description'])} onChange={(event) => set({ description: event.currentTarget.value })} />
      <TagsInput label="Tags" value={array(json['tags']).filter((tag): tag is string => typeof tag === 'string')} onChange={(tags) => set({ tags })} />
      <Group grow>
        <TextInput label="From" value={string(time['from'], 'now-6h')} onChange={(event) => setTime({ from: event.currentTarget.value })} />
        <TextInput label="To" value={string(time['to'], 'now')} onChange={(event) => setTime({ to: event.currentTarget.value })} />
        <TextInput label="Refresh every" placeholder="not by itself" value={string(json['refresh'])} onChange={(event) => set({ refresh: event.currentTarget.value })} />
      </Group>
      <Select label="Cursor of the panels" value={String(number(json['graphTooltip'], 0))} onChange={(value) => set({ graphTooltip: Number(value ?? '0') })} data={[{ value: '0', label: 'each its own' }, { value: '1', label: 'shared crosshair' }, { value: '2', label: 'shared crosshair and tooltip' }]} allowDeselect={false} />
    </Stack>
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
