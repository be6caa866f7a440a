// Asks before something is done that cannot be undone.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

interface Props {
  title: string;
  /** What the button says: "Delete". */
  action: string;
  children: ReactNode;
  /** Closed when it is done; what it throws is shown. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
}
export default function ConfirmDialog({ title, action, children, onConfirm, onClose }: Props) {
  const confirm = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
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
            <Button variant="primary" loading={confirm.isPending} onClick={() => confirm.mutate()}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{children}</Box>
        {confirm.error && <Alert type="error">{confirm.error.message}</Alert>}
      </SpaceBetween>
    </Modal>
  );
}
