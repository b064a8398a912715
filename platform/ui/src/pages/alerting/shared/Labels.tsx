import { Group } from '@mantine/core';
import type { Labels } from '../../../lib/labels';

interface LabelMarksProps {
  readonly labels: Labels;
  readonly without?: readonly string[];
  /** Makes them buttons, which do this. */
  readonly onChoose?: (name: string, value: string) => void;
}

/** Labels as small marks, each whole in its title. */
export function LabelMarks({ labels, without = [], onChoose }: LabelMarksProps) {
  const entries = Object.entries(labels).filter(([name]) => !without.includes(name));
  return entries.length === 0 ? null : (
    <Group gap={4}>
      {entries.map(([name, value]) =>
        onChoose ? (
          <button key={name} type="button" className="label-mark" title={`Only alerts with ${name}="${value}"`} onClick={() => onChoose(name, value)}>
            {name}={value}
          </button>
        ) : (
          <span key={name} className="label-mark" title={`${name}=${value}`}>
            {name}={value}
          </span>
        ),
      )}
    </Group>
  );
}
