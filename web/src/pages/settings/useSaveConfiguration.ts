import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "~/api/client";
import { ofFindings, ofSettings } from "~/api/live";
import type { Input } from "~/api/operations";
import { useNotify } from "~/app/notices";

export function useSaveConfiguration() {
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (configuration: Input<"UpdateConfiguration">) => call("UpdateConfiguration", configuration),
    onSuccess: async () => {
      notify({ type: "success", text: "The settings are saved." });
      await Promise.all([queries.invalidateQueries({ queryKey: [ofSettings] }), queries.invalidateQueries({ queryKey: [ofFindings] })]);
    },
    onError: (error) => notify({ type: "error", text: `The settings were not saved. ${error.message}` }),
  });
}
