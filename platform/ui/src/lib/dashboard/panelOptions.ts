import type { ChoiceValue, OptionField } from './optionFields';

/** Fields of a form under one heading. */
export interface OptionGroup {
  readonly title: string;
  readonly fields: readonly OptionField[];
}

type Choices = readonly (readonly [ChoiceValue, string])[];

const CUSTOM = 'fieldConfig.defaults.custom.';

const same = (...values: readonly string[]): Choices => values.map((value) => [value, value]);

const choice = (path: string, label: string, choices: Choices, fallback: ChoiceValue): OptionField => ({ kind: 'choice', path, label, choices, fallback });
const toggle = (path: string, label: string, fallback = false): OptionField => ({ kind: 'switch', path, label, fallback });
const amount = (path: string, label: string, min?: number, max?: number, placeholder?: string): OptionField => ({
  kind: 'number',
  path,
  label,
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  ...(placeholder === undefined ? {} : { placeholder }),
});

/** Where series stand on axes: of every type with axes. */
export const AXIS_PLACEMENTS: Choices = same('auto', 'left', 'right', 'hidden');
/** How series are drawn. */
export const DRAW_STYLES: Choices = [['line', 'lines'], ['bars', 'bars'], ['points', 'points']];
export const INTERPOLATIONS: Choices = [['linear', 'straight'], ['smooth', 'smooth'], ['stepBefore', 'step before'], ['stepAfter', 'step after']];
export const STACKINGS: Choices = [['none', 'not stacked'], ['normal', 'stacked'], ['percent', 'stacked to 100 %']];
export const CELL_TYPES: Choices = [
  ['auto', 'auto'],
  ['color-text', 'coloured text'],
  ['color-background', 'coloured background'],
  ['gauge', 'gauge'],
  ['sparkline', 'sparkline'],
  ['data-links', 'data links'],
  ['json-view', 'JSON'],
  ['image', 'image'],
  ['pill', 'pills'],
  ['markdown', 'Markdown'],
];

const ORIENTATION = choice('options.orientation', 'Orientation', same('auto', 'horizontal', 'vertical'), 'auto');

const LEGEND: OptionGroup = {
  title: 'Legend',
  fields: [
    toggle('options.legend.showLegend', 'Show the legend', true),
    choice('options.legend.displayMode', 'Legend as', same('list', 'table'), 'list'),
    choice('options.legend.placement', 'Legend at', [['bottom', 'the bottom'], ['right', 'the right']], 'bottom'),
    { kind: 'calculations', path: 'options.legend.calcs', label: 'Calculations in the legend' },
  ],
};

const TOOLTIP: OptionGroup = {
  title: 'Tooltip',
  fields: [
    choice('options.tooltip.mode', 'Tooltip shows', [['single', 'the nearest series'], ['multi', 'all series'], ['none', 'nothing']], 'single'),
    choice('options.tooltip.sort', 'Order in the tooltip', [['none', 'as drawn'], ['asc', 'ascending'], ['desc', 'descending']], 'none'),
  ],
};

const AXIS: OptionGroup = {
  title: 'Axis',
  fields: [
    { kind: 'text', path: `${CUSTOM}axisLabel`, label: 'Axis label' },
    choice(`${CUSTOM}axisPlacement`, 'Axis at', AXIS_PLACEMENTS, 'auto'),
    choice(`${CUSTOM}scaleDistribution.type`, 'Scale', [['linear', 'linear'], ['log', 'logarithmic'], ['symlog', 'symmetric logarithmic']], 'linear'),
    { ...choice(`${CUSTOM}scaleDistribution.log`, 'Base of the logarithm', [[2, '2'], [10, '10']], 2), when: { path: `${CUSTOM}scaleDistribution.type`, is: ['log', 'symlog'] } },
    amount(`${CUSTOM}axisSoftMin`, 'Soft minimum'),
    amount(`${CUSTOM}axisSoftMax`, 'Soft maximum'),
    toggle(`${CUSTOM}axisCenteredZero`, 'Zero in the middle'),
  ],
};

const REDUCED: OptionGroup = {
  title: 'Values',
  fields: [
    choice('options.reduceOptions.values', 'Show', [[false, 'one value per series'], [true, 'every row']], false),
    { kind: 'calculations', path: 'options.reduceOptions.calcs', label: 'Calculation' },
    { kind: 'text', path: 'options.reduceOptions.fields', label: 'Fields', placeholder: 'numbers; /.*/ for all, /^name$/ for one' },
    { ...amount('options.reduceOptions.limit', 'Rows at most', 1), when: { path: 'options.reduceOptions.values', is: [true] } },
  ],
};

