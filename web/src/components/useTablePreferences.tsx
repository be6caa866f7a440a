// The choices of a table, remembered, and the dialog in which they are made.
import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import type { TableProps } from "@cloudscape-design/components/table";
import { type ReactNode, useMemo, useState } from "react";
import { type ColumnChoice, readPreferences, type TablePreferences } from "~/model/tablePreferences";

export type Column<Item> = TableProps.ColumnDefinition<Item> & {
  id: string;
  /** In the dialog. */
  name: string;
  /** Not shown unless chosen. */
  extra?: boolean;
  /** Always shown. */
  fixed?: boolean;
};

/** Props of a Table, and the button with the dialog for its `preferences`. */
export function useTablePreferences<Item>(name: string, columns: readonly Column<Item>[]) {
  const key = `vigil.table.${name}`;
  const standard = useMemo(() => columns.map(({ id, extra }): ColumnChoice => ({ id, visible: !extra })), [columns]);
  const [chosen, setChosen] = useState<TablePreferences>(() => readPreferences(localStorage.getItem(key), standard));
  const choose = (next: TablePreferences) => {
    setChosen(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  const shown = chosen.columns.filter(({ visible }) => visible);
  const table = {
    columnDefinitions: columns.map((column) => ({ ...column, ...(chosen.widths[column.id] ? { width: chosen.widths[column.id] } : {}) })),
    columnDisplay: chosen.columns,
    wrapLines: chosen.wrapLines,
    contentDensity: chosen.compact ? ("compact" as const) : ("comfortable" as const),
    resizableColumns: true,
    onColumnWidthsChange: ({ detail }: { detail: TableProps.ColumnWidthsChangeDetail }) => {
      const widths = { ...chosen.widths };
      // Widths come in the order in which columns are shown.
      shown.forEach(({ id }, index) => {
        const width = detail.widths[index];
        if (width) widths[id] = width;
      });
      choose({ ...chosen, widths });
    },
  };
  const preferences: ReactNode = (
    <CollectionPreferences
      title="Columns and lines"
      confirmLabel="Save"
      cancelLabel="Cancel"
      closeAriaLabel="Close"
      preferences={{ contentDisplay: chosen.columns, wrapLines: chosen.wrapLines, contentDensity: chosen.compact ? "compact" : "comfortable" }}
      onConfirm={({ detail }) =>
        choose({
          ...chosen,
          columns: (detail.contentDisplay ?? chosen.columns).map(({ id, visible }) => ({ id, visible })),
          wrapLines: detail.wrapLines ?? false,
          compact: detail.contentDensity === "compact",
        })
      }
      wrapLinesPreference={{ label: "Wrap lines", description: "Show all of a text on several lines" }}
      contentDensityPreference={{ label: "Compact", description: "More lines on the screen" }}
      contentDisplayPreference={{
        title: "Columns",
        description: "Which ones, and in which order",
        options: columns.map(({ id, name: label, fixed }) => ({ id, label, ...(fixed ? { alwaysVisible: true } : {}) })),
        dragHandleAriaLabel: "Move the column",
        dragHandleAriaDescription: "Space or Enter picks it up, arrows move it, Space or Enter puts it down, Escape leaves it.",
        liveAnnouncementDndStarted: (position, total) => `Picked up at ${position} of ${total}`,
        liveAnnouncementDndDiscarded: "Left where it was",
        liveAnnouncementDndItemReordered: (_, position, total) => `Now at ${position} of ${total}`,
        liveAnnouncementDndItemCommitted: (_, position, total) => `Put down at ${position} of ${total}`,
      }}
    />
  );
  return { table, preferences };
}
