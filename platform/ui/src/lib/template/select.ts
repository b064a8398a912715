import type { VariableModel } from '../dashboard/model';
import { string } from '../json';
import type { AbsoluteRange } from '../time';
import { ALL_TEXT, ALL_VALUE } from './builtIns';
import type { ScopeVariable } from './createScope';
import { filtersAsMatchers, type AdHocFilter } from './filters';
import { autoInterval } from './interval';
import { ALL_OPTION, AUTO_INTERVAL, plainOption, switchOptions, type VariableOption } from './options';

/** What was chosen outside of the file. */
export interface Wanted {
  readonly values: readonly string[];
  /** Holds also where it is not offered: it comes from the address or was typed. False once a variable before it has changed. */
  readonly trusted: boolean;
}

/** The selection that holds: what was chosen, else what the file was saved with, else All or the first option. */
export function selectOptions(model: VariableModel, options: readonly VariableOption[], wanted: Wanted | undefined): VariableOption[] {
  switch (model.type) {
    case 'textbox':
      return [plainOption(wanted?.values[0] ?? model.current[0]?.value ?? string(model.json['query']))];
    case 'constant':
      return [plainOption(string(model.json['query'], model.current[0]?.value ?? ''))];
    case 'switch': {
      const [on, off] = switchOptions(model.json);
      return [(wanted?.values[0] ?? model.current[0]?.value) === on.value ? on : off];
    }
    case 'groupby':
      return wanted === undefined ? model.current.map((option) => ({ ...option })) : wanted.values.filter((value) => value !== '').map(plainOption);
    case 'adhoc':
    case 'system':
      return [];
    case 'query':
    case 'custom':
    case 'interval':
    case 'datasource':
      return selectOffered(model, options, wanted);
  }
}

function selectOffered(model: VariableModel, options: readonly VariableOption[], wanted: Wanted | undefined): VariableOption[] {
  const chosen = wanted === undefined ? [] : offered(model, options, wanted.values, wanted.trusted);
  const selection = chosen.length > 0 ? chosen : offered(model, options, model.current.map(({ value }) => value), false);
  if (selection.length > 0) {
    return model.multi ? selection : selection.slice(0, 1);
  }
  return model.includeAll ? [ALL_OPTION] : options.slice(0, 1);
}

function offered(model: VariableModel, options: readonly VariableOption[], values: readonly string[], anything: boolean): VariableOption[] {
  if (model.includeAll && values.some((value) => value === ALL_VALUE || value === ALL_TEXT || (model.allValue !== undefined && value === model.allValue))) {
    return [ALL_OPTION];
  }
  return values.flatMap((value) => {
    const found = options.find((option) => option.value === value) ?? (model.multi ? undefined : options.find((option) => option.text === value));
    if (found !== undefined) {
      return [found];
    }
    // The name of another installation's data source, or an interval by its older name, is none here.
    const kept = anything && value !== '' && value !== ALL_VALUE && model.type !== 'datasource' && !value.startsWith('$__auto_interval_');
    if (value.startsWith('$__auto_interval_')) {
      return options.filter((option) => option.value === AUTO_INTERVAL);
    }
    return kept ? [plainOption(value)] : [];
  });
}

/** What queries and texts see of a variable. */
export function scopeVariable(
  model: VariableModel,
  options: readonly VariableOption[],
  selected: readonly VariableOption[],
  range: AbsoluteRange,
  filters: readonly AdHocFilter[] = [],
): ScopeVariable {
  const all = selected.some(({ value }) => value === ALL_VALUE);
  const choices = all ? options : selected;
  const values = choices.map(({ value }) => value);
  const urlValues = model.skipUrlSync ? undefined : selected.map(({ value }) => value);
  const text = all ? ALL_TEXT : selected.map((option) => option.text).join(' + ');
  const common = { name: model.name, type: model.type, text, urlValues };
  switch (model.type) {
    case 'adhoc':
      return { ...common, many: false, value: '', literal: filtersAsMatchers(filters), urlValues: filters.map((filter) => `${filter.key}|${filter.operator}|${filter.values.join('|')}`) };
    case 'groupby':
      return { ...common, many: false, value: values };
    case 'interval': {
      const [value = ''] = values;
      const resolved = value === AUTO_INTERVAL ? autoInterval(range, Number(model.json['auto_count'] ?? 30) || 30, string(model.json['auto_min'], '10s')) : value;
      return { ...common, many: false, value: resolved, text: resolved };
    }
    case 'textbox':
    case 'constant':
    case 'switch':
    case 'system':
      return { ...common, many: false, value: values[0] ?? '' };
    case 'query':
    case 'custom':
    case 'datasource': {
      const properties = choices.some((option) => option.properties !== undefined) ? choices.map((option) => option.properties ?? { text: option.text, value: option.value }) : undefined;
      return {
        ...common,
        many: model.multi || model.includeAll,
        value: model.multi || all ? values : (values[0] ?? ''),
        texts: choices.map((option) => option.text),
        allValue: all ? model.allValue : undefined,
        properties,
      };
    }
  }
}
