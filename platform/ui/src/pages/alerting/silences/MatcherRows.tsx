import { ActionIcon, Autocomplete, Button, Group, Select, Stack } from '@mantine/core';
import { Icon } from '../../../components/Icon';
import { OPERATORS, type Matcher, type MatcherOperator } from '../../../lib/alerting/matchers';
import { useLabelNames, useLabelValues } from './useLabels';

interface MatcherRowsProps {
  readonly matchers: readonly Matcher[];
  readonly onChange: (matchers: readonly Matcher[]) => void;
}

const EMPTY: Matcher = { name: '', operator: '=', value: '' };

/** Matchers one by one, with the names and values of the labels of alerts to choose from. */
export function MatcherRows({ matchers, onChange }: MatcherRowsProps) {
  const names = useLabelNames();
  const rows = matchers.length === 0 ? [EMPTY] : matchers;
  const change = (index: number, matcher: Matcher) => onChange(rows.map((each, i) => (i === index ? matcher : each)));
  return (
    <Stack gap={6}>
      {rows.map((matcher, index) => (
        <Row
          // A row has no identity but its place.
          key={index}
          number={index + 1}
          matcher={matcher}
          names={names}
          onChange={(next) => change(index, next)}
          onRemove={() => onChange(rows.filter((_, i) => i !== index))}
        />
      ))}
      <Group>
        <Button size="compact-xs" variant="default" onClick={() => onChange([...rows, EMPTY])}>
          Add a matcher
        </Button>
      </Group>
    </Stack>
  );
}

interface RowProps {
  readonly number: number;
  readonly matcher: Matcher;
  readonly names: string[];
  readonly onChange: (matcher: Matcher) => void;
  readonly onRemove: () => void;
}

function Row({ number, matcher, names, onChange, onRemove }: RowProps) {
  const choices = useLabelValues(names.includes(matcher.name) ? matcher.name : undefined);
  return (
    <div className="matcher-row">
      <Autocomplete aria-label={`Label ${number}`} placeholder="label" size="xs" data={names} limit={50} value={matcher.name} onChange={(name) => onChange({ ...matcher, name })} spellCheck={false} autoCapitalize="off" />
      <Select
        aria-label={`Operator ${number}`}
        size="xs"
        data={[...OPERATORS]}
        value={matcher.operator}
        onChange={(operator) => onChange({ ...matcher, operator: (operator as MatcherOperator | null) ?? '=' })}
        allowDeselect={false}
        checkIconPosition="right"
      />
      <Autocomplete
        aria-label={`Value ${number}`}
        placeholder={matcher.operator.endsWith('~') ? 'regular expression' : 'value'}
        size="xs"
        data={choices}
        limit={50}
        value={matcher.value}
        onChange={(value) => onChange({ ...matcher, value })}
        spellCheck={false}
        autoCapitalize="off"
      />
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove matcher ${number}`} onClick={onRemove}>
        <Icon name="close" size={14} />
      </ActionIcon>
    </div>
  );
}
