import { Group, Select, TextInput } from '@mantine/core';
import { useUrlState } from '../../../app/urlState';
import { NO_FILTER, type RuleFilter } from '../../../lib/alerting/ruleSearch';

const CHOICES = {
  state: { label: 'State', choices: { firing: 'Firing', pending: 'Pending', inactive: 'Inactive' } },
  kind: { label: 'Type', choices: { alerting: 'Alerting', recording: 'Recording' } },
  health: { label: 'Health', choices: { ok: 'Evaluated well', err: 'Fails', unknown: 'Not evaluated yet' } },
  language: { label: 'Language', choices: { promql: 'PromQL', logql: 'LogQL', traceql: 'TraceQL' } },
  origin: { label: 'Where it stands', choices: { file: 'In a file', api: 'Stored here', built_in: 'Built in' } },
} as const;

type Choice = keyof typeof CHOICES;
const NAMES = Object.keys(CHOICES) as Choice[];

export function ruleFilterOf(params: URLSearchParams): RuleFilter {
  const chosen = Object.fromEntries(NAMES.filter((name) => Object.hasOwn(CHOICES[name].choices, params.get(name) ?? '')).map((name) => [name, params.get(name)]));
  return { ...NO_FILTER, ...chosen, text: params.get('search') ?? '' };
}

/** Which rules are shown; all of it stands in the address. */
export function RuleFilters() {
  const { params, patch } = useUrlState();
  const filter = ruleFilterOf(params);
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        size="xs"
        placeholder="Name, expression, group, file, or severity=critical"
        aria-label="Search in the rules"
        value={filter.text}
        onChange={(event) => patch({ search: event.currentTarget.value }, 'replace')}
        style={{ flex: '1 1 240px', maxWidth: 460 }}
      />
      {NAMES.map((name) => (
        <Select
          key={name}
          size="xs"
          w={150}
          aria-label={CHOICES[name].label}
          placeholder={CHOICES[name].label}
          data={Object.entries(CHOICES[name].choices).map(([value, label]) => ({ value, label }))}
          value={filter[name] === 'any' ? null : filter[name]}
          onChange={(value) => patch({ [name]: value ?? undefined })}
          clearable
        />
      ))}
    </Group>
  );
}
