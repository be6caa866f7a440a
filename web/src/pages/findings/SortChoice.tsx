// The order of a list that has no heads of columns to click on.
import Select from "@cloudscape-design/components/select";
import type { SortField } from "~/api/wire";
import { sorts } from "./columns";
import type { Sort } from "./useListState";

const options = sorts.flatMap(({ value, label }) => [
  { value: `${value} DESC`, label: `${label}, highest first` },
  { value: `${value} ASC`, label: `${label}, lowest first` },
]);

export default function SortChoice({ sort, onChange }: { sort: Sort; onChange: (sort: Sort) => void }) {
  const value = `${sort.field} ${sort.descending ? "DESC" : "ASC"}`;
  return (
    <Select
      ariaLabel="Order"
      options={options}
      selectedOption={options.find((option) => option.value === value) ?? null}
      placeholder="Order"
      onChange={({ detail }) => {
        const [field, order] = (detail.selectedOption.value ?? "").split(" ");
        onChange({ field: field as SortField, descending: order === "DESC" });
      }}
    />
  );
}
