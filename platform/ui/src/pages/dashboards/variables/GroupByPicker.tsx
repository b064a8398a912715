import { useState } from 'react';
import { plainOption } from '../../../lib/template/options';
import type { ResolvedVariable } from '../../../lib/template/resolve';
import { OptionPicker } from './OptionPicker';
import { useLabelNames } from './useLabelNames';

/** Chooses labels that the dashboard's aggregations are grouped by besides their own. */
export function GroupByPicker({ input, onSelect }: { input: ResolvedVariable; onSelect: (values: readonly string[]) => void }) {
  const [touched, setTouched] = useState(false);
  const names = useLabelNames(input.source, touched);
  return (
    <span onFocus={() => setTouched(true)} onPointerEnter={() => setTouched(true)}>
      <OptionPicker
        label={input.model.label}
        options={names.filter((name) => name !== '__name__').map(plainOption)}
        selected={input.selected}
        multi
        includeAll={false}
        custom
        loading={false}
        onSelect={onSelect}
      />
    </span>
  );
}
