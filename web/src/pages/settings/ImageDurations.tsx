// How long an image is watched after it was pushed and after it was used last.
import type { EcrConfiguration, EcrRescanDurationState } from "@aws-sdk/client-inspector2";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Wire } from "~/api/wire";
import { durationName, isShorter, pullDurations, pushDurations } from "~/model/scanTypes";
import { useSaveConfiguration } from "./useSaveConfiguration";

type Mode = NonNullable<EcrConfiguration["pullDateRescanMode"]>;
const modes: Record<Mode, string> = { LAST_IN_USE_AT: "It was last used", LAST_PULL_DATE: "It was last pulled" };
const options = (values: string[]) => values.map((value) => ({ value, label: durationName(value) }));
const chosen = (value: string) => ({ value, label: durationName(value) });

export default function ImageDurations({ now }: { now: Wire<EcrRescanDurationState> | undefined }) {
  const [push, setPush] = useState<string>(now?.rescanDuration ?? "DAYS_14");
  const [pull, setPull] = useState<string>(now?.pullDateRescanDuration ?? "DAYS_14");
  const [mode, setMode] = useState<Mode>(now?.pullDateRescanMode ?? "LAST_IN_USE_AT");
  const save = useSaveConfiguration();
  const changed = push !== now?.rescanDuration || pull !== now.pullDateRescanDuration || mode !== now.pullDateRescanMode;
  const shorter = isShorter(now?.rescanDuration, push) || isShorter(now?.pullDateRescanDuration, pull);
  return (
    <SpaceBetween size="m">
      <ColumnLayout columns={3}>
        <FormField label="After it was pushed">
          <Select selectedOption={chosen(push)} options={options(pushDurations)} onChange={({ detail }) => setPush(detail.selectedOption.value ?? push)} ariaLabel="After it was pushed" />
        </FormField>
        <FormField label="And after">
          <Select selectedOption={{ value: mode, label: modes[mode] }} options={Object.entries(modes).map(([value, label]) => ({ value, label }))} onChange={({ detail }) => setMode(detail.selectedOption.value as Mode)} ariaLabel="What the second time is counted from" />
        </FormField>
        <FormField label="For another">
          <Select selectedOption={chosen(pull)} options={options(pullDurations)} onChange={({ detail }) => setPull(detail.selectedOption.value ?? pull)} ariaLabel="How long after that" />
        </FormField>
      </ColumnLayout>
      {shorter && <Alert type="warning">Images whose time is over then lose their findings within minutes. Longer times later do not bring them back.</Alert>}
      <Button
        disabled={!changed}
        loading={save.isPending}
        onClick={() =>
          save.mutate({
            ecrConfiguration: {
              rescanDuration: push as EcrConfiguration["rescanDuration"],
              pullDateRescanDuration: pull as EcrConfiguration["pullDateRescanDuration"],
              pullDateRescanMode: mode,
            },
          })
        }
      >
        Save
      </Button>
    </SpaceBetween>
  );
}
