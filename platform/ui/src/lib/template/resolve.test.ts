import { describe, expect, it } from 'vitest';
import { readVariable } from '../dashboard/read';
import { createScope } from './createScope';
import { plainOption } from './options';
import { dependants, resolveVariables, type ResolveContext } from './resolve';
import type { VariableQuery } from './variableQuery';

const range = { fromMs: 0, toMs: 3_600_000 };
const variable = (name: string, type: string, more: object = {}) => readVariable({ name, type, ...more });

/** Resolves with answers by query, and gives what was asked. */
async function resolve(variables: ReturnType<typeof readVariable>[], options: { wanted?: Record<string, string[]>; doubtful?: string[]; answers?: Record<string, string[]> } = {}) {
  const asked: string[] = [];
  const context: ResolveContext = {
    range,
    scope: { range },
    wanted: (name) => (options.wanted?.[name] === undefined ? undefined : { values: options.wanted[name], trusted: !(options.doubtful ?? []).includes(name) }),
    ask: (source, query: VariableQuery) => {
      const text = `${source} ${query.kind === 'labelValues' ? `${query.selector ?? ''}/${query.label}` : query.kind === 'queryResult' ? query.expr : query.kind}`;
      asked.push(text);
      const answer = options.answers?.[text];
      return answer === undefined ? Promise.reject(new Error(`no answer to ${text}`)) : Promise.resolve(answer.map(plainOption));
    },
  };
  const resolved = await resolveVariables(variables, context);
  return { asked, resolved, selected: Object.fromEntries(resolved.map(({ model, selected }) => [model.name, selected.map(({ value }) => value)])) };
}

describe('resolving', () => {
  it('asks those that others refer to first, with what is chosen, whatever their order in the file', async () => {
    const { asked, selected } = await resolve(
      [
        variable('node', 'query', { query: { query: 'label_values(up{job="$job"}, instance)', refId: 'x' }, datasource: { uid: '${ds}' }, sort: 2 }),
        variable('job', 'query', { query: 'label_values(up, job)', datasource: { uid: '${ds}' } }),
        variable('ds', 'datasource', { query: 'prometheus', current: { value: 'default' } }),
      ],
      { answers: { 'prometheus up/job': ['b', 'a'], 'prometheus up{job="b"}/instance': ['h1', 'h2'] } },
    );
    expect(asked).toEqual(['prometheus up/job', 'prometheus up{job="b"}/instance']);
    expect(selected).toEqual({ node: ['h2'], job: ['b'], ds: ['prometheus'] });
  });

  it('escapes what several values stand for', async () => {
    const { asked } = await resolve(
      [variable('job', 'custom', { query: 'a.b,c', multi: true, includeAll: true, current: { value: ['$__all'] } }), variable('node', 'query', { query: 'label_values(up{job=~"$job"}, instance)' })],
      { answers: {} },
    );
    expect(asked).toEqual(['prometheus up{job=~"(a\\\\.b|c)"}/instance']);
  });

  it('goes on where one fails, and says why', async () => {
    const { resolved, selected } = await resolve([variable('a', 'query', { query: 'label_values(x)' }), variable('b', 'custom', { query: '1,2' }), variable('c', 'query', { datasource: { type: 'influxdb', uid: 'x' }, query: 'show' })]);
    expect(selected).toEqual({ a: [], b: ['1'], c: [] });
    expect(resolved.map(({ failure }) => failure)).toEqual(['no answer to prometheus /x', undefined, expect.stringContaining('influxdb')]);
  });

  it('opens circles', async () => {
    const { selected } = await resolve([variable('a', 'query', { query: 'label_values(m{b="$b"}, a)' }), variable('b', 'query', { query: 'label_values(m{a="$a"}, b)' })], {
      answers: { 'prometheus m{a="$a"}/b': ['1'], 'prometheus m{b="1"}/a': ['2'] },
    });
    expect(selected).toEqual({ a: ['2'], b: ['1'] });
  });

  it('knows all that depends on a variable', () => {
    const variables = [variable('a', 'custom'), variable('b', 'query', { query: 'label_values($a)' }), variable('c', 'query', { regex: '/$b/' }), variable('d', 'custom')];
    expect([...dependants(variables, 'a')]).toEqual(['b', 'c']);
  });
});

