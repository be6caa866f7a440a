// Several questions about one and the same package.
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Grid from "@cloudscape-design/components/grid";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { type PackagePart, packageParts, type PackageTest, type TextTest } from "~/model/packageTests";
import type { FormProps } from "./forms";

const comparisons = [
  { value: "EQUALS", label: "is" },
  { value: "PREFIX", label: "begins with" },
  { value: "NOT_EQUALS", label: "is not" },
];

/** Only what was filled in is asked. */
function asked(test: PackageTest): PackageTest | null {
  const { epoch, ...parts } = test;
  const filled = Object.fromEntries(Object.entries(parts).filter(([, part]) => part.value !== ""));
  const whole = { ...filled, ...(epoch && Object.keys(epoch).length > 0 ? { epoch } : {}) };
  return Object.keys(whole).length > 0 ? whole : null;
}

export default function PackageForm({ value, onChange }: FormProps) {
  const [test, setTest] = useState<PackageTest>((value as PackageTest | null) ?? {});
  const change = (next: PackageTest) => {
    setTest(next);
    onChange(asked(next));
  };
  const changePart = (part: PackagePart, next: Partial<TextTest>) => change({ ...test, [part]: { comparison: "EQUALS", value: "", ...test[part], ...next } });
  const changeEpoch = (member: "lowerInclusive" | "upperInclusive", text: string) => {
    const { [member]: _, ...other } = test.epoch ?? {};
    change({ ...test, epoch: text === "" ? other : { ...other, [member]: Number(text) } });
  };
  return (
    <SpaceBetween size="xs">
      {packageParts.map(([part, label]) => (
        <FormField key={part} label={label}>
          <Grid gridDefinition={[{ colspan: 5 }, { colspan: 7 }]}>
            <Select
              ariaLabel={`How: ${label}`}
              options={comparisons}
              selectedOption={comparisons.find((choice) => choice.value === (test[part]?.comparison ?? "EQUALS")) ?? null}
              onChange={({ detail }) => changePart(part, { comparison: detail.selectedOption.value ?? "EQUALS" })}
            />
            <Input ariaLabel={label} value={test[part]?.value ?? ""} onChange={({ detail }) => changePart(part, { value: detail.value })} />
          </Grid>
        </FormField>
      ))}
      <ColumnLayout columns={2}>
        <FormField label="Epoch at least">
          <Input type="number" value={String(test.epoch?.lowerInclusive ?? "")} onChange={({ detail }) => changeEpoch("lowerInclusive", detail.value)} />
        </FormField>
        <FormField label="Epoch at most">
          <Input type="number" value={String(test.epoch?.upperInclusive ?? "")} onChange={({ detail }) => changeEpoch("upperInclusive", detail.value)} />
        </FormField>
      </ColumnLayout>
    </SpaceBetween>
  );
}
