import type { AlertState, ShownAlert } from '../lib/alerting/alertFilter';
import { formatMatcher, type ApiMatcher, type Matcher } from '../lib/alerting/matchers';
import { fromApiSilence, type Silence } from '../lib/alerting/silence';
import { array, boolean, object, string, type Json } from '../lib/json';
import type { Labels } from '../lib/labels';
import { getJson, sendJson, type Access } from './http';
import { labelsOf } from './prometheus';

const API = 'alertmanager/api/v2';

export interface AlertQuery {
  readonly matchers?: readonly Matcher[];
  /** What the whole name of a receiver matches. */
  readonly receiver?: string | undefined;
}

/** Alerts of the moment, whatever holds them. */
export async function knownAlerts(access: Access, query: AlertQuery, signal?: AbortSignal): Promise<ShownAlert[]> {
  return array(await getJson(access, `${API}/alerts`, { parameters: parametersOf(query), signal })).map(alertOf);
}

export interface AlertGroup {
  readonly labels: Labels;
  readonly receiver: string;
  readonly alerts: readonly ShownAlert[];
}

/** The groups in which alerts are told. */
export async function alertGroups(access: Access, query: AlertQuery, signal?: AbortSignal): Promise<AlertGroup[]> {
  return array(await getJson(access, `${API}/alerts/groups`, { parameters: parametersOf(query), signal }))
    .map(object)
    .map((group) => ({ labels: labelsOf(group['labels']), receiver: string(object(group['receiver'])['name']), alerts: array(group['alerts']).map(alertOf) }));
}

function parametersOf(query: AlertQuery): Record<string, string | readonly string[] | undefined> {
  return { filter: (query.matchers ?? []).map(formatMatcher), receiver: query.receiver === undefined ? undefined : quoted(query.receiver) };
}

/** A name as an expression of its own. */
function quoted(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

export async function receiverNames(access: Access, signal?: AbortSignal): Promise<string[]> {
  return array(await getJson(access, `${API}/receivers`, { signal })).map((receiver) => string(object(receiver)['name']));
}

/** All silences that are known: active ones by their end, pending ones by their start, ended ones newest first. */
export async function silences(access: Access, signal?: AbortSignal): Promise<Silence[]> {
  return array(await getJson(access, `${API}/silences`, { signal })).map(silenceOf);
}

export async function silence(access: Access, id: string, signal?: AbortSignal): Promise<Silence> {
  return silenceOf(await getJson(access, `${API}/silence/${encodeURIComponent(id)}`, { signal }));
}

/** Makes or changes a silence; its id, which is new where the change has ended the former. */
export async function postSilence(access: Access, body: Readonly<Record<string, unknown>>): Promise<string> {
  return string(object(await sendJson(access, 'POST', `${API}/silences`, body))['silenceID']);
}

export async function expireSilence(access: Access, id: string): Promise<void> {
  await sendJson(access, 'DELETE', `${API}/silence/${encodeURIComponent(id)}`, undefined);
}

function alertOf(value: unknown): ShownAlert {
  const json = object(value);
  const status = object(json['status']);
  return {
    state: stateOf(status['state']),
    fingerprint: string(json['fingerprint']),
    labels: labelsOf(json['labels']),
    annotations: labelsOf(json['annotations']),
    startsAt: string(json['startsAt']),
    updatedAt: string(json['updatedAt']),
    endsAt: string(json['endsAt']),
    generatorUrl: string(json['generatorURL']),
    receivers: array(json['receivers']).map((receiver) => string(object(receiver)['name'])),
    silencedBy: strings(status['silencedBy']),
    inhibitedBy: strings(status['inhibitedBy']),
    mutedBy: strings(status['mutedBy']),
  };
}

function stateOf(value: unknown): AlertState {
  return (['suppressed', 'unprocessed'] as const).find((state) => state === value) ?? 'active';
}

function silenceOf(value: unknown): Silence {
  const json = object(value);
  return fromApiSilence({
    id: string(json['id']),
    state: string(object(json['status'])['state']),
    matchers: array(json['matchers']).map((matcher) => matcherOf(object(matcher))),
    startsAt: string(json['startsAt']),
    endsAt: string(json['endsAt']),
    updatedAt: string(json['updatedAt']),
    createdBy: string(json['createdBy']),
    comment: string(json['comment']),
    annotations: labelsOf(json['annotations']),
  });
}

function matcherOf(json: Json): ApiMatcher {
  return { name: string(json['name']), value: string(json['value']), isRegex: boolean(json['isRegex'], false), isEqual: boolean(json['isEqual'], true) };
}

function strings(value: unknown): string[] {
  return array(value).map((item) => string(item));
}
