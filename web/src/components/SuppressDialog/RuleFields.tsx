// Name, reason, owner and end of a suppression rule.
import ColumnLayout from "@cloudscape-design/components/column-layout";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import type { Filter } from "~/api/wire";
import { nameProblem, reasonProblem } from "~/model/suppression";

export interface RuleText {
  name: string;
  reason: string;
  owner: string;
  /** "2027-01-31"; empty for a rule without an end. */
  expires: string;
}
interface Props {
  text: RuleText;
  /** The rule that is changed. */
  before?: Filter | undefined;
  onChange: (text: RuleText) => void;
  /** Say what is missing only once somebody has tried without it. */
  tried: boolean;
}
const startOfToday = () => new Date().setHours(0, 0, 0, 0);

export default function RuleFields({ text, before, onChange, tried }: Props) {
  return (
    <SpaceBetween size="m">
      <FormField label="Name" constraintText="Letters, digits, dots, dashes and underscores" errorText={tried ? nameProblem(text.name) : ""}>
        <Input value={text.name} onChange={({ detail }) => onChange({ ...text, name: detail.value })} spellcheck={false} />
      </FormField>
      <FormField label={<span>Reason <i>- optional</i></span>} description="For whoever wonders later why this was hidden." errorText={reasonProblem(text.reason, before?.reason)}>
        <Textarea value={text.reason} rows={2} onChange={({ detail }) => onChange({ ...text, reason: detail.value.slice(0, 512) })} />
      </FormField>
      <ColumnLayout columns={2}>
        <FormField label={<span>Owner <i>- optional</i></span>} constraintText="Who answers for the rule">
          <Input value={text.owner} onChange={({ detail }) => onChange({ ...text, owner: detail.value.slice(0, 256) })} />
        </FormField>
        <FormField label={<span>Last day <i>- optional</i></span>} constraintText="After it, in UTC, the findings are active again">
          <DatePicker
            value={text.expires}
            placeholder="YYYY/MM/DD"
            expandToViewport
            isDateEnabled={(date) => date.getTime() >= startOfToday()}
            openCalendarAriaLabel={(chosen) => (chosen ? `Choose the last day, ${chosen} is chosen` : "Choose the last day")}
            nextMonthAriaLabel="Next month"
            previousMonthAriaLabel="Previous month"
            todayAriaLabel="Today"
            onChange={({ detail }) => onChange({ ...text, expires: detail.value })}
          />
        </FormField>
      </ColumnLayout>
    </SpaceBetween>
  );
}
