// The finding's name, and what can be done with it.
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useNotify } from "~/app/notices";
import SuppressDialog from "~/components/SuppressDialog";
import { findingPath, vulnerabilityPath } from "~/model/criteria";
import { displayName, kindName } from "~/model/resource";
import { proposalsOf } from "~/model/suppression";
import type { Story } from "./story";

export default function FindingHeader({ story: { finding } }: { story: Story }) {
  const notify = useNotify();
  const navigate = useNavigate();
  const [suppressing, setSuppressing] = useState(false);
  const resource = finding.resources?.[0];
  const vulnerability = finding.packageVulnerabilityDetails?.vulnerabilityId;

  const copy = async (what: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      notify({ type: "success", text: `${what} copied` });
    } catch {
      notify({ type: "error", text: `The browser does not let Vigil copy. The ${what} is ${text}` });
    }
  };
  const act = (id: string) => {
    const arn = finding.findingArn ?? "";
    if (id === "arn") void copy("ARN", arn);
    else if (id === "link") void copy("Link", new URL(findingPath(arn), window.location.origin).href);
    else if (id === "json") void copy("JSON", JSON.stringify(finding, null, 2));
  };

  const proposals = proposalsOf([finding]);
  return (
    <>
      <Header
        variant="h1"
        description={`${kindName(resource)} ${displayName(resource)}`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ButtonDropdown
              items={[
                { id: "arn", text: "ARN" },
                { id: "link", text: "Link to this page" },
                { id: "json", text: "Finding as JSON" },
              ]}
              onItemClick={({ detail }) => act(detail.id)}
            >
              Copy
            </ButtonDropdown>
            {vulnerability && <Button onClick={() => void navigate(vulnerabilityPath(vulnerability))}>Vulnerability</Button>}
            {finding.status === "ACTIVE" && <Button onClick={() => setSuppressing(true)}>Suppress</Button>}
          </SpaceBetween>
        }
      >
        {finding.title ?? vulnerability ?? "Finding"}
      </Header>
      {suppressing && proposals[0] && (
        <SuppressDialog
          criteria={proposals[0].criteria}
          proposals={proposals}
          onClose={() => setSuppressing(false)}
          onDone={(_, name) => {
            setSuppressing(false);
            notify({ type: "success", text: `Suppression rule ${name} made` });
          }}
        />
      )}
    </>
  );
}
