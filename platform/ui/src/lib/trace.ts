import { array, object, optionalString, string, type Json } from './json';
import type { Labels } from './labels';

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer' | 'unspecified';

export interface SpanEvent {
  readonly name: string;
  /** From the start of the trace. */
  readonly offsetMs: number;
  readonly attributes: Labels;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Labels;
}

export interface Span {
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly service: string;
  readonly kind: SpanKind;
  /** From the start of the trace. */
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly error: boolean;
  readonly statusMessage: string;
  readonly scope: string;
  readonly attributes: Labels;
  readonly resource: Labels;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
}

export interface Trace {
  readonly traceId: string;
  /** Of its first span, milliseconds since the epoch. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly spans: readonly Span[];
}

const KINDS: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** Reads OTLP JSON as trace stores answer it: `batches` or `resourceSpans`, ids in hex or base64, enums as numbers or names. */
export function parseTrace(document: unknown, traceId: string): Trace {
  const json = object(document);
  const holder = 'trace' in json ? object(json['trace']) : json;
  const batches = array(holder['resourceSpans'] ?? holder['batches']);
  const raw = batches.flatMap((batch) => spansOf(object(batch)));
  const startNs = raw.reduce<bigint | undefined>((first, span) => (first === undefined || span.startNs < first ? span.startNs : first), undefined) ?? 0n;
  const endNs = raw.reduce((last, span) => (span.endNs > last ? span.endNs : last), startNs);
  return {
    traceId,
    startMs: Number(startNs / 1000n) / 1000,
    durationMs: nanosToMs(endNs - startNs),
    spans: raw.map((span) => span.at(startNs)),
  };
}

interface RawSpan {
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly at: (traceStartNs: bigint) => Span;
}

function spansOf(batch: Json): RawSpan[] {
  const resource = attributesOf(object(batch['resource'])['attributes']);
  const scopes = array(batch['scopeSpans'] ?? batch['instrumentationLibrarySpans']).map(object);
  return scopes.flatMap((scopeSpans) => {
    const scope = string(object(scopeSpans['scope'] ?? scopeSpans['instrumentationLibrary'])['name']);
    return array(scopeSpans['spans']).map((span) => spanOf(object(span), resource, scope));
  });
}

function spanOf(json: Json, resource: Labels, scope: string): RawSpan {
  const startNs = nanos(json['startTimeUnixNano']);
  const endNs = nanos(json['endTimeUnixNano']);
  const status = object(json['status']);
  return {
    startNs,
    endNs: endNs > startNs ? endNs : startNs,
    at: (traceStartNs) => ({
      spanId: id(json['spanId']),
      parentSpanId: parentId(json['parentSpanId']),
      name: string(json['name'], '(no name)'),
      service: resource['service.name'] ?? 'unknown_service',
      kind: kindOf(json['kind']),
      offsetMs: nanosToMs(startNs - traceStartNs),
      durationMs: endNs > startNs ? nanosToMs(endNs - startNs) : 0,
      error: status['code'] === 2 || status['code'] === 'STATUS_CODE_ERROR',
      statusMessage: string(status['message']),
      scope,
      attributes: attributesOf(json['attributes']),
      resource,
      events: array(json['events']).map(object).map((event) => ({
        name: string(event['name']),
        offsetMs: nanosToMs(nanos(event['timeUnixNano']) - traceStartNs),
        attributes: attributesOf(event['attributes']),
      })),
      links: array(json['links']).map(object).map((link) => ({
        traceId: id(link['traceId']),
        spanId: id(link['spanId']),
        attributes: attributesOf(link['attributes']),
      })),
    }),
  };
}

function kindOf(value: unknown): SpanKind {
  if (typeof value === 'number') {
    return KINDS[value] ?? 'unspecified';
  }
  const name = string(value).replace('SPAN_KIND_', '').toLowerCase();
  return KINDS.find((kind) => kind === name) ?? 'unspecified';
}

export function attributesOf(list: unknown): Labels {
  return Object.fromEntries(array(list).map(object).map((entry) => [string(entry['key']), anyValue(entry['value'])]));
}

/** An OTLP AnyValue as text: strings as they are, lists and maps as JSON. */
function anyValue(value: unknown): string {
  const plain = plainValue(object(value));
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

function plainValue(json: Json): unknown {
  const [kind, value] = Object.entries(json)[0] ?? [];
  switch (kind) {
    case 'arrayValue':
      return array(object(value)['values']).map((item) => plainValue(object(item)));
    case 'kvlistValue':
      return Object.fromEntries(array(object(value)['values']).map(object).map((entry) => [string(entry['key']), plainValue(object(entry['value']))]));
    case undefined:
      return '';
    default:
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : string(value);
  }
}

/** Hex in lower case, from hex or base64. */
export function id(value: unknown): string {
  const text = string(value);
  if (/^([0-9a-fA-F]{16}|[0-9a-fA-F]{32})$/.test(text)) {
    return text.toLowerCase();
  }
  if (!/^([A-Za-z0-9+/]{11}=|[A-Za-z0-9+/]{22}==)$/.test(text)) {
    return text;
  }
  return Array.from(atob(text), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function parentId(value: unknown): string {
  const parent = id(optionalString(value) ?? '');
  return /^0*$/.test(parent) ? '' : parent;
}

function nanos(value: unknown): bigint {
  const text = typeof value === 'number' ? String(Math.round(value)) : string(value, '0');
  return /^\d+$/.test(text) ? BigInt(text) : 0n;
}

function nanosToMs(ns: bigint): number {
  return Number(ns) / 1e6;
}
