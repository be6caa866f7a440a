// Everything that is watched.
import Select from "@cloudscape-design/components/select";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { own } from "~/api/client";
import { everything } from "~/api/everything";
import { ofFindings } from "~/api/live";
import type { Resources as Answer } from "~/api/own";
import { useParameter } from "~/app/useParameter";
import Empty from "~/components/Empty";
import ListTable from "~/components/ListTable";
import PageLink from "~/components/PageLink";
import type { Listed } from "~/model/listedResource";
import { counted } from "~/model/numbers";
import { resourceTypePlural } from "~/model/resourceType";
import { columns, textOf } from "./columns";

const atOnce = 1000;
const most = 10_000;

function useResources() {
  return useQuery({
    queryKey: [ofFindings, "all resources"],
    queryFn: ({ signal }) =>
      everything(most, async (token) => {
        const query = new URLSearchParams({ limit: String(atOnce), ...(token ? { next: token } : {}) });
        const answer = await own<Answer>(`resources?${query}`, { signal });
        return { items: answer.resources as Listed[], next: answer.next };
      }),
  });
}

export default function Resources() {
  const { data, error, isPending, refetch } = useResources();
  const [type, setType] = useParameter("type");
  const [text, setText] = useParameter("q", true);
  const types = useMemo(() => {
    const numbers = new Map<string, number>();
    for (const { resourceType } of data?.items ?? []) numbers.set(resourceType, (numbers.get(resourceType) ?? 0) + 1);
    return [...numbers].sort(([a], [b]) => resourceTypePlural(a).localeCompare(resourceTypePlural(b)));
  }, [data]);
  const items = useMemo(() => (data?.items ?? []).filter(({ resourceType }) => type === "" || resourceType === type), [data, type]);
  const options = [
    { value: "", label: "All kinds" },
    ...types.map(([value, number]) => ({ value, label: resourceTypePlural(value), description: counted(number, "resource") })),
    ...(type !== "" && !types.some(([known]) => known === type) ? [{ value: type, label: resourceTypePlural(type), description: "None" }] : []),
  ];
  return (
    <ListTable
      page
      name="resources"
      title="Resources"
      what="resources"
      columns={columns}
      items={items}
      trackBy={({ resourceId }) => resourceId}
      textOf={textOf}
      text={text}
      onText={setText}
      sort={{ field: "findings", descending: true }}
      more={data?.more ?? false}
      loading={isPending}
      error={error}
      retry={() => void refetch()}
      controls={<Select ariaLabel="Kind of resource" options={options} selectedOption={options.find(({ value }) => value === type) ?? null} onChange={({ detail }) => setType(detail.selectedOption.value ?? "")} expandToViewport />}
      empty={
        type === "" ? (
          <Empty title="Nothing is watched yet" action={<PageLink to="/start">Add the first resource</PageLink>}>
            Hosts, images and functions appear here once they were scanned.
          </Empty>
        ) : (
          <Empty title={`No ${resourceTypePlural(type).toLowerCase()}`}>Nothing of this kind is watched.</Empty>
        )
      }
    />
  );
}
