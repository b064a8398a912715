import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Empty } from '../../../../components/states';
import { tableOptions } from '../../../../lib/table/tableOptions';
import type { ShownFrame } from '../../../../lib/field/fieldConfig';
import type { PanelProps } from '../panel';
import { TableView } from './TableView';

const CHOICE_PX = 34;

/** One frame as a table; where there are several, one is chosen below it, as their data source or their series name them. */
export default function TablePanel({ panel, data, scope, width, height, dark }: PanelProps) {
  const options = useMemo(() => tableOptions(panel.options), [panel.options]);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const frames = data.frames;
  const wanted = chosen ?? options.frameIndex;
  const index = wanted > 0 && wanted < frames.length ? wanted : 0;
  const frame = frames[index];
  if (!frame || frame.fields.length === 0) {
    return <Empty>There are no columns in this answer.</Empty>;
  }
  const several = frames.length > 1;
  return (
    <div className="panel-fill" style={{ height }}>
      <TableView key={index} frame={frame} options={options} scope={scope} width={width} height={several ? height - CHOICE_PX : height} dark={dark} label={panel.title} />
      {several && (
        <Select
          size="xs"
          mt={4}
          aria-label="Which table"
          data={frames.map((entry, at) => ({ value: String(at), label: frameName(entry, at) }))}
          value={String(index)}
          onChange={(value) => value !== null && setChosen(Number(value))}
          allowDeselect={false}
          searchable={frames.length > 10}
        />
      )}
    </div>
  );
}

const MAX_NAME_CHARS = 200;

/** The name of the frame, else of its only series, else its query. */
export function frameName(frame: ShownFrame, index: number): string {
  const values = frame.fields.filter((field) => field.type !== 'time');
  const name = frame.name ?? (values.length === 1 ? values[0]?.title : undefined) ?? '';
  const shown = name.trim() === '' ? `Series (${frame.refId === '' ? index + 1 : frame.refId})` : name;
  return shown.slice(0, MAX_NAME_CHARS);
}
