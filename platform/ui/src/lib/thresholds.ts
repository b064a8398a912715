export interface ThresholdStep {
  /** Lower bound, inclusive; -Infinity for the base step. */
  readonly from: number;
  readonly color: string;
}

export interface Thresholds {
  readonly mode: 'absolute' | 'percentage';
  /** Ascending by `from`. */
  readonly steps: readonly ThresholdStep[];
}

export const NO_THRESHOLDS: Thresholds = { mode: 'absolute', steps: [] };

/** The colour of the highest step that the value reaches; percentage steps are shares of [min, max]. */
export function thresholdColor(thresholds: Thresholds, value: number | null, min = 0, max = 100): string | undefined {
  if (value === null || Number.isNaN(value)) {
    return undefined;
  }
  const compared = thresholds.mode === 'absolute' ? value : max === min ? 0 : ((value - min) / (max - min)) * 100;
  return thresholds.steps.findLast((step) => compared >= step.from)?.color;
}

/** Colour names of Grafana's dashboards; anything else is a CSS colour already. */
const NAMED: Readonly<Record<string, string>> = {
  green: '#2f9e44',
  'dark-green': '#2b8a3e',
  'semi-dark-green': '#2f9e44',
  'light-green': '#69db7c',
  'super-light-green': '#b2f2bb',
  red: '#e03131',
  'dark-red': '#c92a2a',
  'semi-dark-red': '#e03131',
  'light-red': '#ff8787',
  'super-light-red': '#ffc9c9',
  yellow: '#f08c00',
  'dark-yellow': '#e67700',
  'semi-dark-yellow': '#f08c00',
  'light-yellow': '#ffd43b',
  'super-light-yellow': '#ffec99',
  orange: '#e8590c',
  'dark-orange': '#d9480f',
  'semi-dark-orange': '#e8590c',
  'light-orange': '#ffa94d',
  'super-light-orange': '#ffd8a8',
  blue: '#1971c2',
  'dark-blue': '#1864ab',
  'semi-dark-blue': '#1971c2',
  'light-blue': '#4dabf7',
  'super-light-blue': '#a5d8ff',
  purple: '#9c36b5',
  'dark-purple': '#862e9c',
  'semi-dark-purple': '#9c36b5',
  'light-purple': '#da77f2',
  'super-light-purple': '#eebefa',
};

export function cssColor(name: string): string {
  return (Object.hasOwn(NAMED, name) ? NAMED[name] : undefined) ?? (name === 'text' ? 'inherit' : name);
}
