import { useQueryClient } from "@tanstack/react-query";
import { call } from "~/api/client";
import { ofFindings } from "~/api/live";
import type { Filter } from "~/api/wire";
import { useNotify } from "~/app/notices";
import ConfirmDialog from "~/components/ConfirmDialog";
import { counted } from "~/model/numbers";

export default function DeleteRule({ rule, onClose }: { rule: Filter; onClose: () => void }) {
  const queries = useQueryClient();
  const notify = useNotify();
  const hidden = rule.vigil?.hiddenCount ?? 0;
  return (
    <ConfirmDialog
      title={`Delete ${rule.name}?`}
      action="Delete"
      onClose={onClose}
      onConfirm={async () => {
        await call("DeleteFilter", { arn: rule.arn });
        notify({ type: "success", text: `The rule ${rule.name} is deleted.` });
        await queries.invalidateQueries({ queryKey: [ofFindings] });
      }}
    >
      {hidden === 0 ? "It hides nothing now." : `It hides ${counted(hidden, "finding")} now. Those that no other rule hides are active again.`}
    </ConfirmDialog>
  );
}
