// The suppression rules: what each hides, why, who answers for it and until when.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { useRules } from "~/api/rules";
import type { Filter } from "~/api/wire";
import { useNotify } from "~/app/notices";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import { pageLabels } from "~/components/pageLabels";
import SuppressDialog from "~/components/SuppressDialog";
import { useTablePreferences } from "~/components/useTablePreferences";
import { count } from "~/model/numbers";
import { columns } from "./columns";
import DeleteRule from "./DeleteRule";

type Dialog = { kind: "make" } | { kind: "change" | "delete"; rule: Filter };
const atOnce = 50;

export default function Rules() {
  const { data, error, isPending, refetch } = useRules();
  const notify = useNotify();
  const [dialog, setDialog] = useState<Dialog>();
  const { table, preferences } = useTablePreferences("rules", columns);
  const make = <Button variant="primary" onClick={() => setDialog({ kind: "make" })}>Make a rule</Button>;
  const { items, collectionProps, filterProps, paginationProps, actions } = useCollection(data ?? [], {
    filtering: {
      empty: error ? (
        <Failure error={error} what="the rules" retry={() => void refetch()} />
      ) : (
        <Empty title="No rules" action={<Button onClick={() => setDialog({ kind: "make" })}>Make a rule</Button>}>
          A rule hides findings that you have decided to live with. They are tracked all the same.
        </Empty>
      ),
      noMatch: <Empty title="Nothing matches" action={<Button onClick={() => actions.setFiltering("")}>Show all</Button>} />,
      filteringFunction: (rule, text) => JSON.stringify([rule.name, rule.reason, rule.vigil?.owner, rule.criteria]).toLowerCase().includes(text.toLowerCase()),
    },
    pagination: { pageSize: atOnce },
    sorting: { defaultState: { sortingColumn: { sortingField: "updatedAt" }, isDescending: true } },
    selection: { trackBy: "arn" },
  });
  const [chosen] = collectionProps.selectedItems ?? [];
  const close = () => setDialog(undefined);

  return (
    <>
      <Table<Filter>
        {...collectionProps}
        {...table}
        variant="full-page"
        stickyHeader
        enableKeyboardNavigation
        wrapLines
        items={items}
        loading={isPending}
        loadingText="Loading rules"
        selectionType="single"
        ariaLabels={{
          tableLabel: "Suppression rules",
          selectionGroupLabel: "The chosen rule",
          itemSelectionLabel: (_, rule) => `Choose ${rule.name}`,
          resizerRoleDescription: "Width of the column",
        }}
        header={
          <Header
            variant="awsui-h1-sticky"
            {...(data ? { counter: `(${count(data.length)})` } : {})}
            description="Findings that match a rule are hidden, tracked all the same, and close when they are remedied."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!chosen} onClick={() => chosen && setDialog({ kind: "change", rule: chosen })}>Change</Button>
                <Button disabled={!chosen} onClick={() => chosen && setDialog({ kind: "delete", rule: chosen })}>Delete</Button>
                {make}
              </SpaceBetween>
            }
          >
            Suppression rules
          </Header>
        }
        filter={<TextFilter {...filterProps} filteringAriaLabel="Filter rules" filteringPlaceholder="Name, reason, owner, criteria" countText={`${count(items.length)} shown`} />}
        pagination={(data?.length ?? 0) > atOnce && <Pagination {...paginationProps} ariaLabels={pageLabels} />}
        preferences={preferences}
      />
      {dialog?.kind === "delete" && <DeleteRule rule={dialog.rule} onClose={close} />}
      {(dialog?.kind === "make" || dialog?.kind === "change") && (
        <SuppressDialog
          criteria={dialog.kind === "change" ? (dialog.rule.criteria ?? {}) : {}}
          {...(dialog.kind === "change" ? { rule: dialog.rule } : {})}
          onClose={close}
          onDone={(_, name) => {
            notify({ type: "success", text: `The rule ${name} is in force.` });
            close();
          }}
        />
      )}
    </>
  );
}
