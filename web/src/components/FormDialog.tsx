// A dialog with a form that does one thing, and says why if it could not.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useId } from "react";

interface Props {
  title: string;
  /** "Add" */
  action: string;
  busy: boolean;
  error: Error | null;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}
export default function FormDialog({ title, action, busy, error, onSubmit, onClose, children }: Props) {
  const form = useId();
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
            <Button variant="primary" form={form} loading={busy}>
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
          if (!busy) onSubmit();
        }}
      >
        <SpaceBetween size="m">
          {children}
          {error && (
            <Alert type="error" header="It was not done">
              {error.message}
            </Alert>
          )}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
