import { Button, Code, Group, ScrollArea, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { fileName } from '../../../lib/csv';
import type { PanelModel } from '../../../lib/dashboard/model';
import type { PanelData } from '../panels/panel';
import { download } from './download';

type Part = 'panel' | 'data' | 'stats';

const CHARS_MAX = 100_000;

/** The panel, its data and its statistics as JSON. */
export function JsonTab({ panel, data, title }: { panel: PanelModel; data: PanelData; title: string }) {
  const [part, setPart] = useState<Part>('panel');
  const text = JSON.stringify(contentOf(part, panel, data), plain, 2);
  return (
    <>
      <Group gap="xs" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label="What is shown"
          value={part}
          onChange={(next) => setPart(next === 'data' || next === 'stats' ? next : 'panel')}
          data={[
            { value: 'panel', label: 'Panel' },
            { value: 'data', label: 'Data' },
            { value: 'stats', label: 'Queries' },
          ]}
        />
        <Button size="compact-sm" variant="default" onClick={() => download(fileName(`${title}-${part}`, 'json'), 'application/json', text)}>
          Download
        </Button>
      </Group>
      <ScrollArea.Autosize mah="75vh" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'JSON' }}>
        <Code block style={{ whiteSpace: 'pre-wrap' }} className="wrap-anywhere">
          {text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}\n… ${text.length - CHARS_MAX} more characters: download them` : text}
        </Code>
      </ScrollArea.Autosize>
    </>
  );
}

function contentOf(part: Part, panel: PanelModel, data: PanelData): unknown {
  switch (part) {
    case 'panel':
      return panel.json;
    case 'data':
      return data.raw;
    case 'stats':
      return data.sent;
  }
}

/** JSON has no words for these numbers. */
function plain(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
