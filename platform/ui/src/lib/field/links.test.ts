import { describe, expect, it } from 'vitest';
import type { DataFrame } from '../frame/frame';
import { createScope } from '../template/createScope';
import { linksOf, refusedLinks } from './links';
import { showFrames } from './showFrames';

const SCOPE = createScope(
  [{ name: 'ns', type: 'query', many: true, value: ['a', 'b c'], text: 'a + b c', urlValues: ['a', 'b c'] }],
  { range: { fromMs: 1000, toMs: 2000 }, rawRange: { from: 'now-1h', to: 'now' } },
);

const FRAME: DataFrame = {
  refId: 'A',
  name: undefined,
  length: 2,
  fields: [
    { name: 'Time', type: 'time', values: [1000, 2000], config: {} },
    { name: 'Value', type: 'number', labels: { job: 'api & co', 'k8s.pod': 'p' }, values: [1536, null], config: { displayNameFromDS: 'traffic' } },
    { name: 'my host', type: 'string', values: ['h/1', 'javascript:alert(1)'], config: {} },
  ],
};

function hrefs(url: string, row: number | 'calculated' = 0): string[] {
  const [frame] = showFrames([FRAME], { defaults: { unit: 'bytes', links: [{ title: 'go', url }] }, overrides: [] }, { dark: true });
  const field = frame?.fields[1];
  return field ? (row === 'calculated' ? linksOf(field, undefined, SCOPE, field.display(2048)) : linksOf(field, row, SCOPE)).map((link) => link.href) : [];
}

describe('linksOf', () => {
  it.each<[string, string]>([
    ['/d/x?v=${__value.raw}', 'd/x?v=1536'],
    ['/d/x?v=${__value.text}', 'd/x?v=1.50'],
    ['/d/x?v=${__value}', 'd/x?v=1.50%20KiB'],
    ['/d/x?v=${__value.numeric}&t=${__value.time}', 'd/x?v=1536&t=1000'],
    ['/d/x?job=${__field.labels.job}', 'd/x?job=api%20%26%20co'],
    ['/d/x?job=${__field.labels["k8s.pod"]}', 'd/x?job=p'],
    ['/d/x?job=${__field.labels.k8s.pod}', 'd/x?job=p'],
    ['/d/x?n=${__field.name}&d=${__field.displayName}&s=${__series.name}', 'd/x?n=Value&d=traffic&s=traffic'],
    ['/hosts/${__data.fields["my host"]}/x', 'hosts/h/1/x'],
    ['/d/x?h=${__data.fields[2]}', 'd/x?h=h%2F1'],
    ['/d/x?h=${__data.fields.Value.text}', 'd/x?h=1.50'],
    ['/d/x?h=${__data.fields.nothing}', 'd/x?h='],
    ['/d/x?${__value.raw:queryparam}', 'd/x?var-__value.raw=1536'],
    ['/d/x?${ns:queryparam}', 'd/x?var-ns=a&var-ns=b%20c'],
    ['/d/x?${__url_time_range}', 'd/x?from=now-1h&to=now'],
    ['https://example.org/${unknown}', 'https://example.org/${unknown}'],
  ])('%s', (url, href) => {
    expect(hrefs(url)).toEqual([href]);
  });

  it('takes the calculated value where there is no row', () => {
    expect(hrefs('/d/x?v=${__value.text}&r=${__value.raw}&t=${__value.time}', 'calculated')).toEqual(['d/x?v=2%20KiB&r=2048&t=']);
  });

  it('leaves out what must not be followed, and says so', () => {
    expect(hrefs('${__data.fields["my host"]}', 1)).toEqual([]);
    const [frame] = showFrames([FRAME], { defaults: { links: [{ title: 'bad', url: 'java\nscript:alert(1)' }] }, overrides: [] }, { dark: true });
    const field = frame?.fields[1];
    expect(field && refusedLinks(field, 0, SCOPE)[0]?.reason).toContain('"bad" is not offered');
  });

  it('can be written as JSON all the same', () => {
    expect(() => JSON.stringify(showFrames([FRAME], { defaults: {}, overrides: [] }, { dark: true }))).not.toThrow();
  });
});
