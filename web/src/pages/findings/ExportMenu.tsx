// What is filtered, as a file. The server makes it while it is sent; the page holds none of it.
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { FilterCriteria } from "~/api/wire";

function download(format: string, criteria: FilterCriteria) {
  const query = new URLSearchParams({ format, filterCriteria: JSON.stringify(criteria) });
  const link = document.createElement("a");
  link.href = `/vigil/v1/findings/export?${query}`;
  // The server names the file; without this an error would take the place of the page.
  link.download = "";
  link.click();
}

export default function ExportMenu({ criteria, disabled }: { criteria: FilterCriteria; disabled: boolean }) {
  return (
    <ButtonDropdown
      items={[
        { id: "csv", text: "CSV", secondaryText: "For spreadsheets" },
        { id: "json", text: "JSON", secondaryText: "All that is known of each finding" },
      ]}
      disabled={disabled}
      disabledReason="There is nothing to export"
      expandToViewport
      onItemClick={({ detail }) => download(detail.id, criteria)}
    >
      Export
    </ButtonDropdown>
  );
}
