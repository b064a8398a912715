import type { Span, Trace } from './trace';

/** One line of the waterfall. */
export interface WaterfallRow {
  readonly key: string;
  readonly span: Span;
  readonly depth: number;
  readonly childCount: number;
  /** The span names a parent that the trace does not hold. */
  readonly orphan: boolean;
  /** Another span of the trace has the same id. */
  readonly duplicate: boolean;
  /** Share of the trace at which the bar starts, in [0, 1], and that it covers. */
  readonly left: number;
  readonly width: number;
}

/** Spans depth first, siblings by start, without the descendants of collapsed rows. A cycle of parents starts at its earliest span. */
export function waterfallRows(trace: Trace, collapsed: ReadonlySet<string>): WaterfallRow[] {
  const nodes = trace.spans.map((span, index) => ({ span, key: `${span.spanId}-${index}`, index }));
  nodes.sort((a, b) => a.span.offsetMs - b.span.offsetMs || b.span.durationMs - a.span.durationMs);
  const byId = new Map<string, typeof nodes>();
  for (const node of nodes) {
    const same = byId.get(node.span.spanId);
    if (same) same.push(node);
    else byId.set(node.span.spanId, [node]);
  }
  const children = new Map<string, typeof nodes>();
  const roots: typeof nodes = [];
  for (const node of nodes) {
    const parent = byId.get(node.span.parentSpanId)?.[0];
    if (!parent || parent === node) {
      roots.push(node);
    } else {
      const list = children.get(parent.key);
      if (list) list.push(node);
      else children.set(parent.key, [node]);
    }
  }
  const rows: WaterfallRow[] = [];
  const seen = new Set<string>();
  const walk = (start: (typeof nodes)[number]) => {
    const open = [{ node: start, depth: 0, shown: true }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, depth, shown } = next;
      if (seen.has(node.key)) continue;
      seen.add(node.key);
      const below = children.get(node.key) ?? [];
      if (shown) rows.push(rowOf(trace, node.span, node.key, depth, below.length, byId));
      const showBelow = shown && !collapsed.has(node.key);
      for (let i = below.length - 1; i >= 0; i--) {
        const child = below[i];
        if (child) open.push({ node: child, depth: depth + 1, shown: showBelow });
      }
    }
  };
  roots.forEach(walk);
  nodes.filter((node) => !seen.has(node.key)).forEach(walk);
  return rows;
}

function rowOf(trace: Trace, span: Span, key: string, depth: number, childCount: number, byId: ReadonlyMap<string, readonly unknown[]>): WaterfallRow {
  const whole = trace.durationMs > 0 ? trace.durationMs : 1;
  const left = Math.min(1, Math.max(0, span.offsetMs / whole));
  return {
    key,
    span,
    depth,
    childCount,
    orphan: span.parentSpanId !== '' && !byId.has(span.parentSpanId),
    duplicate: (byId.get(span.spanId)?.length ?? 0) > 1,
    left,
    width: Math.min(1 - left, Math.max(0, span.durationMs / whole)),
  };
}

/** Marks of the time axis above the waterfall: 0 and the end included, `count` spaces between them. */
export function waterfallTicks(durationMs: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => (durationMs * i) / count);
}

/** Spans and errors of each service, most spans first. */
export function servicesOf(trace: Trace): { service: string; spans: number; errors: number }[] {
  const counts = new Map<string, { service: string; spans: number; errors: number }>();
  for (const span of trace.spans) {
    const entry = counts.get(span.service) ?? { service: span.service, spans: 0, errors: 0 };
    entry.spans++;
    entry.errors += span.error ? 1 : 0;
    counts.set(span.service, entry);
  }
  return [...counts.values()].sort((a, b) => b.spans - a.spans || (a.service < b.service ? -1 : 1));
}
