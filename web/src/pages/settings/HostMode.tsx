// Inspector's scan mode of hosts. It is kept for the API's clients and changes nothing here.
import type { Ec2ScanModeState } from "@aws-sdk/client-inspector2";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Wire } from "~/api/wire";
import { useSaveConfiguration } from "./useSaveConfiguration";

const modes = [
  { value: "EC2_HYBRID", label: "Hybrid", description: "With an agent and without" },
  { value: "EC2_SSM_AGENT_BASED", label: "Agent", description: "With an agent only" },
] as const;
type Mode = (typeof modes)[number]["value"];

export default function HostMode({ now }: { now: Wire<Ec2ScanModeState> | undefined }) {
  const [mode, setMode] = useState<Mode | undefined>(now?.scanMode);
  const save = useSaveConfiguration();
  return (
    <SpaceBetween size="m">
      <FormField label="Scan mode" description="Kept for tools that set it through the API. Vigil scans a host the way the host is given to it, whatever is chosen here.">
        <RadioGroup value={mode ?? null} items={[...modes]} onChange={({ detail }) => setMode(detail.value as Mode)} />
      </FormField>
      <Button disabled={!mode || mode === now?.scanMode} loading={save.isPending} onClick={() => mode && save.mutate({ ec2Configuration: { scanMode: mode } })}>
        Save
      </Button>
    </SpaceBetween>
  );
}
