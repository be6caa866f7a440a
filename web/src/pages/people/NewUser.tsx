import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { own } from "~/api/client";
import { ofSettings } from "~/api/live";
import { useNotify } from "~/app/notices";
import FormDialog from "~/components/FormDialog";
import NewPassword from "~/components/NewPassword";
import { passwordProblem } from "~/model/password";

export default function NewUser({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [administrator, setAdministrator] = useState(false);
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const notify = useNotify();
  const make = useMutation({
    mutationFn: () => own("users", { method: "POST", body: { name, password, administrator } }),
    onSuccess: async () => {
      notify({ type: "success", text: `${name} can log in now.` });
      onClose();
      await queries.invalidateQueries({ queryKey: [ofSettings] });
    },
  });
  const submit = () => {
    setTried(true);
    if (name !== "" && passwordProblem(password, name) === "") make.mutate();
  };
  return (
    <FormDialog title="Add a user" action="Add" busy={make.isPending} error={make.error} onSubmit={submit} onClose={onClose}>
      <FormField label="Name" errorText={tried && name === "" ? "Needed to log in." : ""}>
        <Input value={name} onChange={({ detail }) => setName(detail.value.trim())} spellcheck={false} autoComplete="off" autoFocus />
      </FormField>
      <NewPassword label="Password" value={password} user={name} onChange={setPassword} tried={tried} />
      <Checkbox checked={administrator} onChange={({ detail }) => setAdministrator(detail.checked)} description="May add and remove users and access keys">
        Administrator
      </Checkbox>
    </FormDialog>
  );
}
