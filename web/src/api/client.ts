// Requests to the server. The session is an HttpOnly cookie that no script can read; its second token,
// which proves that a request comes from this page, is kept in memory only.
import { type Input, type Operations, type Output, requestOf } from "./operations";

/** What the server refused or could not do, in its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** "ValidationException"; empty where the server could not be reached. */
    readonly type: string,
    message: string,
    readonly fields: { name: string; message: string }[] = [],
    /** Seconds after which trying again makes sense. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

let csrf = "";
export function setCsrf(token: string) {
  csrf = token;
}

/** A page left open asks again by itself; that must not keep its session alive (docs/operating.md). */
const idleMilliseconds = 60_000;
let lastInput = Date.now();
for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
  globalThis.addEventListener?.(kind, () => (lastInput = Date.now()), { capture: true, passive: true });
}

type Listener = () => void;
const whenLoggedOut = new Set<Listener>();
/** Called whenever the server says that there is no session. */
export function onLoggedOut(listener: Listener): () => void {
  whenLoggedOut.add(listener);
  return () => whenLoggedOut.delete(listener);
}

async function failure(response: Response): Promise<ApiError> {
  const type = (response.headers.get("x-amzn-ErrorType") ?? "").split(":")[0] ?? "";
  const retry = Number(response.headers.get("Retry-After"));
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return new ApiError(
    response.status,
    type,
    String(body.message ?? body.Message ?? `The server answered ${response.status}.`),
    (body.fields as { name: string; message: string }[] | undefined) ?? [],
    retry > 0 ? retry : undefined,
  );
}

async function send(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["x-vigil-csrf"] = csrf;
  if (Date.now() - lastInput > idleMilliseconds) headers["x-vigil-background"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      signal: signal ?? null,
    });
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new ApiError(0, "", "The server cannot be reached. Is it running?");
  }
  if (response.ok) return response;
  const error = await failure(response);
  // The session has ended, or its cookie is gone; a wrong password at the login answers otherwise.
  if (error.status === 401 || error.type.startsWith("MissingAuthenticationToken")) whenLoggedOut.forEach((listener) => listener());
  throw error;
}

async function answer<Answer>(response: Response): Promise<Answer> {
  const text = await response.text();
  return (text === "" ? {} : JSON.parse(text)) as Answer;
}

/** An Inspector2 operation. */
export async function call<Name extends keyof Operations>(
  name: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Output<Name>> {
  const { method, path, body } = requestOf(name, input);
  const response = await send(method, path, body, signal);
  return answer<Output<Name>>(response);
}

/** A route under /vigil/v1/. `path` is given without that. */
export async function own<Answer>(
  path: string,
  options: { method?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<Answer> {
  const response = await send(options.method ?? "GET", `/vigil/v1/${path}`, options.body, options.signal);
  return answer<Answer>(response);
}
