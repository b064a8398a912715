import { gridTime, type GridFrame } from '../frames';
import { formatSeries, type Labels } from '../labels';
import type { AbsoluteRange } from '../time';

/** For how long an alert was in a state. `kept` is firing on although the condition is over. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: 'pending' | 'firing' | 'kept';
}

/** The life of the alerts that share their labels. */
export interface AlertLine {
  readonly name: string;
  readonly labels: Labels;
  readonly stretches: readonly Stretch[];
}

/** From `ALERTS` as a range query gives it: one series for each state. A point stands for the step after it. */
export function linesOfAlerts(frame: GridFrame): AlertLine[] {
  const { grid } = frame;
  const lines = new Map<string, { labels: Labels; stretches: Stretch[] }>();
  for (const { labels: all, values } of frame.series) {
    const alertstate = all['alertstate'];
    if (alertstate !== 'firing' && alertstate !== 'pending') {
      continue;
    }
    const labels = without(all, ['__name__', 'alertname', 'alertstate']);
    const name = formatSeries(labels);
    const line = lines.get(name) ?? { labels, stretches: [] };
    lines.set(name, line);
    let start: number | undefined;
    for (let i = 0; i <= grid.count; i++) {
      const there = i < grid.count && values[i] !== null && values[i] !== undefined;
      if (there && start === undefined) start = i;
      if (!there && start !== undefined) {
        line.stretches.push({ fromMs: gridTime(grid, start), toMs: gridTime(grid, i), state: alertstate });
        start = undefined;
      }
    }
  }
  return sorted([...lines].map(([name, { labels, stretches }]) => ({ name, labels, stretches: stretches.sort((a, b) => a.fromMs - b.fromMs) })));
}

/** What a backtest tells of one alert; times that did not come are undefined. */
export interface Episode {
  readonly labels: Labels;
  readonly pendingMs: number | undefined;
  readonly firingMs: number | undefined;
  readonly keptSinceMs: number | undefined;
  readonly resolvedMs: number | undefined;
}

/** Episodes with the same labels stand in one line. What goes on at the end of the range lasts until there. */
export function linesOfEpisodes(episodes: readonly Episode[], range: AbsoluteRange): AlertLine[] {
  const lines = new Map<string, { labels: Labels; stretches: Stretch[] }>();
  for (const episode of episodes) {
    const labels = without(episode.labels, ['alertname']);
    const name = formatSeries(labels);
    const line = lines.get(name) ?? { labels, stretches: [] };
    lines.set(name, line);
    line.stretches.push(...stretchesOf(episode, range));
  }
  return sorted([...lines].map(([name, { labels, stretches }]) => ({ name, labels, stretches })));
}

function stretchesOf(episode: Episode, range: AbsoluteRange): Stretch[] {
  const end = episode.resolvedMs ?? range.toMs;
  const firing = episode.firingMs;
  const kept = episode.keptSinceMs;
  const stretches: Stretch[] = [];
  const add = (state: Stretch['state'], from: number, to: number) => {
    const fromMs = Math.max(from, range.fromMs);
    const toMs = Math.min(to, range.toMs);
    if (toMs > fromMs) stretches.push({ state, fromMs, toMs });
  };
  if (episode.pendingMs !== undefined) add('pending', episode.pendingMs, firing ?? end);
  if (firing !== undefined) add('firing', firing, kept ?? end);
  if (kept !== undefined) add('kept', kept, end);
  return stretches;
}

function without(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}

/** Those that fired for longest come first. */
function sorted(lines: AlertLine[]): AlertLine[] {
  return lines.sort((a, b) => firingMs(b) - firingMs(a) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** How long a line's alerts fired. */
export function firingMs(line: AlertLine): number {
  return line.stretches.reduce((sum, stretch) => sum + (stretch.state === 'pending' ? 0 : stretch.toMs - stretch.fromMs), 0);
}
