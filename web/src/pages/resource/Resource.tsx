// One resource: what it is, what was found on it, what runs on it, what happened to it.
import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import { useParams } from "react-router";
import { ApiError } from "~/api/client";
import { useOwn } from "~/api/queries";
import { useParameter } from "~/app/useParameter";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import Loading from "~/components/Loading";
import PageLink from "~/components/PageLink";
import { useTitle } from "~/components/title";
import { layersOf, type Story } from "~/model/inventory";
import { count } from "~/model/numbers";
import { displayName } from "~/model/resource";
import { total } from "~/model/severity";
import FindingsTab from "./FindingsTab";
import HistoryTab from "./HistoryTab";
import LayersTab from "./LayersTab";
import PackagesTab from "./PackagesTab";
import ResourceHeader from "./ResourceHeader";
import RuntimeTab from "./RuntimeTab";
import Summary from "./Summary";

function tabsOf(id: string, story: Story): TabsProps.Tab[] {
  const live = story.runtime?.runtime;
  const layers = layersOf(story.packages);
  return [
    { id: "findings", label: `Findings (${count(total(story.counts))})`, content: <FindingsTab id={id} story={story} /> },
    { id: "packages", label: `Packages (${count(story.packages.length)})`, content: <PackagesTab id={id} story={story} /> },
    ...(live?.processes || live?.ports ? [{ id: "runtime", label: "Processes and ports", content: <RuntimeTab live={live} packages={story.packages} /> }] : []),
    ...(layers.length > 0 ? [{ id: "layers", label: `Layers (${layers.length})`, content: <LayersTab id={id} layers={layers} /> }] : []),
    { id: "history", label: "History", content: <HistoryTab id={id} /> },
  ];
}

function Whole({ id, story }: { id: string; story: Story }) {
  const [tab, setTab] = useParameter("tab", true);
  const tabs = tabsOf(id, story);
  return (
    <ContentLayout header={<ResourceHeader id={id} story={story} />}>
      <SpaceBetween size="l">
        <Summary id={id} story={story} />
        <Tabs ariaLabel="What is known of it" i18nStrings={{ scrollLeftAriaLabel: "Tabs to the left", scrollRightAriaLabel: "Tabs to the right" }} tabs={tabs} activeTabId={tabs.some((one) => one.id === tab) ? tab : "findings"} onChange={({ detail }) => setTab(detail.activeTabId)} />
      </SpaceBetween>
    </ContentLayout>
  );
}

export default function ResourcePage() {
  const { resourceId: id = "" } = useParams();
  const { data, error, refetch } = useOwn<Story>(`resources/${encodeURIComponent(id)}`);
  useTitle(data && displayName({ id, tags: data.resource?.tags }, data.name));
  if (data) return <Whole key={id} id={id} story={data} />;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Empty title="There is no such resource" action={<PageLink to="/resources">All resources</PageLink>}>
        Nothing is known of <Box variant="code">{id}</Box>. What is gone for long is forgotten.
      </Empty>
    );
  }
  if (error) return <Failure error={error} what="the resource" retry={() => void refetch()} />;
  return <Loading what="the resource" />;
}
