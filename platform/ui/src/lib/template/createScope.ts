import type { VariableType } from '../dashboard/model';
import type { AbsoluteRange, TimeRange } from '../time';
import { builtIn } from './builtIns';
import { formatValue, type FormatValue } from './formats';
import { writeFor, type Writable } from './language';
import { atPath } from './path';
import type { Language, ScopedVars, TemplateScope } from './scope';

/** A variable with what is selected. */
export interface ScopeVariable {
  readonly name: string;
  readonly type: VariableType;
  /** Whether it can have several values: then references are written as regular expressions. */
  readonly many: boolean;
  /** What is selected, `All` taken apart. */
  readonly value: string | readonly string[];
  /** What a person reads, such as `All` or `a + b`. */
  readonly text: string;
  /** What a person reads for each value; the values themselves without. */
  readonly texts?: readonly string[] | undefined;
  /** What `All` means in queries, as it stands; undefined where it is not selected or means all values. */
  readonly allValue?: string | undefined;
  /** Written in queries as it stands: the matchers of a filter variable. */
  readonly literal?: string | undefined;
  /** What the address holds; undefined where the variable keeps out of addresses. */
  readonly urlValues?: readonly string[] | undefined;
  /** What `${name.field}` finds: one for each selected value. */
  readonly properties?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

/** What built-in variables are made from. */
export interface ScopeContext {
  readonly range?: AbsoluteRange | undefined;
  /** The range as the address has it. */
  readonly rawRange?: TimeRange | undefined;
  /** An IANA name or `utc`; undefined for the browser's. */
  readonly timeZone?: string | undefined;
  readonly dashboard?: { readonly uid: string; readonly title: string } | undefined;
  readonly org?: { readonly id: string; readonly name: string } | undefined;
  readonly user?: { readonly id: string; readonly login: string; readonly email: string } | undefined;
  /** The address of the page: path and query. */
  readonly path?: string | undefined;
  readonly search?: string | undefined;
}

const REFERENCE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:^}]+))?(?::([^}]+))?\}/g;

/** The scope of a dashboard's variables. A name is looked for in what a place adds, then among the variables, then among the built-in ones. */
export function createScope(variables: readonly ScopeVariable[], context: ScopeContext = {}): TemplateScope {
  return scopeOf(new Map(variables.map((variable) => [variable.name, variable])), {}, context);
}

/** A scope without variables: for places outside a dashboard. */
export const EMPTY_SCOPE: TemplateScope = createScope([]);

/** The names that a text refers to, in order, each once. */
export function referencedNames(text: string): string[] {
  return [...new Set([...text.matchAll(REFERENCE)].map((match) => match[1] ?? match[2] ?? match[4] ?? ''))];
}

function scopeOf(variables: ReadonlyMap<string, ScopeVariable>, added: ScopedVars, context: ScopeContext): TemplateScope {
  return {
    replace: (text, language, extra) => replaceAll(text, language, extra === undefined ? added : { ...added, ...extra }, variables, context),
    values: (name) => valuesOf(name, variables, added, context),
    texts: (name) => (Object.hasOwn(added, name) ? [added[name]?.text ?? ''] : (variables.get(name)?.texts ?? valuesOf(name, variables, added, context))),
    with: (extra) => scopeOf(variables, { ...added, ...extra }, context),
  };
}

function valuesOf(name: string, variables: ReadonlyMap<string, ScopeVariable>, added: ScopedVars, context: ScopeContext): readonly string[] | undefined {
  const value = Object.hasOwn(added, name) ? added[name]?.value : (variables.get(name)?.value ?? builtIn(name, undefined, context, variables)?.value);
  return value === undefined || value === null ? undefined : Array.isArray(value) ? value.map(String) : [String(value)];
}

