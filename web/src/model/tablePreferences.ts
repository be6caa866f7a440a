// What somebody chose for a table: columns, their order and widths. Kept in the browser; columns that
// are new stand where the page puts them, columns that are gone are forgotten.
export interface ColumnChoice {
  id: string;
  visible: boolean;
}
export interface TablePreferences {
  columns: ColumnChoice[];
  widths: Record<string, number>;
  compact: boolean;
  wrapLines: boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function columnsOf(stored: unknown, standard: readonly ColumnChoice[]): ColumnChoice[] {
  const chosen = (Array.isArray(stored) ? stored : []).filter(
    (one): one is ColumnChoice => isRecord(one) && typeof one.visible === "boolean" && standard.some(({ id }) => id === one.id),
  );
  const columns = [...new Map(chosen.map(({ id, visible }) => [id, { id, visible }])).values()];
  for (const [index, column] of standard.entries()) {
    if (!columns.some(({ id }) => id === column.id)) columns.splice(Math.min(index, columns.length), 0, column);
  }
  return columns;
}

/** What was stored, as far as it makes sense for these columns. */
export function readPreferences(text: string | null, standard: readonly ColumnChoice[]): TablePreferences {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "{}");
  } catch {
    // Somebody else's or a broken text: as if nothing had been chosen.
  }
  const chosen = isRecord(stored) ? stored : {};
  const widths = Object.entries(isRecord(chosen.widths) ? chosen.widths : {}).filter((entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0);
  return { columns: columnsOf(chosen.columns, standard), widths: Object.fromEntries(widths), compact: chosen.compact === true, wrapLines: chosen.wrapLines === true };
}
