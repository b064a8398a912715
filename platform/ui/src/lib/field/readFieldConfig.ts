import { array, boolean, object, optionalNumber, optionalString, string, type Json } from '../json';
import type { DataLink, FieldConfig, MappingResult, ThresholdsConfig, ValueMapping } from './fieldConfig';

/** Reads `fieldConfig.defaults` of a panel, or the configuration of a field. What has another type than it should counts as absent. */
export function readFieldConfig(json: Json): FieldConfig {
  return {
    displayName: optionalString(json['displayName']),
    displayNameFromDS: optionalString(json['displayNameFromDS']),
    description: optionalString(json['description']),
    unit: optionalString(json['unit']),
    decimals: optionalNumber(json['decimals']),
    min: optionalNumber(json['min']),
    max: optionalNumber(json['max']),
    fieldMinMax: optionalBoolean(json['fieldMinMax']),
    noValue: readText(json['noValue']),
    filterable: optionalBoolean(json['filterable']),
    interval: optionalNumber(json['interval']),
    nullValueMode: readNullValueMode(json['nullValueMode']),
    color: readColor(json['color']),
    thresholds: readThresholds(json['thresholds']),
    mappings: readMappings(json['mappings']),
    links: readLinks(json['links']),
    custom: json['custom'] === undefined ? undefined : object(json['custom']),
  };
}

export function readColor(value: unknown): FieldConfig['color'] {
  const json = object(value);
  const mode = optionalString(json['mode']);
  const seriesBy = json['seriesBy'];
  return mode === undefined
    ? undefined
    : {
        mode,
        fixedColor: optionalString(json['fixedColor']),
        seriesBy: seriesBy === 'last' || seriesBy === 'min' || seriesBy === 'max' ? seriesBy : undefined,
      };
}

/** The first step has no value in files, since JSON has no infinity. */
export function readThresholds(value: unknown): ThresholdsConfig | undefined {
  const json = object(value);
  if (!Array.isArray(json['steps'])) {
    return undefined;
  }
  const steps = array(json['steps'])
    .map(object)
    .map((step, i) => ({ value: i === 0 ? -Infinity : (optionalNumber(step['value']) ?? -Infinity), color: string(step['color'], 'green') }));
  return { mode: json['mode'] === 'percentage' ? 'percentage' : 'absolute', steps };
}

export function readMappings(value: unknown): readonly ValueMapping[] | undefined {
  return Array.isArray(value) ? value.flatMap((mapping) => readMapping(object(mapping))) : undefined;
}

export function readLinks(value: unknown): readonly DataLink[] | undefined {
  return Array.isArray(value)
    ? value.map(object).flatMap((link) => {
        const url = optionalString(link['url']);
        return url === undefined ? [] : [{ title: string(link['title']), url, targetBlank: link['targetBlank'] === true }];
      })
    : undefined;
}

function readMapping(json: Json): ValueMapping[] {
  const options = object(json['options']);
  const result = readResult(object(options['result']));
  switch (json['type']) {
    case 'value':
      return [{ type: 'value', options: Object.fromEntries(Object.entries(options).map(([key, entry]) => [key, readResult(object(entry))])) }];
    case 'range':
      return [{ type: 'range', from: optionalNumber(options['from']) ?? null, to: optionalNumber(options['to']) ?? null, result }];
    case 'regex':
      return [{ type: 'regex', pattern: string(options['pattern']), result }];
    case 'special':
      return readSpecial(string(options['match']), result);
    default:
      return readOldMapping(json);
  }
}

function readSpecial(match: string, result: MappingResult): ValueMapping[] {
  switch (match) {
    case 'true':
    case 'false':
    case 'null':
    case 'nan':
    case 'null+nan':
    case 'empty':
      return [{ type: 'special', match, result }];
    default:
      return [];
  }
}

/** `{type: 1, value, text}` and `{type: 2, from, to, text}` of Grafana 7, also without type. */
function readOldMapping(json: Json): ValueMapping[] {
  const result = readResult(json);
  if (json['type'] === 2 || (json['type'] === undefined && 'from' in json)) {
    return [{ type: 'range', from: optionalNumber(json['from']) ?? null, to: optionalNumber(json['to']) ?? null, result }];
  }
  const value = readText(json['value']);
  if (value === undefined) {
    return [];
  }
  return value === 'null' ? [{ type: 'special', match: 'null', result }] : [{ type: 'value', options: { [value]: result } }];
}

function readResult(json: Json): MappingResult {
  return {
    text: readText(json['text']),
    color: optionalString(json['color']),
    icon: optionalString(json['icon']),
    index: optionalNumber(json['index']),
  };
}

/** Some files write a number where a text is meant. */
function readText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined;
}

function optionalBoolean(value: unknown): boolean | undefined {
  return value === undefined || value === null ? undefined : boolean(value, false);
}

function readNullValueMode(value: unknown): FieldConfig['nullValueMode'] {
  return value === 'null' || value === 'connected' || value === 'null as zero' ? value : undefined;
}