const TEXT_SIZES: OptionGroup = {
  title: 'Text',
  fields: [amount('options.text.titleSize', 'Size of names in pixels', 1, undefined, 'fits'), amount('options.text.valueSize', 'Size of values in pixels', 1, undefined, 'fits')],
};

const SERIES: OptionGroup = {
  title: 'Lines',
  fields: [
    choice(`${CUSTOM}drawStyle`, 'Draw', DRAW_STYLES, 'line'),
    choice(`${CUSTOM}lineInterpolation`, 'Between points', INTERPOLATIONS, 'linear'),
    amount(`${CUSTOM}lineWidth`, 'Line width', 0, 10, '1'),
    amount(`${CUSTOM}fillOpacity`, 'Fill opacity in percent', 0, 100, '0'),
    choice(`${CUSTOM}gradientMode`, 'Gradient', [['none', 'none'], ['opacity', 'opacity'], ['hue', 'hue'], ['scheme', 'colour scheme']], 'none'),
    choice(`${CUSTOM}showPoints`, 'Points', same('auto', 'always', 'never'), 'auto'),
    amount(`${CUSTOM}pointSize`, 'Size of points', 1, 40, '5'),
    choice(`${CUSTOM}spanNulls`, 'Gaps', [[false, 'stay open'], [true, 'are bridged']], false),
    choice(`${CUSTOM}stacking.mode`, 'Stacking', STACKINGS, 'none'),
    choice(`${CUSTOM}thresholdsStyle.mode`, 'Thresholds', [['off', 'not drawn'], ['line', 'lines'], ['dashed', 'dashed lines'], ['area', 'areas'], ['line+area', 'lines and areas'], ['dashed+area', 'dashed lines and areas']], 'off'),
  ],
};

