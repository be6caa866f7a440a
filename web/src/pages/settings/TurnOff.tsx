// Before a kind of scanning is turned off: what closes with it.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useFindingCount } from "~/api/counts";
import { call } from "~/api/client";
import { useNotify } from "~/app/notices";
import ConfirmDialog from "~/components/ConfirmDialog";
import { equals } from "~/model/criteria";
import { counted } from "~/model/numbers";
import type { ScanType } from "~/model/scanTypes";

interface Props {
  scan: ScanType;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}
/** Code of functions has findings of its own kind only. */
const findingsOf = ({ type, resourceType }: ScanType) => ({
  resourceType: equals(resourceType),
  ...(type === "LAMBDA_CODE" ? { findingType: equals("CODE_VULNERABILITY") } : {}),
});

export default function TurnOff({ scan, onClose, onDone }: Props) {
  const notify = useNotify();
  const { data, error } = useFindingCount(findingsOf(scan));
  const disable = async () => {
    const { failedAccounts } = await call("Disable", { resourceTypes: [scan.type] });
    const failed = failedAccounts?.[0];
    if (failed) throw new Error(failed.errorMessage ?? "The server refused.");
    notify({ type: "success", text: `${scan.name}: scanning is off.` });
    await onDone();
  };
  return (
    <ConfirmDialog title={`Stop scanning: ${scan.name.toLowerCase()}?`} action="Turn off" onClose={onClose} onConfirm={disable}>
      {error ? (
        <StatusIndicator type="warning">How many findings close is not known: {error.message}</StatusIndicator>
      ) : !data ? (
        <StatusIndicator type="loading">Counting the findings that close</StatusIndicator>
      ) : (
        <p>
          <b>{counted(data.active, "active finding")}</b>
          {data.suppressed > 0 && ` and ${counted(data.suppressed, "suppressed one")}`} {data.active + data.suppressed === 1 ? "closes" : "close"} at once. What is vulnerable stays so, unseen.
        </p>
      )}
      {scan.type === "LAMBDA" && <p>The code of functions is turned off with it.</p>}
      <p>Turned on again within seven days, the same findings are active again.</p>
    </ConfirmDialog>
  );
}
