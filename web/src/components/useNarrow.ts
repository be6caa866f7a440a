// Whether the screen is as narrow as a telephone: where a table has to be something else.
import { useSyncExternalStore } from "react";

const query = () => window.matchMedia("(max-width: 688px)");
function subscribe(changed: () => void) {
  const list = query();
  list.addEventListener("change", changed);
  return () => list.removeEventListener("change", changed);
}
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches);
}
