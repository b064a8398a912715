import { differingLabels, formatSeries, type Labels } from './labels';

const PLACEHOLDER = /\{\{\s*(.+?)\s*\}\}/g;

/** Names of series by Grafana's `legendFormat`: a template, `__auto`, or empty for the series as Prometheus writes it. */
export function legends(format: string | undefined, series: readonly Labels[], expr: string): string[] {
  if (format === undefined || format === '') {
    return series.map((labels) => (Object.keys(labels).length === 0 ? expr : formatSeries(labels)));
  }
  if (format === '__auto') {
    return automatic(series, expr);
  }
  return series.map((labels) => format.replace(PLACEHOLDER, (_, name: string) => labels[name] ?? '').trim() || formatSeries(labels));
}

/** The value of the label in which the series differ, or all differing labels, or the whole series where none differs. */
function automatic(series: readonly Labels[], expr: string): string[] {
  const names = differingLabels(series);
  const [only] = names;
  return series.map((labels) => {
    if (Object.keys(labels).length === 0) {
      return expr;
    }
    if (names.length === 1 && only !== undefined) {
      return labels[only] ?? '';
    }
    return names.length === 0 ? formatSeries(labels) : formatSeries(pick(labels, names));
  });
}

function pick(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(names.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));
}
