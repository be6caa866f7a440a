// Asks for the name of a filter.
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import FormDialog from "~/components/FormDialog";
import { nameProblem } from "~/model/suppression";

interface Props {
  title: string;
  action: string;
  name?: string;
  onSubmit: (name: string) => Promise<void>;
  onClose: () => void;
}
export default function NameDialog({ title, action, name: before = "", onSubmit, onClose }: Props) {
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
    <FormDialog
      title={title}
      action={action}
      busy={submit.isPending}
      error={submit.error}
      onSubmit={() => {
        setTried(true);
        if (nameProblem(name) === "") submit.mutate();
      }}
      onClose={onClose}
    >
      <FormField label="Name" constraintText="Letters, digits, dots, dashes and underscores" errorText={tried ? nameProblem(name) : ""}>
        <Input ref={input} value={name} onChange={({ detail }) => setName(detail.value)} spellcheck={false} />
      </FormField>
    </FormDialog>
  );
}