function replaceAll(text: string, language: Language | undefined, added: ScopedVars, variables: ReadonlyMap<string, ScopeVariable>, context: ScopeContext): string {
  if (!text.includes('$') && !text.includes('[[')) {
    return text;
  }
  return text.replace(REFERENCE, (whole: string, plain?: string, square?: string, squareFormat?: string, braced?: string, path?: string, bracedFormat?: string) => {
    const name = plain ?? square ?? braced ?? '';
    const format = squareFormat ?? bracedFormat;
    if (Object.hasOwn(added, name)) {
      return writeAdded(name, path, format, language, added, variables, context);
    }
    const variable = variables.get(name);
    if (variable !== undefined) {
      return writeVariable(variable, path, format, language, context);
    }
    const found = builtIn(name, path, context, variables, format);
    if (found === undefined) {
      return whole;
    }
    return found.final ? String(found.value) : write(found.value, format, language, { name, text: found.text, many: false, timeZone: context.timeZone });
  });
}

/** What a repeat or a link sets: it has the nature of the variable that it hides. */
function writeAdded(
  name: string,
  path: string | undefined,
  format: string | undefined,
  language: Language | undefined,
  added: ScopedVars,
  variables: ReadonlyMap<string, ScopeVariable>,
  context: ScopeContext,
): string {
  const scoped = added[name];
  const hidden = variables.get(name);
  if (path !== undefined && hidden?.properties !== undefined && typeof scoped?.value !== 'object') {
    return writeVariable(hidden, path, format, language, context);
  }
  const value = path === undefined ? scoped?.value : path === 'text' && typeof scoped?.value !== 'object' ? scoped?.text : atPath(scoped?.value, path);
  if (value === undefined || value === null) {
    return '';
  }
  const text = path === undefined ? (scoped?.text ?? String(value)) : String(value);
  return write(value as FormatValue, format, language, { name, text, many: hidden?.many ?? false, timeZone: context.timeZone });
}

function writeVariable(variable: ScopeVariable, path: string | undefined, format: string | undefined, language: Language | undefined, context: ScopeContext): string {
  const subject: Writable = { name: variable.name, text: variable.text, many: variable.many, urlValues: variable.urlValues ?? [], timeZone: context.timeZone };
  if (variable.literal !== undefined && format !== 'queryparam') {
    return variable.literal;
  }
  if (path !== undefined && path !== 'value') {
    const value = propertyOf(variable, path);
    return value === undefined ? '' : write(value, format, language, { ...subject, text: Array.isArray(value) ? value.join(' + ') : String(value) });
  }
  if (variable.allValue !== undefined) {
    return writeAllValue(variable.allValue, format, language, subject);
  }
  return write(variable.value, format, language, subject);
}

/** A value that the file gives to `All` is not escaped: it is a pattern of the author. */
function writeAllValue(allValue: string, format: string | undefined, language: Language | undefined, subject: Writable): string {
  const kind = format?.split(':')[0] ?? (language === 'text' ? 'text' : language === 'html' ? 'html' : language === 'url' ? 'percentencode' : 'raw');
  switch (kind) {
    case 'text':
    case 'queryparam':
    case 'html':
    case 'percentencode':
    case 'customqueryparam':
    case 'uriencode':
      return formatValue(allValue, format ?? kind, subject);
    default:
      return allValue;
  }
}

function propertyOf(variable: ScopeVariable, path: string): FormatValue | undefined {
  if (path === 'text') {
    return variable.text;
  }
  const found = (variable.properties ?? []).map((properties) => atPath(properties, path)).filter((value) => value !== undefined && value !== null);
  if (found.length === 0) {
    return undefined;
  }
  return Array.isArray(variable.value) ? found : (found[0] as FormatValue);
}

function write(value: FormatValue, format: string | undefined, language: Language | undefined, subject: Writable): string {
  const plain = typeof value === 'object' && !Array.isArray(value) && format === undefined ? String(JSON.stringify(value)) : value;
  return format === undefined ? writeFor(language, plain, subject) : formatValue(value, format, subject);
}
