import { Autocomplete, ColorInput, MultiSelect, NumberInput, Select, SimpleGrid, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { isShown, readPath, writePath, type OptionField } from '../../../lib/dashboard/optionFields';
import { REDUCERS } from '../../../lib/field/reducers';
import { array, optionalNumber, string, type Json } from '../../../lib/json';
import { UnitSelect } from './UnitSelect';

interface Props {
  readonly fields: readonly OptionField[];
  readonly json: Json;
  readonly onChange: (json: Json) => void;
  /** Names of fields for completion. */
  readonly names?: readonly string[];
  /** Said before each label to those who do not see which form an input belongs to. */
  readonly of?: string;
}

const NO_NAMES: readonly string[] = [];
const CALCULATIONS = REDUCERS.map(({ id, name }) => ({ value: id, label: name }));

/** Inputs for values of a JSON document. What has no input stays as it is. */
export function OptionFields({ fields, json, onChange, names = NO_NAMES, of }: Props) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" verticalSpacing="xs">
      {fields
        .filter((field) => isShown(field, json))
        .map((field) => (
          <OptionInput key={field.path} field={field} value={readPath(json, field.path)} names={names} of={of} onChange={(value) => onChange(writePath(json, field.path, value))} />
        ))}
    </SimpleGrid>
  );
}

interface InputProps {
  readonly field: OptionField;
  readonly value: unknown;
  readonly names: readonly string[];
  readonly of: string | undefined;
  readonly onChange: (value: unknown) => void;
}

function OptionInput({ field, value, names, of, onChange }: InputProps) {
  const common = { label: field.label, description: field.description, 'aria-label': of === undefined ? undefined : `${field.label}: ${of}`, size: 'xs' } as const;
  const placeholder = 'placeholder' in field ? field.placeholder : undefined;
  const text = typeof value === 'number' ? String(value) : string(value);
  const write = (next: string) => onChange(next === '' ? undefined : next);
  switch (field.kind) {
    case 'choice': {
      const chosen = String(value ?? field.fallback);
      const choices = field.choices.map(([id, label]) => ({ value: String(id), label }));
      const data = choices.some((choice) => choice.value === chosen) ? choices : [...choices, { value: chosen, label: chosen }];
      return <Select {...common} allowDeselect={false} value={chosen} data={data} onChange={(next) => onChange(field.choices.find(([id]) => String(id) === next)?.[0] ?? next)} />;
    }
    case 'switch':
      return <Switch {...common} mt="lg" checked={typeof value === 'boolean' ? value : field.fallback} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'number':
      return <NumberInput {...common} placeholder={placeholder} min={field.min ?? -Infinity} max={field.max ?? Infinity} value={optionalNumber(value) ?? ''} onChange={(next) => onChange(next === '' ? undefined : Number(next))} />;
    case 'calculation':
      return <Select {...common} searchable allowDeselect={false} value={string(value, field.fallback)} data={CALCULATIONS} limit={130} onChange={(next) => onChange(next ?? undefined)} />;
    case 'calculations':
      return <MultiSelect {...common} searchable value={texts(value)} data={withOwn(CALCULATIONS, texts(value))} limit={130} onChange={onChange} />;
    case 'names':
      return <TagsInput {...common} data={[...names]} value={texts(value)} limit={200} onChange={onChange} />;
    case 'texts':
      return <TagsInput {...common} value={texts(value)} onChange={onChange} />;
    case 'name':
      return <Autocomplete {...common} placeholder={placeholder} data={[...names]} value={text} limit={200} onChange={write} />;
    case 'unit':
      return <UnitSelect {...common} value={text} onChange={write} />;
    case 'color':
      return <ColorInput {...common} value={text} fixOnBlur={false} onChange={write} />;
    case 'lines':
      return <Textarea {...common} autosize minRows={6} maxRows={24} style={WHOLE_LINE} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'text':
      return <TextInput {...common} placeholder={placeholder} value={text} onChange={(event) => write(event.currentTarget.value)} />;
  }
}

const WHOLE_LINE = { gridColumn: '1 / -1' };

function texts(value: unknown): string[] {
  return [...new Set(array(value).filter((one) => typeof one === 'string'))];
}

/** Calculations that a file names under older ids are still chosen. */
function withOwn(choices: readonly { readonly value: string; readonly label: string }[], chosen: readonly string[]) {
  return [...choices, ...chosen.filter((id) => !choices.some(({ value }) => value === id)).map((id) => ({ value: id, label: id }))];
}