describe('selections', () => {
  const offered = { query: 'a,b,c' };
  it.each<[string, object, string[] | undefined, boolean, string[]]>([
    ['the first', {}, undefined, true, ['a']],
    ['what was saved', { current: { value: 'b', text: 'b' } }, undefined, true, ['b']],
    ['the first for what is not offered any more', { current: { value: 'x' } }, undefined, true, ['a']],
    ['what the address says', { current: { value: 'b' } }, ['c'], true, ['c']],
    ['what the address says, offered or not', {}, ['x'], true, ['x']],
    ['the first once what it depends on has changed', {}, ['x'], false, ['a']],
    ['one of several for a single one', {}, ['b', 'c'], true, ['b']],
    ['several', { multi: true }, ['b', 'c'], true, ['b', 'c']],
    ['those of several that still fit', { multi: true }, ['x', 'c'], false, ['c']],
    ['All', { includeAll: true }, ['$__all'], true, ['$__all']],
    ['All by its text in older addresses', { includeAll: true, multi: true }, ['All'], true, ['$__all']],
    ['All by the value that the file gives it', { includeAll: true, allValue: '.*' }, ['.*'], true, ['$__all']],
    ['All where nothing was saved', { includeAll: true }, undefined, true, ['$__all']],
  ])('takes %s', async (_what, more, wanted, trusted, expected) => {
    const { selected } = await resolve([variable('v', 'custom', { ...offered, ...more })], { ...(wanted ? { wanted: { v: wanted } } : {}), doubtful: trusted ? [] : ['v'] });
    expect(selected['v']).toEqual(expected);
  });

  it.each<[string, object, string[] | undefined, string]>([
    ['textbox', { query: 'x', current: { value: 'y' } }, undefined, 'y'],
    ['textbox', { query: 'x' }, [''], ''],
    ['constant', { query: 'x' }, ['y'], 'x'],
    ['interval', { query: '1m,5m', auto: true, auto_count: 30, auto_min: '10s', current: { value: '$__auto_interval_v' } }, undefined, '2m'],
    ['interval', { query: '1m,5m' }, ['5m'], '5m'],
    ['switch', { current: { value: 'true' } }, undefined, 'true'],
    ['switch', { enabledValue: 'on', disabledValue: 'off', current: { value: 'on' } }, ['off'], 'off'],
    ['adhoc', { filters: [{ key: 'a', operator: '=', value: 'b' }], baseFilters: [{ key: 'z', operator: '!=', value: '1' }] }, undefined, 'z!="1",a="b"'],
    ['adhoc', { filters: [{ key: 'a', operator: '=', value: 'b' }] }, ['c|=~|d'], 'c=~"d"'],
    ['adhoc', { filters: [{ key: 'a', operator: '=', value: 'b' }] }, [''], ''],
    ['groupby', { current: { value: ['a', 'b'] } }, undefined, '{a,b}'],
  ])('writes a %s of %j', async (type, more, wanted, expected) => {
    const { resolved } = await resolve([variable('v', type, more)], wanted ? { wanted: { v: wanted } } : {});
    expect(createScope(resolved.map(({ scoped }) => scoped), { range }).replace('$v')).toBe(expected);
  });

  it('writes fields of JSON values', async () => {
    const { resolved } = await resolve([variable('v', 'custom', { valuesFormat: 'json', query: '[{"text":"EU","value":"eu","zone":"z1"},{"text":"US","value":"us","zone":"z2"}]', multi: true, current: { value: ['eu', 'us'] } })]);
    const scope = createScope(resolved.map(({ scoped }) => scoped), { range });
    expect(scope.replace('${v.zone:csv} ${v:text} ${v:csv}')).toBe('z1,z2 EU + US eu,us');
  });
});
