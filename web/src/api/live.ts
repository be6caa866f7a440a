// What changes on the server is shown without a reload: one stream of server-sent events for the whole
// page marks what was loaded as stale, and what is on the screen is loaded again.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ChangesEvent } from "./own";

/** Keys of queries start with one of these, so that a change can name what it makes stale. */
export const ofFindings = "findings";
export const ofIntelligence = "intelligence";
export const ofSettings = "settings";

/** At most this often: a refresh of intelligence changes thousands of findings within seconds. */
const pauseMilliseconds = 3000;

export type Connection = "open" | "connecting" | "lost";

/** Keeps what is loaded fresh while it is mounted; says how the stream is. */
export function useLiveUpdates(): Connection {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<Connection>("connecting");
  useEffect(() => {
    const stream = new EventSource("/vigil/v1/stream");
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const refresh = () => {
      waiting = undefined;
      last = Date.now();
      // What is on its way stays so: with one change after the other a slow answer would never arrive.
      void queries.invalidateQueries({ queryKey: [ofFindings] }, { cancelRefetch: false });
    };
    stream.onopen = () => setConnection("open");
    stream.onerror = () => setConnection(stream.readyState === EventSource.CLOSED ? "lost" : "connecting");
    stream.addEventListener("changes", (event) => {
      const changes = JSON.parse((event as MessageEvent<string>).data) as ChangesEvent;
      if (Object.keys(changes.kinds).length === 0) return;
      waiting ??= setTimeout(refresh, Math.max(0, last + pauseMilliseconds - Date.now()));
    });
    stream.addEventListener("intelligence", () => void queries.invalidateQueries({ queryKey: [ofIntelligence] }));
    return () => {
      clearTimeout(waiting);
      stream.close();
    };
  }, [queries]);
  return connection;
}
