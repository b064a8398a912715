import type { VariableModel } from '../dashboard/model';
import { boolean, object, optionalString, string } from '../json';
import { refusal, resolveDataSource } from '../query/dataSource';
import { createScope, referencedNames, type ScopeContext, type ScopeVariable } from './createScope';
import { baseFilters, filterFromUrl, savedFilters, type AdHocFilter } from './filters';
import { csvOptions, dataSourceOptions, filterOptions, intervalOptions, jsonOptions, savedOptions, sortOptions, switchOptions, type VariableOption } from './options';
import type { ScopedVars, TemplateScope } from './scope';
import { scopeVariable, selectOptions, type Wanted } from './select';
import type { AbsoluteRange } from '../time';
import { parseVariableQuery, variableQueryText, type VariableQuery } from './variableQuery';

export type AskedSource = 'prometheus' | 'loki' | 'tempo';

/** A variable with its choices and what is chosen. */
export interface ResolvedVariable {
  readonly model: VariableModel;
  readonly options: readonly VariableOption[];
  readonly selected: readonly VariableOption[];
  /** Of a filter variable. */
  readonly filters: readonly AdHocFilter[];
  /** Why there are no options, in words for people. */
  readonly failure: string | undefined;
  /** What answers, for variables that ask. */
  readonly source: AskedSource | undefined;
  readonly scoped: ScopeVariable;
}

/** What resolving needs from outside. */
export interface ResolveContext {
  readonly range: AbsoluteRange;
  readonly scope: ScopeContext;
  readonly wanted: (name: string) => Wanted | undefined;
  /** The values that a query gives, in the source's order. */
  readonly ask: (source: AskedSource, query: VariableQuery, refreshes: boolean) => Promise<readonly VariableOption[]>;
}

/** What the queries of variables may use besides: no panel says how wide it is. */
const QUERY_VARIABLES: ScopedVars = {
  __interval: { text: '15s', value: '15s' },
  __interval_ms: { text: '15000', value: 15_000 },
  __rate_interval: { text: '1m0s', value: '1m0s' },
  __searchFilter: { text: '', value: '.*' },
};

/** Pattern and values are kept this short: both may be hostile. */
const REGEX_LENGTH_MAX = 1000;

/**
 * Resolves all variables of a dashboard: each waits for those that its query, pattern or data source refers to and sees
 * their selection; others go side by side. One that fails has no options, and the rest goes on.
 */
export async function resolveVariables(models: readonly VariableModel[], context: ResolveContext): Promise<ResolvedVariable[]> {
  const running = new Map<string, Promise<ResolvedVariable>>();
  const parents = dependencies(models);
  const start = (model: VariableModel): Promise<ResolvedVariable> => {
    const known = running.get(model.name);
    if (known !== undefined) {
      return known;
    }
    const waiting = (parents.get(model.name) ?? []).map((parent) => start(parent));
    const resolved = Promise.all(waiting).then((before) => resolveOne(model, before, context));
    running.set(model.name, resolved);
    return resolved;
  };
  return Promise.all(models.map(start));
}

/** The variables that each refers to. A circle is opened at the reference that comes last in the file. */
export function dependencies(models: readonly VariableModel[]): ReadonlyMap<string, readonly VariableModel[]> {
  const byName = new Map(models.map((model) => [model.name, model]));
  const found = new Map<string, VariableModel[]>();
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    from === to || (!seen.has(from) && (found.get(from) ?? []).some((parent) => reaches(parent.name, to, seen.add(from))));
  for (const model of models) {
    found.set(model.name, []);
  }
  for (const model of models) {
    for (const name of referencedNames(textsOf(model))) {
      const parent = byName.get(name);
      if (parent !== undefined && !reaches(name, model.name)) {
        found.get(model.name)?.push(parent);
      }
    }
  }
  return found;
}

/** All variables that depend on one, over any number of steps. */
export function dependants(models: readonly VariableModel[], name: string): Set<string> {
  const parents = dependencies(models);
  const found = new Set<string>();
  let grown = true;
  while (grown) {
    grown = false;
    for (const model of models) {
      const depends = (parents.get(model.name) ?? []).some((parent) => parent.name === name || found.has(parent.name));
      if (depends && !found.has(model.name)) {
        found.add(model.name);
        grown = true;
      }
    }
  }
  return found;
}

function textsOf(model: VariableModel): string {
  const { query, definition } = model.json;
  const asked = typeof query === 'string' && query !== '' ? query : (JSON.stringify(query) ?? '');
  const text = asked === '' || asked === '{}' || asked === '""' ? string(definition) : asked;
  return [text, model.regex, model.datasource?.uid ?? '', model.allValue ?? ''].join('\n');
}

