import type { MappingResult, ValueMapping } from './fieldConfig';
import { regexMatches, shortened, userRegex } from './regex';

/** The result of the first mapping that applies to a value. */
export type ValueMapper = (value: unknown) => MappingResult | undefined;

/** Mappings made ready: expressions are compiled once. Undefined where there are none. */
export function valueMapper(mappings: readonly ValueMapping[] | undefined): ValueMapper | undefined {
  if (mappings === undefined || mappings.length === 0) {
    return undefined;
  }
  const mappers = mappings.map(mapper);
  return (value) => {
    for (const map of mappers) {
      const result = map(value);
      if (result !== undefined) {
        return result;
      }
    }
    return undefined;
  };
}

function mapper(mapping: ValueMapping): ValueMapper {
  switch (mapping.type) {
    case 'value':
      return (value) => (value === null || value === undefined || !Object.hasOwn(mapping.options, String(value)) ? undefined : mapping.options[String(value)]);
    case 'range':
      return rangeMapper(mapping.from, mapping.to, mapping.result);
    case 'regex':
      return regexMapper(mapping.pattern, mapping.result);
    case 'special':
      return (value) => (isSpecial(mapping.match, value) ? mapping.result : undefined);
  }
}

function rangeMapper(from: number | null, to: number | null, result: MappingResult): ValueMapper {
  return (value) => {
    const numeric = typeof value === 'number' ? value : Number.parseFloat(String(value));
    const inside = !Number.isNaN(numeric) && (from === null || numeric >= from) && (to === null || numeric <= to);
    return inside ? result : undefined;
  };
}

/** Groups of the expression may stand in the text as `$1`. Only texts are looked at, never numbers. */
function regexMapper(pattern: string, result: MappingResult): ValueMapper {
  const regex = userRegex(pattern);
  return (value) => {
    if (regex === undefined || typeof value !== 'string' || !regexMatches(regex, value)) {
      return undefined;
    }
    return result.text === undefined ? result : { ...result, text: shortened(value).replace(regex, result.text) };
  };
}

function isSpecial(match: Extract<ValueMapping, { type: 'special' }>['match'], value: unknown): boolean {
  switch (match) {
    case 'true':
      return value === true || value === 'true';
    case 'false':
      return value === false || value === 'false';
    case 'null':
      return value === null || value === undefined;
    case 'nan':
      // As in Grafana, a text that is no number counts, and so does a value that is missing.
      return value !== null && Number.isNaN(Number(value));
    case 'null+nan':
      return value === null || value === undefined || Number.isNaN(Number(value));
    case 'empty':
      return value === '';
  }
}
