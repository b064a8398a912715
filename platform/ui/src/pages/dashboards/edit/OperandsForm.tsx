import { Autocomplete, SimpleGrid } from '@mantine/core';
import type { Json } from '../../../lib/json';
import { readOperand, writeOperand } from '../../../lib/transform/transformForms';
import { JsonValue } from './JsonValue';

const SIDES = [
  ['left', 'Left operand'],
  ['right', 'Right operand'],
] as const;

/** The two operands of a calculation: names of fields, or numbers. */
export function OperandsForm({ binary, names, of, onChange }: { binary: Json; names: readonly string[]; of: string; onChange: (binary: Json) => void }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
      {SIDES.map(([side, label]) => {
        const text = readOperand(binary[side]);
        return text === undefined ? (
          <JsonValue key={side} label={`${label} of ${of} (JSON)`} value={binary[side]} onChange={(next) => onChange({ ...binary, [side]: next })} />
        ) : (
          <Autocomplete key={side} size="xs" label={label} aria-label={`${label}: ${of}`} placeholder="a field or a number" data={[...names]} limit={200} value={text} onChange={(next) => onChange({ ...binary, [side]: writeOperand(next, names) })} />
        );
      })}
    </SimpleGrid>
  );
}
