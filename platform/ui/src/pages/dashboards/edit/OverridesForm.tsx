import { Autocomplete, Button, Card, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { OVERRIDE_MATCHERS, OVERRIDE_PROPERTIES, overrideProperty } from '../../../lib/field/overrideProperties';
import { array, object, string, type Json } from '../../../lib/json';
import { JsonValue } from './JsonValue';
import { ListButtons } from './ListButtons';
import { MappingsForm } from './MappingsForm';
import { OptionFields } from './OptionFields';
import { Thresholds } from './Thresholds';

interface Props {
  readonly value: unknown;
  /** What the fields of the data are called. */
  readonly names: readonly string[];
  /** The queries of the panel. */
  readonly queries: readonly string[];
  readonly onChange: (overrides: readonly Json[]) => void;
}

/** Settings for some of the fields, over those for all. */
export function OverridesForm({ value, names, queries, onChange }: Props) {
  const overrides = array(value).map(object);
  const update = (at: number, next: Json) => onChange(overrides.map((one, i) => (i === at ? next : one)));
  return (
    <Stack gap="sm">
      {overrides.length === 0 && (
        <Text size="sm" c="dimmed">
          All fields are shown by the settings under "Values".
        </Text>
      )}
      {overrides.map((override, at) => (
        <Card key={at} withBorder padding="xs" role="group" aria-label={`Override ${at + 1}`}>
          <Stack gap="xs">
            <Group gap="xs" justify="space-between" align="flex-end">
              <MatcherInputs matcher={object(override['matcher'])} names={names} queries={queries} name={`override ${at + 1}`} onChange={(matcher) => update(at, { ...override, matcher })} />
              <ListButtons list={overrides} at={at} name={`override ${at + 1}`} onChange={onChange} />
            </Group>
            <Properties value={override['properties']} name={`override ${at + 1}`} names={names} onChange={(properties) => update(at, { ...override, properties })} />
          </Stack>
        </Card>
      ))}
      <Group gap="xs">
        {OVERRIDE_MATCHERS.map(([id, label]) => (
          <Button key={id} size="compact-xs" variant="default" onClick={() => onChange([...overrides, { matcher: { id, options: id === 'byType' ? 'number' : '' }, properties: [] }])}>
            {`Add: ${label.toLowerCase()}`}
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        Matchers of other kinds and properties without inputs are edited as JSON here. Links of fields are JSON only.
      </Text>
    </Stack>
  );
}

const TYPES = ['number', 'string', 'time', 'boolean', 'other'];

function MatcherInputs({ matcher, names, queries, name, onChange }: { matcher: Json; names: readonly string[]; queries: readonly string[]; name: string; onChange: (matcher: Json) => void }) {
  const id = string(matcher['id']);
  const options = matcher['options'];
  const label = OVERRIDE_MATCHERS.find(([one]) => one === id)?.[1] ?? `Fields by "${id}"`;
  const spoken = `${label}: ${name}`;
  const set = (next: unknown) => onChange({ ...matcher, options: next });
  switch (typeof options === 'string' || options === undefined ? id : '') {
    case 'byName':
      return <Autocomplete size="xs" label={label} aria-label={spoken} data={[...names]} limit={200} value={string(options)} onChange={set} />;
    case 'byRegexp':
      return <TextInput size="xs" label={label} aria-label={spoken} placeholder="/^cpu/" value={string(options)} onChange={(event) => set(event.currentTarget.value)} />;
    case 'byType':
      return <Select size="xs" label={label} aria-label={spoken} allowDeselect={false} data={TYPES} value={string(options)} onChange={set} />;
    case 'byFrameRefID':
      return <Autocomplete size="xs" label={label} aria-label={spoken} data={[...queries]} value={string(options)} onChange={set} />;
    default:
      return <JsonValue label={spoken} value={options} onChange={set} />;
  }
}

function Properties({ value, name, names, onChange }: { value: unknown; name: string; names: readonly string[]; onChange: (properties: readonly Json[]) => void }) {
  const properties = array(value).map(object);
  const set = (at: number, next: Json) => onChange(properties.map((one, i) => (i === at ? next : one)));
  const used = new Set(properties.map((property) => string(property['id'])));
  const add = (id: string | null) => id !== null && onChange([...properties, { id, value: structuredClone(overrideProperty(id)?.initial) }]);
  return (
    <>
      {properties.map((property, at) => (
        <Group key={at} gap="xs" align="flex-start" justify="space-between">
          <div className="edit-property">
            <PropertyInput property={property} names={names} of={name} onChange={(next) => set(at, next)} />
          </div>
          <ListButtons list={properties} at={at} name={`${string(property['id'])} of ${name}`} onChange={onChange} />
        </Group>
      ))}
      <Select size="xs" maw={320} searchable aria-label={`Add a property to ${name}`} placeholder="Add a property" value={null} data={OVERRIDE_PROPERTIES.filter(({ id }) => !used.has(id)).map(({ id, label }) => ({ value: id, label }))} onChange={add} />
    </>
  );
}

function PropertyInput({ property, names, of, onChange }: { property: Json; names: readonly string[]; of: string; onChange: (property: Json) => void }) {
  const id = string(property['id']);
  const set = (value: unknown) => onChange({ ...property, value });
  const known = overrideProperty(id);
  if (id === 'mappings') {
    return <MappingsForm value={property['value']} onChange={set} />;
  }
  if (id === 'thresholds') {
    return <Thresholds value={object(property['value'])} onChange={set} />;
  }
  return known === undefined ? <JsonValue label={`${id} (JSON)`} value={property['value']} onChange={set} /> : <OptionFields fields={known.fields} json={property} names={names} of={of} onChange={onChange} />;
}
