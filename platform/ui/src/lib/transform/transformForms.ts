import type { OptionField } from '../dashboard/optionFields';
import { object, string, type Json } from '../json';

const CALCULATE_MODES = [
  ['reduceRow', 'a calculation over fields of a row'],
  ['binary', 'two operands'],
  ['unary', 'a function of a field'],
  ['cumulativeFunctions', 'a cumulated field'],
  ['windowFunctions', 'a moving window'],
  ['index', 'the row number'],
] as const;

const inMode = (mode: string) => ({ path: 'mode', is: mode === 'reduceRow' ? [mode, undefined] : [mode] });

/** Inputs of the options of transformations. `organize` and `groupBy` have forms of their own beside. */
const FIELDS: Readonly<Record<string, readonly OptionField[]>> = {
  merge: [],
  seriesToRows: [],
  organize: [],
  groupBy: [],
  reduce: [
    { kind: 'choice', path: 'mode', label: 'Result', choices: [['seriesToRows', 'a row for each series'], ['reduceFields', 'a column for each field']], fallback: 'seriesToRows' },
    { kind: 'calculations', path: 'reducers', label: 'Calculations' },
    { kind: 'switch', path: 'labelsToFields', label: 'Labels to fields', fallback: false, when: { path: 'mode', is: ['seriesToRows', undefined] } },
    { kind: 'switch', path: 'includeTimeField', label: 'Time as well', fallback: false, when: { path: 'mode', is: ['reduceFields'] } },
  ],
  sortBy: [
    { kind: 'name', path: 'sort.0.field', label: 'Field' },
    { kind: 'switch', path: 'sort.0.desc', label: 'Descending', fallback: false },
  ],
  filterFieldsByName: [
    { kind: 'names', path: 'include.names', label: 'Keep the fields' },
    { kind: 'text', path: 'include.pattern', label: 'Keep fields that match', placeholder: '/^cpu/' },
    { kind: 'names', path: 'exclude.names', label: 'Drop the fields' },
    { kind: 'text', path: 'exclude.pattern', label: 'Drop fields that match' },
  ],
  renameByRegex: [
    { kind: 'text', path: 'regex', label: 'Match', placeholder: '(.*)_total' },
    { kind: 'text', path: 'renamePattern', label: 'Replace by', placeholder: '$1' },
  ],
  calculateField: [
    { kind: 'choice', path: 'mode', label: 'Mode', choices: CALCULATE_MODES, fallback: 'reduceRow' },
    { kind: 'names', path: 'reduce.include', label: 'Fields', description: 'All numbers where none is chosen', when: inMode('reduceRow') },
    { kind: 'calculation', path: 'reduce.reducer', label: 'Calculation', fallback: 'sum', when: inMode('reduceRow') },
    { kind: 'choice', path: 'binary.operator', label: 'Operator', choices: [['+', '+'], ['-', '−'], ['*', '×'], ['/', '÷'], ['^', '^'], ['%', '%']], fallback: '+', when: inMode('binary') },
    { kind: 'choice', path: 'unary.operator', label: 'Function', choices: [['abs', 'absolute value'], ['exp', 'exponential'], ['ln', 'natural logarithm'], ['floor', 'floor'], ['ceil', 'ceiling'], ['round', 'round']], fallback: 'abs', when: inMode('unary') },
    { kind: 'name', path: 'unary.fieldName', label: 'Field', when: inMode('unary') },
    { kind: 'name', path: 'cumulative.field', label: 'Field', when: inMode('cumulativeFunctions') },
    { kind: 'choice', path: 'cumulative.reducer', label: 'Calculation', choices: [['sum', 'Total'], ['mean', 'Mean']], fallback: 'sum', when: inMode('cumulativeFunctions') },
    { kind: 'switch', path: 'index.asPercentile', label: 'As a percentile', fallback: false, when: inMode('index') },
    { kind: 'text', path: 'alias', label: 'Name of the new field' },
    { kind: 'switch', path: 'replaceFields', label: 'Instead of all fields', fallback: false },
  ],
  labelsToFields: [
    { kind: 'choice', path: 'mode', label: 'Labels become', choices: [['columns', 'columns'], ['rows', 'rows']], fallback: 'columns' },
    { kind: 'texts', path: 'keepLabels', label: 'Labels', description: 'All labels where none is named' },
    { kind: 'text', path: 'valueLabel', label: 'Label that names the value', when: { path: 'mode', is: ['columns', undefined] } },
  ],
  joinByField: [
    { kind: 'choice', path: 'mode', label: 'Rows without a partner', choices: [['outer', 'stay (series)'], ['outerTabular', 'stay (tables)'], ['inner', 'go']], fallback: 'outer' },
    { kind: 'name', path: 'byField', label: 'Field', placeholder: 'the time' },
  ],
  limit: [{ kind: 'number', path: 'limitField', label: 'Rows', placeholder: '10' }],
};

/** Older ids whose options are those of a newer one. */
const SAME: Readonly<Record<string, string>> = { seriesToColumns: 'joinByField', outerJoin: 'joinByField' };

/** The inputs of a transformation; undefined where its options are JSON only. */
export function transformationFields(id: string): readonly OptionField[] | undefined {
  const current = Object.hasOwn(SAME, id) ? (SAME[id] ?? id) : id;
  return Object.hasOwn(FIELDS, current) ? FIELDS[current] : undefined;
}

/** What is written in the input of an operand; undefined for one that is chosen by type, which is JSON only. */
export function readOperand(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value);
  }
  const json = object(value);
  const matcher = object(json['matcher']);
  if (string(matcher['id']) !== '' && matcher['id'] !== 'byName') {
    return undefined;
  }
  return matcher['id'] === 'byName' ? string(matcher['options']) : String(json['fixed'] ?? '');
}

/** A field by its name, or a number, unless a field is called so. */
export function writeOperand(text: string, names: readonly string[]): Json {
  const isNumber = text.trim() !== '' && Number.isFinite(Number(text)) && !names.includes(text);
  return isNumber ? { fixed: text } : { matcher: { id: 'byName', options: text } };
}

/** The names in the order of `organize`: those without a place come last, as they came. */
export function organizedNames(names: readonly string[], index: Json): readonly string[] {
  const known = [...new Set([...names, ...Object.keys(index)])];
  const place = (name: string): number => (typeof index[name] === 'number' && Object.hasOwn(index, name) ? Number(index[name]) : Number.MAX_SAFE_INTEGER);
  return known.sort((a, b) => place(a) - place(b));
}
