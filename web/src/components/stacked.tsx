// A table where there is room for one column: what the others would show stands below, each with its name.
import type { Column } from "./useTablePreferences";
import "./stacked.css";

function shown<Item>({ cell, header }: Column<Item>, item: Item) {
  return typeof cell === "function" ? cell(item) : header;
}

export function stacked<Item>(columns: readonly Column<Item>[]): Column<Item>[] {
  const [first, ...others] = columns.filter(({ extra }) => !extra);
  if (!first) return [];
  const { width: _, minWidth: __, ...head } = first;
  return [
    {
      ...head,
      cell: (item) => (
        <div className="stacked">
          <div>{shown(first, item)}</div>
          <dl>
            {others.map((column) => (
              <div key={column.id}>
                <dt>{column.name}</dt>
                <dd>{shown(column, item)}</dd>
              </div>
            ))}
          </dl>
        </div>
      ),
    },
  ];
}
