import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Empty } from '../../../../components/states';
import type { ShownFrame } from '../../../../lib/field/fieldConfig';
import { readFlame, type Flame, type FlameItem } from '../../../../lib/flame/flame';
import { displayText } from '../../../../lib/table/cellText';
import type { PanelProps } from '../panel';
import { FlameCanvas } from './FlameCanvas';
import { FlameTable } from './FlameTable';
import './flamegraph.css';

/** A profile as a flame graph with the table of its functions. */
export default function FlameGraphPanel({ data, width, height, dark }: PanelProps) {
  const frame = data.frames.find((entry) => entry.meta?.visualisation === 'flamegraph') ?? data.frames.find((entry) => entry.fields.some((field) => field.name === 'level')) ?? data.frames[0];
  const read = useMemo(() => (frame === undefined ? undefined : readFlame(frame)), [frame]);
  if (frame === undefined || read === undefined || read.kind === 'unreadable') {
    return <Empty>{read?.kind === 'unreadable' ? read.message : 'There is no profile in this answer.'}</Empty>;
  }
  if (read.flame.total <= 0) {
    return <Empty>This profile has no samples.</Empty>;
  }
  return <FlameView frame={frame} flame={read.flame} width={width} height={height} dark={dark} />;
}

type View = 'flame' | 'table' | 'both';
const WIDE_PX = 560;

function FlameView({ frame, flame, width, height, dark }: { frame: ShownFrame; flame: Flame; width: number; height: number; dark: boolean }) {
  const wide = width >= WIDE_PX;
  const [chosen, setChosen] = useState<View | undefined>(undefined);
  const [search, setSearch] = useState('');
  const [focus, setFocus] = useState<FlameItem | undefined>(undefined);
  const view = chosen === undefined || (chosen === 'both' && !wide) ? (wide ? 'both' : 'flame') : chosen;
  const values = frame.fields.find((field) => field.name === 'value' || field.title === 'value');
  const write = (value: number) => (values ? displayText(values.display(value)) : String(value));
  return (
    <div className="flame-panel" style={{ height }}>
      <div className="flame-tools">
        <TextInput size="xs" aria-label="Search functions" placeholder="Search functions" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <SegmentedControl
          size="xs"
          aria-label="What is shown"
          data={[{ value: 'table', label: 'Table' }, { value: 'flame', label: 'Flame graph' }, ...(wide ? [{ value: 'both', label: 'Both' }] : [])]}
          value={view}
          onChange={(value) => setChosen(value === 'table' || value === 'both' ? value : 'flame')}
        />
        {focus && (
          <Button size="compact-xs" variant="default" onClick={() => setFocus(undefined)}>
            Show all
          </Button>
        )}
      </div>
      {flame.cut && <p className="flame-notice">This profile is too large; only its beginning is shown.</p>}
      <div className="flame-parts">
        {view !== 'flame' && <FlameTable flame={flame} search={search} write={write} onChoose={setSearch} />}
        {view !== 'table' && <FlameCanvas flame={flame} focus={focus} search={search} dark={dark} write={write} onFocus={setFocus} />}
      </div>
    </div>
  );
}
