// Asks before something is done that cannot be taken back easily, and does it.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

interface Props {
  title: string;
  /** "Delete" */
  action: string;
  children: ReactNode;
  act: () => Promise<unknown>;
  onClose: () => void;
}
export default function Confirm({ title, action, children, act, onClose }: Props) {
  const doing = useMutation({ mutationFn: act, onSuccess: onClose });
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
            <Button variant="primary" loading={doing.isPending} onClick={() => doing.mutate()}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{children}</Box>
        {doing.error && (
          <Alert type="error" header="It was not done">
            {doing.error.message}
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}
