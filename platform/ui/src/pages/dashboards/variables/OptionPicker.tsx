import { Combobox, InputBase, Text, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { ALL_VALUE } from '../../../lib/template/builtIns';
import { ALL_OPTION, type VariableOption } from '../../../lib/template/options';
import { chosenText, searchOptions, toggled } from './picking';

const OPTIONS_SHOWN_MAX = 200;

interface OptionPickerProps {
  readonly label: string;
  readonly options: readonly VariableOption[];
  readonly selected: readonly VariableOption[];
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly custom: boolean;
  readonly loading: boolean;
  readonly onSelect: (values: readonly string[]) => void;
}

/** Chooses one or several values from a list that can be searched. Several are taken over when the list closes, so that queries run once. */
export function OptionPicker({ label, options, selected, multi, includeAll, custom, loading, onSelect }: OptionPickerProps) {
  const chosen = selected.map(({ value }) => value);
  const [search, setSearch] = useState('');
  const [draft, setDraft] = useState<readonly string[]>(chosen);
  const store = useCombobox({
    onDropdownOpen: (source) => {
      setDraft(chosen);
      store.focusSearchInput();
      if (source === 'keyboard') store.selectActiveOption();
    },
    onDropdownClose: () => {
      store.resetSelectedOption();
      setSearch('');
      if (multi && draft.join('\n') !== chosen.join('\n')) onSelect(draft);
    },
  });
  const all = includeAll ? [ALL_OPTION, ...options] : options;
  const found = searchOptions(all, search);
  const extra = custom && search !== '' && !all.some(({ value, text }) => value === search || text === search);
  const submit = (value: string) => {
    if (multi) {
      setDraft(toggled(draft, value));
      return;
    }
    store.closeDropdown();
    store.focusTarget();
    onSelect([value]);
  };
  const marked = multi && store.dropdownOpened ? draft : chosen;
  return (
    <Combobox store={store} onOptionSubmit={submit} position="bottom-start" width="max-content" shadow="md" zIndex={300}>
      <Combobox.Target targetType="button">
        <InputBase
          component="button"
          type="button"
          size="xs"
          pointer
          className="variable-control"
          aria-label={`${label}: ${chosenText(selected)}`}
          aria-busy={loading}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={() => store.toggleDropdown()}
        >
          <span className="variable-value">{chosenText(selected)}</span>
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown className="variable-dropdown">
        <Combobox.Search value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={custom ? 'Search, or type a value' : 'Search'} aria-label={`Search values of ${label}`} />
        <Combobox.Options mah={300} style={{ overflowY: 'auto' }} aria-label={label}>
          {extra && <Combobox.Option value={search}>Use “{search}”</Combobox.Option>}
          {found.slice(0, OPTIONS_SHOWN_MAX).map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={marked.includes(option.value)} aria-selected={marked.includes(option.value)}>
              <span className="variable-option">
                {multi && <input type="checkbox" checked={marked.includes(option.value)} readOnly tabIndex={-1} aria-hidden="true" />}
                {!multi && <span className="variable-mark">{marked.includes(option.value) ? '✓' : ''}</span>}
                <span>{option.value === ALL_VALUE ? 'All' : option.text === '' ? '(empty)' : option.text}</span>
              </span>
            </Combobox.Option>
          ))}
          {found.length === 0 && !extra && <Combobox.Empty>{loading ? 'Loading …' : 'No values'}</Combobox.Empty>}
        </Combobox.Options>
        {found.length > OPTIONS_SHOWN_MAX && (
          <Text size="xs" c="dimmed" p={4}>
            {found.length - OPTIONS_SHOWN_MAX} more: type to narrow them down
          </Text>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
