import { expect, it } from 'vitest';
import { isDuration, parseAttributes, searchFrom, searchPatch, toTraceSearch } from './search';

it('keeps a search in the address', () => {
  const search = { service: 'api', name: 'GET /x', minDuration: '100ms', maxDuration: '', errorsOnly: true, attributes: 'tenant.id=acme', query: '', limit: 100 };
  const params = new URLSearchParams(Object.entries(searchPatch(search)).flatMap(([key, value]) => (value ? [[key, value]] : [])));
  expect(searchFrom(params)).toEqual(search);
});

it.each([
  ['', '{  }'],
  ['service=api&name=GET&min=1s', '{ resource.service.name = "api" && name = "GET" && trace:duration >= 1s }'],
  ['service=api&error=true', '{ resource.service.name = "api" } && { status = error }'],
  ['attributes=a%3D1+b%3D%22x+y%22', '{ (."a" = "1" || ."a" = 1) && ."b" = "x y" }'],
  ['q=%7B+.a+%3D+1+%7D&service=api', '{ .a = 1 }'],
  ['name=say+%22a%5Cb%22', '{ name = "say \\"a\\\\b\\"" }'],
])('asks in TraceQL for %j', (address, query) => {
  const range = { fromMs: 0, toMs: 1 };
  expect(toTraceSearch(searchFrom(new URLSearchParams(address)), range)).toEqual({ query, range, limit: 50 });
});

it.each([
  ['', true],
  ['100ms', true],
  ['1.5s', true],
  ['1m30s', true],
  ['5', false],
  ['fast', false],
  ['1 s', false],
])('takes %j for a duration: %s', (text, expected) => {
  expect(isDuration(text)).toBe(expected);
});

it.each([
  ['', {}],
  ['a=1', { a: '1' }],
  ['nothing', undefined],
])('reads the attributes %j', (text, expected) => {
  expect(parseAttributes(text)).toEqual(expected);
});
