import { object, optionalString, string, type Json } from '../json';
import { setSettings } from './edit';
import { freeName } from './listEdits';

export type PanelChoice = 'all' | 'only' | 'except';

/** Options that older files have beside the name and newer ones in the target: the reader takes those beside the name first. */
const BESIDE = ['titleFormat', 'textFormat', 'tagKeys', 'step', 'changesOf', 'changesBy'];

export function newAnnotation(names: readonly string[]): Json {
  return {
    name: freeName('New annotations', names),
    enable: true,
    hide: false,
    iconColor: 'red',
    datasource: { type: 'grafana', uid: '-- Grafana --' },
    target: { type: 'tags', tags: [], matchAny: false, limit: 100 },
  };
}

export function copyOfAnnotation(annotation: Json, names: readonly string[]): Json {
  return setSettings({ ...annotation, name: freeName(`Copy of ${string(annotation['name'])}`, names) }, { builtIn: undefined });
}

/** The text of an option, wherever the file has it. */
export function annotationText(annotation: Json, name: string): string {
  const target = object(annotation['target']);
  if (BESIDE.includes(name)) {
    return string(annotation[name] ?? target[name] ?? (name === 'step' ? target['interval'] : undefined));
  }
  return optionalString(target[name]) ?? string(annotation[name]);
}

/** Writes an option at the place that is read first, and removes it at the other. */
export function withAnnotationText(annotation: Json, name: string, text: string): Json {
  const target = object(annotation['target']);
  if (BESIDE.includes(name)) {
    const cleared = setSettings(target, { [name]: undefined, ...(name === 'step' ? { interval: undefined } : {}) });
    return setSettings(annotation, { [name]: text === '' ? undefined : text, target: annotation['target'] === undefined ? undefined : cleared });
  }
  return setSettings(annotation, { [name]: undefined, target: { refId: 'Anno', ...target, [name]: text } });
}

/** Takes another data source; a query in another language would only fail there, so it goes. */
export function withAnnotationSource(annotation: Json, datasource: Json, sameLanguage: boolean): Json {
  if (sameLanguage) {
    return { ...annotation, datasource };
  }
  const target = datasource['type'] === 'grafana' ? { type: 'tags', tags: [], matchAny: false, limit: 100 } : { refId: 'Anno' };
  return setSettings({ ...annotation, datasource, target }, { expr: undefined, query: undefined, changesOf: undefined, changesBy: undefined, type: undefined, tags: undefined });
}

export function panelChoice(annotation: Json): PanelChoice {
  const filter = annotation['filter'];
  if (typeof filter !== 'object' || filter === null) {
    return 'all';
  }
  return object(filter)['exclude'] === true ? 'except' : 'only';
}

export function withPanels(annotation: Json, choice: PanelChoice, ids: readonly number[]): Json {
  return setSettings(annotation, { filter: choice === 'all' ? undefined : { ...object(annotation['filter']), exclude: choice === 'except', ids } });
}

/** What must be mended before the annotations can be taken over. */
export function annotationFailures(annotations: readonly Json[]): string[] {
  return annotations.flatMap((annotation, i) => (string(annotation['name']).trim() === '' ? [`Annotations ${i + 1}: Give them a name.`] : []));
}
