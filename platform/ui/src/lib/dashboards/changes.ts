/** A difference in the words of a reader. */
export interface ChangeText {
  readonly what: 'added' | 'removed' | 'changed' | 'moved';
  /** Where, as keys from the outside in. */
  readonly place: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

interface Change {
  readonly op: string;
  readonly path: string;
  readonly from: string | undefined;
  readonly before: unknown;
  readonly value: unknown;
}

const MAX_CHARS = 300;
const WHAT: Readonly<Record<string, ChangeText['what']>> = { add: 'added', remove: 'removed', move: 'moved' };

/** Names the place of a difference and writes its values shortly. */
export function describeChange(change: Change): ChangeText {
  const what = WHAT[change.op] ?? 'changed';
  return {
    what,
    place: describePath(change.path),
    before: what === 'moved' ? (change.from === undefined ? undefined : describePath(change.from)) : short(change.before),
    after: what === 'moved' ? undefined : short(change.value),
  };
}

/** A JSON pointer (RFC 6901) as people write it: `/panels/0/title` is `panels[0].title`. */
export function describePath(pointer: string): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const text = keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : /^[\w$-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)).join('');
  return text === '' ? 'the whole dashboard' : text.replace(/^\./, '');
}

function short(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}…` : text;
}

/** What the history page shows, as its address says it; numbers that make no sense are as if not there. */
export interface HistoryView {
  readonly base: number | undefined;
  readonly next: number | undefined;
  readonly lines: boolean;
  /** The version whose JSON is read. */
  readonly json: number | undefined;
}

export function readHistoryView(params: URLSearchParams): HistoryView {
  const version = (name: string): number | undefined => {
    const value = Number(params.get(name) ?? '');
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  return { base: version('base'), next: version('new'), lines: params.get('diff') === 'lines', json: version('json') };
}
