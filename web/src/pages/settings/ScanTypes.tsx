// What is scanned. Turning a kind off closes findings, so it is asked about.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "~/api/client";
import { ofFindings, ofSettings } from "~/api/live";
import { useOperation } from "~/api/queries";
import { useNotify } from "~/app/notices";
import Panel from "~/components/Panel";
import { type ScanType, scanTypes } from "~/model/scanTypes";
import TurnOff from "./TurnOff";
import "./settings.css";

const underway: Record<string, string> = { ENABLING: "Turning on", DISABLING: "Turning off", SUSPENDED: "Suspended" };
const isOn = (status: string | undefined) => status === "ENABLED" || status === "ENABLING";

export default function ScanTypes() {
  const status = useOperation("BatchGetAccountStatus", {}, { of: ofSettings });
  const queries = useQueryClient();
  const notify = useNotify();
  const [leaving, setLeaving] = useState<ScanType>();

  const follow = () => Promise.all([queries.invalidateQueries({ queryKey: [ofSettings] }), queries.invalidateQueries({ queryKey: [ofFindings] })]);
  const enable = useMutation({
    mutationFn: async ({ type }: ScanType) => {
      const { failedAccounts } = await call("Enable", { resourceTypes: [type] });
      const failed = failedAccounts?.[0];
      if (failed) throw new Error(failed.errorMessage ?? "The server refused.");
    },
    onSuccess: (_, { name }) => notify({ type: "success", text: `${name}: scanning is on.` }),
    onError: (error, { name }) => notify({ type: "error", text: `${name}: scanning could not be turned on. ${error.message}` }),
    onSettled: follow,
  });

  return (
    <>
      <Panel title="What is scanned" query={status} what="what is scanned" description={() => "Resources of a kind that is on are assessed when they come in, and again when more becomes known."}>
        {({ accounts }) => {
          const states = accounts?.[0]?.resourceState;
          const lambda = isOn(states?.lambda?.status);
          return (
            <ul className="settings-rows">
              {scanTypes.map((scan) => {
                const state = states?.[scan.state]?.status;
                const on = isOn(state);
                return (
                  <li key={scan.type}>
                    <Toggle
                      checked={on}
                      description={scan.description}
                      disabled={(enable.isPending && enable.variables.type === scan.type) || (scan.type === "LAMBDA_CODE" && !lambda && !on)}
                      onChange={({ detail }) => (detail.checked ? enable.mutate(scan) : setLeaving(scan))}
                    >
                      {scan.name}
                    </Toggle>
                    {state === "ENABLED" || state === "DISABLED" ? (
                      <StatusIndicator type={on ? "success" : "stopped"}>{on ? "On" : "Off"}</StatusIndicator>
                    ) : (
                      <StatusIndicator type="in-progress">{underway[state ?? ""] ?? state ?? "Unknown"}</StatusIndicator>
                    )}
                  </li>
                );
              })}
            </ul>
          );
        }}
      </Panel>
      {leaving && <TurnOff scan={leaving} onClose={() => setLeaving(undefined)} onDone={follow} />}
    </>
  );
}
