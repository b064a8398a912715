import { at, defined, isObject, objects, without, type MutableJson } from './mutable';
import { datasourceOf } from './resourceDataSource';
import { panelsOfLayout } from './resourceLayout';
import { classicVariable } from './resourceVariable';

/** Whether a document is a resource of dashboard.grafana.app, or the `spec` of one in the second form. */
export function isResource(document: MutableJson): boolean {
  const version = document['apiVersion'];
  return (typeof version === 'string' && version.startsWith('dashboard.grafana.app/') && isObject(document['spec'])) || isSecondForm(document);
}

function isSecondForm(spec: MutableJson): boolean {
  return isObject(spec['elements']) && isObject(spec['layout']) && isObject(at(spec, 'layout')['spec']);
}

/** The classic document that shows the same. The uid of a resource is its name. */
export function resourceToClassic(resource: MutableJson): MutableJson {
  const spec = isSecondForm(resource) ? resource : at(resource, 'spec');
  const uid = at(resource, 'metadata')['name'];
  const named = typeof uid === 'string' && uid !== '' ? { uid } : {};
  return isSecondForm(spec) ? { ...classicOf(spec), ...named } : { ...spec, ...named };
}

const CURSOR_SYNC: Readonly<Record<string, number>> = { Off: 0, Crosshair: 1, Tooltip: 2 };

function classicOf(spec: MutableJson): MutableJson {
  const { elements, layout, variables, annotations, timeSettings, cursorSync, ...kept } = spec;
  const time = isObject(timeSettings) ? timeSettings : {};
  return {
    ...kept,
    schemaVersion: 42,
    graphTooltip: CURSOR_SYNC[String(cursorSync)] ?? 0,
    time: { from: time['from'] ?? 'now-6h', to: time['to'] ?? 'now' },
    timezone: time['timezone'] ?? '',
    refresh: time['autoRefresh'] ?? '',
    ...defined({ weekStart: time['weekStart'], fiscalYearStartMonth: time['fiscalYearStartMonth'] }),
    timepicker: defined({
      refresh_intervals: time['autoRefreshIntervals'],
      hidden: time['hideTimepicker'],
      nowDelay: time['nowDelay'],
      quick_ranges: time['quickRanges'],
    }),
    templating: { list: objects(variables).map(classicVariable) },
    annotations: { list: objects(annotations).map(classicAnnotation) },
    panels: panelsOfLayout(isObject(layout) ? layout : {}, (name) => classicPanel(name, isObject(elements) ? elements : {})),
  };
}

function classicPanel(name: string, elements: MutableJson): MutableJson | undefined {
  const element = Object.hasOwn(elements, name) ? elements[name] : undefined;
  if (!isObject(element)) {
    return undefined;
  }
  const spec = at(element, 'spec');
  if (element['kind'] === 'LibraryPanel') {
    return { id: spec['id'], title: spec['title'] ?? '', type: 'library-panel-ref', libraryPanel: spec['libraryPanel'] };
  }
  const viz = at(spec, 'vizConfig');
  const vizSpec = at(viz, 'spec');
  const data = at(at(spec, 'data'), 'spec');
  const targets = objects(data['queries']).map((query) => classicTarget(at(query, 'spec')));
  const { id, title, description, links, transparent } = spec;
  return {
    ...without(spec, 'id', 'title', 'description', 'links', 'transparent', 'data', 'vizConfig'),
    ...defined({ id, title, description, links, transparent }),
    // The first version of the form has the panel type as the kind, later ones as the group.
    type: viz['kind'] === 'VizConfig' ? viz['group'] : viz['kind'],
    ...defined({ pluginVersion: viz['version'] ?? vizSpec['pluginVersion'] }),
    options: at(vizSpec, 'options'),
    fieldConfig: { defaults: {}, overrides: [], ...at(vizSpec, 'fieldConfig') },
    targets,
    ...datasourceOfAll(targets),
    transformations: objects(data['transformations']).map(classicTransformation),
    ...defined(at(data, 'queryOptions')),
  };
}

function classicTarget(spec: MutableJson): MutableJson {
  const query = at(spec, 'query');
  const datasource = datasourceOf(query, spec['datasource']);
  return { ...at(query, 'spec'), refId: spec['refId'], ...(spec['hidden'] === true ? { hide: true } : {}), ...(datasource === undefined ? {} : { datasource }) };
}

/** The data source of a panel whose queries agree on one; several are mixed. */
function datasourceOfAll(targets: readonly MutableJson[]): MutableJson {
  const found = targets.map(({ datasource }) => datasource).filter(isObject);
  const distinct = new Set(found.filter(({ type }) => type !== '__expr__').map((datasource) => `${String(datasource['type'])}/${String(datasource['uid'])}`));
  if (distinct.size > 1) {
    return { datasource: { type: 'datasource', uid: '-- Mixed --' } };
  }
  return found[0] === undefined ? {} : { datasource: found.find(({ type }) => type !== '__expr__') ?? found[0] };
}

function classicTransformation(transformation: MutableJson): MutableJson {
  const spec = at(transformation, 'spec');
  const { kind, group } = transformation;
  return { ...spec, id: spec['id'] ?? (kind === 'Transformation' ? group : kind), options: spec['options'] ?? {} };
}

function classicAnnotation(annotation: MutableJson): MutableJson {
  const { query, datasource, legacyOptions, builtIn, ...kept } = at(annotation, 'spec');
  const asked = isObject(query) ? query : {};
  const found = datasourceOf(asked, datasource);
  const target = at(asked, 'spec');
  return {
    ...(isObject(legacyOptions) ? legacyOptions : {}),
    ...kept,
    ...(builtIn === true ? { builtIn: 1, type: 'dashboard' } : {}),
    ...(found === undefined ? {} : { datasource: found }),
    ...(Object.keys(target).length > 0 ? { target, ...(typeof target['expr'] === 'string' ? { expr: target['expr'] } : {}) } : {}),
  };
}
