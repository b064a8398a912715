import { Card, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { array, object, string, type Json } from '../../../lib/json';
import { refusedTransformation, TRANSFORMERS } from '../../../lib/transform/transformFrames';
import { transformationFields } from '../../../lib/transform/transformForms';
import { GroupByForm } from './GroupByForm';
import { JsonValue } from './JsonValue';
import { ListButtons } from './ListButtons';
import { OperandsForm } from './OperandsForm';
import { OptionFields } from './OptionFields';
import { OrganizeForm } from './OrganizeForm';

const CHOICES = Object.entries(TRANSFORMERS).map(([value, { name }]) => ({ value, label: name }));

interface Props {
  readonly value: unknown;
  /** What the fields are called before the transformation at a place. */
  readonly namesBefore: (at: number) => readonly string[];
  readonly onChange: (transformations: readonly Json[]) => void;
}

/** Changes of the data before they are drawn, one after the other. */
export function TransformationsForm({ value, namesBefore, onChange }: Props) {
  const list = array(value).map(object);
  const update = (at: number, next: Json) => onChange(list.map((one, i) => (i === at ? next : one)));
  return (
    <Stack gap="sm">
      {list.map((transformation, at) => {
        const id = string(transformation['id']);
        const name = Object.hasOwn(TRANSFORMERS, id) ? (TRANSFORMERS[id]?.name ?? id) : id;
        const refused = refusedTransformation(id);
        return (
          <Card key={at} withBorder padding="xs" role="group" aria-label={`Transformation ${at + 1}: ${name}`}>
            <Stack gap="xs">
              <Group gap="xs" justify="space-between">
                <Text size="sm" fw={500}>
                  {at + 1}. {name}
                </Text>
                <Group gap="xs">
                  <Switch size="xs" label="On" aria-label={`Transformation ${at + 1} is on`} checked={transformation['disabled'] !== true} onChange={(event) => update(at, event.currentTarget.checked ? without(transformation, 'disabled') : { ...transformation, disabled: true })} />
                  <ListButtons list={list} at={at} name={`transformation ${at + 1}`} onChange={onChange} />
                </Group>
              </Group>
              {refused !== undefined && <Text size="xs">{refused}</Text>}
              <TransformationOptions id={id} options={object(transformation['options'])} names={namesBefore(at)} of={`transformation ${at + 1}`} onChange={(options) => update(at, { ...transformation, options })} />
            </Stack>
          </Card>
        );
      })}
      <Select size="xs" maw={320} searchable aria-label="Add a transformation" placeholder="Add a transformation" value={null} data={CHOICES} limit={100} onChange={(id) => id !== null && onChange([...list, { id, options: {} }])} />
      <Text size="xs" c="dimmed">
        The panel above shows the data after all of them. Which frames a transformation takes (its filter) is in the JSON of the panel.
      </Text>
    </Stack>
  );
}

interface OptionsProps {
  readonly id: string;
  readonly options: Json;
  readonly names: readonly string[];
  readonly of: string;
  readonly onChange: (options: Json) => void;
}

function TransformationOptions({ id, options, names, of, onChange }: OptionsProps) {
  const fields = transformationFields(id);
  if (fields === undefined || (id === 'calculateField' && options['mode'] === 'windowFunctions')) {
    return <JsonValue label={`Options of ${of} (JSON)`} value={options} onChange={(next) => onChange(object(next))} />;
  }
  switch (id) {
    case 'organize':
      return <OrganizeForm options={options} names={names} onChange={onChange} />;
    case 'groupBy':
      return <GroupByForm options={options} names={names} onChange={onChange} />;
    default:
      return (
        <Stack gap="xs">
          {fields.length === 0 && (
            <Text size="xs" c="dimmed">
              It has no options.
            </Text>
          )}
          <OptionFields fields={fields} json={options} names={names} of={of} onChange={onChange} />
          {id === 'calculateField' && options['mode'] === 'binary' && <OperandsForm binary={object(options['binary'])} names={names} of={of} onChange={(binary) => onChange({ ...options, binary })} />}
        </Stack>
      );
  }
}

function without(json: Json, key: string): Json {
  return Object.fromEntries(Object.entries(json).filter(([one]) => one !== key));
}
