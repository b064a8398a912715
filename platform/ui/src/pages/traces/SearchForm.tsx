import { Autocomplete, Button, Group, SimpleGrid, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { traceTagValues } from '../../api/tempo';
import { useHref, useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { isDuration, LIMITS, parseAttributes, searchPatch, type SearchFields } from './search';

export function SearchForm({ search }: { search: SearchFields }) {
  const { patch } = useUrlState();
  const [draft, setDraft] = useState(search);
  const services = useData(['trace-values', 'service.name'], (access, signal) => traceTagValues(access, 'service.name', signal), { refreshes: false });
  const names = useData(['trace-values', 'name'], (access, signal) => traceTagValues(access, 'name', signal), { refreshes: false });
  const edit = (change: Partial<SearchFields>) => setDraft((last) => ({ ...last, ...change }));
  const valid = isDuration(draft.minDuration) && isDuration(draft.maxDuration) && parseAttributes(draft.attributes) !== undefined;
  const options = (data: typeof services) => (data.kind === 'loaded' ? [...new Set(data.value)] : []);
  return (
    <Group align="flex-start" gap="sm">
      <form
        className="card"
        style={{ flex: '1 1 560px', padding: 12, minWidth: 0 }}
        onSubmit={(event) => {
          event.preventDefault();
          if (valid) patch(searchPatch(draft));
        }}
      >
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="xs" verticalSpacing="xs">
          <Autocomplete size="xs" label="Service" placeholder="any" data={options(services)} value={draft.service} onChange={(service) => edit({ service })} limit={50} />
          <Autocomplete size="xs" label="Span name" placeholder="any" data={options(names)} value={draft.name} onChange={(name) => edit({ name })} limit={50} />
          <DurationInput label="Longer than" value={draft.minDuration} onChange={(minDuration) => edit({ minDuration })} />
          <DurationInput label="Shorter than" value={draft.maxDuration} onChange={(maxDuration) => edit({ maxDuration })} />
          <Select size="xs" label="Traces at most" data={LIMITS.map(String)} value={String(draft.limit)} onChange={(limit) => edit({ limit: Number(limit) })} allowDeselect={false} />
        </SimpleGrid>
        <TextInput
          size="xs"
          mt="xs"
          label="Attributes"
          placeholder="http.route=/artifacts tenant.id=acme"
          value={draft.attributes}
          onChange={(event) => edit({ attributes: event.currentTarget.value })}
          error={parseAttributes(draft.attributes) === undefined ? 'Pairs such as key=value, divided by blanks' : undefined}
        />
        <TextInput
          size="xs"
          mt="xs"
          label="TraceQL, in place of the fields above"
          placeholder={'{ resource.service.name = "api" && status = error }'}
          value={draft.query}
          onChange={(event) => edit({ query: event.currentTarget.value })}
        />
        <Group justify="space-between" mt="sm" gap="xs">
          <Switch size="xs" label="With errors only" checked={draft.errorsOnly} onChange={() => edit({ errorsOnly: !draft.errorsOnly })} />
          <Button size="xs" type="submit" disabled={!valid}>
            Search
          </Button>
        </Group>
      </form>
      <IdForm />
    </Group>
  );
}

function DurationInput({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      size="xs"
      label={label}
      placeholder="such as 100ms"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
      error={isDuration(value) ? undefined : 'Such as 100ms or 1.5s'}
    />
  );
}

function IdForm() {
  const [id, setId] = useState('');
  const [, navigate] = useLocation();
  const href = useHref();
  const clean = id.trim().toLowerCase();
  const valid = /^[0-9a-f]{1,32}$/.test(clean);
  return (
    <form
      className="card"
      style={{ flex: '1 1 240px', padding: 12 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) navigate(href(`/explore/traces/${clean}`));
      }}
    >
      <TextInput
        size="xs"
        label="Trace id"
        placeholder="32 hexadecimal digits"
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
        error={id === '' || valid ? undefined : 'Up to 32 hexadecimal digits'}
      />
      <Group justify="flex-end" mt="sm">
        <Button size="xs" variant="default" type="submit" disabled={!valid}>
          Open
        </Button>
      </Group>
    </form>
  );
}
