/** What a request says about its sender beside its address. */
export interface Access {
  /** Sent as X-Scope-OrgID where set. */
  readonly tenant: string | undefined;
  /** Sent as bearer token where set; requests from loopback need none. */
  readonly token: string | undefined;
}

/** A request that was answered with an error, or not at all. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** 0 where there was no answer. */
    readonly status: number,
    readonly path: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export type QueryParameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface RequestOptions {
  readonly parameters?: QueryParameters;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Above this length, parameters travel in a form body: servers and proxies bound the request line. */
const MAX_ADDRESS_CHARS = 6000;

/** Gets JSON from a path that is relative to the document's base, so that the pages work under any prefix. */
export async function getJson(access: Access, path: string, options: RequestOptions = {}): Promise<unknown> {
  return parseJson(await getText(access, path, options), path);
}

/** The same for an answer that is no JSON. */
export async function getText(access: Access, path: string, options: RequestOptions = {}): Promise<string> {
  const query = encode(options.parameters ?? {});
  return query.length > MAX_ADDRESS_CHARS ? exchange(access, 'POST', path, form(query), options) : exchange(access, 'GET', query === '' ? path : `${path}?${query}`, undefined, options);
}

/** What a request carries beside its address. */
export interface Body {
  readonly type: string;
  readonly text: string;
}

/** A request that changes something, or whose question is a body; the answer's text, '' where there is none. */
export async function sendText(access: Access, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: Body, options: RequestOptions = {}): Promise<string> {
  const query = encode(options.parameters ?? {});
  return exchange(access, method, query === '' ? path : `${path}?${query}`, body, options);
}

/** Sends JSON and reads JSON; undefined where the answer is empty. */
export async function sendJson(access: Access, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, json: unknown, options: RequestOptions = {}): Promise<unknown> {
  const text = await sendText(access, method, path, json === undefined ? undefined : { type: 'application/json', text: JSON.stringify(json) }, options);
  return text === '' ? undefined : parseJson(text, path);
}

/** Posts parameters as a form and reads JSON. */
export async function postForm(access: Access, path: string, parameters: QueryParameters, signal?: AbortSignal): Promise<unknown> {
  return parseJson(await exchange(access, 'POST', path, form(encode(parameters)), { signal }), path);
}

function form(query: string): Body {
  return { type: 'application/x-www-form-urlencoded', text: query };
}

async function exchange(access: Access, method: string, address: string, body: Body | undefined, options: RequestOptions): Promise<string> {
  const path = address.split('?', 1)[0] ?? address;
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (access.tenant) headers['X-Scope-OrgID'] = access.tenant;
  if (access.token) headers['Authorization'] = `Bearer ${access.token}`;
  if (body) headers['Content-Type'] = body.type;
  const response = await send(new URL(address, document.baseURI), path, {
    method,
    headers,
    ...(body ? { body: body.text } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new ApiError(errorMessage(text, response), response.status, path);
  }
  return text;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError('The answer is not JSON.', 200, path);
  }
}

async function send(address: URL, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError('The server cannot be reached. Is the process running?', 0, path);
  }
}

function encode(parameters: QueryParameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [String(value)]) {
      search.append(name, item);
    }
  }
  return search.toString();
}

/** The sentence in the answer: Prometheus', Grafana's and our own JSON forms, Alertmanager's JSON text, or plain text as Loki and Tempo send it. */
function errorMessage(text: string, response: Response): string {
  try {
    const json = JSON.parse(text) as string | { error?: unknown; message?: unknown };
    const message = typeof json === 'string' ? json : (json.error ?? json.message);
    if (typeof message === 'string' && message !== '') {
      return message;
    }
  } catch {
    // Plain text.
  }
  const plain = text.trim();
  return plain === '' || plain.startsWith('<') ? `The server answered ${response.status} ${response.statusText}.` : plain.slice(0, 2000);
}
