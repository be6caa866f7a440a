// From findings to the rule that hides them.
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { useNotify } from "~/app/notices";
import type { FilterCriteria, Finding } from "~/api/wire";
import SuppressDialog from "~/components/SuppressDialog";
import { type Proposal, proposalsOf, ruleCriteria } from "~/model/suppression";

interface Props {
  criteria: FilterCriteria;
  selected: Finding[];
  onDone: () => void;
}

export default function SuppressMenu({ criteria, selected, onDone }: Props) {
  const notify = useNotify();
  const [dialog, setDialog] = useState<{ criteria: FilterCriteria; proposals: Proposal[] }>();
  const proposals = proposalsOf(selected);
  const asksNothing = Object.keys(ruleCriteria(criteria)).length === 0;
  return (
    <>
      <ButtonDropdown
        variant="primary"
        expandToViewport
        items={[
          {
            id: "selected",
            text: selected.length === 1 ? "The chosen finding…" : selected.length > 1 ? `The ${selected.length} chosen findings…` : "The chosen findings…",
            disabled: proposals.length === 0,
            disabledReason: selected.length === 0 ? "Choose findings in the list first" : "A rule names at most 10 vulnerabilities, resources or findings; choose fewer, or filter for them",
          },
          { id: "filter", text: "All that match this filter…", disabled: asksNothing, disabledReason: "Filter first: this would hide every finding" },
        ]}
        onItemClick={({ detail }) => {
          const [first] = proposals;
          if (detail.id === "selected" && first) setDialog({ criteria: first.criteria, proposals });
          else setDialog({ criteria, proposals: [] });
        }}
      >
        Suppress
      </ButtonDropdown>
      {dialog && (
        <SuppressDialog
          {...dialog}
          onClose={() => setDialog(undefined)}
          onDone={(_, name) => {
            setDialog(undefined);
            notify({ type: "success", text: `“${name}” is in force. What it hides is under “Suppressed”.` });
            onDone();
          }}
        />
      )}
    </>
  );
}
