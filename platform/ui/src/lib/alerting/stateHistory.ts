import { gridTime, type GridFrame } from '../frames';

/** A time in which an alert was in one state. */
export interface Stretch {
  readonly state: 'pending' | 'firing';
  readonly fromMs: number;
  readonly toMs: number;
}

/** The stretches of the series `ALERTS` of one alert, in their order. Each reaches to the step after its last point. */
export function stretchesOf({ grid, series }: GridFrame): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { labels, values } of series) {
    const state = labels['alertstate'];
    if (state !== 'pending' && state !== 'firing') continue;
    let begin = -1;
    for (let i = 0; i <= values.length; i++) {
      const there = i < values.length && values[i] !== null && values[i] !== undefined;
      if (there && begin < 0) begin = i;
      if (!there && begin >= 0) {
        stretches.push({ state, fromMs: gridTime(grid, begin), toMs: Math.min(gridTime(grid, i), gridTime(grid, grid.count - 1)) });
        begin = -1;
      }
    }
  }
  return stretches.filter(({ fromMs, toMs }) => toMs >= fromMs).sort((a, b) => a.fromMs - b.fromMs || (a.state === 'pending' ? -1 : 1));
}