async function resolveOne(model: VariableModel, before: readonly ResolvedVariable[], context: ResolveContext): Promise<ResolvedVariable> {
  const scope = createScope(before.map(({ scoped }) => scoped), context.scope);
  const wanted = context.wanted(model.name);
  const source = sourceOf(model, scope);
  let options: readonly VariableOption[] = [];
  let failure: string | undefined;
  try {
    options = await optionsOf(model, scope, context);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    failure = error instanceof Error ? error.message : String(error);
  }
  const filters = model.type === 'adhoc' ? filtersOf(model, wanted) : [];
  // Where the question failed, what was chosen before is the best that is known.
  const selected = selectOptions(model, options, failure !== undefined && wanted !== undefined ? { ...wanted, trusted: true } : wanted);
  return { model, options, selected, filters, failure, source, scoped: scopeVariable(withAllValue(model, scope), options, selected, context.range, [...baseFilters(model.json), ...filters]) };
}

/** What All stands for may itself refer to variables. */
function withAllValue(model: VariableModel, scope: TemplateScope): VariableModel {
  return model.allValue === undefined ? model : { ...model, allValue: scope.replace(model.allValue, 'promql') };
}

function filtersOf(model: VariableModel, wanted: Wanted | undefined): AdHocFilter[] {
  return wanted === undefined ? savedFilters(model.json) : wanted.values.flatMap((text) => filterFromUrl(text) ?? []);
}

function sourceOf(model: VariableModel, scope: TemplateScope): AskedSource | undefined {
  if (model.type !== 'query' && model.type !== 'adhoc' && model.type !== 'groupby') {
    return undefined;
  }
  const { kind } = resolveDataSource(model.datasource, scope, object(model.json['query']));
  return kind === 'prometheus' || kind === 'loki' || kind === 'tempo' ? kind : undefined;
}

async function optionsOf(model: VariableModel, scope: TemplateScope, context: ResolveContext): Promise<readonly VariableOption[]> {
  const query = string(model.json['query']);
  switch (model.type) {
    case 'query':
      return queried(model, scope, context);
    case 'custom': {
      const text = scope.replace(query);
      const read = string(model.json['valuesFormat']) === 'json' ? jsonOptions(text) : csvOptions(text);
      return read.length > 0 || query !== '' ? read : savedOptions(model.json);
    }
    case 'interval':
      return intervalOptions(scope.replace(query), boolean(model.json['auto'], false));
    case 'datasource':
      return dataSourceOptions(scope.replace(query));
    case 'switch':
      return switchOptions(model.json);
    case 'textbox':
    case 'constant':
    case 'adhoc':
    case 'groupby':
    case 'system':
      return [];
  }
}

async function queried(model: VariableModel, scope: TemplateScope, context: ResolveContext): Promise<readonly VariableOption[]> {
  const saved = savedOptions(model.json);
  if (model.refresh === 'never' && saved.length > 0) {
    return saved;
  }
  const { query, definition } = model.json;
  const found = resolveDataSource(model.datasource, scope, object(query));
  if (found.kind !== 'prometheus' && found.kind !== 'loki' && found.kind !== 'tempo') {
    throw new Error(refusal(found));
  }
  const language = found.kind === 'prometheus' ? 'promql' : found.kind === 'loki' ? 'logql' : 'traceql';
  const text = scope.replace(variableQueryText(query, string(definition), found.kind), language, QUERY_VARIABLES);
  const parsed = parseVariableQuery(text);
  const values = parsed === undefined ? [] : await context.ask(found.kind, parsed, model.refresh === 'range');
  const pattern = regexOf(scope.replace(model.regex, 'regex'));
  const target = optionalString(model.json['regexApplyTo']) === 'text' ? 'text' : 'value';
  const short = pattern === undefined ? values : values.filter((option) => option.value.length <= REGEX_LENGTH_MAX && option.text.length <= REGEX_LENGTH_MAX);
  const options = sortOptions(filterOptions(short, pattern, target), model.sort);
  return [...options, ...staticOptions(model, options)];
}

/** Choices that the file adds to those that were found. */
function staticOptions(model: VariableModel, found: readonly VariableOption[]): VariableOption[] {
  const list = Array.isArray(model.json['staticOptions']) ? savedOptions({ options: model.json['staticOptions'] }) : [];
  return list.filter(({ value }) => !found.some((option) => option.value === value));
}

/** `/pattern/flags`, or a pattern for the whole value. Throws where it cannot be read. */
export function regexOf(text: string): RegExp | undefined {
  if (text === '') {
    return undefined;
  }
  const slashed = text.startsWith('/') ? /^\/([\s\S]*)\/([gimsuy]*)$/.exec(text) : undefined;
  if (text.length > REGEX_LENGTH_MAX || slashed === null) {
    throw new Error(`The pattern of the variable cannot be read: ${text.slice(0, 100)}. It must be /pattern/flags or a pattern for the whole value.`);
  }
  try {
    return slashed ? new RegExp(slashed[1] ?? '', (slashed[2] ?? '').replace('y', '')) : new RegExp(`^${text}$`);
  } catch {
    throw new Error(`The pattern of the variable is no regular expression: ${text.slice(0, 100)}.`);
  }
}
