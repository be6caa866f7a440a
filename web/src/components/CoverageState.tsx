// Whether it is watched, and why not, in words, with what to do about it.
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { coverageWords } from "~/model/coverage";
import Prose from "./Prose";

interface Props {
  status: string | undefined;
  reason: string | undefined;
  /** Without what to do. */
  short?: boolean;
}
export default function CoverageState({ status, reason, short = false }: Props) {
  const { text, todo, type } = coverageWords(status, reason);
  return (
    <>
      <StatusIndicator type={type}>
        <Prose>{text}</Prose>
      </StatusIndicator>
      {!short && todo && (
        <Box fontSize="body-s" color="text-body-secondary">
          {todo}
        </Box>
      )}
    </>
  );
}
