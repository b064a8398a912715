import { describe, expect, it } from 'vitest';
import { formatDisplay } from '../units/format';
import type { DataFrame, Field } from '../frame/frame';
import type { Labels } from '../labels';
import { resolveColor } from './colors';
import type { FieldConfigSource, ShownField } from './fieldConfig';
import { showFrames } from './showFrames';

function series(name: string, values: readonly (number | null)[], labels?: Labels, refId = 'A'): DataFrame {
  return {
    refId,
    name: undefined,
    length: values.length,
    fields: [
      { name: 'Time', type: 'time', values: values.map((_, i) => i * 60_000), config: {} },
      { name: 'Value', type: 'number', labels, values, config: { displayNameFromDS: name } },
    ],
  };
}

function source(defaults: Record<string, unknown>, overrides: FieldConfigSource['overrides'] = []): FieldConfigSource {
  return { defaults, overrides };
}

function values(frames: readonly DataFrame[], config: FieldConfigSource, panelType?: string): ShownField[] {
  return showFrames(frames, config, { dark: true, timeZone: 'utc', panelType }).flatMap((frame) => frame.fields.filter((field) => field.type !== 'time'));
}

const TWO = [series('cpu', [1, 5, 10], { job: 'a' }), series('memory', [20, null, 30], { job: 'b' }, 'B')];

describe('names', () => {
  it('come from the legend, the display name with labels, or the override', () => {
    expect(values(TWO, source({})).map((field) => field.title)).toEqual(['cpu', 'memory']);
    expect(values(TWO, source({ displayName: '${__field.labels.job}/$__series_name/${__series.name}' })).map((field) => field.title)).toEqual(['a/cpu/cpu', 'b/memory/memory']);
    const renamed = source({}, [{ matcher: { id: 'byName', options: 'cpu' }, properties: [{ id: 'displayName', value: 'CPU of ${__field.labels.job}' }] }]);
    expect(values(TWO, renamed).map((field) => field.title)).toEqual(['CPU of a', 'memory']);
  });

  it('follow the labels where there is no legend', () => {
    const bare = TWO.map((frame) => ({ ...frame, fields: frame.fields.map((field): Field => ({ ...field, config: {} })) }));
    expect(values(bare, source({})).map((field) => field.title)).toEqual(['a', 'b']);
  });

  it('do not read references that stand in data', () => {
    const hostile = [series('x', [1], { job: '${__field.name}' })];
    expect(values(hostile, source({ displayName: '${__field.labels.job}' }))[0]?.title).toBe('${__field.name}');
  });
});

describe('matchers', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['byName', 'cpu', ['cpu']],
    ['byNames', { mode: 'exclude', names: ['cpu'] }, ['memory']],
    ['byRegexp', '/^c/', ['cpu']],
    ['byRegexp', 'c', []],
    ['byRegexpOrNames', { pattern: '/^c/', names: ['memory'] }, ['cpu', 'memory']],
    ['byType', 'number', ['cpu', 'memory']],
    ['byTypes', ['string', 'number'], ['cpu', 'memory']],
    ['numeric', undefined, ['cpu', 'memory']],
    ['time', undefined, []],
    ['allFields', undefined, ['cpu', 'memory']],
    ['byFrameRefID', 'B', ['memory']],
    ['byValue', { reducer: 'max', op: 'gte', value: 30 }, ['memory']],
    ['byValue', { reducer: 'allIsNull' }, []],
    ['anyMatch', [{ id: 'byName', options: 'cpu' }, { id: 'byName', options: 'memory' }], ['cpu', 'memory']],
    ['allMatch', [{ id: 'byName', options: 'cpu' }, { id: 'byFrameRefID', options: 'B' }], []],
    ['invertMatch', { id: 'byName', options: 'cpu' }, ['memory']],
  ])('%s %j', (id, options, names) => {
    const marked = values(TWO, source({}, [{ matcher: { id, options }, properties: [{ id: 'unit', value: 'bytes' }] }]));
    expect(marked.filter((field) => field.config.unit === 'bytes').map((field) => field.title)).toEqual(names);
  });

  it('that are not known are named', () => {
    const [first] = showFrames(TWO, source({}, [{ matcher: { id: 'byMoon' }, properties: [] }]), { dark: true });
    expect(first?.meta?.notices?.[0]?.text).toContain('byMoon');
  });
});

