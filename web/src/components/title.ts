// The title of a page that is about one thing names the thing.
import { useEffect } from "react";

/** Nothing is set until there is a name. */
export function useTitle(name: string | undefined) {
  useEffect(() => {
    if (!name) return;
    // The frame sets the page's own title in an effect too, after this one.
    const timer = setTimeout(() => {
      document.title = `${name} · Vigil`;
    });
    return () => clearTimeout(timer);
  }, [name]);
}
