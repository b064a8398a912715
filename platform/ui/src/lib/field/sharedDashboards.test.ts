import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrateDashboard } from '../dashboard/migrate';
import { array, object, string, type Json } from '../json';
import { refusedTransformation } from '../transform/transformFrames';
import { UNITS } from '../units/format';
import { fieldNamer } from './displayName';
import { fieldMatcher, readMatcher } from './matchers';
import { findReducer } from './reducers';

const shared = join(process.env['GHOSTWORKS_SHARED'] ?? '../../../shared', 'conformance', 'dashboards');
const files = existsSync(shared) ? readdirSync(shared).filter((name) => name.endsWith('.json')) : [];

function panelsOf(dashboard: Json): Json[] {
  return array(dashboard['panels']).map(object).flatMap((panel) => [panel, ...panelsOf(panel)]);
}

describe.skipIf(files.length === 0)('published dashboards', () => {
  const units = new Set(UNITS.flatMap((category) => category.units.map(({ id }) => id)));
  const context = { nameOf: fieldNamer([]) };

  it.each(files)('%s uses only units, matchers, calculations and transformations that are known', (name) => {
    const unknown: string[] = [];
    const note = (known: boolean, text: string) => known || unknown.push(text);
    for (const panel of panelsOf(migrateDashboard(JSON.parse(readFileSync(join(shared, name), 'utf8')) as Json))) {
      const config = object(panel['fieldConfig']);
      const overrides = array(config['overrides']).map(object);
      const used = [object(config['defaults'])['unit'], ...overrides.flatMap((override) => array(override['properties']).map(object).filter(({ id }) => id === 'unit').map(({ value }) => value))];
      for (const unit of used.map((value) => string(value)).filter((value) => value !== '' && !value.includes(':'))) {
        note(units.has(unit), `unit ${unit}`);
      }
      overrides.map((override) => readMatcher(override['matcher'])).forEach((matcher) => note(fieldMatcher(matcher, context) !== undefined, `matcher ${matcher.id}`));
      const options = object(panel['options']);
      for (const calc of [...array(object(options['reduceOptions'])['calcs']), ...array(object(options['legend'])['calcs'])]) {
        note(findReducer(string(calc)) !== undefined, `calculation ${string(calc)}`);
      }
      array(panel['transformations']).map(object).forEach(({ id }) => note(refusedTransformation(string(id)) === undefined, `transformation ${string(id)}`));
    }
    expect(unknown).toEqual([]);
  });
});
