// Seeded answers of what keeps dashboards: search, folders, versions, stars, imports.

const FOLDERS = [
  { uid: 'demo', title: 'Demo' },
  { uid: 'production', title: 'Production with a title that is long enough to break' },
  { uid: 'backend', title: 'Backend', parentUid: 'production' },
];
const VERSIONS = [
  { version: 3, message: 'Latency in seconds', createdBy: 'mia', hours: 2 },
  { version: 2, message: '', createdBy: 'a.rather.long.name@of.a.company.example', hours: 30 },
  { version: 1, message: 'Imported', createdBy: '', hours: 800 },
];

/** @param files {uid, json} of every dashboard; `search` has the parameters of the address, `text` the body */
export function libraryApi(method, path, search, text, files) {
  if (path === '/api/search') return search.get('type') === 'dash-folder' ? folderHits() : files.map((file, i) => hit(file, i));
  const folder = /^\/api\/folders\/([^/]+)(\/counts|\/move)?$/.exec(path);
  if (folder) return folder[2] === '/counts' ? { folder: 1, dashboard: 4, librarypanel: 0, alertrule: 0 } : folderView(folder[1]);
  if (path === '/api/folders' && method === 'POST') return { ...folderView('production'), uid: 'production' };
  if (path.startsWith('/api/user/stars/')) return { message: 'Dashboard starred!' };
  if (path === '/api/dashboards/db' && method === 'POST') return { id: 1, uid: files[0].uid, url: `/d/${files[0].uid}/x`, status: 'success', version: 4, slug: 'x', folderUid: '' };
  const version = /^\/api\/dashboards\/uid\/([^/]+)\/(versions|restore)(?:\/(\d+))?$/.exec(path);
  if (version) return versionAnswer(version[2], version[3], files.find(({ uid }) => uid === decodeURIComponent(version[1])));
  const own = /^\/api\/platform\/dashboards\/[^/]+\/(original|diff)$/.exec(path);
  if (own) return own[1] === 'original' ? { status: 200, body: '{\n  "title": "As it came"\n}\n' } : { from: 2, to: 3, changes: changes() };
  if (path === '/api/platform/dashboards/inspect') return inspected(text);
  if (path === '/api/platform/dashboards/import') return imported(text, search);
  if (path === '/api/datasources') return [['prometheus', 'Prometheus'], ['loki', 'Loki'], ['tempo', 'Tempo']].map(([uid, name], i) => ({ id: i + 1, uid, name, type: uid, isDefault: i === 0, readOnly: true }));
  return undefined;
}

function hit({ uid, json }, i) {
  const folder = [FOLDERS[0], FOLDERS[2], undefined][i % 3];
  return { id: i + 1, uid, title: json.title, type: 'dash-db', tags: json.tags ?? [], isStarred: i % 4 === 1, ...(folder ? { folderUid: folder.uid, folderTitle: folder.title } : {}) };
}

function folderHits() {
  return FOLDERS.map(({ uid, title, parentUid }, i) => ({ id: 100 + i, uid, title, type: 'dash-folder', tags: [], isStarred: false, ...(parentUid ? { folderUid: parentUid } : {}) }));
}

function folderView(uid) {
  const found = FOLDERS.find((folder) => folder.uid === uid);
  return found ? { id: 1, orgId: 1, ...found, canSave: true, canEdit: uid !== 'demo', canAdmin: true, canDelete: uid !== 'demo', version: 2, ...(uid === 'demo' ? { managedBy: 'provisioning' } : {}) } : { status: 404, body: '{"message":"folder not found","status":"not-found"}' };
}

function versionAnswer(kind, number, file) {
  if (kind === 'restore') return { id: 1, uid: file.uid, url: '', status: 'success', version: 4, slug: 'x', folderUid: '' };
  const view = ({ hours, ...version }) => ({ id: version.version, dashboardId: 1, dashboardUID: file.uid, uid: file.uid, parentVersion: version.version - 1, restoredFrom: 0, created: new Date(Date.now() - hours * 3_600_000).toISOString(), ...version });
  if (number === undefined) return { continueToken: '', versions: VERSIONS.map(view) };
  const found = VERSIONS.find(({ version }) => version === Number(number)) ?? VERSIONS[0];
  return { ...view(found), data: { ...file.json, version: found.version, refresh: `${found.version * 10}s` } };
}

function changes() {
  return [
    { op: 'replace', path: '/panels/0/fieldConfig/defaults/unit', before: 'ms', value: 's' },
    { op: 'add', path: '/tags/2', value: 'latency' },
    { op: 'remove', path: '/panels/4', before: { id: 9, type: 'text', title: 'Old notes', options: { content: 'x'.repeat(400) } } },
    { op: 'move', path: '/panels/5', from: '/panels/2' },
  ];
}

function inspected(text) {
  const json = read(text);
  if (json === undefined) return { status: 400, body: '{"message":"there is no dashboard in this: a dashboard is a JSON object with a title or panels"}' };
  const inputs = (json.__inputs ?? []).map((input) => ({ name: input.name, label: input.label ?? '', description: input.description ?? '', type: input.type, pluginId: input.pluginId ?? '', ...(input.value ? { value: input.value } : {}) }));
  return { dashboards: [{ title: json.title, ...(json.uid ? { uid: json.uid } : {}), form: 'classic', schemaVersion: json.schemaVersion, inputs, exists: json.uid === 'taken', provisioned: false }] };
}

function imported(text, search) {
  const json = read(text);
  const refused = json.uid === 'taken' && search.get('overwrite') !== 'true';
  return { dashboards: [refused ? { title: json.title, uid: json.uid, status: 'refused', message: 'The dashboard has been changed by someone else', code: 'version-mismatch' } : { title: json.title, uid: json.uid ?? 'made', version: 1, url: '/d/made', folderUid: search.get('folderUid') ?? '', status: 'imported' }] };
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
