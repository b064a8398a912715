import { describe, expect, it } from 'vitest';
import { createScope } from '../template/createScope';
import { readDashboard } from './read';
import { expandRepeats } from './repeat';

const scope = createScope([
  { name: 'host', type: 'query', many: true, value: ['a', 'b', 'c', 'd', 'e'], text: 'All', texts: ['A', 'B', 'C', 'D', 'E'] },
  { name: 'job', type: 'query', many: true, value: ['x', 'y'], text: 'x + y' },
  { name: 'none', type: 'query', many: true, value: [], text: '' },
]);
const places = (panels: unknown[]) =>
  expandRepeats(readDashboard({ schemaVersion: 42, panels }), scope).map(({ row, scope: inside, panels: found }) => [
    inside.replace(row.title ?? '', 'text'),
    ...found.map(({ panel, scope: own }) => `${panel.key} ${own.replace('$host $job', 'text')} ${panel.gridPos.x},${panel.gridPos.y} ${panel.gridPos.w}×${panel.gridPos.h}`),
  ]);

describe('repeats', () => {
  it('puts panels side by side in equally full lines and moves what is below', () => {
    expect(places([{ id: 1, title: '$host', repeat: 'host', maxPerRow: 4, gridPos: { x: 3, y: 0, w: 6, h: 4 } }, { id: 2, gridPos: { x: 0, y: 4, w: 24, h: 2 } }])).toEqual([
      [
        '',
        'panel-1 A x + y 0,0 8×4',
        'panel-1-host=b B x + y 8,0 8×4',
        'panel-1-host=c C x + y 16,0 8×4',
        'panel-1-host=d D x + y 0,4 8×4',
        'panel-1-host=e E x + y 8,4 8×4',
        'panel-2 All x + y 0,8 24×2',
      ],
    ]);
  });

  it('shares the columns of five in a line', () => {
    expect(places([{ id: 1, repeat: 'host', maxPerRow: 6, gridPos: { x: 0, y: 0, w: 6, h: 4 } }])[0]?.slice(1).map((text) => text.split(' ').slice(-2).join(' '))).toEqual(['0,0 5×4', '5,0 5×4', '10,0 4×4', '14,0 5×4', '19,0 5×4']);
  });

  it('puts panels one below the other', () => {
    expect(places([{ id: 1, repeat: 'job', repeatDirection: 'v', gridPos: { x: 4, y: 0, w: 6, h: 4 } }])).toEqual([['', 'panel-1 All x 4,0 6×4', 'panel-1-job=y All y 4,4 6×4']]);
  });

  it('repeats rows with all that is in them', () => {
    const panels = [
      { id: 1, type: 'row', title: 'Job $job', repeat: 'job', gridPos: { x: 0, y: 0, w: 24, h: 1 } },
      { id: 2, gridPos: { x: 0, y: 1, w: 24, h: 3 } },
    ];
    expect(places(panels)).toEqual([
      ['Job x', 'panel-2 All x 0,0 24×3'],
      ['Job y', 'panel-2-job=y All y 0,0 24×3'],
    ]);
  });

  it.each(['none', 'missing'])('draws a panel once where the variable %s has no values', (repeat) => {
    expect(places([{ id: 1, repeat, gridPos: { x: 3, y: 0, w: 6, h: 4 } }])).toEqual([['', 'panel-1 All x + y 3,0 6×4']]);
  });
});
