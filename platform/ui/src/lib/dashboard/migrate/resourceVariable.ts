import { at, defined, isObject, type MutableJson } from './mutable';
import { datasourceOf } from './resourceDataSource';

const TYPES: Readonly<Record<string, string>> = {
  QueryVariable: 'query',
  CustomVariable: 'custom',
  ConstantVariable: 'constant',
  DatasourceVariable: 'datasource',
  IntervalVariable: 'interval',
  TextVariable: 'textbox',
  AdhocVariable: 'adhoc',
  GroupByVariable: 'groupby',
  SwitchVariable: 'switch',
};

const HIDE: Readonly<Record<string, number>> = { dontHide: 0, hideLabel: 1, hideVariable: 2, inControlsMenu: 3 };
const REFRESH: Readonly<Record<string, number>> = { never: 0, onDashboardLoad: 1, onTimeRangeChanged: 2 };
const SORT: Readonly<Record<string, number>> = {
  disabled: 0,
  alphabeticalAsc: 1,
  alphabeticalDesc: 2,
  numericalAsc: 3,
  numericalDesc: 4,
  alphabeticalCaseInsensitiveAsc: 5,
  alphabeticalCaseInsensitiveDesc: 6,
  naturalAsc: 7,
  naturalDesc: 8,
};

/** A variable of the second form as the classic one has it. A kind that is not known keeps its name. */
export function classicVariable(variable: MutableJson): MutableJson {
  const kind = String(variable['kind']);
  const spec = at(variable, 'spec');
  const common = {
    ...spec,
    type: TYPES[kind] ?? kind,
    hide: HIDE[String(spec['hide'])] ?? 0,
    ...defined({ refresh: REFRESH[String(spec['refresh'])], sort: SORT[String(spec['sort'])] }),
  };
  switch (kind) {
    case 'QueryVariable':
      return { ...common, ...queryOf(spec) };
    case 'DatasourceVariable':
      return { ...common, query: spec['pluginId'] ?? '' };
    case 'AdhocVariable':
    case 'GroupByVariable':
      return { ...common, ...defined({ datasource: datasourceOf({ kind: 'DataQuery', group: variable['group'], datasource: variable['datasource'] }, spec['datasource']) }) };
    default:
      return common;
  }
}

/** The query may be text from before there were objects. */
function queryOf(spec: MutableJson): MutableJson {
  const query = at(spec, 'query');
  if (!isObject(spec['query'])) {
    return {};
  }
  const asked = at(query, 'spec');
  const legacy = asked['__legacyStringValue'];
  return { query: typeof legacy === 'string' ? legacy : asked, ...defined({ datasource: datasourceOf(query, spec['datasource']) }) };
}
