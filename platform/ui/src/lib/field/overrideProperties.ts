import { AXIS_PLACEMENTS, CELL_TYPES, DRAW_STYLES, INTERPOLATIONS, STACKINGS } from '../dashboard/panelOptions';
import type { OptionField } from '../dashboard/optionFields';

/** A property that overrides set, with the inputs of its value: their paths begin with `value`. */
export interface OverrideProperty {
  readonly id: string;
  readonly label: string;
  /** What a property that is added begins with. */
  readonly initial: unknown;
  readonly fields: readonly OptionField[];
}

const amount = (id: string, label: string, initial: number, min?: number, max?: number): OverrideProperty => ({
  id,
  label,
  initial,
  fields: [{ kind: 'number', path: 'value', label, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }],
});
const text = (id: string, label: string): OverrideProperty => ({ id, label, initial: '', fields: [{ kind: 'text', path: 'value', label }] });
const toggle = (id: string, label: string): OverrideProperty => ({ id, label, initial: true, fields: [{ kind: 'switch', path: 'value', label, fallback: false }] });
const choice = (id: string, label: string, choices: Extract<OptionField, { kind: 'choice' }>['choices'], initial: string, path = 'value'): OverrideProperty => ({
  id,
  label,
  initial: path === 'value' ? initial : { [path.slice('value.'.length)]: initial },
  fields: [{ kind: 'choice', path, label, choices, fallback: initial }],
});

/** The properties that have inputs. Mappings and thresholds have forms of their own; any other is JSON. */
export const OVERRIDE_PROPERTIES: readonly OverrideProperty[] = [
  { id: 'unit', label: 'Unit', initial: 'short', fields: [{ kind: 'unit', path: 'value', label: 'Unit' }] },
  amount('decimals', 'Decimals', 0, 0, 20),
  amount('min', 'Least value', 0),
  amount('max', 'Greatest value', 100),
  text('displayName', 'Name'),
  text('noValue', 'Where there is no value'),
  {
    id: 'color',
    label: 'Colour',
    initial: { mode: 'fixed', fixedColor: 'red' },
    fields: [
      {
        kind: 'choice',
        path: 'value.mode',
        label: 'Colour by',
        choices: [['fixed', 'one colour'], ['shades', 'shades of a colour'], ['thresholds', 'thresholds'], ['palette-classic', 'palette'], ['palette-classic-by-name', 'palette by name'], ['continuous-GrYlRd', 'green to red']],
        fallback: 'thresholds',
      },
      { kind: 'color', path: 'value.fixedColor', label: 'Colour', when: { path: 'value.mode', is: ['fixed', 'shades'] } },
    ],
  },
  { id: 'mappings', label: 'Value mappings', initial: [], fields: [] },
  { id: 'thresholds', label: 'Thresholds', initial: { mode: 'absolute', steps: [{ value: null, color: 'green' }, { value: 80, color: 'red' }] }, fields: [] },
  choice('custom.drawStyle', 'Draw', DRAW_STYLES, 'line'),
  choice('custom.lineInterpolation', 'Between points', INTERPOLATIONS, 'linear'),
  amount('custom.lineWidth', 'Line width', 1, 0, 10),
  amount('custom.fillOpacity', 'Fill opacity in percent', 10, 0, 100),
  choice('custom.stacking', 'Stacking', STACKINGS, 'normal', 'value.mode'),
  text('custom.fillBelowTo', 'Fill down to the series'),
  choice('custom.transform', 'Change of values', [['none', 'none'], ['constant', 'constant'], ['negative-Y', 'below zero']], 'negative-Y'),
  choice('custom.axisPlacement', 'Axis at', AXIS_PLACEMENTS, 'right'),
  text('custom.axisLabel', 'Axis label'),
  {
    id: 'custom.hideFrom',
    label: 'Hide',
    initial: { viz: true, legend: false, tooltip: false },
    fields: [
      { kind: 'switch', path: 'value.viz', label: 'Hide from the drawing', fallback: false },
      { kind: 'switch', path: 'value.legend', label: 'Hide from the legend', fallback: false },
      { kind: 'switch', path: 'value.tooltip', label: 'Hide from the tooltip', fallback: false },
    ],
  },
  amount('custom.width', 'Width of the column in pixels', 120, 1),
  choice('custom.align', 'Alignment of the column', [['auto', 'auto'], ['left', 'left'], ['center', 'center'], ['right', 'right']], 'auto'),
  choice('custom.cellOptions', 'Cell type', CELL_TYPES, 'auto', 'value.type'),
  toggle('custom.hidden', 'Hide the column'),
  toggle('custom.filterable', 'The column can be filtered'),
];

/** The kinds of matchers that an override can be added with. */
export const OVERRIDE_MATCHERS: readonly (readonly [string, string])[] = [
  ['byName', 'Field with the name'],
  ['byRegexp', 'Fields whose name matches'],
  ['byType', 'Fields of the type'],
  ['byFrameRefID', 'Fields of the query'],
];

export function overrideProperty(id: string): OverrideProperty | undefined {
  return OVERRIDE_PROPERTIES.find((property) => property.id === id);
}
