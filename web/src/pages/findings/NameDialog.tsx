// Asks for the name of a filter.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { nameProblem } from "~/model/suppression";

interface Props {
  title: string;
  action: string;
  name?: string;
  onSubmit: (name: string) => Promise<void>;
  onClose: () => void;
}
export default function NameDialog({ title, action, name: before = "", onSubmit, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState(before);
  const [tried, setTried] = useState(false);
  const input = useRef<InputProps.Ref>(null);
  // The dialog gives the focus to its first control, which closes it.
  useEffect(() => {
    const timer = setTimeout(() => input.current?.focus(), 50);
    return () => clearTimeout(timer);
  }, []);
  const submit = useMutation({ mutationFn: () => onSubmit(name), onSuccess: onClose });
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" form={form} loading={submit.isPending}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (nameProblem(name) === "") submit.mutate();
        }}
      >
        <SpaceBetween size="m">
          <FormField label="Name" constraintText="Letters, digits, dots, dashes and underscores" errorText={tried ? nameProblem(name) : ""}>
            <Input ref={input} value={name} onChange={({ detail }) => setName(detail.value)} spellcheck={false} />
          </FormField>
          {submit.error && <Alert type="error">{submit.error.message}</Alert>}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
