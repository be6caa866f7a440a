// An open door: which port, and by which way it is reached.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Finding } from "~/api/wire";
import Facts from "~/components/Facts";
import Prose from "~/components/Prose";
import "./finding.css";

export default function Network({ finding }: { finding: Finding }) {
  const details = finding.networkReachabilityDetails;
  if (!details) return null;
  const { begin, end } = details.openPortRange ?? {};
  const steps = details.networkPath?.steps ?? [];
  return (
    <Container header={<Header variant="h2">Where it is open</Header>}>
      <SpaceBetween size="m">
        <Facts
          columns={2}
          facts={[
            { label: begin === end ? "Port" : "Ports", value: begin === end ? begin : `${begin}–${end}` },
            { label: "Protocol", value: details.protocol },
          ]}
        />
        {steps.length > 0 && (
          <div>
            <Box variant="awsui-key-label">The way from the network to the resource</Box>
            <ol className="path">
              {steps.map((step, index) => (
                <li key={index}>
                  <Box variant="strong">{step.componentType}</Box> <Prose>{step.componentArn ?? step.componentId}</Prose>
                </li>
              ))}
            </ol>
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}