const GROUPS: Readonly<Record<string, readonly OptionGroup[]>> = {
  timeseries: [SERIES, AXIS, LEGEND, TOOLTIP],
  stat: [
    REDUCED,
    {
      title: 'Looks',
      fields: [
        ORIENTATION,
        choice('options.colorMode', 'Colour', [['value', 'value'], ['background', 'background, gradient'], ['background_solid', 'background, solid'], ['none', 'none']], 'value'),
        choice('options.graphMode', 'Graph', [['area', 'area'], ['none', 'none']], 'area'),
        choice('options.textMode', 'Text', [['auto', 'auto'], ['value', 'value'], ['value_and_name', 'value and name'], ['name', 'name'], ['none', 'none']], 'auto'),
        choice('options.justifyMode', 'Text stands', [['auto', 'auto'], ['center', 'in the middle']], 'auto'),
        toggle('options.showPercentChange', 'Show the change in percent'),
      ],
    },
    TEXT_SIZES,
  ],
  gauge: [
    REDUCED,
    {
      title: 'Looks',
      fields: [
        ORIENTATION,
        choice('options.shape', 'Shape', [['gauge', 'arc'], ['circle', 'circle']], 'gauge'),
        toggle('options.showThresholdLabels', 'Labels of thresholds'),
        toggle('options.showThresholdMarkers', 'Marks of thresholds', true),
      ],
    },
    TEXT_SIZES,
  ],
  bargauge: [
    REDUCED,
    {
      title: 'Looks',
      fields: [
        ORIENTATION,
        choice('options.displayMode', 'Bars', [['gradient', 'gradient'], ['lcd', 'retro LCD'], ['basic', 'basic']], 'gradient'),
        choice('options.valueMode', 'Values', [['color', 'in the colour of the value'], ['text', 'in the colour of text'], ['hidden', 'hidden']], 'color'),
        choice('options.namePlacement', 'Names at', same('auto', 'top', 'left', 'hidden'), 'auto'),
        toggle('options.showUnfilled', 'Show the unfilled part', true),
      ],
    },
    TEXT_SIZES,
  ],
  table: [
    {
      title: 'Cells',
      fields: [
        choice(`${CUSTOM}cellOptions.type`, 'Cell type', CELL_TYPES, 'auto'),
        {
          ...choice(`${CUSTOM}cellOptions.mode`, 'Drawn as', same('basic', 'gradient', 'lcd'), 'gradient'),
          when: { path: `${CUSTOM}cellOptions.type`, is: ['gauge', 'color-background'] },
          description: 'lcd is of gauges only',
        },
        choice(`${CUSTOM}align`, 'Alignment', same('auto', 'left', 'center', 'right'), 'auto'),
        amount(`${CUSTOM}width`, 'Width of columns in pixels', 1, undefined, 'a share'),
        toggle(`${CUSTOM}cellOptions.wrapText`, 'Wrap text'),
        toggle(`${CUSTOM}inspect`, 'Cells can be looked at'),
        toggle(`${CUSTOM}filterable`, 'Columns can be filtered'),
      ],
    },
    {
      title: 'Table',
      fields: [
        toggle('options.showHeader', 'Header', true),
        choice('options.cellHeight', 'Height of rows', [['sm', 'small'], ['md', 'medium'], ['lg', 'large']], 'sm'),
        toggle('options.enablePagination', 'Pages'),
        toggle('options.showRowNumbers', 'Row numbers'),
        { kind: 'calculations', path: `${CUSTOM}footer.reducers`, label: 'Footer of every column' },
      ],
    },
  ],
  piechart: [
    REDUCED,
    {
      title: 'Looks',
      fields: [
        choice('options.pieType', 'Shape', [['pie', 'pie'], ['donut', 'donut']], 'pie'),
        choice('options.sort', 'Order', [['desc', 'descending'], ['asc', 'ascending'], ['none', 'as it comes']], 'desc'),
        { kind: 'texts', path: 'options.displayLabels', label: 'Labels on slices', description: 'name, value, percent' },
        toggle('options.legend.showLegend', 'Show the legend', true),
        choice('options.legend.displayMode', 'Legend as', same('list', 'table'), 'list'),
        choice('options.legend.placement', 'Legend at', [['bottom', 'the bottom'], ['right', 'the right']], 'right'),
        { kind: 'texts', path: 'options.legend.values', label: 'Values in the legend', description: 'value, percent' },
      ],
    },
    TOOLTIP,
  ],
  text: [
    {
      title: 'Text',
      fields: [
        choice('options.mode', 'Written in', [['markdown', 'Markdown'], ['html', 'HTML'], ['code', 'code']], 'markdown'),
        { kind: 'lines', path: 'options.content', label: 'Content' },
        { kind: 'text', path: 'options.code.language', label: 'Language of the code', when: { path: 'options.mode', is: ['code'] } },
        { ...toggle('options.code.showLineNumbers', 'Line numbers'), when: { path: 'options.mode', is: ['code'] } },
      ],
    },
  ],
  logs: [
    {
      title: 'Log lines',
      fields: [
        toggle('options.showTime', 'Time'),
        toggle('options.showLabels', 'Labels of each line'),
        toggle('options.showCommonLabels', 'Labels that all lines share'),
        toggle('options.wrapLogMessage', 'Wrap lines'),
        toggle('options.prettifyLogMessage', 'Format JSON'),
        toggle('options.enableLogDetails', 'Details on click', true),
        choice('options.sortOrder', 'Order', [['Descending', 'newest first'], ['Ascending', 'oldest first']], 'Descending'),
        choice('options.dedupStrategy', 'Repetitions', [['none', 'are shown'], ['exact', 'the same line once'], ['numbers', 'alike but for numbers once'], ['signature', 'alike but for words once']], 'none'),
        choice('options.fontSize', 'Size of text', [['default', 'default'], ['small', 'small']], 'default'),
      ],
    },
  ],
  barchart: [LEGEND, TOOLTIP, AXIS],
  histogram: [LEGEND, TOOLTIP],
  'state-timeline': [LEGEND, TOOLTIP],
  'status-history': [LEGEND, TOOLTIP],
  xychart: [LEGEND, TOOLTIP, AXIS],
  trend: [SERIES, AXIS, LEGEND, TOOLTIP],
};

/** The options of a type that have inputs; empty where all of them are only in the JSON. */
export function optionGroups(type: string): readonly OptionGroup[] {
  return Object.hasOwn(GROUPS, type) ? (GROUPS[type] ?? []) : [];
}

/** Types whose inputs are all there is, but for rare settings. */
const WHOLE = new Set(['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'piechart', 'text', 'logs']);

/** What of a type's options has no input, in words for the page. */
export function withoutInputs(type: string): string {
  if (optionGroups(type).length === 0) {
    return `The options of the type "${type}" are in the JSON of the panel.`;
  }
  return WHOLE.has(type) ? 'Rarer options, such as dashes, sizes and orders of legends, are in the JSON of the panel.' : `The other options of the type "${type}" are in the JSON of the panel.`;
}
