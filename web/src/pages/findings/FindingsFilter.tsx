// Everything that narrows the list: the choices at one click, and the filter that can ask all.
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { FilterCriteria } from "~/api/wire";
import CriteriaFilter from "~/components/CriteriaFilter";
import { filterFields } from "~/model/filterFields";
import QuickChoices, { statusOf } from "./QuickChoices";

const fieldsBesideStatus = filterFields.filter(({ key }) => key !== "findingStatus");

interface Props {
  criteria: FilterCriteria;
  onChange: (criteria: FilterCriteria) => void;
  children?: ReactNode;
}
export default function FindingsFilter({ criteria, onChange, children }: Props) {
  // The choices show a plain status; in the filter it would stand a second time.
  const isPlain = statusOf(criteria) !== null;
  const { findingStatus, ...others } = criteria;
  const status = isPlain && findingStatus ? { findingStatus } : {};
  return (
    <SpaceBetween size="s">
      <QuickChoices criteria={criteria} onChange={onChange} />
      <CriteriaFilter
        criteria={isPlain ? others : criteria}
        fields={isPlain ? fieldsBesideStatus : filterFields}
        onChange={(next) => onChange({ ...next, ...status })}
        label="Filter findings"
        placeholder="Vulnerability, package, resource, …"
      />
      {children}
    </SpaceBetween>
  );
}
