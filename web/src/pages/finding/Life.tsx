// What happened to the finding, the latest last.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Steps from "@cloudscape-design/components/steps";
import Time from "~/components/Time";
import { eventWords } from "~/model/events";
import { severityName } from "~/model/severity";
import type { Story } from "./story";

export default function Life({ story: { life } }: { story: Story }) {
  return (
    <Container header={<Header variant="h2">Its life</Header>}>
      <Steps
        ariaLabel="What happened to the finding"
        steps={life.map((event) => {
          const { text, type } = eventWords(event.kind);
          return {
            status: type,
            header: text,
            statusIconAriaLabel: text,
            details: (
              <Box color="text-body-secondary" fontSize="body-s">
                <Time at={event.time} />
                {event.severity && `, ${severityName(event.severity).toLowerCase()}`}
              </Box>
            ),
          };
        })}
      />
    </Container>
  );
}
