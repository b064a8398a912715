import { ActionIcon, Button, Checkbox, Group, NativeSelect, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { distinctTexts, OPERATORS, searchValues, type Operator } from '../../../../lib/table/filter';
import { cellText, type Column } from './columns';

interface ColumnFilterProps {
  readonly column: Column;
  /** Rows of the frame. */
  readonly length: number;
  readonly chosen: ReadonlySet<string> | undefined;
  readonly onChoose: (chosen: ReadonlySet<string> | undefined) => void;
}

/** The filter of a column: a mark in its head that opens the list of its values. */
export function ColumnFilter({ column, length, chosen, onChoose }: ColumnFilterProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus shadow="md" width={290} position="bottom-end">
      <Popover.Target>
        <ActionIcon variant={chosen ? 'filled' : 'subtle'} color={chosen ? 'indigo' : 'gray'} size="xs" aria-label={`Filter ${column.title}`} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <svg width="12" height="12" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
            <path d="M3 5h18l-7 8v6l-4-2v-4z" />
          </svg>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && (
          <FilterForm
            column={column}
            length={length}
            chosen={chosen}
            onChoose={(next) => {
              onChoose(next);
              setOpened(false);
            }}
            onCancel={() => setOpened(false)}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

const MAX_LISTED = 300;

function FilterForm({ column, length, chosen, onChoose, onCancel }: ColumnFilterProps & { readonly onCancel: () => void }) {
  const values = useMemo(() => distinctTexts(Array.from({ length }, (_, row) => cellText(column, row))), [column, length]);
  const [search, setSearch] = useState({ operator: 'Contains' as Operator, text: '', matchCase: false });
  const [marked, setMarked] = useState<ReadonlySet<string>>(chosen ?? new Set());
  const found = searchValues(values, search);
  const listed = found.kind === 'found' ? found.values : [];
  const count = listed.filter((value) => marked.has(value)).length;
  const mark = (some: readonly string[], on: boolean) => {
    const next = new Set(marked);
    some.forEach((value) => (on ? next.add(value) : next.delete(value)));
    setMarked(next);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(marked.size === 0 ? undefined : marked);
      }}
    >
      <Stack gap={6}>
        <Group gap={4} wrap="nowrap">
          <NativeSelect size="xs" aria-label="How to compare" data={[...OPERATORS]} value={search.operator} onChange={(event) => setSearch({ ...search, operator: OPERATORS.find((name) => name === event.currentTarget.value) ?? 'Contains' })} />
          <TextInput
            size="xs"
            aria-label={`Search the values of ${column.title}`}
            placeholder={search.operator === 'Expression' ? '$ > 10 && $ <= 20' : 'Search'}
            value={search.text}
            onChange={(event) => setSearch({ ...search, text: event.currentTarget.value })}
            error={found.kind === 'refused'}
            style={{ flex: 1 }}
            data-autofocus
          />
        </Group>
        {search.operator === 'Contains' && <Checkbox size="xs" label="Match case" checked={search.matchCase} onChange={(event) => setSearch({ ...search, matchCase: event.currentTarget.checked })} />}
        {found.kind === 'refused' ? (
          <Text size="xs" c="red" role="alert" className="wrap-anywhere">
            {found.message}
          </Text>
        ) : (
          <Checkbox
            size="xs"
            label={`All ${listed.length === values.length ? '' : 'found '}(${listed.length})`}
            checked={listed.length > 0 && count === listed.length}
            indeterminate={count > 0 && count < listed.length}
            onChange={(event) => mark(listed, event.currentTarget.checked)}
          />
        )}
        <div className="filter-values" role="group" aria-label="Values">
          {listed.slice(0, MAX_LISTED).map((value) => (
            <Checkbox key={value} size="xs" label={value.slice(0, 200)} checked={marked.has(value)} onChange={(event) => mark([value], event.currentTarget.checked)} />
          ))}
          {listed.length > MAX_LISTED && (
            <Text size="xs" c="dimmed">
              and {listed.length - MAX_LISTED} more: search to narrow them
            </Text>
          )}
        </div>
        <Group gap={6} justify="flex-end">
          <Button size="compact-xs" variant="subtle" onClick={() => onChoose(undefined)}>
            Clear
          </Button>
          <Button size="compact-xs" variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button size="compact-xs" type="submit">
            OK
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
