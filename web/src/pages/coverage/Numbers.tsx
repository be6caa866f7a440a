// Numbers that are choices: each says how many there are, and shows only them when pressed.
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import ToggleButton from "@cloudscape-design/components/toggle-button";
import { count } from "~/model/numbers";
import type { Count } from "./useStatistics";

interface Props {
  label: string;
  counts: Count[];
  /** Empty for all. */
  chosen: string;
  onChoose: (key: string) => void;
  nameOf: (key: string) => string;
}
export default function Numbers({ label, counts, chosen, onChoose, nameOf }: Props) {
  const shown = chosen !== "" && !counts.some(({ key }) => key === chosen) ? [...counts, { key: chosen, count: 0 }] : counts;
  return (
    <div role="group" aria-label={label}>
      <Box variant="awsui-key-label">{label}</Box>
      <SpaceBetween direction="horizontal" size="xs">
        {shown.map(({ key, count: number }) => (
          <ToggleButton key={key} pressed={chosen === key} onChange={({ detail }) => onChoose(detail.pressed ? key : "")}>
            {nameOf(key)} ({count(number)})
          </ToggleButton>
        ))}
      </SpaceBetween>
    </div>
  );
}
