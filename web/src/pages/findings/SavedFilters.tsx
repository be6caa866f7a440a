// Filters to come back to: choose one, keep this one, change or remove the one that is chosen.
import ButtonDropdown, { type ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { useNotify } from "~/app/notices";
import type { FilterCriteria } from "~/api/wire";
import ConfirmDialog from "~/components/ConfirmDialog";
import { sameCriteria } from "~/model/criteria";
import NameDialog from "./NameDialog";
import { useSavedFilters } from "./useSavedFilters";

interface Props {
  criteria: FilterCriteria;
  /** ARN of the one that was chosen last. */
  chosen: string | null;
  onChoose: (arn: string | null, criteria: FilterCriteria) => void;
}

export default function SavedFilters({ criteria, chosen, onChoose }: Props) {
  const notify = useNotify();
  const { list, create, update, remove } = useSavedFilters();
  const [dialog, setDialog] = useState<"save" | "rename" | "delete">();
  const filters = list.data ?? [];
  const current = filters.find(({ arn }) => arn === chosen);
  const isChanged = current !== undefined && !sameCriteria(current.criteria ?? {}, criteria);
  const shown = `${current?.name}${isChanged ? " *" : ""}`;
  const close = () => setDialog(undefined);

  const own: ButtonDropdownProps.Item[] = filters.map(({ arn, name }) => ({ id: arn ?? "", text: name ?? "", ...(arn === chosen ? { iconName: "check" as const } : {}) }));
  const items: ButtonDropdownProps.Items = [
    ...(own.length > 0 ? [{ id: "saved", text: "Saved filters", items: own }] : []),
    {
      id: "actions",
      text: own.length > 0 ? "This filter" : "No filter is saved yet",
      items: [
        { id: "save", text: "Save as…", iconName: "add-plus" },
        ...(current
          ? ([
              { id: "update", text: `Update “${current.name}”`, disabled: !isChanged, disabledReason: "It is as it was saved" },
              { id: "rename", text: `Rename “${current.name}”…` },
              { id: "delete", text: `Delete “${current.name}”…` },
            ] satisfies ButtonDropdownProps.Item[])
          : []),
      ],
    },
  ];

  const updateCurrent = () =>
    update.mutate(
      { filterArn: chosen ?? "", filterCriteria: criteria },
      {
        onSuccess: () => notify({ type: "success", text: `“${current?.name}” is updated.` }),
        onError: (error) => notify({ type: "error", text: `“${current?.name}” was not updated: ${error.message}` }),
      },
    );
  const follow = (id: string) => {
    if (id === "save" || id === "rename" || id === "delete") return setDialog(id);
    if (id === "update") return updateCurrent();
    const filter = filters.find(({ arn }) => arn === id);
    if (filter) onChoose(id, filter.criteria ?? {});
  };

  return (
    <>
      <ButtonDropdown items={items} loading={list.isPending || update.isPending} expandToViewport onItemClick={({ detail }) => follow(detail.id)} ariaLabel={current ? `Saved filter: ${shown}` : "Saved filters"}>
        {current ? shown : "Saved filters"}
      </ButtonDropdown>
      {dialog === "save" && (
        <NameDialog
          title="Save this filter"
          action="Save"
          onClose={close}
          onSubmit={async (name) => {
            const { arn } = await create.mutateAsync({ name, filterCriteria: criteria });
            onChoose(arn ?? null, criteria);
            notify({ type: "success", text: `“${name}” is saved.` });
          }}
        />
      )}
      {dialog === "rename" && current && (
        <NameDialog
          title={`Rename “${current.name}”`}
          action="Rename"
          name={current.name ?? ""}
          onClose={close}
          onSubmit={async (name) => {
            await update.mutateAsync({ filterArn: current.arn ?? "", name });
          }}
        />
      )}
      {dialog === "delete" && current && (
        <ConfirmDialog
          title={`Delete “${current.name}”?`}
          action="Delete"
          onClose={close}
          onConfirm={async () => {
            await remove.mutateAsync(current.arn ?? "");
            onChoose(null, criteria);
          }}
        >
          The filter is removed for everybody in this account. Findings stay as they are.
        </ConfirmDialog>
      )}
    </>
  );
}
