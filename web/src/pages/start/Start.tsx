// The guide: what is watched, and how more comes to be.
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router";
import type { NewKey } from "~/api/own";
import AwsAccount from "./AwsAccount";
import AwsCli from "./AwsCli";
import Hosts from "./Hosts";
import Images from "./Images";
import Others from "./Others";
import WatchedNow from "./WatchedNow";

export interface WithKey {
  /** Made on this page; its secret is in no other place. */
  made: NewKey | undefined;
  onMade: (key: NewKey) => void;
}

export default function Start() {
  const [made, onMade] = useState<NewKey>();
  const navigate = useNavigate();
  const { hash } = useLocation();
  const withKey: WithKey = { made, onMade };
  const tabs = [
    { id: "hosts", label: "Hosts", content: <Hosts {...withKey} /> },
    { id: "images", label: "Container images", content: <Images {...withKey} /> },
    { id: "others", label: "Functions, code, SBOMs, disks", content: <Others {...withKey} /> },
    { id: "aws", label: "AWS account", content: <AwsAccount /> },
    { id: "cli", label: "AWS CLI and SDKs", content: <AwsCli {...withKey} /> },
  ];
  return (
    <ContentLayout header={<Header variant="h1" description="Whatever is added is assessed at once, and again whenever more becomes known.">Add something to watch</Header>}>
      <SpaceBetween size="l">
        <WatchedNow />
        <Tabs
          variant="container"
          ariaLabel="What to add"
          tabs={tabs}
          // In the address, so that a kind can be linked to.
          activeTabId={tabs.find(({ id }) => `#${id}` === hash)?.id ?? "hosts"}
          onChange={({ detail }) => void navigate(`#${detail.activeTabId}`, { replace: true })}
          i18nStrings={{ scrollLeftAriaLabel: "Scroll left", scrollRightAriaLabel: "Scroll right" }}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}
