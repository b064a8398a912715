import { array, number, object, optionalNumber, optionalString, string, type Json } from '../json';
import type { Labels } from '../labels';

export const LANGUAGES = ['promql', 'logql', 'traceql'] as const;
export type RuleLanguage = (typeof LANGUAGES)[number];
export const LANGUAGE_NAMES: Record<RuleLanguage, string> = { promql: 'PromQL', logql: 'LogQL', traceql: 'TraceQL' };

/** Where a group stands: in a file of the operator, stored by the ruler API, or part of the program. */
export type RuleOrigin = 'file' | 'api' | 'built_in';
export type RuleState = 'inactive' | 'pending' | 'firing' | 'unknown';
export type RuleHealth = 'ok' | 'err' | 'unknown';

export interface RuleAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: RuleState;
  readonly activeAtMs: number;
  readonly keepFiringSinceMs: number | undefined;
  readonly value: string;
}

export interface LoadedRule {
  readonly kind: 'alerting' | 'recording';
  /** From 0, in its group. */
  readonly index: number;
  readonly name: string;
  readonly query: string;
  readonly forSeconds: number;
  readonly keepFiringForSeconds: number;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** `unknown` for recording rules. */
  readonly state: RuleState;
  readonly health: RuleHealth;
  readonly lastError: string;
  readonly lastEvaluationMs: number | undefined;
  readonly evaluationSeconds: number;
  readonly alerts: readonly RuleAlert[];
}

/** Slots that passed while the program did not run. */
export interface MissedWhileDown {
  readonly fromMs: number;
  readonly toMs: number;
  readonly iterations: number;
}

export interface LoadedGroup {
  /** Unlike that of any other group of the tenant. */
  readonly id: string;
  readonly language: RuleLanguage;
  readonly origin: RuleOrigin;
  /** A file, or a namespace of the ruler API. */
  readonly file: string;
  readonly name: string;
  readonly intervalSeconds: number;
  readonly limit: number;
  readonly evaluationSeconds: number;
  readonly lastEvaluationMs: number | undefined;
  /** Evaluations missed since the start, as the one before took too long; undefined where the server does not say. */
  readonly missed: number | undefined;
  readonly missedWhileDown: MissedWhileDown | undefined;
  /** Rules held because data are not whole. */
  readonly held: number;
  readonly rules: readonly LoadedRule[];
}

/** Groups of one language, from the answers of `/api/v1/rules` and `/api/platform/rules/groups`. */
export function readGroups(language: RuleLanguage, rulesData: unknown, statusAnswer: unknown): LoadedGroup[] {
  const status = new Map(
    array(object(statusAnswer)['groups'])
      .map(object)
      .filter((group) => group['language'] === language)
      .map((group) => [groupId(language, string(group['file']), string(group['name'])), group]),
  );
  return array(object(rulesData)['groups']).map((value) => {
    const group = object(value);
    const file = string(group['file']);
    const name = string(group['name']);
    const id = groupId(language, file, name);
    const more = status.get(id) ?? {};
    return {
      id,
      language,
      origin: originOf(more['origin']),
      file,
      name,
      intervalSeconds: number(group['interval'], 0),
      limit: number(group['limit'], 0),
      evaluationSeconds: number(group['evaluationTime'], 0),
      lastEvaluationMs: timeMs(group['lastEvaluation']),
      missed: optionalNumber(more['missed']),
      missedWhileDown: missedOf(more['missedWhileDown']),
      held: number(more['held'], 0),
      rules: array(group['rules']).map((rule, index) => readRule(object(rule), index)),
    };
  });
}

export function groupId(language: RuleLanguage, file: string, name: string): string {
  return `${language}\n${file}\n${name}`;
}

function readRule(rule: Json, index: number): LoadedRule {
  return {
    kind: rule['type'] === 'recording' ? 'recording' : 'alerting',
    index,
    name: string(rule['name']),
    query: string(rule['query']),
    forSeconds: number(rule['duration'], 0),
    keepFiringForSeconds: number(rule['keepFiringFor'], 0),
    labels: textsOf(rule['labels']),
    annotations: textsOf(rule['annotations']),
    state: stateOf(rule['state']),
    health: rule['health'] === 'ok' ? 'ok' : rule['health'] === 'err' ? 'err' : 'unknown',
    lastError: string(rule['lastError']),
    lastEvaluationMs: timeMs(rule['lastEvaluation']),
    evaluationSeconds: number(rule['evaluationTime'], 0),
    alerts: array(rule['alerts']).map((alert) => readAlert(object(alert))),
  };
}

function readAlert(alert: Json): RuleAlert {
  return {
    labels: textsOf(alert['labels']),
    annotations: textsOf(alert['annotations']),
    state: stateOf(alert['state']),
    activeAtMs: timeMs(alert['activeAt']) ?? 0,
    keepFiringSinceMs: timeMs(alert['keepFiringSince']),
    value: String(alert['value'] ?? ''),
  };
}

function originOf(value: unknown): RuleOrigin {
  return value === 'api' || value === 'built_in' ? value : 'file';
}

function stateOf(value: unknown): RuleState {
  return value === 'inactive' || value === 'pending' || value === 'firing' ? value : 'unknown';
}

function missedOf(value: unknown): MissedWhileDown | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const json = object(value);
  return { fromMs: timeMs(json['from']) ?? 0, toMs: timeMs(json['to']) ?? 0, iterations: number(json['iterations'], 0) };
}

/** Undefined for no time, and for the year 1, which is how Go says never. */
export function timeMs(value: unknown): number | undefined {
  const text = optionalString(value);
  const ms = text === undefined || text.startsWith('0001') ? NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function textsOf(value: unknown): Labels {
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(object(value))) {
    texts[name] = typeof text === 'string' ? text : JSON.stringify(text);
  }
  return texts;
}
