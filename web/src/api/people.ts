// Users and access keys of the account, for administrators.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { own } from "./client";
import { ofSettings } from "./live";
import type { Keys, NewKey, Users } from "./own";
import { useOwn } from "./queries";

export const useUsers = () => useOwn<Users>("users", { of: ofSettings });
export const useKeys = () => useOwn<Keys>("keys", { of: ofSettings });

/** Makes a key; the answer has its secret. */
export function useMakeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (holder: string) => own<NewKey>("keys", { method: "POST", body: { holder } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [ofSettings] }),
  });
}

export const userPath = (name: string) => `users/${encodeURIComponent(name)}`;
export function setPassword(name: string, password: string, current?: string) {
  return own(`${userPath(name)}/password`, { method: "PUT", body: { password, ...(current !== undefined ? { current } : {}) } });
}
