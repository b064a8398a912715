import { Group, MultiSelect, Select, Switch, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useUrlState } from '../../../app/urlState';
import { Icon } from '../../../components/Icon';
import { tagCounts, type LibraryEntry, type LibraryFilter } from '../../../lib/dashboards/library';

const ORDER = [
  { value: 'title', label: 'By title, A to Z' },
  { value: 'title-desc', label: 'By title, Z to A' },
  { value: 'folder', label: 'By folder' },
];

/** What narrows and sorts the list; all of it stands in the address. */
export function ListFilter({ entries, filter }: { entries: readonly LibraryEntry[]; filter: LibraryFilter }) {
  const { patch } = useUrlState();
  const tags = useMemo(() => {
    const counted = tagCounts(entries).map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }));
    // A tag of the address that no dashboard has can still be taken away.
    const unknown = [...new Set(filter.tags)].filter((tag) => !counted.some(({ value }) => value === tag));
    return [...counted, ...unknown.map((tag) => ({ value: tag, label: `${tag} (0)` }))].filter(({ value }) => value !== '');
  }, [entries, filter.tags]);
  return (
    <Group gap="xs" role="search" aria-label="Dashboards" className="list-filter">
      <TextInput
        aria-label="Search dashboards"
        placeholder="Words of title, folder or tags"
        leftSection={<Icon name="search" />}
        value={filter.text}
        onChange={(event) => patch({ query: event.currentTarget.value }, 'replace')}
        size="xs"
        className="list-words"
      />
      <MultiSelect aria-label="Tags" placeholder={filter.tags.length === 0 ? 'Tags' : ''} data={tags} value={[...new Set(filter.tags)]} onChange={(chosen) => patch({ tag: chosen })} searchable clearable limit={200} size="xs" className="list-tags" />
      <Select aria-label="Order" data={ORDER} value={filter.sort} onChange={(sort) => patch({ sort: sort === null || sort === 'title' ? undefined : sort })} allowDeselect={false} size="xs" w={160} />
      <Switch label="Starred" checked={filter.starred} onChange={(event) => patch({ starred: event.currentTarget.checked ? 'true' : undefined })} size="xs" />
    </Group>
  );
}
