import { annotationText, copyOfAnnotation, newAnnotation } from '../../../lib/dashboard/annotationEdits';
import { allPanels, setAnnotations, setLinks, setVariables } from '../../../lib/dashboard/edit';
import { newLink } from '../../../lib/dashboard/linkEdits';
import { copyOfVariable, newVariable } from '../../../lib/dashboard/variableEdits';
import { array, object, string, type Json } from '../../../lib/json';
import { AnnotationForm } from './AnnotationForm';
import { LinkForm } from './LinkForm';
import { ListEditor } from './ListEditor';
import { VariableForm } from './VariableForm';

interface Props {
  readonly json: Json;
  readonly onChange: (json: Json) => void;
}

export function variablesOf(json: Json): Json[] {
  return array(object(json['templating'])['list']).map(object);
}

export function annotationsOf(json: Json): Json[] {
  return array(object(json['annotations'])['list']).map(object);
}

export function linksOf(json: Json): Json[] {
  return array(json['links']).map(object);
}

/** The variables of a dashboard in the order of its bar. */
export function VariableList({ json, onChange }: Props) {
  const variables = variablesOf(json);
  const names = variables.map((variable) => string(variable['name']));
  return (
    <ListEditor
      noun="variable"
      items={variables}
      onChange={(list) => onChange(setVariables(json, list))}
      nameOf={(variable) => string(variable['name'])}
      noteOf={(variable) => [string(variable['type']), string(variable['definition']) || string(variable['query'])].filter((text) => text !== '').join(' · ')}
      create={() => newVariable(names)}
      copy={(variable) => copyOfVariable(variable, names)}
      form={(_, index, change) => <VariableForm variables={variables} index={index} onChange={change} />}
    />
  );
}

/** The annotation queries of a dashboard. Those that were made on the dashboard itself can be switched off, not deleted. */
export function AnnotationList({ json, onChange }: Props) {
  const annotations = annotationsOf(json);
  const names = annotations.map((annotation) => string(annotation['name']));
  const panels = allPanels(json)
    .filter((panel) => panel['type'] !== 'row')
    .map((panel) => ({ value: String(panel['id']), label: `${string(panel['title']) || 'Panel'} (${String(panel['id'])})` }));
  return (
    <ListEditor
      noun="annotation"
      items={annotations}
      onChange={(list) => onChange(setAnnotations(json, list))}
      nameOf={(annotation) => string(annotation['name'])}
      noteOf={(annotation) => [annotation['enable'] === false ? 'off' : 'on', annotationText(annotation, 'expr') || annotationText(annotation, 'query')].filter((text) => text !== '').join(' · ')}
      create={() => newAnnotation(names)}
      copy={(annotation) => copyOfAnnotation(annotation, names)}
      isFixed={(annotation) => annotation['builtIn'] === 1 || annotation['builtIn'] === true}
      form={(annotation, _, change) => <AnnotationForm annotation={annotation} variables={variablesOf(json)} panels={panels} onChange={change} />}
    />
  );
}

/** The links below the title of a dashboard. */
export function LinkList({ json, onChange }: Props) {
  return (
    <ListEditor
      noun="link"
      items={linksOf(json)}
      onChange={(list) => onChange(setLinks(json, list))}
      nameOf={(link) => string(link['title'])}
      noteOf={(link) => (link['type'] === 'link' ? string(link['url']) : ['dashboards', ...array(link['tags']).map((tag) => string(tag))].join(' · '))}
      create={newLink}
      copy={(link) => ({ ...link })}
      form={(link, _, change) => <LinkForm link={link} onChange={change} />}
    />
  );
}
