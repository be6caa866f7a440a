// A part of what a page shows, kept in its address, so that it can be linked to and gone back to.
import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** Empty where the address does not say. Setting it to "" leaves it out; `replace` makes no entry of the history. */
export function useParameter(name: string, replace = false): [string, (value: string) => void] {
  const [query, setQuery] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setQuery(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === "") next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace },
      ),
    [name, replace, setQuery],
  );
  return [query.get(name) ?? "", set];
}
