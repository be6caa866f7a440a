import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import { useState } from "react";
import { useMakeKey } from "~/api/people";
import FormDialog from "~/components/FormDialog";
import NewKeyCommands from "~/components/NewKeyCommands";

export default function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const [holder, setHolder] = useState("");
  const [tried, setTried] = useState(false);
  const make = useMakeKey();
  if (make.data) {
    // Closed by its button alone: a click beside it would lose the secret.
    return (
      <Modal visible size="large" header="The new key" closeAriaLabel="Close" onDismiss={({ detail }) => detail.reason !== "overlay" && onClose()} footer={<Box float="right"><Button variant="primary" onClick={onClose}>I have copied it</Button></Box>}>
        <NewKeyCommands made={make.data} />
      </Modal>
    );
  }
  const submit = () => {
    setTried(true);
    if (holder.trim() !== "") make.mutate(holder.trim());
  };
  return (
    <FormDialog title="Make an access key" action="Make" busy={make.isPending} error={make.error} onSubmit={submit} onClose={onClose}>
      <FormField label="For" constraintText="Who or what will use it: a person, a machine, a pipeline" errorText={tried && holder.trim() === "" ? "Say who will use it." : ""}>
        <Input value={holder} onChange={({ detail }) => setHolder(detail.value)} spellcheck={false} autoComplete="off" autoFocus />
      </FormField>
    </FormDialog>
  );
}
