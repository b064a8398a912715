import { ActionIcon, Badge, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { logLabelNames, logLabelValues } from '../../api/loki';
import { useTime } from '../../app/time';
import { useData } from '../../app/useData';
import { Icon } from '../../components/Icon';
import { matchersOf, withMatcher, withoutMatcher } from '../../lib/logs';

/** The conditions of the stream selector: each can be removed, and others chosen from the labels that the range holds. */
export function Filters({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const { absolute, range } = useTime();
  const [label, setLabel] = useState<string | null>(null);
  const names = useData(['log-labels', range.from, range.to], (access, signal) => logLabelNames(access, absolute, signal), { refreshes: false });
  const values = useData(['log-values', label, range.from, range.to], (access, signal) => logLabelValues(access, label ?? '', absolute, undefined, signal), {
    refreshes: false,
    enabled: label !== null,
  });
  const loaded = (data: typeof names) => (data.kind === 'loaded' ? [...new Set(data.value)] : []);
  return (
    <Group gap={6}>
      {matchersOf(query).map((matcher, index) => (
        <Badge
          key={`${index} ${matcher.label}`}
          variant="light"
          radius="sm"
          size="lg"
          tt="none"
          fw={500}
          maw="100%"
          rightSection={
            <ActionIcon size={16} variant="transparent" aria-label={`Remove the filter on ${matcher.label}`} onClick={() => onChange(withoutMatcher(query, index))}>
              <Icon name="close" size={12} />
            </ActionIcon>
          }
        >
          {matcher.label}
          {matcher.operator}
          {matcher.text}
        </Badge>
      ))}
      <Select size="xs" w={150} searchable aria-label="Label to filter by" placeholder="Filter by label" data={loaded(names)} value={label} onChange={setLabel} nothingFoundMessage="No labels in this range" />
      {label !== null && (
        <Select
          key={label}
          size="xs"
          w={180}
          searchable
          aria-label={`Value of ${label}`}
          placeholder={`value of ${label}`}
          data={loaded(values)}
          value={null}
          onChange={(value) => {
            if (value !== null) {
              onChange(withMatcher(query, label, '=', value));
              setLabel(null);
            }
          }}
          nothingFoundMessage="No values in this range"
        />
      )}
    </Group>
  );
}
