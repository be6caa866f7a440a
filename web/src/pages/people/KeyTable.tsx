import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { own } from "~/api/client";
import { ofSettings } from "~/api/live";
import type { Keys } from "~/api/own";
import { useKeys } from "~/api/people";
import { useNotify } from "~/app/notices";
import ConfirmDialog from "~/components/ConfirmDialog";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import Time from "~/components/Time";
import { count } from "~/model/numbers";
import NewKeyDialog from "./NewKeyDialog";

type Key = Keys["keys"][number];
type Dialog = { kind: "make" } | { kind: "disable"; key: Key };

export default function KeyTable() {
  const keys = useKeys();
  const queries = useQueryClient();
  const notify = useNotify();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);

  const disable = async ({ accessKeyId }: Key) => {
    await own(`keys/${encodeURIComponent(accessKeyId)}`, { method: "DELETE" });
    notify({ type: "success", text: `${accessKeyId} is disabled.` });
    await queries.invalidateQueries({ queryKey: [ofSettings] });
  };

  return (
    <>
      <Table<Key>
        items={keys.data?.keys ?? []}
        loading={keys.isPending}
        loadingText="Loading access keys"
        trackBy="accessKeyId"
        wrapLines
        resizableColumns
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: "Access keys", resizerRoleDescription: "Width of the column" }}
        columnDefinitions={[
          { id: "id", header: "Access key", isRowHeader: true, width: 230, cell: ({ accessKeyId }) => <Box variant="code">{accessKeyId}</Box> },
          { id: "holder", header: "For", width: 160, cell: ({ holder }) => holder || "–" },
          {
            id: "state",
            header: "State",
            width: 200,
            cell: ({ disabledAt }) =>
              disabledAt ? <StatusIndicator type="stopped">Disabled <Time at={disabledAt} /></StatusIndicator> : <StatusIndicator>In force</StatusIndicator>,
          },
          { id: "created", header: "Made", width: 140, cell: ({ createdAt }) => <Time at={createdAt} /> },
          {
            id: "actions",
            header: "Actions",
            minWidth: 110,
            cell: (key) =>
              !key.disabledAt && (
                <Button variant="inline-link" ariaLabel={`Disable ${key.accessKeyId}`} onClick={() => setDialog({ kind: "disable", key })}>
                  Disable
                </Button>
              ),
          },
        ]}
        header={
          <Header
            variant="h2"
            {...(keys.data ? { counter: `(${count(keys.data.keys.length)})` } : {})}
            description="For the AWS CLI, the SDKs and vigil scan on other machines"
            actions={<Button onClick={() => setDialog({ kind: "make" })}>Make a key</Button>}
          >
            Access keys
          </Header>
        }
        empty={keys.error ? <Failure error={keys.error} what="the access keys" retry={() => void keys.refetch()} /> : <Empty title="No access keys">Programs and other machines need one.</Empty>}
      />
      {dialog?.kind === "make" && <NewKeyDialog onClose={close} />}
      {dialog?.kind === "disable" && (
        <ConfirmDialog title={`Disable ${dialog.key.accessKeyId}?`} action="Disable" onClose={close} onConfirm={() => disable(dialog.key)}>
          What signs with it{dialog.key.holder && ` (${dialog.key.holder})`} is refused at once. A disabled key cannot be brought back.
        </ConfirmDialog>
      )}
    </>
  );
}