describe('overrides', () => {
  it('reach into custom and take settings away', () => {
    const config = source({ custom: { hideFrom: { legend: false }, lineWidth: 1 }, unit: 's' }, [
      {
        matcher: { id: 'byName', options: 'cpu' },
        properties: [
          { id: 'custom.hideFrom', value: { viz: true } },
          { id: 'custom.axis.label', value: 'left' },
          { id: 'unit', value: null },
        ],
      },
    ]);
    const [cpu, memory] = values(TWO, config);
    expect(cpu?.config.custom).toEqual({ hideFrom: { viz: true }, lineWidth: 1, axis: { label: 'left' } });
    expect(cpu?.config.unit).toBeUndefined();
    expect(memory?.config.unit).toBe('s');
  });

  it('are applied in order, and turn min and max round where they are the wrong way', () => {
    const config = source({}, [{ matcher: { id: 'numeric' }, properties: [{ id: 'min', value: 9 }, { id: 'max', value: 2 }, { id: 'decimals', value: '1' }] }]);
    expect(values(TWO, config)[0]?.config).toMatchObject({ min: 2, max: 9, decimals: 1 });
  });
});

describe('colours', () => {
  it('of series come from the palette in turn', () => {
    expect(values(TWO, source({})).map((field) => field.color)).toEqual(['#73BF69', '#FADE2A']);
    expect(values(TWO, source({ color: { mode: 'fixed', fixedColor: 'semi-dark-red' } })).map((field) => field.color)).toEqual(['#E02F44', '#E02F44']);
    const shades = values(TWO, source({ color: { mode: 'shades', fixedColor: '#5794F2' } })).map((field) => field.color);
    expect(shades[0]).toBe('#5794F2');
    expect(shades[1]).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('of names do not depend on the order', () => {
    const config = source({ color: { mode: 'palette-classic-by-name' } });
    const forwards = values(TWO, config).map((field) => field.color);
    expect(values([...TWO].reverse(), config).map((field) => field.color)).toEqual([...forwards].reverse());
  });

  it('follow thresholds, absolute and in percent of the range', () => {
    const steps = [{ value: null, color: 'green' }, { value: 80, color: 'red' }];
    const absolute = values(TWO, source({ thresholds: { mode: 'absolute', steps }, color: { mode: 'thresholds' } }))[0];
    expect([79, 80, null].map((value) => absolute?.display(value).color)).toEqual(['#73BF69', '#F2495C', '#73BF69']);
    const percent = values(TWO, source({ min: 0, max: 1000, thresholds: { mode: 'percentage', steps }, color: { mode: 'thresholds' } }))[0];
    expect([799, 800].map((value) => percent?.display(value).color)).toEqual(['#73BF69', '#F2495C']);
    expect(percent?.display(500).percent).toBe(0.5);
  });

  it('of panels that say nothing are those of their type', () => {
    expect(values(TWO, source({}), 'stat')[0]?.color).toBe(resolveColor('green', true));
    expect(values(TWO, source({ color: { mode: 'continuous-GrYlRd' }, min: 0, max: 100 }))[0]?.display(0).color).toBe('#73bf69');
    expect(values(TWO, source({ color: { mode: 'continuous-viridis' }, min: 0, max: 100 }))[0]?.display(100).color).toBe('#fde725');
  });

  it('have names in both modes and let no other text through', () => {
    expect(resolveColor('semi-dark-red', false)).toBe('#C4162A');
    expect(resolveColor('dark-blue', true)).toBe('#1F60C4');
    expect(resolveColor('rgba(0, 10, 20, 0.5)', true)).toBe('rgba(0, 10, 20, 0.5)');
    expect(resolveColor('tomato', true)).toBe('tomato');
    expect(resolveColor('red; background: url(//evil)', true)).toBe('#808080');
    expect(resolveColor('url(x)', true)).toBe('#808080');
  });
});

describe('values', () => {
  const shown = (value: unknown, defaults: Record<string, unknown>, type: Field['type'] = 'number'): string => {
    const frame: DataFrame = { refId: 'A', name: undefined, length: 1, fields: [{ name: 'x', type, values: [value], config: {} }] };
    const field = showFrames([frame], source(defaults), { dark: true, timeZone: 'utc' })[0]?.fields[0];
    return field ? formatDisplay(field.display(value)) : '';
  };

  it.each<[unknown, Record<string, unknown>, Field['type'], string]>([
    [60, { unit: 's', decimals: 2 }, 'number', '1.00 min'],
    [60, { unit: 's' }, 'number', '1 min'],
    [0.1 + 0.2, {}, 'number', '0.300'],
    [90, { unit: 's' }, 'number', '1.50 min'],
    [null, { noValue: 'N/A' }, 'number', 'N/A'],
    [null, {}, 'number', ''],
    [NaN, {}, 'number', 'NaN'],
    ['12', { unit: 'bytes' }, 'string', '12 B'],
    ['text', { unit: 'bytes' }, 'string', 'text'],
    ['007', {}, 'string', '007'],
    [true, {}, 'boolean', 'true'],
    [true, { unit: 'bool_on_off' }, 'boolean', 'On'],
    [0, {}, 'time', '1970-01-01 00:00:00'],
    [0, { unit: 'time:YYYY' }, 'time', '1970'],
    [['a', 1], {}, 'other', 'a, 1'],
    [{ a: 1 }, {}, 'other', '{"a":1}'],
    [1, { mappings: [{ type: 'value', options: { 1: { text: 'up' } } }] }, 'number', 'up'],
    [5, { mappings: [{ type: 'range', options: { from: 1, to: 9, result: { text: 'some' } } }] }, 'number', 'some'],
    [5, { mappings: [{ type: 'range', options: { from: 6, to: null, result: { text: 'many' } } }] }, 'number', '5'],
    ['web-7', { mappings: [{ type: 'regex', options: { pattern: '/^web-(\\d+)$/', result: { text: 'no. $1' } } }] }, 'string', 'no. 7'],
    [null, { mappings: [{ type: 'special', options: { match: 'null', result: { text: 'none' } } }] }, 'number', 'none'],
    [NaN, { mappings: [{ type: 'special', options: { match: 'nan', result: { text: 'nan' } } }] }, 'number', 'nan'],
    ['', { mappings: [{ type: 'special', options: { match: 'empty', result: { text: 'empty' } } }] }, 'string', 'empty'],
    [false, { mappings: [{ type: 'special', options: { match: 'false', result: { text: 'down' } } }] }, 'boolean', 'down'],
    [1, { mappings: [{ value: '1', text: 'old' }] }, 'number', 'old'],
    [3, { mappings: [{ type: 2, from: '1', to: '4', text: 'old range' }] }, 'number', 'old range'],
  ])('%j with %j as %s is "%s"', (value, defaults, type, text) => {
    expect(shown(value, defaults, type)).toBe(text);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ unit: 's' }, '150 ms'],
    [{ unit: 's', decimals: 1 }, '150.0 ms'],
    [{ unit: 'currencyUSD' }, '$0.150'],
  ])('on an axis with three decimals as %j are %s', (defaults, text) => {
    const field = values(TWO, source(defaults))[0];
    expect(field && formatDisplay(field.display(0.15, 3))).toBe(text);
  });

  it('take the colour of their mapping', () => {
    const field = values(TWO, source({ mappings: [{ type: 'value', options: { 1: { color: 'purple' } } }] }))[0];
    expect(field?.display(1)).toMatchObject({ text: '1', color: '#B877D9' });
  });

  it('are fast enough for a panel of 100 series of 1,000 points', () => {
    const frames = Array.from({ length: 100 }, (_, s) => series(`s${s}`, Array.from({ length: 1000 }, (_, i) => Math.sin(i * s)), { s: String(s) }));
    showFrames(frames, source({ unit: 'bytes' }), { dark: true });
    const started = performance.now();
    showFrames(frames.map((frame) => ({ ...frame, fields: frame.fields.map((field) => ({ ...field, values: [...field.values] })) })), source({ unit: 'bytes' }), { dark: true });
    expect(performance.now() - started).toBeLessThan(150);
  });
});
