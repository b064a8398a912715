/** The state of the page of metrics that an address of Prometheus' own graph page asks for (`g0.expr`, `g0.tab`, `g1.expr`, …), as alerts carry it. */
export function readPrometheusGraph(params: URLSearchParams): { expr: string[]; tab: string | undefined } {
  const expr = [...params]
    .map(([name, value]) => ({ panel: /^g(\d+)\.expr$/.exec(name)?.[1], value }))
    .filter(({ panel, value }) => panel !== undefined && value.trim() !== '')
    .sort((a, b) => Number(a.panel) - Number(b.panel))
    .map(({ value }) => value);
  const table = ['1', 'table'].includes(params.get('g0.tab') ?? '');
  return { expr, tab: table ? 'table' : undefined };
}
