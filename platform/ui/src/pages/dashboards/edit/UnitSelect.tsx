import { Select, type MantineSize } from '@mantine/core';
import { UNITS } from '../../../lib/units/format';

/** Each unit once: some stand in several groups. */
const UNIT_CHOICES = (() => {
  const seen = new Set<string>();
  return UNITS.map(({ name, units }) => ({ group: name, items: units.filter(({ id }) => !seen.has(id) && seen.add(id)).map(({ id, name: label }) => ({ value: id, label })) }));
})();

const UNIT_IDS = new Set(UNIT_CHOICES.flatMap(({ items }) => items.map(({ value }) => value)));

interface Props {
  readonly label: string;
  readonly value: string;
  readonly size?: MantineSize;
  readonly description?: string | undefined;
  readonly 'aria-label'?: string | undefined;
  /** The empty text for no unit. */
  readonly onChange: (unit: string) => void;
}

/** All units in their groups, and the one that is set even if it is none of them. */
export function UnitSelect({ value, onChange, ...rest }: Props) {
  const data = value === '' || UNIT_IDS.has(value) ? UNIT_CHOICES : [{ group: 'Of this panel', items: [{ value, label: value }] }, ...UNIT_CHOICES];
  return <Select {...rest} searchable clearable value={value === '' ? null : value} data={data} onChange={(unit) => onChange(unit ?? '')} limit={200} />;
}
