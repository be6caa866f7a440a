// Makes or changes a suppression rule: what it hides, shown before it does, and who answers for it until when.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ofFindings } from "~/api/live";
import { saveRule } from "~/api/rules";
import type { Filter, FilterCriteria } from "~/api/wire";
import CriteriaFilter from "~/components/CriteriaFilter";
import { filterFields } from "~/model/filterFields";
import { lastDay, nameProblem, type Proposal, proposedName, reasonProblem, ruleCriteria } from "~/model/suppression";
import Preview from "./Preview";
import RuleFields, { type RuleText } from "./RuleFields";

export interface SuppressDialogProps {
  /** What the rule hides; can be changed in the dialog. A status in it is left out. */
  criteria: FilterCriteria;
  /** Other ways to say it, to choose from. */
  proposals?: Proposal[];
  /** Changes this rule instead of making one. */
  rule?: Filter;
  onClose: () => void;
  /** The rule is made; findings follow. */
  onDone: (arn: string, name: string) => void;
}

const form = "suppress-form";
const fields = filterFields.filter(({ key }) => key !== "findingStatus");

export default function SuppressDialog({ criteria: given, proposals = [], rule, onClose, onDone }: SuppressDialogProps) {
  const queries = useQueryClient();
  const [criteria, setCriteria] = useState(() => ruleCriteria(given));
  const [chosen, setChosen] = useState(proposals.find((proposal) => proposal.criteria === given)?.id ?? null);
  const [text, setText] = useState<RuleText>(() => ({
    name: rule?.name ?? proposedName(criteria),
    reason: rule?.reason ?? "",
    owner: rule?.tags?.["vigil:owner"] ?? "",
    expires: lastDay(rule?.tags?.["vigil:expires"]),
  }));
  const [tried, setTried] = useState(false);

  const save = useMutation({
    mutationFn: () => saveRule({ ...text, criteria }, rule),
    onSuccess: async (arn) => {
      onDone(arn, text.name);
      await queries.invalidateQueries({ queryKey: [ofFindings] });
    },
  });

  const everything = Object.keys(criteria).length === 0;
  const submit = () => {
    setTried(true);
    const problem = nameProblem(text.name) || reasonProblem(text.reason, rule?.reason);
    if (!everything && problem === "" && !save.isPending) save.mutate();
  };

  return (
    <Modal
      visible
      size="large"
      header={rule ? "Change the rule" : "Suppress findings"}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" form={form} loading={save.isPending} disabled={everything}>
              {rule ? "Save" : "Suppress"}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SpaceBetween size="l">
          {proposals.length > 1 && (
            <FormField label="What to hide">
              <RadioGroup
                value={chosen}
                ariaLabel="What to hide"
                items={proposals.map(({ id, label, description }) => ({ value: id, label, description }))}
                onChange={({ detail }) => {
                  const proposal = proposals.find(({ id }) => id === detail.value);
                  if (!proposal) return;
                  setChosen(proposal.id);
                  setCriteria(ruleCriteria(proposal.criteria));
                }}
              />
            </FormField>
          )}
          <FormField label="Findings that match" description="Now and later, until the rule ends or is removed. They are tracked all the same, and close when they are remedied." stretch>
            <CriteriaFilter
              criteria={criteria}
              fields={fields}
              label="Which findings"
              onChange={(next) => {
                setChosen(null);
                setCriteria(next);
              }}
            />
          </FormField>
          {everything ? <Alert type="warning">Without a criterion the rule would hide every finding. Say which ones.</Alert> : <Preview criteria={criteria} />}
          <RuleFields text={text} before={rule} onChange={setText} tried={tried} />
          {save.error && (
            <Alert type="error" header={rule ? "Not all of the rule was changed" : "The rule was not made"}>
              {save.error.message}
            </Alert>
          )}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
