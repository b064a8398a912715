import { Group, Select, SimpleGrid, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { setSettings } from '../../../lib/dashboard/edit';
import { LINK_ICONS, urlFailure } from '../../../lib/dashboard/linkEdits';
import { array, string, type Json } from '../../../lib/json';

/** One link of a dashboard: to an address, or to the dashboards that have its tags. */
export function LinkForm({ link, onChange }: { link: Json; onChange: (link: Json) => void }) {
  const set = (change: Json) => onChange(setSettings(link, change));
  const address = link['type'] === 'link';
  const url = string(link['url']);
  const flag = (name: string, label: string) => <Switch size="xs" label={label} checked={link[name] === true} onChange={(event) => set({ [name]: event.currentTarget.checked })} />;
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <Select size="xs" label="Leads to" allowDeselect={false} value={address ? 'link' : 'dashboards'} data={[{ value: 'dashboards', label: 'dashboards with tags' }, { value: 'link', label: 'an address' }]} onChange={(type) => set({ type: type ?? undefined })} />
        <TextInput size="xs" label="Title" value={string(link['title'])} onChange={(event) => set({ title: event.currentTarget.value })} />
        {address ? (
          <>
            <TextInput size="xs" label="Address" placeholder="https://… or d/UID" required value={url} error={urlFailure(url)} onChange={(event) => set({ url: event.currentTarget.value })} />
            <TextInput size="xs" label="Tooltip" value={string(link['tooltip'])} onChange={(event) => set({ tooltip: event.currentTarget.value })} />
            <Select size="xs" label="Icon" allowDeselect={false} value={string(link['icon'], 'external link')} data={[...new Set([...LINK_ICONS, string(link['icon'], 'external link')])]} onChange={(icon) => set({ icon: icon ?? undefined })} />
          </>
        ) : (
          <TagsInput size="xs" label="Tags" description="No tags: every dashboard" value={array(link['tags']).filter((tag): tag is string => typeof tag === 'string')} onChange={(tags) => set({ tags })} />
        )}
      </SimpleGrid>
      <Group>
        {!address && flag('asDropdown', 'As a menu')}
        {flag('keepTime', 'With the time range')}
        {flag('includeVars', 'With the variables')}
        {flag('targetBlank', 'In a new tab')}
      </Group>
    </Stack>
  );
}
