import Box from "@cloudscape-design/components/box";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ofSettings } from "~/api/live";
import { setPassword } from "~/api/people";
import { useNotify } from "~/app/notices";
import FormDialog from "~/components/FormDialog";
import NewPassword from "~/components/NewPassword";
import { passwordProblem } from "~/model/password";

export default function OthersPassword({ name, onClose }: { name: string; onClose: () => void }) {
  const [password, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const notify = useNotify();
  const set = useMutation({
    mutationFn: () => setPassword(name, password),
    onSuccess: async () => {
      notify({ type: "success", text: `${name} has a new password.` });
      onClose();
      await queries.invalidateQueries({ queryKey: [ofSettings] });
    },
  });
  const submit = () => {
    setTried(true);
    if (passwordProblem(password, name) === "") set.mutate();
  };
  return (
    <FormDialog title={`New password for ${name}`} action="Set" busy={set.isPending} error={set.error} onSubmit={submit} onClose={onClose}>
      <Box>{name} is logged out everywhere, and the old password is of no use any more.</Box>
      <NewPassword label="New password" value={password} user={name} onChange={setTyped} tried={tried} />
    </FormDialog>
  );
}
