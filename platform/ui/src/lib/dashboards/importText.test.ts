import { describe, expect, it } from 'vitest';
import { documentsOf, isSingleJson, withIdentity } from './importText';

const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
data:
  a.json: |
    {"title": "A"}
  notes.txt: hello
binaryData:
  b.json: ${btoa('{"title": "B"}')}
`;

describe('documentsOf', () => {
  it.each<[string, string, unknown[]]>([
    ['a dashboard', '{"title":"A"}', [{ title: 'A' }]],
    ['a byte order mark', '\uFEFF {"title":"A"}', [{ title: 'A' }]],
    ['a ConfigMap', CONFIG_MAP, [{ title: 'A' }, { title: 'B' }]],
    ['documents and lists', `${CONFIG_MAP}---\nkind: List\nitems:\n- kind: Dashboard\n  spec: {title: C}\n`, [{ title: 'A' }, { title: 'B' }, { kind: 'Dashboard', spec: { title: 'C' } }]],
    ['no JSON', '{"title"', []],
    ['words', 'hello', []],
    ['nothing', '', []],
    ['broken YAML', 'a: [', []],
    ['bad base64', 'kind: ConfigMap\nbinaryData: {x.json: "%%%"}', []],
  ])('%s', (_, text, expected) => {
    expect(documentsOf(text)).toEqual(expected);
  });

  it('refuses aliases that grow without end', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i] ?? 'a'}`).join(',')}]`)].join('\n');
    expect(documentsOf(bomb)).toEqual([]);
  });
});

describe('withIdentity', () => {
  const change = (document: unknown, title?: string, uid?: string): unknown => JSON.parse(withIdentity(JSON.stringify(document), { title, uid }));
  it.each([
    [{ title: 'A', id: 3, uid: 'a' }, { title: 'B', id: null, uid: 'b' }],
    [{ dashboard: { title: 'A' }, meta: { x: 1 } }, { dashboard: { title: 'B', uid: 'b', id: null }, meta: { x: 1 } }],
    [{ apiVersion: 'dashboard.grafana.app/v2', metadata: { name: 'a', x: 1 }, spec: { title: 'A' } }, { apiVersion: 'dashboard.grafana.app/v2', metadata: { name: 'b', x: 1 }, spec: { title: 'B' } }],
  ])('%j', (document, expected) => {
    expect(change(document, 'B', 'b')).toEqual(expected);
  });

  it('keeps the text byte for byte where nothing changes', () => {
    expect(withIdentity('{ "title":  "A" }', { title: undefined, uid: undefined })).toBe('{ "title":  "A" }');
  });

  it('changes the title alone', () => {
    expect(change({ title: 'A', uid: 'a', id: 1 }, 'B')).toEqual({ title: 'B', uid: 'a', id: 1 });
  });
});

it.each([
  ['{"title":"A"}', true],
  [CONFIG_MAP, false],
  ['{"kind":"ConfigMap","data":{}}', false],
  ['[]', false],
])('%s is one document: %s', (text, expected) => {
  expect(isSingleJson(text)).toBe(expected);
});
