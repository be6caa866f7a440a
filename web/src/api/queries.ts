// Queries of the server as React hooks. A key begins with what makes the answer stale (api/live.ts).
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call, own } from "./client";
import { ofFindings } from "./live";
import type { Input, Operations, Output } from "./operations";

interface Options {
  /** What kind of change makes the answer stale; findings, unless said otherwise. */
  of?: string;
  enabled?: boolean;
  /** Show the answer before while the next one is on its way. */
  keep?: boolean;
}

export function useOperation<Name extends keyof Operations>(name: Name, input: Input<Name>, options: Options = {}) {
  return useQuery<Output<Name>>({
    queryKey: [options.of ?? ofFindings, name, input],
    queryFn: ({ signal }) => call(name, input, signal),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** `path` without /vigil/v1/. */
export function useOwn<Answer>(path: string, options: Options = {}) {
  return useQuery<Answer>({
    queryKey: [options.of ?? ofFindings, path],
    queryFn: ({ signal }) => own<Answer>(path, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}
