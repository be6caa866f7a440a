// The filters that are used most, at one click, with the numbers behind them.
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import ToggleButton from "@cloudscape-design/components/toggle-button";
import { useSeverityCounts } from "~/api/counts";
import type { FilterCriteria } from "~/api/wire";
import { equals } from "~/model/criteria";
import { count } from "~/model/numbers";
import { countOf, severities, severityName } from "~/model/severity";
import { passes, toggleSeverity } from "~/model/severityTests";
import "./quick.css";

interface Props {
  criteria: FilterCriteria;
  onChange: (criteria: FilterCriteria) => void;
}
type Member = "fixAvailable" | "exploitAvailable";

const isOnly = (tests: FilterCriteria["findingStatus"], value: string) => tests?.length === 1 && tests[0]?.comparison === "EQUALS" && tests[0].value === value;

/** The status the choices can show; nothing for a filter of another kind. */
export function statusOf({ findingStatus }: FilterCriteria): string | null {
  if (!findingStatus) return "ALL";
  return ["ACTIVE", "SUPPRESSED", "CLOSED"].find((status) => isOnly(findingStatus, status)) ?? null;
}

export default function QuickChoices({ criteria, onChange }: Props) {
  const { severity, ...others } = criteria;
  const { counts } = useSeverityCounts(others);
  const without = (member: keyof FilterCriteria) => {
    const { [member]: _, ...rest } = criteria;
    return rest;
  };
  const toggle = (member: Member, label: string) => (
    <ToggleButton pressed={isOnly(criteria[member], "YES")} onChange={({ detail }) => onChange(detail.pressed ? { ...criteria, [member]: equals("YES") } : without(member))}>
      {label}
    </ToggleButton>
  );
  return (
    <div className="quick">
      <SegmentedControl
        label="Status"
        selectedId={statusOf(criteria)}
        options={[
          { id: "ACTIVE", text: "Active" },
          { id: "SUPPRESSED", text: "Suppressed" },
          { id: "CLOSED", text: "Closed" },
          { id: "ALL", text: "All" },
        ]}
        onChange={({ detail }) => onChange(detail.selectedId === "ALL" ? without("findingStatus") : { ...criteria, findingStatus: equals(detail.selectedId) })}
      />
      <div role="group" aria-label="Fix and exploit" className="quick-row">
        {toggle("fixAvailable", "Fix available")}
        {toggle("exploitAvailable", "Exploit known")}
      </div>
      <div role="group" aria-label="Severities" className="quick-row">
          {severities.map((one) => {
            const number = counts && countOf(counts, one);
            const pressed = severity !== undefined && passes(criteria, one) && !severities.every((other) => passes(criteria, other));
            return (
              <ToggleButton key={one} pressed={pressed} onChange={() => onChange(toggleSeverity(criteria, one))}>
                <span className={`severity-dot ${one.toLowerCase()}`} aria-hidden="true" />
                {severityName(one)} {number !== undefined && <span className="quick-number">{count(number)}</span>}
              </ToggleButton>
            );
          })}
      </div>
    </div>
  );
}
