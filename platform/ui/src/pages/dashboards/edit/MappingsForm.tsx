import { Button, ColorInput, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { readMappingRows, rowOfKind, SPECIAL_MATCHES, writeMappingRows, type MappingRow } from '../../../lib/field/mappingRows';
import { string, type Json } from '../../../lib/json';
import { ListButtons } from './ListButtons';

type Kind = Exclude<MappingRow['kind'], 'kept'>;

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'value', label: 'value' },
  { value: 'range', label: 'range' },
  { value: 'regex', label: 'regular expression' },
  { value: 'special', label: 'special' },
];

const isKind = (value: string | null): value is Kind => KINDS.some((kind) => kind.value === value);

/** Texts and colours that are shown instead of values. The first mapping that applies counts. */
export function MappingsForm({ value, onChange }: { value: unknown; onChange: (mappings: readonly Json[]) => void }) {
  const rows = readMappingRows(value);
  const set = (next: readonly MappingRow[]) => onChange(writeMappingRows(next));
  return (
    <Stack gap={6} role="group" aria-label="Value mappings">
      <Text size="sm" fw={500}>
        Value mappings
      </Text>
      {rows.map((row, at) => (
        <Group key={at} gap={6} align="center">
          {row.kind === 'kept' ? (
            <Text size="xs" c="dimmed" flex={1}>
              A mapping of another form; it can be changed in the JSON.
            </Text>
          ) : (
            <MappingInputs row={row} name={`mapping ${at + 1}`} onChange={(next) => set(rows.map((one, i) => (i === at ? next : one)))} />
          )}
          <ListButtons list={rows} at={at} name={`mapping ${at + 1}`} onChange={set} />
        </Group>
      ))}
      <Group>
        <Button size="compact-xs" variant="default" onClick={() => set([...rows, rowOfKind('value')])}>
          Add mapping
        </Button>
      </Group>
    </Stack>
  );
}

interface InputsProps {
  readonly row: Exclude<MappingRow, { kind: 'kept' }>;
  readonly name: string;
  readonly onChange: (row: MappingRow) => void;
}

function MappingInputs({ row, name, onChange }: InputsProps) {
  const result = (change: Json) => onChange({ ...row, result: Object.fromEntries(Object.entries({ ...row.result, ...change }).filter(([, value]) => value !== undefined)) });
  return (
    <>
      <Select size="xs" w={130} aria-label={`Kind of ${name}`} allowDeselect={false} value={row.kind} data={KINDS} onChange={(kind) => isKind(kind) && kind !== row.kind && onChange(rowOfKind(kind, row.result))} />
      <Condition row={row} name={name} onChange={onChange} />
      <TextInput size="xs" w={140} aria-label={`Text of ${name}`} placeholder="shown as" value={string(row.result['text'])} onChange={(event) => result({ text: event.currentTarget.value || undefined })} />
      <ColorInput size="xs" w={130} aria-label={`Colour of ${name}`} placeholder="colour" fixOnBlur={false} value={string(row.result['color'])} onChange={(color) => result({ color: color || undefined })} />
    </>
  );
}

function Condition({ row, name, onChange }: InputsProps) {
  switch (row.kind) {
    case 'value':
      return <TextInput size="xs" w={140} aria-label={`Value of ${name}`} placeholder="value" value={row.value} onChange={(event) => onChange({ ...row, value: event.currentTarget.value })} />;
    case 'range':
      return (
        <>
          <NumberInput size="xs" w={90} aria-label={`Lower bound of ${name}`} placeholder="−∞" value={row.from ?? ''} onChange={(from) => onChange({ ...row, from: from === '' ? null : Number(from) })} />
          <NumberInput size="xs" w={90} aria-label={`Upper bound of ${name}`} placeholder="∞" value={row.to ?? ''} onChange={(to) => onChange({ ...row, to: to === '' ? null : Number(to) })} />
        </>
      );
    case 'regex':
      return <TextInput size="xs" w={140} aria-label={`Expression of ${name}`} placeholder="^ok(.*)" value={row.pattern} onChange={(event) => onChange({ ...row, pattern: event.currentTarget.value })} />;
    case 'special':
      return <Select size="xs" w={140} aria-label={`Special value of ${name}`} allowDeselect={false} value={row.match} data={[...SPECIAL_MATCHES]} onChange={(match) => match !== null && onChange({ ...row, match })} />;
  }
}
