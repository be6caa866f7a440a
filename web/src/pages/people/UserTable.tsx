import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { own } from "~/api/client";
import { ofSettings } from "~/api/live";
import type { Users } from "~/api/own";
import { userPath, useUsers } from "~/api/people";
import { useSession } from "~/api/session";
import { useNotify } from "~/app/notices";
import ConfirmDialog from "~/components/ConfirmDialog";
import Failure from "~/components/Failure";
import Time from "~/components/Time";
import { count } from "~/model/numbers";
import NewUser from "./NewUser";
import OthersPassword from "./OthersPassword";

type User = Users["users"][number];
type Dialog = { kind: "make" } | { kind: "password" | "remove"; name: string };

export default function UserTable() {
  const users = useUsers();
  const { principal } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const notify = useNotify();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);

  const remove = async (name: string) => {
    await own(userPath(name), { method: "DELETE" });
    notify({ type: "success", text: `${name} is removed.` });
    await queries.invalidateQueries({ queryKey: [ofSettings] });
  };

  return (
    <>
      <Table<User>
        items={users.data?.users ?? []}
        loading={users.isPending}
        loadingText="Loading users"
        trackBy="name"
        wrapLines
        resizableColumns
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: "Users", resizerRoleDescription: "Width of the column" }}
        columnDefinitions={[
          {
            id: "name",
            header: "Name",
            isRowHeader: true,
            width: 260,
            cell: ({ name, administrator }) => (
              <SpaceBetween direction="horizontal" size="xs">
                <span>{name}</span>
                {administrator && <Badge>Administrator</Badge>}
                {name === principal && <Badge color="green">You</Badge>}
              </SpaceBetween>
            ),
          },
          { id: "sessions", header: "Sessions", width: 110, cell: ({ sessions }) => count(sessions) },
          { id: "created", header: "Made", width: 140, cell: ({ createdAt }) => <Time at={createdAt} /> },
          {
            id: "actions",
            header: "Actions",
            minWidth: 220,
            cell: ({ name }) => (
              <SpaceBetween direction="horizontal" size="s">
                <Button
                  variant="inline-link"
                  ariaLabel={`New password for ${name}`}
                  onClick={() => (name === principal ? void navigate("/password") : setDialog({ kind: "password", name }))}
                >
                  New password
                </Button>
                {name !== principal && (
                  <Button variant="inline-link" ariaLabel={`Remove ${name}`} onClick={() => setDialog({ kind: "remove", name })}>
                    Remove
                  </Button>
                )}
              </SpaceBetween>
            ),
          },
        ]}
        header={
          <Header
            variant="h2"
            {...(users.data ? { counter: `(${count(users.data.users.length)})` } : {})}
            actions={<Button onClick={() => setDialog({ kind: "make" })}>Add a user</Button>}
          >
            Users
          </Header>
        }
        empty={users.error ? <Failure error={users.error} what="the users" retry={() => void users.refetch()} /> : "No users"}
      />
      {dialog?.kind === "make" && <NewUser onClose={close} />}
      {dialog?.kind === "password" && <OthersPassword name={dialog.name} onClose={close} />}
      {dialog?.kind === "remove" && (
        <ConfirmDialog title={`Remove ${dialog.name}?`} action="Remove" onClose={close} onConfirm={() => remove(dialog.name)}>
          {dialog.name} is logged out at once and cannot log in any more. Access keys stay as they are.
        </ConfirmDialog>
      )}
    </>
  );
}
