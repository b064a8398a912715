/** A page here, and the parameters of its address. */
export interface Place {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const ID = /^[A-Za-z0-9-]{1,64}$/;

/**
 * Where an address of Alertmanager's own pages leads: what stands behind the `#` of `#/alerts?filter=…`,
 * `#/silences`, `#/silences/new?filter=…&comment=…`, `#/silences/ID`, `#/silences/edit?id=ID`, `#/status`, `#/settings`.
 */
export function placeOf(hash: string): Place {
  const text = hash.replace(/^#/, '').replace(/^!?\/?/, '/');
  const [path = '/', query = ''] = split(text);
  const given = new URLSearchParams(query);
  const [first = '', second = ''] = path.split('/').filter((part) => part !== '');
  switch (first) {
    case 'silences':
      if (second === 'new') return { path: '/alerting/silences/new', parameters: take(given, ['filter', 'comment']) };
      if (second === 'edit' && ID.test(given.get('id') ?? '')) return { path: `/alerting/silences/${given.get('id') ?? ''}/edit`, parameters: {} };
      return ID.test(second) ? { path: `/alerting/silences/${second}`, parameters: {} } : { path: '/alerting/silences', parameters: take(given, ['filter']) };
    case 'status':
      return { path: '/alerting/routing', parameters: {} };
    default:
      return { path: '/alerting/alerts', parameters: alertParameters(given) };
  }
}

function split(text: string): [string, string] {
  const question = text.indexOf('?');
  return question < 0 ? [text, ''] : [text.slice(0, question), text.slice(question + 1)];
}

function take(given: URLSearchParams, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, given.get(name) ?? '']).filter(([, value]) => value !== ''));
}

function alertParameters(given: URLSearchParams): Record<string, string> {
  const shown = ['silenced', 'inhibited', 'muted'].filter((name) => given.get(name) === 'true').map((name) => [name, 'on']);
  return { ...take(given, ['filter', 'receiver']), ...(given.has('group') || given.has('customGrouping') ? { view: 'groups' } : {}), ...Object.fromEntries(shown) };
}
