import { ActionIcon, Autocomplete, Button, Group, Popover, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../../components/Icon';
import { FILTER_OPERATORS, filterToUrl, type AdHocFilter, type FilterOperator } from '../../../lib/template/filters';
import type { ResolvedVariable } from '../../../lib/template/resolve';
import { useLabelNames, useLabelValues } from './useLabelNames';

const OPERATORS: Readonly<Record<FilterOperator, string>> = {
  '=': '=  is',
  '!=': '!=  is not',
  '=~': '=~  matches',
  '!~': '!~  does not match',
  '<': '<  below',
  '>': '>  above',
  '=|': '=|  is one of',
  '!=|': '!=|  is none of',
};

const VALUES_SHOWN_MAX = 100;

/** Conditions on labels that all queries of a source get: each can be changed or taken away, and more can be added. */
export function FilterBuilder({ input, onSelect }: { input: ResolvedVariable; onSelect: (values: readonly string[]) => void }) {
  const { filters } = input;
  const set = (next: readonly AdHocFilter[]) => onSelect(next.length === 0 ? [''] : next.map(filterToUrl));
  return (
    <Group gap={4} role="group" aria-label={input.model.label}>
      {filters.map((filter, i) => (
        <span key={`${i}-${filterToUrl(filter)}`} className="variable-filter">
          <FilterEditor
            input={input}
            filter={filter}
            button={`${filter.key} ${filter.operator} ${filter.values.join(', ')}`}
            onApply={(changed) => set(filters.map((one, at) => (at === i ? changed : one)))}
          />
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={`Remove the filter on ${filter.key}`} onClick={() => set(filters.filter((_, at) => at !== i))}>
            <Icon name="close" size={12} />
          </ActionIcon>
        </span>
      ))}
      <FilterEditor input={input} filter={undefined} button={filters.length === 0 ? 'Filter by label' : '+'} onApply={(added) => set([...filters, added])} />
    </Group>
  );
}

interface FilterEditorProps {
  readonly input: ResolvedVariable;
  readonly filter: AdHocFilter | undefined;
  readonly button: string;
  readonly onApply: (filter: AdHocFilter) => void;
}

function FilterEditor({ input, filter, button, onApply }: FilterEditorProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus zIndex={300}>
      <Popover.Target>
        <Button size="compact-xs" h={24} variant="default" className="variable-filter-button" aria-label={filter === undefined ? `Add a filter to ${input.model.label}` : `Change the filter ${button}`} onClick={() => setOpened(!opened)}>
          {button}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && (
          <FilterForm
            input={input}
            filter={filter}
            onApply={(next) => {
              setOpened(false);
              onApply(next);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterForm({ input, filter, onApply }: Omit<FilterEditorProps, 'button'>) {
  const [key, setKey] = useState(filter?.key ?? '');
  const [operator, setOperator] = useState<FilterOperator>(filter?.operator ?? '=');
  const [text, setText] = useState(filter?.values.join(', ') ?? '');
  const names = useLabelNames(input.source, true);
  const values = useLabelValues(input.source, key, names.includes(key));
  const several = operator === '=|' || operator === '!=|';
  const apply = () => {
    const split = several ? text.split(',').map((part) => part.trim()).filter((part) => part !== '') : [text];
    if (key !== '' && split.length > 0) onApply({ key, operator, values: split });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Stack gap="xs" w={260}>
        {input.source === undefined && (
          <Text size="xs" c="dimmed">
            The data source of these filters is not here, so that labels are not proposed and queries stay as they are.
          </Text>
        )}
        <Autocomplete size="xs" label="Label" value={key} onChange={setKey} data={[...new Set(names)]} limit={VALUES_SHOWN_MAX} data-autofocus comboboxProps={{ withinPortal: false }} />
        <Select
          size="xs"
          label="Comparison"
          value={operator}
          onChange={(value) => setOperator(FILTER_OPERATORS.find((one) => one === value) ?? '=')}
          data={FILTER_OPERATORS.map((value) => ({ value, label: OPERATORS[value] }))}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
        <Autocomplete size="xs" label={several ? 'Values, with commas between them' : 'Value'} value={text} onChange={setText} data={[...new Set(values)]} limit={VALUES_SHOWN_MAX} comboboxProps={{ withinPortal: false }} />
        <Button size="xs" type="submit" disabled={key === ''}>
          Apply
        </Button>
      </Stack>
    </form>
  );
}
