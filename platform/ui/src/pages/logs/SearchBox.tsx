import { Group, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../components/Icon';

interface SearchBoxProps {
  readonly search: string;
  readonly ignoreCase: boolean;
  readonly onSearch: (search: string) => void;
  readonly onIgnoreCase: (ignoreCase: boolean) => void;
}

export function SearchBox({ search, ignoreCase, onSearch, onIgnoreCase }: SearchBoxProps) {
  const [draft, setDraft] = useState(search);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(draft);
      }}
    >
      <Group gap="md">
        <TextInput
          style={{ flex: 1, minWidth: 200 }}
          size="sm"
          type="search"
          aria-label="Search in the lines"
          placeholder="Search in the lines, then Enter"
          leftSection={<Icon name="search" />}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={() => draft !== search && onSearch(draft)}
        />
        <Switch size="xs" label="Match case" checked={!ignoreCase} onChange={() => onIgnoreCase(!ignoreCase)} />
      </Group>
    </form>
  );
}
