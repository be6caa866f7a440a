// Who is logged in.
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { ApiError, onLoggedOut, own, setCsrf } from "./client";
import type { Session } from "./own";

type State = { kind: "asking" } | { kind: "out"; ended: boolean } | { kind: "in"; session: Session } | { kind: "unreachable"; why: string };

interface SessionContext {
  state: State;
  logIn: (name: string, password: string) => Promise<void>;
  logOut: () => Promise<void>;
  ask: () => Promise<void>;
}
const Context = createContext<SessionContext | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ kind: "asking" });
  const queries = useQueryClient();

  const ask = useCallback(async () => {
    try {
      const session = await own<Session>("session");
      setCsrf(session.csrf ?? "");
      setState({ kind: "in", session });
    } catch (error) {
      const refused = error instanceof ApiError && (error.status === 401 || error.status === 403);
      setState(refused ? { kind: "out", ended: false } : { kind: "unreachable", why: (error as Error).message });
    }
  }, []);

  useEffect(() => {
    void ask();
    return onLoggedOut(() => setState((before) => (before.kind === "in" ? { kind: "out", ended: true } : before)));
  }, [ask]);

  const logIn = useCallback(
    async (name: string, password: string) => {
      await own("session", { method: "POST", body: { name, password } });
      queries.clear();
      await ask();
    },
    [ask, queries],
  );
  const logOut = useCallback(async () => {
    try {
      await own("session", { method: "DELETE" });
    } finally {
      queries.clear();
      setCsrf("");
      setState({ kind: "out", ended: false });
    }
  }, [queries]);

  const value = useMemo(() => ({ state, logIn, logOut, ask }), [state, logIn, logOut, ask]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useSessionState(): SessionContext {
  const context = useContext(Context);
  if (!context) throw new Error("useSessionState outside of SessionProvider");
  return context;
}

/** Of whoever is logged in; only for what is shown behind the login. */
export function useSession(): Session {
  const { state } = useSessionState();
  if (state.kind !== "in") throw new Error("useSession without a session");
  return state.session;
}
