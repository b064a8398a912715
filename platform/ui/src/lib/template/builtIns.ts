import type { ScopeContext, ScopeVariable } from './createScope';
import { encodeStrict, type FormatValue } from './formats';
import { atPath } from './path';

/** The value that stands for every option, as Grafana writes it in files and addresses. */
export const ALL_VALUE = '$__all';
export const ALL_TEXT = 'All';

interface BuiltIn {
  readonly value: FormatValue;
  readonly text: string;
  /** Not to be formatted again: a piece of an address. */
  readonly final?: boolean;
}

/** Grafana's global variables, apart from those that only a query has (`__interval` and its kin, which its caller adds). */
export function builtIn(
  name: string,
  path: string | undefined,
  context: ScopeContext,
  variables: ReadonlyMap<string, ScopeVariable>,
  format?: string,
): BuiltIn | undefined {
  const { range } = context;
  switch (name) {
    case '__from':
      return range && plain(String(range.fromMs));
    case '__to':
      return range && plain(String(range.toMs));
    case '__range':
      return range && plain(`${seconds(range)}s`);
    case '__range_s':
      return range && plain(String(seconds(range)));
    case '__range_ms':
      return range && plain(String(range.toMs - range.fromMs));
    case '__timeFilter':
    case 'timeFilter':
      return range && { ...plain(`time >= ${range.fromMs}ms and time <= ${range.toMs}ms`), final: true };
    case '__timezone':
      return plain(timeZoneName(context.timeZone));
    case '__dashboard':
      return context.dashboard && part({ name: context.dashboard.title, uid: context.dashboard.uid }, path, context.dashboard.title);
    case '__org':
      return context.org && part(context.org, path, context.org.id);
    case '__user':
      return context.user && part(context.user, path, context.user.id);
    case '__url_time_range':
      return range && { ...plain(urlRange(context)), final: true };
    case '__all_variables':
      return { ...plain(allVariables(variables)), final: true };
    case '__url':
      return context.path === undefined ? undefined : { ...plain(url(path, format, context)), final: true };
    default:
      return undefined;
  }
}

function plain(text: string): BuiltIn {
  return { value: text, text };
}

function part(subject: object, path: string | undefined, whole: string): BuiltIn {
  return plain(path === undefined ? whole : String(atPath(subject, path) ?? ''));
}

function seconds(range: { fromMs: number; toMs: number }): number {
  return Math.round((range.toMs - range.fromMs) / 1000);
}

function timeZoneName(timeZone: string | undefined): string {
  return timeZone === undefined || timeZone === 'browser' || timeZone === '' ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone;
}

function urlRange({ range, rawRange }: ScopeContext): string {
  return `from=${encodeStrict(rawRange?.from ?? String(range?.fromMs ?? ''))}&to=${encodeStrict(rawRange?.to ?? String(range?.toMs ?? ''))}`;
}

function allVariables(variables: ReadonlyMap<string, ScopeVariable>): string {
  return [...variables.values()].flatMap(({ name, urlValues }) => (urlValues ?? []).map((value) => `var-${name}=${encodeStrict(value)}`)).join('&');
}

/** `${__url}`, `${__url.path}`, `${__url.params}`, `${__url.params:exclude:a,b}` and `:include:`. */
function url(path: string | undefined, format: string | undefined, context: ScopeContext): string {
  const search = new URLSearchParams(context.search ?? '');
  const [how, names = ''] = (format ?? '').split(':');
  const named = new Set(names.split(','));
  const kept = [...search].filter(([name]) => (how === 'exclude' ? !named.has(name) : how === 'include' ? named.has(name) : true));
  const query = kept.length === 0 ? '' : `?${new URLSearchParams(kept).toString()}`;
  switch (path) {
    case undefined:
      return `${context.path ?? ''}${query}`;
    case 'path':
      return context.path ?? '';
    case 'params':
      return query;
    default:
      return '';
  }
}
