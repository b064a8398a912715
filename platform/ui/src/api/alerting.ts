import type { components } from './generated/platform';
import { readGroups, LANGUAGES, type LoadedGroup } from '../lib/alerting/ruleGroups';
import { promSelector, type Matcher } from '../lib/alerting/matchers';
import { array, object, string } from '../lib/json';
import type { Labels } from '../lib/labels';
import { getJson, sendJson, type Access } from './http';
import { alerts as ruleAlerts, queryInstant, type Alert } from './prometheus';

type Schemas = components['schemas'];
export type Incident = Schemas['Incident'];
export type IncidentDetail = Schemas['IncidentDetail'];
export type Notification = Schemas['Notification'];
export type NotificationDetail = Schemas['NotificationDetail'];
export type NotificationQueue = Schemas['NotificationQueue'];
export type NotificationQueues = Schemas['NotificationQueues'];
export type AlertExplanation = Schemas['AlertExplanation'];
export type AlertRouting = Schemas['AlertRouting'];
export type AlertRoute = Schemas['AlertRoute'];
export type ToldAlert = Schemas['ToldAlert'];

/** Which incidents or notifications; times are RFC 3339 or seconds, `before` the `next` of the page before. */
export interface ListQuery {
  readonly limit: number;
  readonly before?: string | undefined;
  readonly receiver?: string | undefined;
  readonly group?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly filter?: readonly string[];
}

export interface IncidentQuery extends ListQuery {
  readonly state?: 'open' | 'ended' | undefined;
  readonly acknowledged?: 'true' | 'false' | undefined;
}

export interface NotificationQuery extends ListQuery {
  readonly status?: readonly string[];
}

/** Newest first. */
export async function findIncidents(access: Access, query: IncidentQuery, signal?: AbortSignal): Promise<Schemas['IncidentList']> {
  return (await getJson(access, 'api/platform/incidents', { parameters: { ...query }, signal })) as Schemas['IncidentList'];
}

export async function incident(access: Access, id: string, signal?: AbortSignal): Promise<IncidentDetail> {
  return (await getJson(access, incidentPath(id), { signal })) as IncidentDetail;
}

export interface Acknowledging {
  readonly author: string;
  readonly comment: string;
  readonly duration: string;
  /** Fingerprints; none for all that fire. */
  readonly alerts: readonly string[];
}

export async function acknowledge(access: Access, id: string, given: Acknowledging): Promise<void> {
  await sendJson(access, 'POST', `${incidentPath(id)}/acknowledge`, { author: given.author, comment: given.comment, duration: given.duration, ...(given.alerts.length === 0 ? {} : { alerts: given.alerts }) });
}

export async function unacknowledge(access: Access, id: string, author: string): Promise<void> {
  await sendJson(access, 'POST', `${incidentPath(id)}/unacknowledge`, { author });
}

export async function commentIncident(access: Access, id: string, author: string, text: string): Promise<void> {
  await sendJson(access, 'POST', `${incidentPath(id)}/comments`, { author, text });
}

function incidentPath(id: string): string {
  return `api/platform/incidents/${encodeURIComponent(id)}`;
}

/** Newest first. */
export async function findNotifications(access: Access, query: NotificationQuery, signal?: AbortSignal): Promise<Schemas['NotificationList']> {
  return (await getJson(access, 'api/platform/notifications', { parameters: { ...query }, signal })) as Schemas['NotificationList'];
}

export async function notification(access: Access, id: string, signal?: AbortSignal): Promise<NotificationDetail> {
  return (await getJson(access, `api/platform/notifications/${encodeURIComponent(id)}`, { signal })) as NotificationDetail;
}

export async function notificationQueues(access: Access, signal?: AbortSignal): Promise<NotificationQueues> {
  return (await getJson(access, 'api/platform/notifications/queues', { signal })) as NotificationQueues;
}

/** Routes, inhibit rules and time intervals as they stand at a time in milliseconds, or now. */
export async function alertRouting(access: Access, atMs: number | undefined, signal?: AbortSignal): Promise<AlertRouting> {
  return (await getJson(access, 'api/platform/alerts/routing', { parameters: { at: at(atMs) }, signal })) as AlertRouting;
}

/** What happens to an alert with labels, or to a known one by its fingerprint, at a time in milliseconds, or now. */
export async function whyAlert(access: Access, alert: Labels | string, atMs: number | undefined, signal?: AbortSignal): Promise<AlertExplanation> {
  const asked = typeof alert === 'string' ? { fingerprint: alert } : { label: Object.entries(alert).map(([name, value]) => `${name}="${value}"`) };
  return (await getJson(access, 'api/platform/alerts/why', { parameters: { ...asked, at: at(atMs) }, signal })) as AlertExplanation;
}

function at(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : new Date(atMs).toISOString();
}

/** Alerts that rules have found and that have not fired yet; matchers are judged by the server, as those of PromQL are. */
export async function pendingAlerts(access: Access, matchers: readonly Matcher[], signal?: AbortSignal): Promise<readonly Alert[]> {
  const pending = (await ruleAlerts(access, signal)).filter(({ state }) => state === 'pending');
  if (pending.length === 0 || matchers.length === 0) return pending;
  const found = await queryInstant(access, promSelector('ALERTS', [{ name: 'alertstate', operator: '=', value: 'pending' }, ...matchers]), Date.now(), signal);
  const keys = new Set((found.kind === 'vector' ? found.samples : []).map(({ labels }) => keyOf(labels)));
  return pending.filter(({ labels }) => keys.has(keyOf(labels)));
}

/** The labels that an alert and its series share. */
function keyOf(labels: Labels): string {
  const shared = Object.entries(labels).filter(([name]) => name !== '__name__' && name !== 'alertstate');
  return JSON.stringify(shared.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The groups that have rules of a name, with those rules alone, in all languages. */
export async function rulesNamed(access: Access, name: string, signal?: AbortSignal): Promise<LoadedGroup[]> {
  const answers = await Promise.all(LANGUAGES.map((language) => getJson(access, 'prometheus/api/v1/rules', { parameters: { language, type: 'alert', 'rule_name[]': [name] }, signal })));
  return LANGUAGES.flatMap((language, i) => readGroups(language, object(answers[i])['data'], {}));
}

/** Names and values of the labels of the tenant's alerts over the last day, to complete what is typed. */
export async function alertLabelNames(access: Access, signal?: AbortSignal): Promise<string[]> {
  return strings(await getJson(access, 'prometheus/api/v1/labels', { parameters: { ...lastDay(), 'match[]': 'ALERTS' }, signal })).filter((name) => name !== '__name__' && name !== 'alertstate');
}

export async function alertLabelValues(access: Access, name: string, signal?: AbortSignal): Promise<string[]> {
  return strings(await getJson(access, `prometheus/api/v1/label/${encodeURIComponent(name)}/values`, { parameters: { ...lastDay(), 'match[]': 'ALERTS', limit: 1000 }, signal }));
}

function lastDay(): { start: number; end: number } {
  const end = Math.floor(Date.now() / 1000);
  return { start: end - 86_400, end };
}

function strings(answer: unknown): string[] {
  return array(object(answer)['data']).map((item) => string(item));
}

