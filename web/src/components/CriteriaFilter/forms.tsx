// Where a value is more than a text: days, ranges, tags.
import ColumnLayout from "@cloudscape-design/components/column-layout";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import type { Tag } from "~/model/propertyFilter";
import type { Range } from "~/model/ranges";

export interface FormProps {
  value: unknown;
  onChange: (value: unknown) => void;
  operator: string;
}

const dayOf = (time: number | undefined) => (time === undefined ? "" : new Date(time * 1000).toISOString().slice(0, 10));
function timeOf(day: string, end: boolean): number | undefined {
  const begin = Date.parse(`${day}T00:00:00Z`) / 1000;
  return Number.isNaN(begin) ? undefined : end ? begin + 86399 : begin;
}

function Day({ label, value, end, onChange }: { label: string; value: number | undefined; end: boolean; onChange: (time: number | undefined) => void }) {
  const [text, setText] = useState(dayOf(value));
  return (
    <FormField label={label} constraintText="YYYY/MM/DD, in UTC">
      <DatePicker
        value={text}
        placeholder="YYYY/MM/DD"
        ariaLabel={label}
        openCalendarAriaLabel={(chosen) => (chosen ? `Choose a day, ${chosen} is chosen` : "Choose a day")}
        nextMonthAriaLabel="Next month"
        previousMonthAriaLabel="Previous month"
        todayAriaLabel="Today"
        onChange={({ detail }) => {
          setText(detail.value);
          onChange(timeOf(detail.value, end));
        }}
      />
    </FormField>
  );
}

export function DateForm({ value, onChange, operator }: FormProps) {
  const end = operator === "<=";
  return <Day label={end ? "Until the end of" : "From"} value={typeof value === "number" ? value : undefined} end={end} onChange={(time) => onChange(time ?? null)} />;
}

/** Both bounds or none: half a range has operators of its own. */
function useRange(value: unknown, onChange: (value: unknown) => void): [Range, (change: Range) => void] {
  const [range, setRange] = useState<Range>((value as Range | null) ?? {});
  const change = (next: Range) => {
    const both = { ...range, ...next };
    setRange(both);
    onChange(both.from === undefined || both.to === undefined ? null : both);
  };
  return [range, change];
}

const bound = (name: "from" | "to", value: number | undefined): Range => ({ [name]: value });

export function DateRangeForm({ value, onChange }: FormProps) {
  const [range, change] = useRange(value, onChange);
  return (
    <ColumnLayout columns={2}>
      <Day label="From" value={range.from} end={false} onChange={(time) => change(bound("from", time))} />
      <Day label="Until the end of" value={range.to} end onChange={(time) => change(bound("to", time))} />
    </ColumnLayout>
  );
}

export function RangeForm({ value, onChange }: FormProps) {
  const [range, change] = useRange(value, onChange);
  const [texts, setTexts] = useState({ from: String(range.from ?? ""), to: String(range.to ?? "") });
  const field = (name: "from" | "to", label: string) => (
    <FormField label={label}>
      <Input
        type="number"
        value={texts[name]}
        step="any"
        onChange={({ detail }) => {
          setTexts({ ...texts, [name]: detail.value });
          change(bound(name, detail.value === "" ? undefined : Number(detail.value)));
        }}
      />
    </FormField>
  );
  return (
    <ColumnLayout columns={2}>
      {field("from", "At least")}
      {field("to", "At most")}
    </ColumnLayout>
  );
}

export function TagForm({ value, onChange }: FormProps) {
  const [tag, setTag] = useState<Tag>((value as Tag | null) ?? { key: "" });
  const change = (next: Tag) => {
    setTag(next);
    onChange(next.key === "" ? null : next);
  };
  return (
    <ColumnLayout columns={2}>
      <FormField label="Key">
        <Input value={tag.key} onChange={({ detail }) => change({ ...tag, key: detail.value })} />
      </FormField>
      <FormField label="Value" constraintText="Empty: any value">
        <Input value={tag.value ?? ""} onChange={({ detail }) => change(detail.value === "" ? { key: tag.key } : { key: tag.key, value: detail.value })} />
      </FormField>
    </ColumnLayout>
  );
}
