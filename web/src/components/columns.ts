// Columns of lists that are sorted in the browser: each says by what.
import type { Column } from "./useTablePreferences";

export type Sortable<Item> = Omit<Column<Item>, "header" | "sortingField" | "sortingComparator"> & { by: (item: Item) => string | number };

/** Numbers by their size, texts as people sort them. */
export function compareValues(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

export function sortable<Item>(definitions: readonly Sortable<Item>[]): Column<Item>[] {
  return definitions.map(({ by, ...column }) => ({ ...column, header: column.name, sortingComparator: (a, b) => compareValues(by(a), by(b)) }));
}
