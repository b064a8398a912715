import type { FieldConfigSource } from '../field/fieldConfig';
import { array, boolean, number, object, optionalNumber, optionalString, string, type Json } from '../json';
import type { LinkConfig, PanelModel, Target, TransformationConfig } from './model';
import { readDataSource } from './dataSourceRef';

/** Reads a panel of the newest schema. Its `y` counts from `top`, the first line of its row: rows are drawn one below the other. */
export function readPanel(json: Json, top = 0): PanelModel {
  const gridPos = object(json['gridPos']);
  const id = number(json['id'], 0);
  const library = object(json['libraryPanel']);
  const libraryUid = optionalString(library['uid']);
  return {
    id,
    key: `panel-${id}`,
    type: string(json['type'], 'timeseries'),
    title: string(json['title']),
    description: string(json['description']),
    transparent: boolean(json['transparent'], false),
    gridPos: { x: number(gridPos['x'], 0), y: number(gridPos['y'], 0) - top, w: number(gridPos['w'], 12), h: number(gridPos['h'], 8) },
    datasource: readDataSource(json['datasource']),
    targets: array(json['targets']).map((target, i) => readTarget(object(target), i)),
    options: object(json['options']),
    fieldConfig: readFieldConfigSource(object(json['fieldConfig'])),
    transformations: array(json['transformations']).map((item) => readTransformation(object(item))),
    links: array(json['links']).map((item) => readLink(object(item))),
    interval: optionalString(json['interval']),
    maxDataPoints: optionalNumber(json['maxDataPoints']),
    timeFrom: optionalString(json['timeFrom']),
    timeShift: optionalString(json['timeShift']),
    hideTimeOverride: boolean(json['hideTimeOverride'], false),
    repeat: readRepeat(json),
    libraryPanel: libraryUid === undefined ? undefined : { uid: libraryUid, name: string(library['name'], libraryUid) },
    json,
  };
}

function readTarget(json: Json, index: number): Target {
  return { refId: string(json['refId'], String.fromCharCode(65 + (index % 26))), hide: boolean(json['hide'], false), datasource: readDataSource(json['datasource']), json };
}

function readFieldConfigSource(json: Json): FieldConfigSource {
  const overrides = array(json['overrides']).map(object).map((override) => {
    const matcher = object(override['matcher']);
    const properties = array(override['properties']).map(object).map((property) => ({ id: string(property['id']), value: property['value'] }));
    return { matcher: { id: string(matcher['id']), options: matcher['options'] }, properties };
  });
  return { defaults: object(json['defaults']), overrides };
}

function readTransformation(json: Json): TransformationConfig {
  const filter = object(json['filter']);
  const filterId = optionalString(filter['id']);
  return {
    id: string(json['id']),
    options: object(json['options']),
    disabled: boolean(json['disabled'], false),
    filter: filterId === undefined ? undefined : { id: filterId, options: filter['options'] },
    topic: optionalString(json['topic']),
  };
}

function readLink(json: Json): LinkConfig {
  return { title: string(json['title']), url: string(json['url']), targetBlank: boolean(json['targetBlank'], false) };
}

function readRepeat(json: Json): PanelModel['repeat'] {
  const variable = optionalString(json['repeat']);
  if (variable === undefined) {
    return undefined;
  }
  return { variable, direction: json['repeatDirection'] === 'v' ? 'v' : 'h', maxPerRow: Math.max(1, number(json['maxPerRow'], 4)) };
}
